package es

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Spanish that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions and the shortest prepositions.
// Words that also name something stay searchable, such as estado and parte, and so
// do prepositions with a meaning of their own: contra, sin, sobre, tras.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	el la los las lo un una unos unas al del
	yo tu usted ustedes ella ello ellos ellas nosotros nosotras vosotros vosotras
	me te se nos os le les mi ti si mio mia mios mias
	mis tus su sus nuestro nuestra nuestros nuestras vuestro vuestra suyo suya suyos suyas
	este esta estos estas esto ese esa esos esas eso aquel aquella aquellos aquellas aquello
	que quien quienes cual cuales cuyo cuya cuyos cuyas donde cuando como cuanto cuanta cuantos cuantas
	porque pues aunque mientras y e o u ni pero sino mas
	no tambien tampoco muy ya asi aun aqui ahi alli alla entonces luego
	tan tanto tanta tantos tantas mucho mucha muchos muchas poco poca pocos pocas algo alguno alguna
	algunos algunas algun nada nadie ningun ninguno ninguna otro otra otros otras
	todo toda todos todas cada mismo misma mismos mismas tal tales ambos ambas
	a de en por para con desde hasta entre segun
	soy eres es somos sois son era eras eramos eran fue fui fueron fuera ser sido siendo sera seran seria serian sea sean
	estoy estamos estan estaba estaban estuvo estar esten estara
	he has ha hemos han habia habian hubo haber hay haya hayan habra habran habria habrian
	tengo tiene tienen tenia tenian tuvo tener
	puede pueden podia podian podria podrian
	solo ademas casi siempre nunca quiza quizas cualquier cualquiera
`)
