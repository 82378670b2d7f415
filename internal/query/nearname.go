package query

// NearName returns n with the demand that a name of a kind (person, org or place) stands
// within a distance of one of its words, phrases or patterns: of those for which use says
// so, in no field and behind no minus. ok is false where there is none. n is not changed.
func NearName(n Node, kind string, distance int, use func(Node) bool) (near Node, ok bool) {
	var words []Node
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case Not, Field, Range:
			return false
		case Phrase:
			if n.Slop == 0 && use(n) {
				words = append(words, n)
			}
		case Word, Prefix, Wildcard, Fuzzy, Regex:
			if use(n) {
				words = append(words, n)
			}
		}
		return true
	})
	if len(words) == 0 {
		return n, false
	}
	word := words[0]
	if len(words) > 1 {
		word = Or{Operands: words}
	}
	name := Near{Operands: []Node{word, Field{Name: kind, Operand: Wildcard{Pattern: "*"}}}, Distance: distance}
	if and, ok := n.(And); ok && and.Bare {
		and.Operands = append(and.Operands[:len(and.Operands):len(and.Operands)], name)
		return and, true
	}
	return And{Operands: []Node{n, name}, Bare: true}, true
}

// DefaultDistance is that of NEAR and ADJ without a number, and MaxDistance the greatest.
const (
	DefaultDistance = defaultDistance
	MaxDistance     = maxDistance
)
