package sv

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Swedish that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions.
// Words that also name something stay searchable, such as far and man, and so do
// prepositions with a meaning of their own: efter, mot, under, utan.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	en ett den det de dem dess deras denna detta dessa
	jag du han hon vi ni mig dig honom henne oss er sig min mitt mina din ditt dina sin sitt sina
	hans hennes var vart vara ert era
	som vem vad vilken vilket vilka vars nar hur varfor
	och eller men att om da eftersom medan innan samt utan sa saval
	inte ej icke aldrig ocksa bara endast mycket mer mest mindre redan just ju nog val
	i pa av till fran med for vid hos over mellan genom enligt inom
	ar vore varit blir blev bli blivit ha har hade haft haft
	ska skall skulle kan kunde kunna maste vill ville fa far fick
	har dar nu sedan dock annu alltid alla allt allting nagon nagot nagra ingen inget inga
	annan annat andra varje sadan sadant sadana samma bade bada man sjalv sjalva
	ut upp ner in dit hit dess darfor ddrmed darmed
`)
