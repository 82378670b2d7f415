package wpapi

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const post1 = `{"id":7,"date":"2026-01-05T10:00:00","date_gmt":"2026-01-05T09:00:00","guid":{"rendered":"https:\/\/harbour.example\/?p=7"},"modified":"2026-01-06T10:00:00","modified_gmt":"2026-01-06T09:00:00",
"status":"publish","type":"post","link":"https:\/\/www.harbour.example\/ferries\/","title":{"rendered":"Ferries &#8220;<em>stop<\/em>&#8221;"},"content":{"rendered":"<p>One.<\/p>","protected":false},
"excerpt":{"rendered":"<p>In short &#8230;<\/p>","protected":false},"author":3,"_embedded":{"author":[{"id":3,"name":"Jane Roe"}],
"wp:term":[[{"name":"Uncategorized","slug":"uncategorized","taxonomy":"category"},{"name":"Sea","slug":"sea","taxonomy":"category"}],[{"name":"Bay","slug":"bay","taxonomy":"post_tag"}]]}}`

func TestRead(t *testing.T) {
	for content, n := range map[string]int{
		post1: 1, `[` + post1 + `]`: 1, strings.ReplaceAll(post1, "\n", "") + "\n" + strings.ReplaceAll(post1, "\n", "") + "\n": 2,
		`[` + post1 + `,` + strings.Replace(post1, `"status":"publish"`, `"status":"draft"`, 1) + `,` + strings.Replace(post1, `"protected":false`, `"protected":true`, 1) + `]`: 1,
	} {
		if !Recognize(readertest.Head("x.json", content)) {
			t.Error("not recognized")
		}
		recs, faults := readertest.Read(t, Read, "x.json", content)
		if len(recs) != n || len(faults) != 0 {
			t.Fatal(len(recs), faults)
		}
		for f, want := range map[record.Field]string{
			record.Title: "Ferries &#8220;<em>stop</em>&#8221;", record.Body: "<p>One.</p>", record.Summary: "<p>In short …</p>", record.Authors: "Jane Roe",
			record.Topics: "Sea|Bay", record.Source: "harbour.example", record.Published: "2026-01-05T10:00:00+01:00", record.ID: "https://harbour.example/?p=7",
		} {
			if got := strings.Join(readertest.Texts(&recs[0], f), "|"); got != want {
				t.Errorf("%v: %q, want %q", f, got, want)
			}
		}
	}
}

// Several authors are those that a plugin states.
func TestAuthors(t *testing.T) {
	for more, want := range map[string]string{
		`"authors":[{"display_name":"John Doe"},{"display_name":"Jane Roe"}]`:                                                                   "John Doe|Jane Roe",
		`"_embedded":{"author":[{"name":"A B"}],"wp:term":[[{"name":"John Doe","taxonomy":"author"},{"name":"Jane Roe","taxonomy":"author"}]]}`: "John Doe|Jane Roe",
		`"author":3`: "",
		`"yoast_head_json":{"author":"Jane Roe"}`: "Jane Roe",
	} {
		recs, _ := readertest.Read(t, Read, "x.json", `{"title":"A",`+more+`}`)
		if got := strings.Join(readertest.Texts(&recs[0], record.Authors), "|"); got != want {
			t.Errorf("%s: %q, want %q", more, got, want)
		}
	}
}

// Those who write are no posts.
func TestPeople(t *testing.T) {
	const content = `[{"id":7,"name":"Jane Roe","description":"Writes of ships.","link":"https://harbour.example/author/jane","slug":"jane","avatar_urls":{"24":"x"}}]`
	recs, faults := readertest.Read(t, Read, "x.json", content)
	if !Recognize(readertest.Head("x.json", content)) || len(recs) != 0 || len(faults) != 1 {
		t.Error(recs, faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(post1)
	f.Add(`[{"title":1,"content":[]},2]{"title":{"rendered":3}}`)
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "x.json", s) })
}
