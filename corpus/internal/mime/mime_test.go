package mime

import (
	"strings"
	"testing"
)

func TestHeader(t *testing.T) {
	for _, tt := range []struct{ name, in, field, want string }{
		{"plain", "Subject: Ferries\n\n", "subject", "Ferries"},
		{"folded", "Subject: Ferries\r\n  to the\r\n\tisles\r\n\r\n", "subject", "Ferries to the isles"},
		{"quoted word", "Subject: =?utf-8?Q?Caf=C3=A9_now?=\n\n", "subject", "Café now"},
		{"base64 word", "Subject: =?UTF-8?B?Q2Fmw6k=?= now\n\n", "subject", "Café now"},
		{"neighbours", "Subject: =?utf-8?q?Ferries?=\n =?utf-8?q?_and_more?=\n\n", "subject", "Ferries and more"},
		{"a character cut in two", "Subject: =?utf-8?q?Caf=C3?= =?utf-8?q?=A9?=\n\n", "subject", "Café"},
		{"two sets", "Subject: =?iso-8859-1?q?Caf=E9?= =?utf-8?q?_=C3=BCber?=\n\n", "subject", "Café über"},
		{"language", "Subject: =?iso-8859-1*fr?q?Caf=E9?=\n\n", "subject", "Café"},
		{"no word", "Subject: a =?b c?= d\n\n", "subject", "a =?b c?= d"},
		{"bare utf-8", "Subject: Café\n\n", "subject", "Café"},
		{"bare latin", "Subject: Caf\xe9 in Z\xfcrich\nContent-Type: text/plain; charset=iso-8859-1\n\n", "subject", "Café in Zürich"},
		{"japanese", "Subject: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=\n\n", "subject", "日本"},
		{"mbox line", "From x@example.org Mon Jun 01 10:00:00 2009\nSubject: A\n\n", "subject", "A"},
		{"bad line amid", "Subject: A\nnonsense here\nX-B: C\n\n", "x-b", "C"},
		{"a blank before all", " Subject: A\nX: B\n\n", "subject", "A"},
		{"first counts", "Subject: A\nSubject: B\n\n", "subject", "A"},
		{"empty first", "Subject:\nSubject: B\n\n", "subject", "B"},
	} {
		h, _ := ParseHeader([]byte(tt.in))
		if got := h.Get(tt.field); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Address
	}{
		{"Jane Roe <jane@example.org>", Address{"Jane Roe", "jane@example.org"}},
		{`"Roe, Jane" <jane@example.org>, John <j@example.org>`, Address{"Roe, Jane", "jane@example.org"}},
		{"jane@example.org (Jane Roe)", Address{"Jane Roe", "jane@example.org"}},
		{"jane at example.org (Jane Roe)", Address{"Jane Roe", "jane@example.org"}},
		{"jane at example.org", Address{"", "jane@example.org"}},
		{"<jane@example.org>", Address{"", "jane@example.org"}},
		{"jane@example.org", Address{"", "jane@example.org"}},
		{`"=?utf-8?q?Ren=C3=A9e?=" <r@example.org>`, Address{"Renée", "r@example.org"}},
		{"'jane@example.org' <jane@example.org>", Address{"", "jane@example.org"}},
		{"Example News", Address{"Example News", ""}},
		{"Jane Roe <jane@example.org> John Doe <john@example.org>", Address{"Jane Roe", "jane@example.org"}},
		{`"unclosed <a@example.org>`, Address{"unclosed", "a@example.org"}},
		{"", Address{}},
	} {
		h, _ := ParseHeader([]byte("From: " + tt.in + "\n\n"))
		if got := h.Address("from"); got != tt.want {
			t.Errorf("%q: %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

// leaves writes the parts of a message, one a line.
func leaves(p *Part) string {
	var b strings.Builder
	for part := range p.All() {
		s, err := part.Text()
		if err != nil {
			s = "!" + err.Error()
		}
		b.WriteString(part.Type + "|" + strings.ReplaceAll(s, "\n", "/") + "\n")
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"text", "Subject: A\n\nHello\n", "text/plain|Hello/\n"},
		{"no header", "\nHello", "text/plain|Hello\n"},
		{
			"alternative", "Content-Type: multipart/alternative; boundary=\"x\"\n\npreamble\n--x\n\nplain\n--x\nContent-Type: text/html; charset=utf-8\n\n<p>é\n--x--\nepilogue\n",
			"text/plain|plain\ntext/html|<p>é\n",
		},
		{
			"nested", "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/related; boundary=xy\n\n--xy\n\na\n--xy--\n\n--x\n\nb\n--x--\n",
			"text/plain|a\ntext/plain|b\n",
		},
		{"never closed", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x\n\nb\n", "text/plain|a\ntext/plain|b/\n"},
		{"no boundary stated", "Content-Type: multipart/mixed\n\n--=_1\nContent-Type: text/html\n\n<p>a\n--=_1--\n", "text/html|<p>a\n"},
		{"another boundary", "Content-Type: multipart/mixed; boundary=q\n\n--=_1\nContent-Type: text/html\n\n<p>a\n--=_1--\n", "text/html|<p>a\n"},
		{"nothing parts it", "Content-Type: multipart/mixed; boundary=q\n\nHello\n", "text/plain|Hello/\n"},
		{"blank after boundary", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x \t\r\n\r\na\r\n--x--  \r\n", "text/plain|a\n"},
		{"similar boundary", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--xx\nb\n--x--\n", "text/plain|a/--xx/b\n"},
		{"quoted-printable", "Content-Transfer-Encoding: Quoted-Printable\n\ncaf=C3=A9 goes=\n on= \n =3D =zz =\n", "text/plain|café goes on = =zz \n"},
		{"lower hex", "Content-Transfer-Encoding: quoted-printable\n\n=c3=a9", "text/plain|é\n"},
		{"base64", "Content-Transfer-Encoding: base64\n\nSGVs\r\nbG8=\r\n", "text/plain|Hello\n"},
		{"base64 in two", "Content-Transfer-Encoding: base64\n\nSGVsbG8=\nSGVsbG8", "text/plain|HelloHello\n"},
		{"base64 that is none", "Content-Transfer-Encoding: base64\n\nIt was never encoded at all, you see.\n", "text/plain|It was never encoded at all, you see./\n"},
		{"base64 with a list's foot", "Content-Transfer-Encoding: base64\n\nSGVsbG8=\n_______________\nList mailing list\n", "text/plain|Hello\n"},
		{"unknown encoding", "Content-Transfer-Encoding: 9bit\n\nHello\n", "text/plain|Hello/\n"},
		{"stated set", "Content-Type: text/plain; charset=iso-8859-2\n\n\xb3\xf3d\xbc to \xb3adne miasto i \xbf\xf3\xb3w", "text/plain|łódź to ładne miasto i żółw\n"},
		// Chromium states none, and keeps the bytes of the page.
		{
			"the page's own set", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<meta charset=3D\"windows-1252\"><p>caf=E9 =96 bar",
			"text/html|<meta charset=\"windows-1252\"><p>café – bar\n",
		},
		{
			"x-user-defined", "Content-Type: text/html; charset=x-user-defined\n\n<meta charset=\"windows-1252\"><p>caf\xe9 \x96 bar",
			"text/html|<meta charset=\"windows-1252\"><p>café – bar\n",
		},
		{"wrong set", "Content-Type: text/plain; charset=us-ascii\n\nZürich, über", "text/plain|Zürich, über\n"},
		{"bad type", "Content-Type: ;\n\nx", "text/plain|x\n"},
		{"blank instead of semicolon", "Content-Type: text/html charset=utf-8\n\nx", "text/html|x\n"},
	} {
		if got := leaves(Parse([]byte(tt.in))); got != tt.want {
			t.Errorf("%s:\n%q\nwant\n%q", tt.name, got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Content-Disposition: attachment; filename=\"a b.pdf\"", "a b.pdf"},
		{"Content-Disposition: attachment; filename=a.pdf; filename=b.pdf", "a.pdf"},
		{"Content-Disposition: attachment;\n filename*=utf-8''caf%C3%A9.pdf", "café.pdf"},
		{"Content-Disposition: attachment;\n filename*0*=iso-8859-1''caf%E9;\n filename*1=\" x.pdf\"", "café x.pdf"},
		{"Content-Type: application/pdf; name=\"=?utf-8?q?caf=C3=A9.pdf?=\"\nContent-Disposition: attachment", "café.pdf"},
		{"Content-Disposition: attachment; filename=\"never closed.pdf", "never closed.pdf"},
	} {
		p := Parse([]byte(tt.in + "\n\nx"))
		if p.Name != tt.want || !p.IsAttachment {
			t.Errorf("%q: %q, attachment %v; want %q", tt.in, p.Name, p.IsAttachment, tt.want)
		}
	}
}

// Depth and number of parts are bounded, whatever a message asks for.
func TestBounds(t *testing.T) {
	deep := strings.Repeat("Content-Type: multipart/mixed; boundary=x\n\n--x\n", 1000)
	Parse([]byte(deep))
	wide := "Content-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\n", 2*maxParts)
	if n := len(Parse([]byte(wide)).Parts); n > maxParts {
		t.Errorf("%d parts", n)
	}
	Parse([]byte(strings.Repeat("A: b\n", 2*maxFields)))
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x--", "Subject: =?utf-8?q?a=?= =?b?b?c?=\n\n", "From: \"a <b>, c (d\n\n=",
		"Content-Type: text/html; charset*0*=a'b'%c; charset*1=d\nContent-Transfer-Encoding: base64\n\nab-_=x",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p := Parse(b)
		p.Header.Get("subject")
		p.Header.Addresses("from")
		_ = p.Location()
		for part := range p.All() {
			_, _ = part.Text()
		}
	})
}
