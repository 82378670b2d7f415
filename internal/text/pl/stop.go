package pl

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Polish that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	ja mnie mi mna my nas nam nami ty ciebie cie ci tobie toba wy was wam wami on jego go niego
	jemu mu niemu nim ona jej niej nia ono oni one ich nich im nimi je nie sie siebie sobie soba
	moj moja moje moi mojego mojej moich moim nasz nasza nasze nasi naszego naszej naszych naszym
	wasz wasza wasze swoj swoja swoje swoi swojego swojej swoich swoim swoimi swa swego swej
	ten ta to te tego tej temu tym tych tymi tamten tamta tamto tamte taki taka takie tacy takiego
	takiej takich takim
	kto kogo komu co czego czemu czym ktory ktora ktore ktorzy ktorego ktorej ktoremu ktorym
	ktorych ktorymi jaki jaka jakie jacy jakiego jakiej jakich
	sam sama samo sami wszystko wszyscy wszystkie wszystkich wszystkim caly
	byc jestem jestes jest jestesmy sa byl byla bylo byli byly bede bedzie bedziemy beda by zostal
	zostala zostalo zostaly zostali mozna
	i a ale lub albo oraz ani czy ze zeby aby jesli jezeli gdy kiedy gdzie skad dokad bo bowiem
	poniewaz dlatego wiec tak jak jako niz choc jednak tez takze rowniez juz jeszcze tylko nawet
	wlasnie bardzo bardziej mniej tu tutaj tam wtedy teraz no
	w we na z do od ode po za o u przy pod nad przez bez miedzy przed obok oprocz poza dla ku wobec
	podczas
`)
