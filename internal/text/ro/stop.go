package ro

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Romanian that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions.
// Words that also name something stay searchable, such as stat, and
// so do prepositions with a meaning of their own: contra, dupa, fara, sub.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	un o unui unei unor niste al a ai ale alor cel cea cei cele celor celui celei lui
	eu tu el ea noi voi ei ele dumneavoastra ma te se ne va le il ii imi iti isi mi ti si i l
	mine tine sine lor lui meu mea mei mele tau ta tai tale sau sa sai sale nostru noastra nostri noastre
	vostru voastra vostri voastre
	acest aceasta acesti aceste acestea acestia acestui acestei acestor acesta
	acel acea acei acele acela aceea aceia acelea acelui acelei acelor asta astea asa
	care carui carei caror carora cine ce ceva cineva cat cata cati cate unde cand cum
	pentru ca sa daca desi deoarece fiindca insa dar iar ori fie precum nici decat incat
	nu da mai prea foarte tot toata toti toate tuturor alt alta alti alte altul altele fiecare
	orice oricare nimic nimeni unul una unii unele
	de la in din pe cu prin spre pana intre despre
	sunt esti este e suntem sunteti era eram erau fi fie fost fiind fiu
	am are avem aveti au avea avand aveau avut
	poate pot putea trebuie vor voi vom veti vei as ar
	acum aici acolo apoi atunci doar chiar inca deja astfel deci totusi numai aproape mereu niciodata
`)
