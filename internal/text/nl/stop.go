package nl

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Dutch that ranking ignores it:
// articles, pronouns, auxiliaries, conjunctions and the shortest prepositions. Words
// that also name something stay searchable, such as man and recht, and so do
// prepositions with a meaning of their own: na, onder, tegen, zonder.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	de het een der den des t n
	ik je jij jou jouw u uw hij hem zijn zij ze haar wij we ons onze jullie hun hen zich mij me mijn
	dit dat deze die daar hier er zulke zulk zo n
	wie wat welke welk waar waarom waarmee waarvan waarin waarop waarbij wanneer hoe
	en of maar want dus omdat doordat als dan terwijl toen nadat voordat hoewel indien zodat noch
	niet nooit ook alleen slechts zeer heel veel meer meest minder wel toch nog al reeds juist
	in op aan van te ten ter voor met bij om over uit door tot naar tussen volgens sinds per via
	is ben bent zijn was waren geweest wees word wordt worden werd werden geworden
	heb hebt heeft hebben had hadden gehad
	zal zult zullen zou zouden kan kun kunt kunnen kon konden moet moeten moest moesten
	wil wilt willen wilde wilden mag mogen mocht mochten
	nu altijd alle alles iets niets iemand niemand iedereen ieder iedere elk elke enkele sommige
	geen ander andere anders beide zelf zelfs eigen
	daarom daardoor daarmee daarvan daarin daarop daarbij hiermee hiervan echter immers bovendien
	weer eens even hetzelfde dezelfde
`)
