package de

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in German that ranking ignores
// it: articles, pronouns, auxiliaries, conjunctions, particles and the shortest
// prepositions. Words that also name something stay searchable, such as uber (über
// and the company), and so do prepositions with a meaning of their own: gegen,
// nach, ohne, unter, vor.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	der die das des dem den ein eine einer eines einem einen
	kein keine keiner keines keinem keinen
	ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich
	mein meine meiner meines meinem meinen dein deine deiner deines deinem deinen
	sein seine seiner seines seinem seinen ihre ihrer ihres ihrem ihren
	unser unsere unserer unseres unserem unseren euer eure eurer eures eurem euren
	dieser diese dieses diesem diesen dies jener jene jenes jenem jenen
	jeder jede jedes jedem jeden mancher manche manches manchem manchen
	solcher solche solches solchem solchen welcher welche welches welchem welchen
	derer deren dessen denen derselbe dieselbe dasselbe denselben
	man wer wen wem wessen was wo wie wann warum weshalb wieso woher wohin
	etwas nichts alles alle aller allem allen selbst beide beiden beider
	bin bist ist sind seid war warst waren wart ware waren gewesen sei seien
	habe hast hat haben habt hatte hattest hatten gehabt hattet
	werde wirst wird werden werdet wurde wurdest wurden worden geworden
	kann kannst konnen konnt konnte konnten muss musst mussen musste mussten
	soll sollst sollen sollte sollten will willst wollen wollt wollte wollten
	darf darfst durfen durfte durften mag mogen mochte mochten
	und oder aber denn sondern doch wenn weil dass ob als damit obwohl bevor nachdem sobald
	sowie sowohl weder noch entweder zwar daher deshalb deswegen trotzdem jedoch
	nicht nie auch nur schon noch sehr so da dann dort hier nun ja nein eben wohl etwa
	immer wieder dabei dafur dagegen daran darauf daraus darin daruber darum davon davor dazu
	hierzu hierfur woran worauf woraus worin woruber wovon wozu
	also sonst ganz gar eher fast bereits allerdings ausserdem zudem
	an am auf aus bei beim bis durch fur in im ins mit seit um von vom zu zum zur
	gerade mehr viel viele vieler vielen vieles sodass somit dadurch
`)
