package hu

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Hungarian that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	a az egy
	en engem nekem velem te teged neked o ot neki vele mi minket nekunk ti titeket nektek ok oket
	nekik veluk maga magat maganak sajat
	ez ezt ezek ezeket ennek ezzel ebben ebbol erre errol ettol ehhez ezen ezert azt azok azokat
	annak azzal abban abbol arra arrol attol ahhoz azon azert azoknak ilyen olyan ugyanez ugyanaz
	ki kit kinek kik mit minek mely melyet melyek amely amelyet amelyek amelynek amelyben amit ami
	amik aki akit akik akiket akinek akiknek amelyik milyen mennyi valaki valami minden mindenki
	semmi senki
	van vannak volt voltak lesz lesznek lenne lennenek legyen legyenek nincs nincsenek vagyok
	vagyunk fog fogja fogjak volna kell lehet
	es s vagy de hanem ha hogy mert mint is se sem nem ne csak mar meg el be fel le itt ott igy ugy
	akkor most majd pedig azonban viszont tehat illetve valamint sot ugyanis hiszen bar noha mivel
	amikor mikor ahol hol ahogy hogyan amig miert igen nagyon tobb inkabb eppen szerint utan elott
	kozott alatt felett mellett miatt altal irant fele helyett nelkul soran
`)
