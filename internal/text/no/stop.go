package no

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Bokmål or Nynorsk that ranking
// ignores it: articles, pronouns, auxiliaries, conjunctions and the shortest
// prepositions. Words that also name something stay searchable, such as mann and lov,
// and so do prepositions with a meaning of their own: etter, mot, under, uten.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	en ei et ein eit den det de dei dem dens deres deira denne dette disse desse
	jeg eg du han hun ho vi i mig meg deg ham henne oss dere dykk dykkar seg min mi mitt mine din di ditt dine sin si sitt sine
	hans hennes hennar var vart vare
	som der hvem kven hva kva hvilken hvilket hvilke hvis hvor kor korleis hvordan hvorfor kvifor nar
	og eller men at om da fordi mens medan for samt verken bade ettersom dersom
	ikke ikkje ei aldri aldrig ogsa bare berre kun meget mye mykje mer meir mest mindre nok vel jo na no nettopp
	pa av til fra med ved hos over mellom gjennom ifolge
	er var vaere vaert vore vere blir blei ble bli blitt blevet har hadde ha hatt
	skal skulle kan kunne ma matte vil ville far fikk fatt
	her so sa alltid alle alt noe noko noen nokon nokre ingen inkje intet
	annen anna annet annan andre hver kvar hvert kvart slik slike samme same begge man selv sjolv
	ut opp ned ned inn derfor dermed dog enna allerede siden sidan
	fra fram enten anten enn
`)
