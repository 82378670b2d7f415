package sr

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Serbian that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[latin(folded)] }

var stop = wordset.Of(`
	ja mene meni mnom mi nas nama ti tebe tebi vas vama vi on njega ga njemu mu njim njime ona nje
	je njoj joj nju njom ono oni one njih ih njima im sebe sebi sobom se
	moj moja moje moji mojih mojim nasa nase nasi naseg nasoj nasim nasih tvoj vasa vase vasi
	njegov njegova njegovo njegovi njegove njen njena njeno njeni njene njihov njihova njihovo
	njihove njihovi svoj svoja svoje svoji svojih svojim svojom svoju svoga
	ovaj ova ovo ovi ove ovog ovom ovim ovih ovu taj ta to te tog tom tim tih tu onaj onih takav
	takva takvo takve takvi
	ko koga kome sta sto cega cemu cime koji koja koje kojih kojim kojima kojoj koju kojom kakav
	kakva kakvo kakvi kakve sam sama samo sami sav sva sve svi svih svim svega
	biti si smo ste su jesam jeste jesu bio bila bilo bili bile bih bi bismo bice bude budu budemo
	cu ces ce cemo cete nisam nije nismo nisu niste nece hoce
	i a ali ili niti ni pa da ne li ako jer zato tako kako kada kad gde kuda dok iako medutim
	takode vec jos cak upravo vrlo vise manje ovde tamo tada sada
	u na s sa od do za iz o po pri pod nad kroz bez izmedu pred kod osim posle poslije nakon zbog
	prema
	gdje ovdje obje prije
`)
