package tr

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Turkish that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	ben beni bana bende benden benim biz bizi bize bizde bizden bizim sen seni sana senin siz sizi
	size sizin o onu ona onda ondan onun onlar onlari onlara onlarin kendi kendisi kendisini
	kendisine kendini kendine
	bu bunu buna bunda bundan bunun bunlar bunlari bunlarin su sunu suna sunun sunlar boyle soyle
	oyle
	kimi kime kimin ne neyi neye neden nicin niye nasil nerede nereye nereden hangi hangisi kac
	biri birisi bazi bazilari her herkes hepsi hic hicbir butun tum
	dir var yok degil idi imis ise olan olarak oldugu oldugunu oldu olmak olur olsa etmek eden
	edilen etti ediyor ederek
	ve veya ya yahut de da ki mi mu ama fakat ancak lakin oysa cunku zira eger sayet hem ile icin
	gibi kadar gore ragmen uzere dolayi beri once sonra diye yani ayrica hatta bile sadece yalniz
	yalnizca dahi artik henuz hala cok daha en pek az bir sey iste burada orada simdi zaten
`)
