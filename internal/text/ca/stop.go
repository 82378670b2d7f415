package ca

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Catalan that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions.
// Words that also name something stay searchable, such as estat and part, and so do
// prepositions with a meaning of their own: abans, contra, despres, sense, sobre.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	el la els les lo l un una uns unes en na al als del dels pel pels d
	jo tu ell ella ells elles nosaltres vosaltres vos em et es ens us li hi ho me te se nos m t s n
	meu meva meus meves teu teva teus teves seu seva seus seves nostre nostra nostres vostre vostra vostres
	aquest aquesta aquests aquestes aquell aquella aquells aquelles aixo allo
	que qui qual quals quin quina quins quines on quan com quant quanta quants quantes
	perque doncs encara mentre i o ni pero sino
	no tambe tampoc molt molta molts moltes poc poca pocs poques massa ja aixi aqui alla llavors
	tan tant tanta tants tantes algun alguna alguns algunes cap res ningu altre altra altres
	tot tota tots totes cada mateix mateixa mateixos mateixes tal tals ambdos qualsevol
	a de per amb des fins entre segons
	soc ets som sou son era eren eres fou foren fos fossin ser sent sigut sigui siguin sera seran seria serien
	estic esta estan estava estaven estar estat estigui
	he has ha hem heu han havia havien haver hagi hagin haura hauran hauria haurien
	va van vaig vam vau vas
	te tenen tenia tenien tenir tingui pot poden podia podien podria podrien
	mes menys nomes gairebe sempre mai potser
`)
