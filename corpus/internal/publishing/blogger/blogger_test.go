package blogger

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// archive returns the archive of a blog with the entries given. App is not
// declared, as it comes.
func archive(entries string) string {
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"><id>tag:blogger.com,1999:blog-1.archive</id>
<title type="text">Harbour Post </title><link href="http://harbour.example/" rel="alternate" type="text/html"/>` + entries + `</feed>`
}

func old(kind, more string) string {
	return `<entry><id>tag:blogger.com,1999:blog-1.post-7
</id><published>2026-01-05T10:00:00.000+01:00
</published><updated>2026-01-06T10:00:00.000+01:00</updated><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#` + kind + `"/>
<category scheme="http://www.blogger.com/atom/ns#" term="Sea"/><title type="text">Ferries stop</title><content type="html">&lt;p&gt;One.&lt;/p&gt;</content>
<link href="http://harbour.example/edit" rel="edit"/><link href="http://harbour.example/2026/01/ferries.html" rel="alternate"/><author><name>Jane Roe
</name><email>noreply@blogger.com</email></author>` + more + `</entry>`
}

func TestRead(t *testing.T) {
	fresh := `<entry><id>tag:blogger.com,1999:blog-1.post-7</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><author><name>Jane Roe</name><blogger:type>BLOGGER</blogger:type></author>
<title>Ferries stop</title><content type="html">&lt;p&gt;One.&lt;/p&gt;</content><published>2026-01-05T10:00:00.000+01:00</published><updated>2026-01-06T10:00:00.000+01:00</updated>
<category scheme="tag:blogger.com,1999:blog-1" term="Sea"/><blogger:filename>/2026/01/ferries.html</blogger:filename><blogger:trashed/></entry>`
	for _, content := range []string{archive(old("post", "")), archive(fresh)} {
		recs, faults := readertest.Read(t, Read, "x.xml", content)
		if len(recs) != 1 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		check(t, &recs[0], "Harbour Post")
	}
}

func check(t *testing.T, rec *record.Record, outlet string) {
	t.Helper()
	for f, want := range map[record.Field]string{
		record.Title: "Ferries stop", record.Body: "<p>One.</p>", record.Authors: "Jane Roe", record.Source: outlet, record.Topics: "Sea",
		record.Published: "2026-01-05T10:00:00.000+01:00", record.Updated: "2026-01-06T10:00:00.000+01:00",
		record.URL: "http://harbour.example/2026/01/ferries.html", record.ID: "tag:blogger.com,1999:blog-1.post-7",
	} {
		if got := strings.Join(readertest.Texts(rec, f), "|"); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
}

func TestWhichEntries(t *testing.T) {
	for _, entry := range []string{
		old("comment", ""), old("settings", ""), old("template", ""), old("page", ""),
		`<entry><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><title>x</title></entry>`,
		`<entry><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><blogger:trashed>2026-01-05T10:00:00Z</blogger:trashed></entry>`,
	} {
		if recs, faults := readertest.Read(t, Read, "x.xml", archive(entry)); len(recs) != 0 || len(faults) != 1 {
			t.Errorf("%s: %d", entry, len(recs))
		}
	}
}

func TestDrafts(t *testing.T) {
	for _, entry := range []string{
		old("post", `<app:control><app:draft>yes</app:draft></app:control>`),
		`<entry><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status><title>x</title></entry>`,
	} {
		recs, _ := readertest.Read(t, Read, "x.xml", archive(entry))
		if len(recs) != 1 || recs[0].Handling == nil || recs[0].Handling.Status != "withheld" {
			t.Errorf("%s: %v", entry, recs)
		}
	}
}

func TestReadJSON(t *testing.T) {
	one := `{"kind":"blogger#post","id":"7","blog":{"id":1},"published":"2026-01-05T10:00:00.000+01:00","updated":"2026-01-06T10:00:00.000+01:00",
"url":"http://harbour.example/2026/01/ferries.html","title":"Ferries stop","content":"<p>One.</p>","author":{"id":"9","displayName":"Jane Roe"},"labels":["Sea"]}`
	for _, content := range []string{one, `{"kind":"blogger#postList","items":[` + one + `,{"kind":"blogger#post","status":"TRASHED","title":"x"}]}`, `[` + one + `]`} {
		if !RecognizeJSON(readertest.Head("x.json", content)) {
			t.Error("not recognized")
		}
		recs, faults := readertest.Read(t, ReadJSON, "x.json", content)
		if len(recs) != 1 || len(faults) != 0 {
			t.Fatal(recs, faults)
		}
		check(t, &recs[0], "harbour.example")
	}
	if recs, faults := readertest.Read(t, ReadJSON, "x.json", `{"kind":"blogger#post"`); len(recs) != 0 || len(faults) != 1 {
		t.Error(recs, faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(archive(old("post", "")))
	f.Add(`{"kind":"blogger#postList","items":[{"kind":"blogger#post","id":1}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		readertest.Read(t, Read, "x.xml", s)
		readertest.Read(t, ReadJSON, "x.json", s)
	})
}
