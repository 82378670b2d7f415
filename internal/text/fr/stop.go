package fr

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in French that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions.
// A word that also names something stays searchable where it does so often, as été
// (summer), and so do prepositions with a meaning of their own: contre, sans, sous,
// apres, avant.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	le la les un une des du de au aux l d
	je tu il elle on nous vous ils elles me te se lui leur leurs moi toi soi eux
	mon ma mes son ton ta tes sa ses notre nos votre vos
	ce cet cette ces ceci cela ca celui celle ceux celles
	qui que quoi dont ou lequel laquelle lesquels lesquelles auquel duquel desquels quel quelle quels quelles
	et ni mais donc or car si quand comme lorsque puisque parce afin ainsi alors aussi
	ne non pas plus moins tres trop peu tout toute tous toutes rien personne aucun aucune
	autre autres meme memes tel telle tels telles chaque plusieurs quelque quelques certains certaines
	a en dans par pour sur avec chez entre vers depuis pendant des jusque selon
	suis es est sommes etes sont etais etait etions etiez etaient serai seras sera serons serez seront
	serais serait seraient soit soient fut furent etre etant
	ai as avons avez ont avais avait avions aviez avaient aurai auras aura aurons aurez auront
	aurais aurait auraient eu eut avoir ayant ait aient
	fait faire font peut peuvent doit doivent va vont
	y ici encore deja toujours jamais ensuite puis ailleurs cependant toutefois pourtant
	notamment environ voici voila c j m n s t qu
`)
