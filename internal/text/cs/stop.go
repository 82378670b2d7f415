package cs

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Czech that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	ja me mne mi mnou my nas nam nami ty te tebe ti tobe tebou vy vas vam vami on jeho ho jej nej
	neho jemu mu nemu nem jim nim ona ji ni ono oni ony jich nich jimi nimi je ne se si sebe sobe
	sebou
	muj ma moje moji meho mych mym nase nasi naseho nasich nasim vase vasi jejich jeji svuj sva sve
	svoje sveho svych svym svymi svou svem svoji
	ten ta to toho tech tomu tem tom tim temi tu tou tento tato toto tito tyto teto tohoto techto
	tomuto temto tomto timto takovy takova takove takovych takoveho
	kdo koho komu kym co ceho cemu cem cim ktery ktera ktere kteri ktereho kterych kteremu kterym
	kterou kterem kterymi jaky jaka jake jaci jenz jez sam sama samo sami vsechno vsechny vsichni
	vsech vsem vsemi vse
	byt jsem jsi jsme jste jsou byl byla bylo byli byly budu budes bude budeme budete budou bych
	bys by bychom byste neni nejsou nebyl nebude
	a i ale nebo ci ani ze aby jestli pokud kdyz kdy kde kam odkud protoze proto tedy tak jak jako
	nez ac vsak take taky tez uz jiz jeste jen jenom pouze dokonce prave velmi vice mene tady zde
	tam tehdy ted nyni
	v ve na s z do od ode po za o u pri pod nad pres bez mezi pred vedle krome mimo pro k ke ku
	podle behem
`)
