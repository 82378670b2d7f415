package corpus

import (
	"fmt"
	"strings"
	"testing"
)

// mailOf is a message with a header and a text.
func mailOf(subject, id, text string) string {
	return "Message-ID: <" + id + ">\nFrom: Jane Roe <jane@example.org>\nTo: John Doe <john@example.org>\nSubject: " + subject +
		"\nDate: Mon, 05 Jan 2026 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + text
}

const fromLine = "From jane@example.org Mon Jan  5 10:00:00 2026\n"

func TestMail(t *testing.T) {
	_, titles, told := readFile(t, "a.eml", mailOf("=?utf-8?q?Caf=C3=A9?=", "1@x", "Hello John.\n"))
	if titles != "Café" || len(told) > 0 {
		t.Errorf("%q, %q", titles, told)
	}
	articles, _, _ := readFile(t, "a.eml", mailOf("Re: AW: Ferries", "1@example.org", "They sail again.\n\nThe boats are full.\n"))
	if len(articles) != 1 {
		t.Fatal(articles)
	}
	a := articles[0]
	got := fmt.Sprintf("%s|%s|%s|%s|%s|%s", a.Title, a.ID, strings.Join(a.Authors, ";"), a.Source, a.Published.Format("2006-01-02T15:04Z07:00"), a.Body)
	if want := "Ferries|1@example.org|Jane Roe|example.org|2026-01-05T09:00Z|They sail again.\n\nThe boats are full."; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Mail is known by its content, as the files of a maildir have no extension, and
// is told from texts that merely begin with such words.
func TestMailRecognized(t *testing.T) {
	m := mailOf("Ferries", "1@x", "They sail again.\n")
	for _, tt := range []struct{ name, content, form string }{
		{"cur/1767603600.M1P2.host:2,S", m, "mail"},
		{"new/1767603600.M1P2.host", m, "mail"},
		{"Inbox", fromLine + m, "mailbox"},
		{"1.emlx", fmt.Sprintf("%d\n%s<?xml version=\"1.0\"?><plist></plist>", len(m), m), "mail"},
		{"a.txt", m, "mail"},
		{"a.txt", "From: Jane Roe\nDate: 5 January 2026\nSubject: Ferries\n\nThey sail again.\n", "plain text"},
		{"a.txt", "From the desk of the editor\n\nThey sail again.\n", "plain text"},
		{"a.txt", "Message-ID: 1\n\nThey sail again.\n", "plain text"},
	} {
		dir := tree(t, map[string]string{tt.name: tt.content})
		n := 0
		src := open(t, Options{}, dir)
		for e := range src.Entries(t.Context()) {
			for a, err := range e.Articles(t.Context()) {
				if n++; err != nil || a.Form != tt.form {
					t.Errorf("%s: form %q, %v", tt.name, a.Form, err)
				}
				if strings.Contains(a.Body, "plist") {
					t.Errorf("%s: %q", tt.name, a.Body)
				}
			}
		}
		if n != 1 {
			t.Errorf("%s: %d articles", tt.name, n)
		}
	}
}

// What a mail server keeps beside mail is told, and no article.
// Programs write the line before a message in many ways.
func TestFromLines(t *testing.T) {
	const mail = "Return-Path: <a@x.example>\nMessage-ID: <%d@x.example>\nFrom: Harbour <a@x.example>\nSubject: Letter %d\n\nThe boats stayed in.\n"
	for _, tt := range []struct{ name, before, between string }{
		{"dated", "From a@x.example Sat Jan  6 10:00:00 2024\n", "\n"},
		{"Takeout", "From 1787@xxx Sat Jan 06 10:00:00 +0000 2024\n", "\n"},
		{"no blank line", "From - Sat Jan 06 10:00:00 2024\n", ""},
		{"bare", "From \n", "\n"},
		{"bare, no blank line", "From \n", ""},
		{"a dash", "From - \n", "\n"},
		{"an address", "From a@x.example\n", "\n"},
		{"no day of the week", "From a@x.example 06 Jan 2024 10:00:00 +0000\n", "\n"},
		{"ISO 8601", "From a@x.example 2024-01-06T10:00:00Z\n", "\n"},
		{"written again", "From a@x.example Sat Jan  6 10:00:00 2024\n>From - Sat Jan 06 2024 10:00:00\n", "\n"},
		{"patches", "From 3a96760 Mon Sep 17 00:00:00 2001\n", "\n"},
	} {
		text := ""
		for i := range 3 {
			text += tt.before + fmt.Sprintf(mail, i, i) + tt.between
		}
		for _, content := range []string{text, "\xef\xbb\xbf" + text, strings.ReplaceAll(text, "\n", "\r\n")} {
			if _, titles, told := readFile(t, "INBOX", content); titles != "Letter 0|Letter 1|Letter 2" || len(told) > 0 {
				t.Errorf("%s: %q, told %q", tt.name, titles, told)
			}
		}
	}
}

// What only looks like such a line is text.
func TestNoFromLines(t *testing.T) {
	const start = "From a@x.example Sat Jan  6 10:00:00 2024\nFrom: a@x.example\nSubject: One\nMessage-ID: <1@x>\n\nText.\n\n"
	for _, line := range []string{
		"From the desk of the harbour",
		"From May to June 2024, from 10:30 on",
		"From \nthe pier: one sees\nthem go",
		"From a@x.example\nhe has heard nothing",
		"From 3a96760 Mon Sep 17 00:00:00 2001\nFrom: Jane Roe <j@x.example>\nDate: Sat, 6 Jan 2024 10:00:00 +0000\nSubject: [PATCH] mole",
	} {
		articles, titles, told := readFile(t, "a.mbox", start+line+"\n\nThe end.\n")
		if titles != "One" || len(told) > 0 || !strings.Contains(articles[0].Body, "The end.") || !strings.Contains(articles[0].Body, strings.Fields(line)[0]) {
			t.Errorf("%q: %q, told %q", line, titles, told)
		}
	}
}

// The message in which a mail server keeps the state of a mailbox is none.
func TestStateOfMailbox(t *testing.T) {
	_, titles, told := readFile(t, "a.mbox", "From MAILER-DAEMON Sat Jan  6 10:00:00 2024\nFrom: Mail System Internal Data <MAILER-DAEMON@x>\n"+
		"Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 17 3\n\nState.\n\n"+
		"From a Sat Jan  6 10:00:00 2024\nFrom: a@x.example\nSubject: One\n\nText.\n")
	if titles != "One" || len(told) > 0 {
		t.Errorf("%q, told %q", titles, told)
	}
}

func TestMailServersFiles(t *testing.T) {
	for name, content := range map[string]string{
		"dovecot-uidlist":      "3 V1767603600 N12 Gabcdef\n1 :1767603600.M1P2.host\n",
		"INBOX.msf":            "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n< <(a=c)> // (f=iso-8859-1)\n  (B8=Local Folders)>\n",
		"msgFilterRules.dat":   "version=\"9\"\nlogging=\"no\"\n",
		"table_of_contents":    strings.Repeat("\x00\x01\x02\x03", 20),
		"filterlog.html":       "<!DOCTYPE html><html><body><p>Applied filter \"x\" to message from a at 5 January 2026</p></body></html>",
		"archive_browser.html": "<!DOCTYPE html><html><head><title>Google Takeout</title></head><body><h1>Your archive</h1><p>Your account, your data.</p></body></html>",
	} {
		_, titles, told := readFile(t, name, content)
		if titles != "" || len(told) != 1 || !strings.Contains(told[0], "no mail") {
			t.Errorf("%s: %q, %q", name, titles, told)
		}
	}
}

func TestMailbox(t *testing.T) {
	one, two := mailOf("One", "1@x", "First text.\n"), mailOf("Two", "2@x", "Second text.\n")
	inside := "First text.\n\nFrom jane@example.org Mon Jan  5 10:00:00 2026\nis no beginning here.\n"
	for _, tt := range []struct{ name, content, titles, body string }{
		{"two", fromLine + one + "\n" + fromLine + two + "\n", "One|Two", "First text."},
		{"line feeds of DOS", strings.ReplaceAll(fromLine+one+"\n"+fromLine+two, "\n", "\r\n"), "One|Two", "First text."},
		{"Takeout", "From 1786@xxx Mon Jan 05 09:00:00 +0000 2026\nX-Gmail-Labels: Inbox\n" + one + "\nFrom 1787@xxx Mon Jan 05 09:00:00 +0000 2026\n" + two, "One|Two", ""},
		{"Thunderbird", "From - Mon Jan 05 09:00:00 2026\nX-Mozilla-Status: 0001\n" + one + "\nFrom - Mon Jan 05 09:00:00 2026\nX-Mozilla-Status: 0009\n" + two, "One", ""},
		{"one under two labels", fromLine + "X-Gmail-Labels: A\n" + one + "\n" + fromLine + "X-Gmail-Labels: B\n" + one, "One", ""},
		{"mboxo", fromLine + mailOf("One", "1@x", "A.\n\n>From the desk\n"), "One", "A.\n\nFrom the desk"},
		{"mboxrd", fromLine + mailOf("One", "1@x", "A.\n\n>>From the desk\n"), "One", "A.\n\n>From the desk"},
		{"a date is missing", fromLine + mailOf("One", "1@x", "A.\n\nFrom the desk of all\n"), "One", "A.\n\nFrom the desk of all"},
		{"no blank line before", fromLine + mailOf("One", "1@x", "A.\nFrom x Mon Jan 05 09:00:00 2026 on\n"), "One", ""},
		{"mboxcl2", fromLine + strings.Replace(mailOf("One", "1@x", inside), "\n", fmt.Sprintf("\nContent-Length: %d\n", len(inside)), 1) + "\n" + fromLine + two, "One|Two", ""},
		{"a length that is wrong", fromLine + strings.Replace(one, "\n", "\nContent-Length: 99999\n", 1) + "\n" + fromLine + two, "One|Two", ""},
		{"no header", fromLine + "\nA text alone.\n", "A text alone", ""},
	} {
		articles, titles, told := readFile(t, "a.mbox", tt.content)
		if titles != tt.titles || len(told) > 0 || tt.body != "" && articles[0].Body != tt.body {
			t.Errorf("%s: %q, told %q", tt.name, titles, told)
			for i := range articles {
				t.Logf("%q", articles[i].Body)
			}
		}
	}
}

func TestSenders(t *testing.T) {
	for _, tt := range []struct{ name, header, author, outlet string }{
		{"a person", "From: Jane Roe <jane@example.org>\n", "Jane Roe", "example.org"},
		{"an address", "From: <jane@example.org>\n", "", "example.org"},
		{"a newsletter", "From: Example Letter <x@example.org>\nList-Unsubscribe: <http://example.org>\n", "", "Example Letter"},
		{"a person's newsletter", "From: Jane Roe from Example Letter <x@example.org>\nList-Id: <x.example.org>\n", "Jane Roe", "Example Letter"},
		{"a newsletter without a name", "From: x@example.org\nPrecedence: bulk\n", "", "example.org"},
		{"a mailing list", "From: Jane Roe <jane@example.org>\nList-Id: Ferry talk <ferries.example.org>\nList-Post: <mailto:ferries@example.org>\n", "Jane Roe", "Ferry talk"},
		{"a list of numbers", "From: Example Letter <x@example.org>\nList-Id: 1a2b3c4d5e6f7mc list <1a2b3c.9.list-id.example.net>\n", "", "Example Letter"},
		{"Substack", "From: Jane Roe from Example Letter <x@example.org>\nList-Id: <x.example.org>\nList-Post: <https://x.example.org/p/a>\n", "Jane Roe", "Example Letter"},
		{"a list without a name", "From: Jane Roe <jane@example.org>\nList-Id: <ferries.example.org>\nList-Post: <mailto:ferries@example.org>\n", "Jane Roe", "ferries"},
	} {
		articles, _, told := readFile(t, "a.eml", tt.header+"Subject: A\nMIME-Version: 1.0\n\nText.\n")
		if len(articles) != 1 || len(told) > 0 {
			t.Errorf("%s: %d articles, %q", tt.name, len(articles), told)
			continue
		}
		if got := strings.Join(articles[0].Authors, ";"); got != tt.author || articles[0].Source != tt.outlet {
			t.Errorf("%s: author %q, outlet %q", tt.name, got, articles[0].Source)
		}
	}
}

// Substack states the address of a post as that of a list.
func TestMailAddress(t *testing.T) {
	for header, want := range map[string]string{
		"List-Post: <https://x.example.org/p/a>":                                   "https://x.example.org/p/a",
		"List-Post: <https://example.org/group/x/post>, <mailto:x@example.org>":    "",
		"List-Post: <mailto:x@example.org>":                                        "",
		"Archived-At: <https://example.org/1>\nList-Post: <https://example.org/2>": "https://example.org/1",
	} {
		articles, _, _ := readFile(t, "a.eml", "From: x@example.org\nSubject: A\nMIME-Version: 1.0\n"+header+"\n\nText.\n")
		if len(articles) != 1 || articles[0].URL != want {
			t.Errorf("%s: %v", header, articles)
		}
	}
}

// The rows of buttons and the notices around a newsletter are no text of it, also
// where somebody forwarded it.
func TestFrameOfNewsletter(t *testing.T) {
	const foot = "<table><tr><td>♡</td><td>Share</td></tr></table><p>Copyright © 2026 The Coast, All rights reserved.</p>" +
		"<p>Our mailing address is:<br>1 Quay Road</p><p>You can <a href=u>unsubscribe</a>.</p>"
	for _, start := range []string{"List-Unsubscribe: <u>\nContent-Type: text/html\n\n", "Content-Type: text/html\n\n<p>---------- Forwarded message ---------<br>" +
		"From: A &lt;a@x.example&gt;<br>Date: Fri, 28 Oct 2022 at 19:15<br>Subject: One<br>To: b@x.example</p>"} {
		articles, _, _ := readFile(t, "a.eml", "From: x@example.org\nSubject: A\nMIME-Version: 1.0\n"+start+"<p>The boats stayed in.</p><p>The nets hung dry.</p><p>So it was.</p>"+foot)
		if len(articles) != 1 || !strings.HasSuffix(articles[0].Body, "So it was.") {
			t.Errorf("%v", articles)
		}
	}
}

// A message of parts is mail, though its header says nothing else.
func TestPartsAlone(t *testing.T) {
	_, titles, told := readFile(t, "a.txt", "Content-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nPlain\n--b\nContent-Type: text/html\n\n<p>The boats stayed in\n--b--\n")
	if titles != "The boats stayed in" || len(told) > 0 {
		t.Errorf("%q, told %q", titles, told)
	}
}

func TestMailDates(t *testing.T) {
	for _, tt := range []struct{ header, want string }{
		{"Date: Tue, 9 Jun 2009 23:58:45 -0400 (EDT)\n", "2009-06-10"},
		{"Date: Xyz, 9 Jun 2009 10:00:00 +0000\n", "2009-06-09"},
		{"Date: 9 Jun 2009 10:00 GMT\n", "2009-06-09"},
		{"Date: not-a-real-date\nReceived: by a; Wed, 10 Jun 2009 10:00:00 +0000\nReceived: by b; Tue, 9 Jun 2009 10:00:00 +0000\n", "2009-06-09"},
		{"Received: from a by b; Tue, 9 Jun 2009 10:00:00 +0000\n", "2009-06-09"},
		{"Date: Thu, 01 Jan 1970 00:00:00 +0000\nReceived: by b; Tue, 9 Jun 2009 10:00:00 +0000\n", "2009-06-09"},
	} {
		articles, _, _ := readFile(t, "a.eml", "From: x@example.org\nSubject: A\nMIME-Version: 1.0\n"+tt.header+"\nText.\n")
		if len(articles) != 1 || articles[0].Published.Format("2006-01-02") != tt.want {
			t.Errorf("%q: %v", tt.header, articles)
		}
	}
}

func TestNewsletter(t *testing.T) {
	html := `<html><head><title>x</title><style>p{}</style></head><body><div style="display:none; max-height:0px">Boats, nets and ice &zwnj; &zwnj;</div>
<table><tr><td><a href="http://t.example.org/1">View in browser</a></td></tr><tr><td style="font-size:0px"><table><tr><td><h1>Ferries sail again</h1></td></tr>
<tr><td><p>The first boat left the harbour at six on Monday.</p><p>The company said that it would add a boat.</p></td></tr></table></td></tr>
<tr><td>&zwnj;&nbsp;&zwnj;</td></tr><tr><td><p>Share</p></td></tr><tr><td><p>© 2026 Example Letter, 1 Quay Street</p></td></tr>
<tr><td><p>You are receiving this as you signed up. <a href="u">Unsubscribe</a></p><p>Sent by a program.</p></td></tr></table></body></html>`
	head := "From: Example Letter <x@example.org>\nSubject: Boats\nMIME-Version: 1.0\nList-Unsubscribe: <http://example.org>\n"
	content := head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html; charset=utf-8\n\n" + html + "\n--b--\n"
	articles, _, told := readFile(t, "a.eml", content)
	if len(articles) != 1 || len(told) > 0 {
		t.Fatalf("%d articles, %q", len(articles), told)
	}
	if a := articles[0]; a.Title != "Boats" || a.Body != "The first boat left the harbour at six on Monday.\n\nThe company said that it would add a boat." ||
		len(a.Sections) != 1 || a.Sections[0].Heading != "Ferries sail again" {
		t.Errorf("%q %+v\n%s", a.Title, a.Sections, a.Body)
	}
}

func TestMailTexts(t *testing.T) {
	head := "From: x@example.org\nSubject: A\nMIME-Version: 1.0\n"
	for _, tt := range []struct{ name, content, body string }{
		{"flowed", "Content-Type: text/plain; format=flowed\n\nThe first boat \nleft at six.\n\n> They \n> sail.\n\n-- \nJane\n", "The first boat left at six.\n\n> They sail.\n\n--\n\nJane"},
		{"flowed without blanks", "Content-Type: text/plain; format=flowed; delsp=yes\n\n渡船は \n出た。\n", "渡船は出た。"},
		{"HTML alone", "Content-Type: text/html; charset=utf-8\n\n<p>One.</p><blockquote><p>Two.</p></blockquote>", "One.\n\nTwo."},
		{"two texts", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nOne text.\n--b\nContent-Disposition: attachment; filename=a.txt\n\nNot this.\n--b\n\nTwo texts.\n--b--\n", "One text.\n\nTwo texts."},
		{"empty HTML", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nOne text.\n--b\nContent-Type: text/html\n\n<p></p>\n--b--\n", "One text."},
		{"the page's own set", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<meta charset=3Dwindows-1252><p>caf=E9 =96 bar</p>", "café – bar"},
		{"nothing but a subject", "\n", ""},
	} {
		articles, _, told := readFile(t, "a.eml", head+tt.content)
		if len(articles) != 1 || articles[0].Body != tt.body {
			t.Errorf("%s: %+v, %q", tt.name, articles, told)
		}
	}
}

// A message within a message is an article of its own.
func TestForwarded(t *testing.T) {
	content := "From: x@example.org\nSubject: Fwd: Ferries\nMIME-Version: 1.0\nMessage-ID: <0@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n" +
		mailOf("Ferries", "1@x", "They sail again.\n") + "\n--b\nContent-Type: application/octet-stream; name=\"a.eml\"\n\n" + mailOf("Nets", "2@x", "They are dry.\n") + "\n--b--\n"
	articles, titles, told := readFile(t, "a.eml", content)
	if titles != "Fwd: Ferries|Ferries|Nets" || len(told) > 0 {
		t.Fatalf("%q, %q", titles, told)
	}
	seen := map[string]bool{}
	for i := range articles {
		seen[articles[i].Key] = true
	}
	if len(seen) != 3 {
		t.Errorf("keys %v", seen)
	}
}

func FuzzMail(f *testing.F) {
	fuzz(f, "eml", mailOf("A", "1", "b"), "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<div style=display:none>a</div>b\n--b--",
		"Content-Type: message/rfc822\n\nSubject: A\n\nb", "Content-Type: text/plain; format=flowed; delsp=yes\n\n>> a \n> b \nc")
}

func FuzzMailbox(f *testing.F) {
	fuzz(f, "mbox", fromLine+mailOf("A", "1", "b\n\n>From c\n")+"\n"+fromLine+"\nd", fromLine+"Content-Length: 9\n\n"+fromLine+fromLine)
}
