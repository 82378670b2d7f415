package mail

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/internal/extract"
)

// A head above a mail is found in the ways that programs lay it out, and what only
// has a colon is none.
func TestHeadOf(t *testing.T) {
	for _, tt := range []struct{ name, lines, subject, from, date string }{
		{"one block", "---------- Forwarded message ---------\nFrom: Ada <a@x.example>\nDate: Fri, 28 Oct 2022 at 19:15\nSubject: One\nTo: b@x.example\n\nText", "One", "a@x.example", "Fri, 28 Oct 2022 19:15"},
		{"a block each", "From: Ada <a@x.example>\n\nSent: 28 October 2022 19:15\n\nSubject: One: two\n\nText", "One: two", "a@x.example", "28 October 2022 19:15"},
		{"labels in cells", "Subject: | One\n\nFrom: | a@x.example\n\nDate: | 2022-10-28 19:15\n\nText", "One", "a@x.example", "2022-10-28 19:15"},
		{"labels above values", "Von:\n\nAda <a@x.example>\n\nDatum:\n\n28.10.2022 um 19:15 Uhr\n\nBetreff:\n\nOne\n\nText", "One", "a@x.example", "28.10.2022 19:15"},
		{"Russian", "От: a@x.example\nДата: 28 октября 2022\nТема: Один\n\nText", "Один", "a@x.example", "28 октября 2022"},
		{"Japanese", "差出人: a@x.example\n送信日時: 2022年10月28日\n件名: 港\n\nText", "港", "a@x.example", "2022年10月28日"},
		{"no sender", "Date: 2022\nSubject: One\nTo: b\n\nText", "", "", ""},
		{"a text", "From: here to there\n\nSubject to change: prices", "", "", ""},
		{"below the text", "Text\n\nFrom: a@x.example\nDate: 2022\nSubject: One", "", "", ""},
	} {
		var blocks []extract.Block
		for s := range strings.SplitSeq(tt.lines, "\n\n") {
			blocks = append(blocks, extract.Block{Text: s})
		}
		h := headOf(blocks)
		if h.subject != tt.subject || h.from.Mail != tt.from || h.date != tt.date {
			t.Errorf("%s: %q, %q, %q", tt.name, h.subject, h.from.Mail, h.date)
		}
		if rest := withoutHead(blocks, h); h.subject != "" && (len(rest) != 1 || rest[0].Text != "Text") {
			t.Errorf("%s: left %v", tt.name, rest)
		}
	}
}

func FuzzRead(f *testing.F) {
	const header = "Message-ID: <1@x>\nFrom: A <a@x.example>\nSubject: Fwd: One\nMIME-Version: 1.0\n"
	for _, s := range []string{
		"From \n" + header + "\nText\n\nFrom - \nFrom: b\n\n>From c\n",
		"From a Sat Jan  6 10:00:00 2024\n>From - x\n" + header + "Content-Length: 4\n\nText\n\nFrom a@b\n" + header,
		header + "Content-Type: multipart/digest; boundary=b\n\n--b\n\n" + header + "\nText\n--b--\n",
		"12\n" + header,
		"<div class=\"gmail_attr\">--- Forwarded message ---<br>From: A <a@x.example><br>Date: 5 Jan 2026<br>Subject: One<br></div><table><tr><td><p>Text</td></tr></table>",
		"<table role=\"presentation\"><tr><td style=\"height:0;overflow:hidden\">x</td><td>[if mso Unsubscribe</td></tr></table>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, Read, "a.eml", s)
		readertest.Read(t, ReadMailbox, "a.mbox", s)
		readertest.Read(t, ReadSaved, "a.html", s)
		h := readertest.Head("a.html", s)
		Recognize(h)
		RecognizeMailbox(h)
		RecognizeSaved(h)
		RecognizeOwn(h)
	})
}
