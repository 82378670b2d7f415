package it

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Italian that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions,
// also joined with articles. Words that also name something stay searchable, such as
// stato and parte, and so do prepositions with a meaning of their own: contro, dopo,
// prima, senza, sotto.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	il lo la i gli le l un uno una
	di a da in con su per tra fra e ed o od ma
	del dello della dei degli delle dell al allo alla ai agli alle all
	dal dallo dalla dai dagli dalle dall nel nello nella nei negli nelle nell
	sul sullo sulla sui sugli sulle sull col coi
	io tu lui lei noi voi loro egli ella essi esse esso essa mi ti ci vi si me te se ne
	mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra vostri vostre
	questo questa questi queste quest quello quella quelli quelle quel quell quegli quei cio
	che chi cui quale quali quanto quanta quanti quante dove quando come perche mentre
	se anche pure non piu meno molto molta molti molte poco poca pochi poche tanto tanta tanti tante
	troppo tutto tutta tutti tutte ogni ognuno qualche qualcosa qualcuno nessuno nessuna niente nulla
	altro altra altri altre stesso stessa stessi stesse tale tali alcuni alcune alcuno alcuna entrambi
	sono sei e siamo siete era ero eravamo erano fu furono fui essere essendo sara saranno sarebbe sarebbero
	sia siano fosse fossero
	ho hai ha abbiamo avete hanno aveva avevo avevano ebbe ebbero avere avra avranno avrebbe avrebbero
	abbia abbiano avesse avessero avuto avendo
	sta stanno puo possono deve devono
	qui qua li ancora gia poi cosi quindi dunque pero solo soltanto sempre mai quasi proprio invece
	infatti inoltre oltre ora allora secondo
	c d n s t v
`)
