package dotclear

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const export1 = `///DOTCLEAR|2.25.3|full

[blog blog_id,blog_name]
"default","Harbour Post"

[user user_id,user_firstname,user_name,user_displayname]
"jroe","Jane","Roe",""

[category cat_id,cat_title]
"1","Sea"

[setting setting_id,setting_value]
"lang","en"

[post post_id,blog_id,user_id,cat_id,post_dt,post_tz,post_password,post_type,post_lang,post_title,post_excerpt_xhtml,post_content,post_content_xhtml,post_status]
"1","default","jroe","1","2026-01-05 10:00:00","Europe/Paris","","post","","Ferries \"stop\"","<p>First.</p>","raw","<p>One, \\ [two].</p>\n<p>Three.</p>","1"
"2","default","jroe","","2026-01-05 10:00:00","UTC","","post","","Draft","","x","","0"
"3","default","jroe","","2026-01-05 10:00:00","UTC","secret","post","","Secret","","x","","1"
"4","default","jroe","","2026-01-05 10:00:00","UTC","","related","","Other","","x","","1"

[meta meta_id,meta_type,post_id]
"Bay","tag","1"

[comment comment_id,post_id,comment_content]
"1","1","Nonsense"
`

func TestRead(t *testing.T) {
	if !Recognize(readertest.Head("x.txt", export1)) {
		t.Error("not recognized")
	}
	recs, faults := readertest.Read(t, Read, "x.txt", export1)
	if len(recs) != 2 || len(faults) != 0 {
		t.Fatal(recs, faults)
	}
	for f, want := range map[record.Field]string{
		record.Title: `Ferries "stop"`, record.Authors: "Jane Roe", record.Topics: "Sea|Bay", record.Source: "Harbour Post", record.Lead: "<p>First.</p>",
		record.Published: "2026-01-05 10:00:00 Europe/Paris", record.Body: "<p>One, \\ [two].</p>\n<p>Three.</p>", record.Language: "en",
	} {
		if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if h := recs[1].Handling; h == nil || h.Status != "withheld" || recs[0].Handling != nil {
		t.Error(h)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(export1)
	f.Add("///DOTCLEAR|2|single\n[post post_id,post_title]\n\"1\",\"a\\")
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "x.txt", s) })
}
