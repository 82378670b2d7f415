package europresse

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// old is a page of two articles in the old layout.
const old = `<html><head><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>
<form><input type="button" value="Sauvegarder"></form>
<table><tr><td><table id="tbHeaderImages"><tr><td><img src="a.gif"></td></tr></table><span class="DocPublicationName">Le Port, no. 5968</span><br>
<span class="DocHeader">Éditorial, </span><span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre 2012</span><span class="DocHeader">, p. 03</span><br><br>
Un sous-titre<br><span class="TitreArticleVisu">Le <span style="color:red; font-weight:bold">bac</span> revient</span><br><br>Anne Bell<br><p></p>
<font style="font-weight:bold;">Le bac revient au port.</font><p></p>Le maire l'a <b>dit</b> lundi.<p></p><b><i>© 2012 Le Port. Tous droits réservés.</i></b><p></p>
Numéro de document : news·20121003·LP·156190<br><br><table><tr><td>news·20121004·LP·156190</td></tr>
<tr><td>Ce certificat est émis à <b>Université</b> à des fins de visualisation personnelle et temporaire.</td></tr>
<tr><td>Date d'émission : <b>2012-10-05</b></td></tr></table></td></tr></table>
<p><br><table><tr><td><span class="DocPublicationName">Le Soir du port</span><br><span class="DocHeader">Politique, </span><span class="DocHeader">jeudi </span>
<span class="DocHeader">5 octobre 2013</span><br><br><span class="TitreArticleVisu">Un pont</span><br><br>Le pont est ouvert, a dit le maire.<p></p>Fin.<p></p>
Numéro de document : news·20131005·SP·1<br></td></tr></table></body></html>`

// article returns an article in the new layout.
func article(header, title, below, text, foot string) string {
	return `<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Port (site web)</span></div>
<span class="DocHeader">` + header + `</span><div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">` + title + `</p></div>` + below +
		`</header><section><div class="docOcurrContainer">` + text + `</div></section><footer>` + foot + `</footer></article>`
}

func TestOldLayout(t *testing.T) {
	if !Recognize(reader.NewHead("a.html", []byte(old), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, Read, "a.html", old)
	if len(records) != 2 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	a, b := &records[0], &records[1]
	for f, want := range map[record.Field]string{
		record.Title: "Le bac revient", record.Source: "Le Port", record.Published: "jeudi 4 octobre 2012", record.Authors: "Anne Bell",
		record.Topics: "Éditorial", record.ID: "news·20121003·LP·156190", record.Summary: "Un sous-titre",
	} {
		if got := a.First(f); got != want {
			t.Errorf("%s: got %q, want %q", f, got, want)
		}
	}
	if len(a.Blocks) != 2 || a.Blocks[0].Text != "Le bac revient au port." || a.Blocks[1].Text != "Le maire l'a dit lundi." {
		t.Errorf("blocks %v", a.Blocks)
	}
	if a.Handling == nil || a.Handling.Rights != "© 2012 Le Port. Tous droits réservés." {
		t.Errorf("handling %+v", a.Handling)
	}
	if b.First(record.Authors) != "" || len(b.Blocks) != 2 || b.Blocks[0].Text != "Le pont est ouvert, a dit le maire." || b.Place != "news·20131005·SP·1" {
		t.Errorf("author %q, blocks %v, place %q", b.First(record.Authors), b.Blocks, b.Place)
	}
}

// The author stands in a div without a class; the number of the document, which
// holds another day, is no text; hits are marked.
func TestNewLayout(t *testing.T) {
	page := "<html><body>" +
		article("Politique, mardi 14 mars 2006, p. 12", "Le <mark>bac</mark> revient", "<div>Anne Bell et Jean Doe</div>",
			"<p>Le bac <mark>revient</mark>.</p><p>Le maire l'a dit.</p><p>Numéro de document : news·20060315·LP·0q1503_1256056</p>", `<div class="publiC-lblNodoc">news·20060315·LP·0q1503_1256056</div>`) +
		article("News, Monday, October 5, 2013, p. A1", "A ferry", `<div class="docAuthors">Ann Bell</div>`, "<p>It sails.</p><p>© 2013 Example. All rights reserved.</p>", "This certificate is issued to X") +
		article("Montag, 7. Oktober 2013, S. 4", "Eine Fähre", "", "<p>Sie fährt.</p>", "<p>news·20131007·LP·3</p>") + "</body></html>"
	if !Recognize(reader.NewHead("a.html", []byte(page), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, Read, "a.html", page)
	if len(records) != 3 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	for i, want := range []struct{ title, date, section, author, text, id string }{
		{"Le bac revient", "mardi 14 mars 2006", "Politique", "Anne Bell et Jean Doe", "Le bac revient.|Le maire l'a dit.", "news·20060315·LP·0q1503_1256056"},
		{"A ferry", "Monday, October 5, 2013", "News", "Ann Bell", "It sails.", ""},
		{"Eine Fähre", "Montag, 7. Oktober 2013", "", "", "Sie fährt.", "news·20131007·LP·3"},
	} {
		r := &records[i]
		var text []string
		for _, b := range r.Blocks {
			text = append(text, b.Text)
		}
		if r.First(record.Title) != want.title || r.First(record.Published) != want.date || r.First(record.Topics) != want.section ||
			r.First(record.Authors) != want.author || strings.Join(text, "|") != want.text || r.First(record.ID) != want.id || r.First(record.Source) != "Le Port (site web)" {
			t.Errorf("%d: got %q, %q, %q, %q, %q, %q, want %+v", i, r.First(record.Title), r.First(record.Published), r.First(record.Topics), r.First(record.Authors), text, r.First(record.ID), want)
		}
	}
}

// A newer page: classes of another kind, the number of words in the header, a
// subtitle, an author in a paragraph, what stands beside the text, where it was
// published, and a day behind the name of a section.
func TestNewerLayout(t *testing.T) {
	page := `<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Port, no. 23456</span></div>
<div><span class="DocHeader">Idées, jeudi 16 avril 2020 11 mots, p. 29</span></div>
<div class="titreArticle"><p class="sm-margin-bottomNews">En vue</p><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le bac revient</p>
<p class="sm-margin-TopNews rdp__subtitle">Deux fois par jour</p></div><p class="sm-margin-bottomNews">Bell, Anne</p></header>
<aside><div>Repères</div></aside><section><div class="DocText clearfix"><div class="docOcurrContainer"><p>Le bac <mark>revient</mark> au port, dit le maire.</p>
<div class="apd-wrapper">Écouter</div><h3>La suite</h3><p>Il part.</p><p><a href="http://example.org/bac">Cet article est paru dans Le Port (site web)</a></p></div></div></section>
<footer><small>© 2020 SA Le Port. Tous droits réservés.</small><p>Le présent document est protégé.</p><div class="publiC-lblNodoc">news·20200416·LP·6036711</div></footer></article>
<article><header><span class="DocPublicationName">Port.fr</span><span class="DocHeader"></span><span class="DocTitreSousSection">Région</span><br><span>lundi 6 avril 2020 - 18:30:00 -0000 589 mots</span>
<div class="titreArticle">Un pont</div></header><section><div class="DocText clearfix"><p>Il est ouvert.</p></div></section></article>`
	records, faults := readertest.Read(t, Read, "a.html", page)
	if len(records) != 2 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	a, b := &records[0], &records[1]
	for f, want := range map[record.Field]string{
		record.Title: "Le bac revient", record.Source: "Le Port", record.Published: "jeudi 16 avril 2020", record.Authors: "Bell, Anne",
		record.Topics: "Idées", record.ID: "news·20200416·LP·6036711", record.Summary: "En vue\nDeux fois par jour", record.URL: "http://example.org/bac",
	} {
		if got := a.First(f); got != want {
			t.Errorf("%s: got %q, want %q", f, got, want)
		}
	}
	if len(a.Blocks) != 3 || a.Blocks[0].Text != "Le bac revient au port, dit le maire." || !a.Blocks[1].Heading || a.Blocks[2].Text != "Il part." || len(a.Problems) != 0 {
		t.Errorf("blocks %v, problems %v", a.Blocks, a.Problems)
	}
	if a.Handling == nil || a.Handling.Rights != "© 2020 SA Le Port. Tous droits réservés." {
		t.Errorf("handling %+v", a.Handling)
	}
	if b.First(record.Title) != "Un pont" || b.First(record.Published) != "lundi 6 avril 2020 - 18:30:00 -0000" || len(b.Blocks) != 1 || len(b.Problems) != 1 {
		t.Errorf("got %q, %q, blocks %v, problems %v", b.First(record.Title), b.First(record.Published), b.Blocks, b.Problems)
	}
}

func TestPartHeader(t *testing.T) {
	for s, want := range map[string][2]string{
		"mercredi 3 octobre 2012":                       {"", "mercredi 3 octobre 2012"},
		"À la une, Culture, lundi 5 janvier 2026, p. 1": {"À la une, Culture", "lundi 5 janvier 2026"},
		"Monday, January 5, 2026 - 08:30:00 UTC":        {"", "Monday, January 5, 2026 - 08:30:00 UTC"},
		"lunes, 5 de enero de 2026":                     {"", "lunes, 5 de enero de 2026"},
	} {
		if section, date := partHeader(s); section != want[0] || date != want[1] {
			t.Errorf("%q: got %q, %q", s, section, date)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(old)
	f.Add(article("lundi 5 janvier 2026", "T", "<div>A B</div>", "<p>x</p>", ""))
	f.Add(`<span class="DocPublicationName">x<span class="DocHeader">,,,,<p class="titreArticleVisu">`)
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "a.html", s) })
}

// A page about the database names its classes in the text.
func TestRecognizeOthers(t *testing.T) {
	page := `<html><body><article><h1>How to read it</h1><pre>&lt;span class="DocPublicationName"&gt; and DocHeader</pre></article></body></html>`
	if Recognize(reader.NewHead("a.html", []byte(page), true)) {
		t.Error("it is recognized")
	}
}
