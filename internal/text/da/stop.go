package da

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Danish that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions.
// Words that also name something stay searchable, such as mand and lov, and so do
// prepositions with a meaning of their own: efter, mod, under, uden.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	en et den det de dem dens dets deres denne dette disse
	jeg du han hun vi i mig dig ham hende os jer sig min mit mine din dit dine sin sit sine
	hans hendes vor vort vore vores jeres
	som der hvem hvad hvilken hvilket hvilke hvis hvor hvornar hvorfor hvordan hvorledes
	og eller men at om da fordi mens for inden samt hverken saavel bade
	ikke ej aldrig ogsa kun blot meget mere mest mindre nok vel jo nu netop
	pa af til fra med ved hos over mellem gennem ifolge
	er var vaere vaeret bliver blev blive blevet har havde have haft
	skal skulle kan kunne ma matte vil ville far fik faet
	her saa sa altid alle alt noget nogen nogle ingen intet
	anden andet andre hver hvert sadan sadanne samme begge man selv
	ud op ned ind derfor dermed dog endnu lige allerede siden
	noget enten end
`)
