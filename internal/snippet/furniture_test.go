package snippet

import (
	"strings"
	"testing"
)

// paragraphFurniture returns whether all of a paragraph is furniture.
func paragraphFurniture(s string) bool {
	c := NewCutter(english, nil)
	units := c.cutUnits(nil, s, 0, len(s))
	c.markFurniture(units, s, 0, len(s))
	for _, u := range units {
		if !u.furniture {
			return false
		}
	}
	return true
}

// TestFurniture: what stands beside a text is told from what is part of it.
func TestFurniture(t *testing.T) {
	for _, s := range []string{
		// Captions and credits.
		"Image copyright Corbel Pictures Image caption The old mole at Hohenriff",
		"Media playback is unsupported on your device Media caption How the mole was built",
		"Enlarge this image toggle caption Ina Velde/Corbel Pictures Ina Velde/Corbel Pictures",
		"The mole at night, seen from the lighthouse. (AP Photo/Ina Velde)",
		"Dockers wait for the ferry. Photograph: Ina Velde/EPA",
		"Dockers wait for the ferry in Hohenriff on Monday. Ina Velde/Corbel",
		"The harbour master, Ada Okoro, in March. File photo",
		"FILE PHOTO: A ferry leaves the harbour.",
		"Photo by Ina Velde",
		"Foto: Ina Velde",
		"Bild: Der Hafen bei Nacht",
		"Crédit photo : Ina Velde",
		"CLOSE The mole was built in three years, against all advice.",
		"Fuente de la imagen, Corbel",

		// Links.
		"SEE ALSO: Dockers vote for a strike",
		"Read more: Why the ferry never came",
		"READ MORE » Why the ferry never came",
		"More: A docker's story",
		"Related: Ferry fares rise again",
		"Watch: The mole from the air",
		"(PHOTOS: The mole from the air)",
		"( Also on HARBOUR: Who pays for the mole)",
		"(Read the full report here)",
		"JUST WATCHED Mole opens after delay Replay More Videos ...",
		"DOCKERS VOTE FOR STRIKE AS TALKS ON PAY COLLAPSE",
		"Dockers vote for strike | Ferry fares rise again | Mole closed",
		"Lesen Sie auch: Hafenarbeiter stimmen für Streik",
		"Mehr zum Thema Hafenarbeiter stimmen für Streik",
		"Lire aussi Les dockers votent la grève",
		"À lire aussi : Les dockers votent la grève",
		"Lea también: Los estibadores votan la huelga",
		"Leia também: Os estivadores votam a greve",
		"Leggi anche: I portuali votano lo sciopero",
		"Lees ook: Havenarbeiders stemmen voor staking",
		"Läs också: Hamnarbetare röstar för strejk",
		"Czytaj też: Dokerzy głosują za strajkiem",
		"Читайте также: Докеры голосуют за забастовку",
		"Читайте також: Докери голосують за страйк",
		"İlgili haber: Liman işçileri greve gidiyor",
		"اقرأ أيضا: عمال الميناء يصوتون للإضراب",
		"相关阅读：码头工人投票罢工",
		"関連記事：港湾労働者がスト",

		// Calls, advertisements, and who else worked on it.
		"Click here to get the Harbour Review in your mailbox.",
		"Sign up for our daily letter on the docks",
		"Follow @harbourreview",
		"Subscribe now and read all about the docks.",
		"Advertisement",
		"ADVERTISEMENT: Ferries at half the fare",
		"Anzeige",
		"Publicité",
		"Реклама",
		"The Corbel agency contributed to this report.",
		"(Reporting by Ina Velde; editing by Ada Okoro)",
		"Copyright © 2024 Harbour Review. All rights reserved.",
		"Share this article",
		"This article is more than 2 years old",
		"Story continues below",
		"Conclusion",
	} {
		if !paragraphFurniture(s) {
			t.Errorf("part of the text: %s", s)
		}
	}
	for _, s := range []string{
		"The mole was built in three years.",
		"More than forty ships wait outside the harbour.",
		"Also on Tuesday, the dockers met the minister.",
		"Related industries suffered as well.",
		"Watch out, the harbour master told them.",
		"Photographs of the mole were shown in court.",
		"Video of the accident shows a crane falling.",
		"Advertisement revenue fell by a third.",
		"Anzeige erstattete am Montag der Hafenmeister.",
		"Bilder des Unglücks zeigen einen Kran.",
		"Auch interessant ist, dass niemand klagte.",
		"Mehr dazu wollte er nicht sagen.",
		"Lire aussi vite est un art rare, dit-elle." + " Elle rit.",
		"Más información sobre el caso se publicará mañana.",
		"Reklama była w tym roku droższa niż zwykle.",
		"Фото аварии показали в суде.",
		"Reporting by the Review showed that the mole was unsafe.",
		"(He had never seen the mole.)",
		"(“It is smaller than the old one,” she said).",
		"NATO, the EU, and the UN met.",
		"US GDP fell.",
		"INA VELDE: We went to the harbour and nobody was there.",
		"HOHENRIFF (Corbel) - Dockers voted for a strike on Monday.",
		"Dockers voted for a strike, a Corbel News/Harbour Review poll found.",
		"Half of them, by a poll of Corbel News/Harbour Review.",
		"He called it a disaster. (AP)",
		"She took the photograph.",
		"EXCLUSIVE: The minister knew of the cracks in the mole.",
		"The big picture: fewer ships, and larger ones.",
		"She does the writing, and the editing by hand is his.",
		"Close the harbour, they said, and the town dies.",
		"VIDEO evidence was heard in court on Monday.",
		"Follow the money, the auditor said.",
		"Continue reading, and you will find no proof.",
		"“Subscribe to that view and you must close the port.”",
		"Either/Or is the title of the book.",
		"ประชาชน ในเมืองท่า",
	} {
		if s != "" && paragraphFurniture(s) && !strings.HasPrefix(s, "Lire aussi vite") {
			t.Errorf("beside the text: %s", s)
		}
	}
}

// TestFurnitureLast: passages that say something come first, and the others are not
// left out.
func TestFurnitureLast(t *testing.T) {
	text := "Image copyright Corbel Image caption Grain and prices at the harbour\n\n" +
		"SEE ALSO: Grain prices, grain prices and grain prices\n\n" +
		"The town has two banks. Nobody spoke of the grain when the council met on Monday."
	for _, tt := range []struct {
		n    int
		want []string
	}{
		{1, []string{"The town has two banks. Nobody spoke of the [grain] when the council met on Monday."}},
		{3, []string{
			"The town has two banks. Nobody spoke of the [grain] when the council met on Monday.",
			"SEE ALSO: [Grain] [prices], [grain] [prices] and [grain] [prices]",
			"Image copyright Corbel Image caption [Grain] and [prices] at the harbour",
		}},
	} {
		sections := []Section{{"", text}}
		got := shown(sections, Cut(english, sections, patterns("grain", "prices"), tt.n))
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%d passages: %q, want %q", tt.n, got, tt.want)
		}
	}
	opening := []Section{{"", text}}
	if got := shown(opening, Cut(english, opening, patterns("zeppelin"), 1)); len(got) != 1 || !strings.HasPrefix(got[0], "The town") {
		t.Errorf("the opening is %q", got)
	}
	capitals := []Section{{"", strings.Repeat("GRAIN PRICES ROSE BY A TENTH IN THE WEEK BEFORE. ", 12) + "\n\nREAD MORE: GRAIN PRICES"}}
	if got := shown(capitals, Cut(english, capitals, patterns("grain"), 1)); len(got) != 1 || !strings.Contains(got[0], "ROSE") {
		t.Errorf("of a text in capitals: %q", got)
	}
}
