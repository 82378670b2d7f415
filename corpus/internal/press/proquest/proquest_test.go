package proquest

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const rules = "____________________________________________________________\r\n\r\n"

// download is a text with a cover, a table of contents, articles of newspapers
// and a bibliography.
var download = strings.ReplaceAll(rules+`Report Information from ProQuest
05 January 2026 21:33
`+rules+`Table of contents

1. Ferry sails: two a day

2. A bridge

`+rules+`Document 1 of 2

Ferry sails: two a day

Author: Bell, Ann; Doe, Jean.

Publication info: Example Times ; Porto, Port. [Porto, Port]04 Jan 2026: A.1.

http://search.proquest.com/docview/100001?accountid=1

Abstract (English): The new ferry sails.

Links: http://example.org/resolve?x=1

http://example.org/resolve?x=2

Full text: The new ferry sails twice a day.

Section: this line of the text begins with a word that is a label as well.

Tickets are sold on the pier.

Credit: Special to the Example Times

bell@example.org

Subject: Ferries; Ports & harbors

Location: Portugal

Company / organization: Name: Example Ferries; NAICS: 483212

People: Roe, Mary

Title: Ferry sails: two a day

Publication title: Example Times; Porto, Port.

Pages: A.1

Publication year: 2026

Publication date: Jan 4, 2026

Section: Main

Publisher: Example Press

Place of publication: Porto, Port.

Language of publication: English

ProQuest document ID: 100001

Document URL: http://search.proquest.com/docview/100001?accountid=1

Copyright: Copyright Example Press Jan 4, 2026

Last updated: 2026-01-05

Database: Example Dailies

`+rules+`Document 2 of 2

A bridge

Author: Anonymous

http://search.proquest.com/docview/100002

Abstract: It is open.

Full text: Not available.

Identifier / keyword: Bridges, Rivers

Publication title: Example Evening

Publication date: Jan 3, 2026

ProQuest document ID: 100002

Database: Example Dailies

`+rules+`Bibliography

Citation style: APA 6th

@misc{1, Author={Bell, Ann}, title={Ferry sails: two a day} }

Bell, A. (2026, Jan 4). Ferry sails: two a day. Example Times

`+rules+`Contact us at: http://www.proquest.com/go/pqissupportcontact
Copyright © 2026 ProQuest LLC. All rights reserved.
`, "\n", "\r\n")

func TestText(t *testing.T) {
	if !RecognizeText(reader.NewHead("a.txt", []byte(download), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, ReadText, "a.txt", download)
	if len(records) != 2 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	want(t, &records[0], map[record.Field]string{
		record.Title: "Ferry sails: two a day", record.Authors: "Ann Bell|Jean Doe", record.Source: "Example Times",
		record.Published: "Jan 4, 2026|04 Jan 2026|2026", record.Summary: "The new ferry sails.", record.ID: "100001",
		record.URL:    "http://search.proquest.com/docview/100001?accountid=1",
		record.Topics: "Ferries|Ports & harbors", record.Places: "Portugal", record.Organizations: "Example Ferries", record.People: "Mary Roe",
		record.Language: "English",
	}, "The new ferry sails twice a day.|Section: this line of the text begins with a word that is a label as well.|Tickets are sold on the pier.")
	if h := records[0].Handling; h == nil || h.Rights != "Copyright Example Press Jan 4, 2026" {
		t.Errorf("handling %+v", h)
	}
	want(t, &records[1], map[record.Field]string{
		record.Title: "A bridge", record.Authors: "", record.Source: "Example Evening", record.Topics: "Bridges|Rivers", record.Published: "Jan 3, 2026",
		record.URL: "http://search.proquest.com/docview/100002",
	}, "")
}

// want holds a record to what is wanted: values parted by bars, and paragraphs.
func want(t *testing.T, rec *record.Record, fields map[record.Field]string, text string) {
	t.Helper()
	for f, want := range fields {
		var texts []string
		for _, v := range rec.Values(f) {
			texts = append(texts, v.Text)
		}
		if got := strings.Join(texts, "|"); got != want {
			t.Errorf("%s: got %q, want %q", f, got, want)
		}
	}
	var texts []string
	for _, b := range rec.Blocks {
		texts = append(texts, b.Text)
	}
	if got := strings.Join(texts, "|"); got != text {
		t.Errorf("text: got %q, want %q", got, text)
	}
	if len(rec.Problems) > 0 {
		t.Errorf("problems: %v", rec.Problems)
	}
}

// The labels are in the language of the person, not of the article.
func TestLanguages(t *testing.T) {
	for name, labels := range map[string][]string{
		"German":     {"Dokument 1 von 2", "Autor", "Volltext", "Titel der Publikation", "Publikationsdatum", "ProQuest-Dokument-ID", "Datenbank"},
		"French":     {"Document 1 sur 2", "Auteur", "Texte intégral", "Titre de la publication", "Date de publication", "Identifiant ProQuest", "Base de données"},
		"Spanish":    {"Documento 1 de 2", "Autor", "Texto completo", "Título de publicación", "Fecha de publicación", "ID de documento de ProQuest", "Base de datos"},
		"Portuguese": {"Documento 1 de 2", "Autor", "Texto completo", "Título da publicação", "Data de publicação", "ID do documento do ProQuest", "Base de dados"},
		"Chinese":    {"文档 1 / 2", "作者", "全文文献", "出版物名称", "出版日期", "ProQuest 文档 ID", "数据库"},
		"Russian":    {"Документ 1 из 2", "Автор", "Полный текст", "Название публикации", "Дата публикации", "Идентификатор документа ProQuest", "База данных"},
		"Japanese":   {"ドキュメント 1 / 2", "著者", "フルテキスト", "出版物のタイトル", "出版日", "ProQuest ドキュメント ID", "データベース"},
	} {
		t.Run(name, func(t *testing.T) {
			values := []string{"", "Bell, Ann", "It sails.\n\nTwice a day.", "Example Times", "2026-01-04", "100001", "Example Dailies"}
			text := rules + labels[0] + "\n\nA ferry\n\n"
			page := `<html><head><title>ProQuest Export</title></head><body><a name="DocID_1"></a><p style="font-weight:bold">A ferry</p>`
			for i, l := range labels[1:] {
				text += l + ": " + values[i+1] + "\n\n"
				page += "<p><strong>" + l + ": </strong>" + strings.ReplaceAll(values[i+1], "\n\n", "<p>") + "</p>"
			}
			for i, read := range []reader.Func{ReadText, ReadPage} {
				records, faults := readertest.Read(t, read, "a", []string{text, page}[i])
				if len(records) != 1 || len(faults) != 0 {
					t.Fatalf("got %d records, faults %v", len(records), faults)
				}
				want(t, &records[0], map[record.Field]string{
					record.Title: "A ferry", record.Authors: "Ann Bell", record.Source: "Example Times", record.Published: "2026-01-04", record.ID: "100001",
				}, "It sails.|Twice a day.")
			}
		})
	}
}

// page is the page that a mail holds, with a broken tag in a text, tags of a page
// within, bold labels in a text, and an article without a label below its text.
const page = `<!DOCTYPE html><html><head><title>ProQuest Export</title><style>.hit {color: #000}</style></head><body>
<table><tr><td>All documents are reproduced with permission.</td></tr></table><div class="mainCopyBlock">A friend sent you the following:</div><p>Email 4 of 5</p>
<div style="margin-bottom:20px"><a name="DocID_MSTAR_100001"></a><p></p><p style="font-size:11pt;font-weight:bold;">Ferry sails; It sails twice.</p>
<p><strong>Author:  </strong>Bell, Ann</p><p><strong>Publication info:  </strong>Example Times ; Porto, Port. [Porto, Port]04 Jan 2026: A.1.</p>
<p><a href="https://search.proquest.com/docview/100001?accountid=0">ProQuest document link</a></p>
<p><strong>Abstract:  </strong><body></p><p>The new ferry sails.</p><p></body></p><div><strong>Links: </strong><a href="http://example.org/x">Library</a></div>
<p><strong>Full text: </strong><text wordcount="12" htmlcontent="true"><meta name="ValidationSchema"><title></title>
<p>Enlarge this image.</p><p>The <span class="hit">ferry</span> sails twice a day.</p> <p><b>Company:</b> a bold word of the text.</p><p>--</p><p>bell@example.org</p></text></p>
<p><strong>Subject: </strong>Ferries</p><p><strong>Location: </strong>United States--US Portugal</p><p><strong>Publication title: </strong>Example Times; Porto, Port.</p>
<p><strong>Publication date: </strong>Jan 4, 2026</p><p><strong>ProQuest document ID: </strong>100001</p><p><strong>Database: </strong>Example Dailies</p></div>
<div><a name="DocID_MSTAR_100002"></a><p style="font-weight:bold;">A bridge</p><p><strong>Author: </strong>Doe, Jean</p>
<p><strong>Publication info:  </strong>Example Evening ; Porto, Port. [Porto, Port]03 Jan 2026: B.2.</p>
<p><strong>Full text: </strong><text wordcount="900"><p>html> It is open.</p></text></p></div>
<div class="copyright"><p><a href="https://www.proquest.com/go/x">Contact ProQuest</a></p><p>Database copyright © 2026 ProQuest LLC.</p></div></body></html>`

func TestPage(t *testing.T) {
	mail := "From: noreply@proquest.com\r\nSubject: Your ProQuest Research\r\nDate: Sun, 05 Jul 2026 01:02:03 -0400\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(page)) + "\r\n--b\r\nContent-Type: image/gif\r\n\r\nGIF\r\n--b--\r\n"
	if !RecognizePage(reader.NewHead("a.html", []byte(page), true)) || !RecognizeMail(reader.NewHead("a.eml", []byte(mail), true)) {
		t.Error("not recognized")
	}
	for name, read := range map[string]reader.Func{"page": ReadPage, "mail": ReadMail} {
		t.Run(name, func(t *testing.T) {
			content := page
			if name == "mail" {
				content = mail
			}
			records, faults := readertest.Read(t, read, "a", content)
			if len(records) != 2 || len(faults) != 0 {
				t.Fatalf("got %d records, faults %v", len(records), faults)
			}
			want(t, &records[0], map[record.Field]string{
				record.Title: "Ferry sails; It sails twice.", record.Authors: "Ann Bell", record.Source: "Example Times",
				record.Published: "Jan 4, 2026|04 Jan 2026", record.Summary: "The new ferry sails.", record.ID: "100001",
				record.URL: "https://search.proquest.com/docview/100001?accountid=0", record.Topics: "Ferries", record.Places: "United States|Portugal",
			}, "The ferry sails twice a day.|Company: a bold word of the text.")
			b := &records[1]
			if len(b.Problems) != 1 {
				t.Errorf("a text that is too short: problems %v", b.Problems)
			}
			b.Problems = nil
			want(t, b, map[record.Field]string{record.Title: "A bridge", record.Source: "Example Evening", record.Published: "03 Jan 2026"}, "It is open.")
		})
	}
}

// A mail that was passed on: places have other names or none, the element of the
// text is gone, figures are parted, and a correction stands with the text.
func TestPassedOn(t *testing.T) {
	article := func(name, title, date string) string {
		return `<div>` + name + `<p style="font-weight:bold">` + title + `</p><p><b>Author: </b>Bell, Ann</p><p><b>Abstract: </b>None available.</p>
<p><b>Full text: </b></p><p>It sails.</p><p>CORRECTION: SEE CORRECTION APPENDED; It sails twice.</p><p><b>Subject:</b> Ferries</p><p><b>Publication title: </b>Example Times</p>
<p><b>Publication date: </b>` + date + `</p><p><b>Languageof publication: </b>English</p><p><b>Database: </b>Example Dailies</p></div>`
	}
	for name, page := range map[string]string{
		"other names": "<p>Forwarded message</p>" + article(`<a name="m_-12_DocID_1"></a>`, "A ferry", "Jan 1 7, 2 026") + article(`<a name="m_-12_DocID_2"></a>`, "A bridge", "Jan 17, 2026"),
		"none":        "<p>From: A friend</p><p>Look at these.</p>" + article("", "A ferry", "Jan 1 7, 2 026") + article("", "A bridge", "Jan 17, 2026") + "<div><p>Contact ProQuest</p></div>",
	} {
		records, faults := readertest.Read(t, ReadPage, "a.html", page)
		if len(records) != 2 || len(faults) != 0 {
			t.Fatalf("%s: got %d records, faults %v", name, len(records), faults)
		}
		want(t, &records[0], map[record.Field]string{record.Title: "A ferry"}, "It sails.")
		want(t, &records[1], map[record.Field]string{
			record.Title: "A bridge", record.Published: "Jan 17, 2026", record.Summary: "", record.Topics: "Ferries", record.Language: "English",
		}, "It sails.")
		if records[0].First(record.Published) != "Jan 17, 2026" {
			t.Errorf("%s: date %q", name, records[0].First(record.Published))
		}
		if h := records[0].Handling; h == nil || h.Notice != "It sails twice." {
			t.Errorf("%s: handling %+v", name, h)
		}
	}
}

func TestRecognizeOthers(t *testing.T) {
	for _, s := range []string{
		"A text on ProQuest\n\n" + strings.Repeat("_", 60) + "\n\nmore", "<html><p>ProQuest and its DocIDs</p>", "From: a@b\nContent-Type: text/plain\n\nProQuest",
	} {
		h := reader.NewHead("a", []byte(s), true)
		if RecognizeText(h) || RecognizePage(h) || RecognizeMail(h) {
			t.Errorf("%q is recognized", s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(download)
	f.Add(page)
	f.Add(rules + "Document 1 of 1\n\nA\n\nAuthor: B\n\nFull text: c\n\nTitle: d\n\nDatabase: e\n")
	f.Add(`<a name="DocID_1"><p><b>Author:</b>x<p><b>Full text:</b><text wordcount="-9">`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, read := range []reader.Func{ReadText, ReadPage, ReadMail} {
			readertest.Read(t, read, "a", s)
		}
	})
}
