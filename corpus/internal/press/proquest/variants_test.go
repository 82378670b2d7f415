package proquest

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// plainArticle is an article of a text without rules. Two lines of its text look
// like labels.
const plainArticle = `Ferry sails: two a day

Author: Bell, Ann

http://search.proquest.com/docview/100001?accountid=1

Full text: The ferry sails.

Subject: a word of the text, which stands right before the labels.

"Author: unknown," he said.

Subject: Ferries

Publication title: Example Times; Porto

Publication date: Jan 4, 2026

ProQuest document ID: 100001

Document URL: http://search.proquest.com/docview/100001

Language of publication: English

Database: Example Dailies
`

func TestWithoutRules(t *testing.T) {
	content := plainArticle + "\nDocument 2 of 2\n\n" + strings.ReplaceAll(plainArticle, "100001", "100002")
	if !RecognizeText(reader.NewHead("a.txt", []byte(content), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, ReadText, "a.txt", content)
	if len(records) != 2 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	for i, id := range []string{"100001", "100002"} {
		want(t, &records[i], map[record.Field]string{record.ID: id, record.Title: "Ferry sails: two a day", record.Topics: "Ferries", record.Authors: "Ann Bell"},
			`The ferry sails.|Subject: a word of the text, which stands right before the labels.|"Author: unknown," he said.`)
	}
}

// pageArticle is an article of a page without names of places; a link stands
// between its title and the labels.
func pageArticle(title string) string {
	return `<div><p><strong>` + title + `</strong></p><p><a href="https://search.proquest.com/docview/100001">ProQuest document link</a></p>
<p><strong>Author: </strong>Bell, Ann</p><p><strong>Abstract: </strong>It sails.</p><p><strong>Full text: </strong>The ferry sails.</p><p><strong>Subject: </strong>Ferries</p>
<p><strong>Publication title: </strong>Example Times</p><p><strong>Publication date: </strong>Jan 4, 2026</p><p><strong>ProQuest document ID: </strong>100001</p>
<p><strong>Language of publication: </strong>English</p><p><strong>Database: </strong>Example Dailies</p></div>`
}

func TestMailEncodedOrPassedOn(t *testing.T) {
	articles := pageArticle("A ferry") + pageArticle("A bridge")
	for name, content := range map[string]string{
		"base64": "From: library@proquest.example\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString([]byte("<title>ProQuest Export</title>"+articles)),
		"passed on": "From: ann@example.org\nSubject: Fwd: documents\nContent-Type: text/html; charset=utf-8\n\n<p>See below.</p><blockquote>" + articles + "</blockquote>",
	} {
		t.Run(name, func(t *testing.T) {
			if !RecognizeMail(reader.NewHead("a.eml", []byte(content), true)) {
				t.Error("not recognized")
			}
			records, faults := readertest.Read(t, ReadMail, "a.eml", content)
			if len(records) != 2 || len(faults) != 0 {
				t.Fatalf("got %d records, faults %v", len(records), faults)
			}
			want(t, &records[0], map[record.Field]string{record.Title: "A ferry"}, "The ferry sails.")
			want(t, &records[1], map[record.Field]string{record.Title: "A bridge"}, "The ferry sails.")
		})
	}
}

// Mails of and about the database without articles are mails.
func TestOtherMails(t *testing.T) {
	for _, s := range []string{
		"From: news@proquest.example\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte("<p>What is new: <b>Subject: </b>search</p>")),
		"From: ann@example.org\nContent-Type: text/html\n\n<p>ProQuest says <b>Author:</b> Ann <b>Title:</b> x, see https://search.proquest.com/docview/1</p>",
	} {
		if RecognizeMail(reader.NewHead("a.eml", []byte(s), true)) {
			t.Errorf("%.60q is recognized", s)
		}
	}
	if s := "See https://search.proquest.com/docview/1 in ProQuest.\nAuthor: Ann\nTitle: x\nSubject: y\n"; RecognizeText(reader.NewHead("a.txt", []byte(s), true)) {
		t.Errorf("%.60q is recognized", s)
	}
}
