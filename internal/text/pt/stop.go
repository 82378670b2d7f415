package pt

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Portuguese that ranking
// ignores it: articles, pronouns, auxiliaries, conjunctions and the shortest
// prepositions, also joined with articles. Words that also name something stay
// searchable, such as estado and parte, and so do prepositions with a meaning of their
// own: apos, contra, sem, sob, sobre.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	o a os as um uma uns umas ao aos do da dos das no na nos nas pelo pela pelos pelas num numa dum duma
	eu tu ele ela eles elas voce voces vos me te se lhe lhes mim ti si lo la los las
	meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas
	este esta estes estas isto esse essa esses essas isso aquele aquela aqueles aquelas aquilo
	deste desta destes destas desse dessa desses dessas disso disto daquele daquela neste nesta nesse nessa nisso
	que quem qual quais cujo cuja cujos cujas onde quando como quanto quanta quantos quantas
	porque pois embora enquanto e ou nem mas porem
	nao tambem muito muita muitos muitas ja ainda assim aqui ali la entao logo
	tao tanto tanta tantos tantas pouco pouca poucos poucas algo algum alguma alguns algumas
	nada ninguem nenhum nenhuma outro outra outros outras todo toda todos todas tudo cada mesmo mesma mesmos mesmas
	tal tais ambos ambas qualquer quaisquer alguem
	de em por para com desde ate entre segundo
	sou es somos sao era eram foi fui foram fosse fossem ser sendo sido seja sejam sera serao seria seriam
	estou estamos estao estava estavam esteve estar esteja estejam
	ha houve haver haja havia haviam hei
	tenho tem temos tinha tinham teve tiveram ter tendo tenha tenham tera terao teria teriam
	pode podem podia podiam poderia poderiam deve devem
	mais menos so apenas alem quase sempre nunca talvez
`)
