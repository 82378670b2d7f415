package el

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. It is a light stemmer with the endings of the declensions
// and conjugations of the grammars (D. Holton, P. Mackridge and I. Philippaki-
// Warburton, Greek: An Essential Grammar, 2004), as far as tables of forms say
// that they do more good than harm.
func (Language) Stem(folded string) string {
	return endings.Apply(folded)
}

// StemPrefix returns bytes that every word of a stem starts with.
func (Language) StemPrefix(stem string) string { return stem[:endings.Kept(stem)] }

var endings = ending.Table{Rules: `
	2  ν σ ω αν ασ ει εσ με οι τε εισ ετε ηκα ηκε ουν ουσ αινω εθει ειτε εσαι εται ηκαν ηκεσ ομαι
	2  οταν ουμε τηκε αινει εθηκε ηκαμε ονται οντασ οτερα οτερη οτερο τηκαν ωντασ αινουν εθηκαν
	2  ομαστε
	3  α ε η ο υ ησ οσ ου ων αει αμε ανε ατε εων ησα ησε ησω εστε ηθει ησαν ησει ηστε θηκε ουσα
	3  ουσε ηθηκε ησαμε ησετε ησουν θηκαν ουσαν υτερη ησουμε
	4  ατα εσε ατοσ ατων εσει ειται υτερο ουνται
	5  αω θει τει τουν`}
