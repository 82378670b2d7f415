package local

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
)

// wholeStored has a value in every field.
func wholeStored() *stored {
	return &stored{Schema: schemaVersion, Entry: "a/b.json#7", Article: corpus.Article{
		ID: "3f9a0c2b71de", Key: "a/b.json#7", Title: `The "Strait" & <after>`, Summary: "What\tis left\r\n",
		Body:     "One \\ two.\n\nThree: “four” 威慑 \u2028 \x01\b\f👩.",
		Sections: []corpus.Section{{End: 4}, {Heading: "Context", Level: 2, Start: 4, End: 10}},
		Authors:  []string{"Ada Okoye", ""}, Source: "Harbour Review",
		Published: time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC), Updated: time.Date(2026, 1, 12, 9, 30, 0, 500, time.FixedZone("", 7200)),
		Language: "en", Topics: []corpus.Topic{{Path: "security/nuclear", Origin: corpus.ByRule, Reason: "talks (7)"}, {}},
		Places: []string{"Geneva"}, People: []string{"x"}, Organizations: []string{"y", "z"},
		URL: "https://example.org/?a=1&b=2", Path: "a/b.json",
	}}
}

func TestDecodeStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := wholeStored()
		str := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\"\\/\n\t\r\b\x01<>&\u2028\ufffd,:{}[]u0"))))
		a := &s.Article
		for _, f := range []*string{&s.Entry, &a.ID, &a.Key, &a.Title, &a.Summary, &a.Body, &a.Source, &a.Language, &a.URL, &a.Path} {
			if rapid.Bool().Draw(t, "change") {
				*f = str.Draw(t, "s")
			}
		}
		for _, f := range []*[]string{&a.Authors, &a.Places, &a.People, &a.Organizations} {
			if rapid.Bool().Draw(t, "change") {
				*f = rapid.SliceOfN(str, 0, 3).Draw(t, "list")
			}
		}
		if rapid.Bool().Draw(t, "bare") {
			a.Sections, a.Topics, a.Published, a.Updated = nil, nil, time.Time{}, time.Time{}
		}
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		// As another program might write it, or a disk spoil it.
		if rapid.Bool().Draw(t, "spoil") {
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			b[at] = rapid.SampledFrom([]byte("\"\\,:{}[] 0a9nu")).Draw(t, "byte")
		}
		sameAsUnmarshal(t, b)
	})
}

func sameAsUnmarshal(t rapid.TB, b []byte) {
	t.Helper()
	var got, want stored
	err, wantErr := decodeStored(b, &got), json.Unmarshal(b, &want)
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("error %v, want %v, for %s", err, wantErr, b)
	}
	if diff := cmp.Diff(want, got); wantErr == nil && diff != "" {
		t.Fatalf("%s\n-want +got:\n%s", b, diff)
	}
}

func TestDecodeStoredOfOthers(t *testing.T) {
	for _, s := range []string{
		``, `{}`, ` {"schema":1}`, `{"schema":1,"article":{"title":"a","id":"b"}}`, `{"article":{"id":"b","id":"c"}}`,
		`{"schema":1,"article":{"id":"b","unknown":[{"x":1}],"title":"t"}}`, `{"schema":01}`, `{"schema":-1}`, `{"schema":1e1}`,
		`{"schema":12345678901}`, `{"article":{"ID":"b"}}`, `{"article":{"id":"\ud83d\ude42 \/ \b"}}`, `{"article":{"id":"\u12"}}`,
		`{"article":{"authors":[]}}`, `{"article":{"authors":null,"sections":[{},{"end":3}]}}`, `{"article":{"authors":["a",]}}`,
		`{"article":{"published":"2026"}}`, `{"article":{"published":"2026-01-12T00:00:00+02:00"}}`, `{"schema":1}}`, `{,"schema":1}`,
		`{"article":{"id":"a","topics":[{"path":"p","origin":"rule"},{"path":"q"}]}}`, `{"article":{"id":"a`, `{"article":{"id":"a\`,
	} {
		sameAsUnmarshal(t, []byte(s))
	}
}

func TestDecodeStoredIsQuick(t *testing.T) {
	b, err := json.Marshal(wholeStored())
	if err != nil {
		t.Fatal(err)
	}
	d := decoder{b: b, ok: true}
	d.stored(new(stored))
	if !d.ok || len(d.b) > 0 {
		t.Errorf("left to json.Unmarshal: %s", b)
	}
}

func BenchmarkDecodeStored(b *testing.B) {
	s := wholeStored()
	for len(s.Article.Body) < 6000 {
		s.Article.Body += "Grain prices rose by a “tenth” in the week before, \"merchants\" said.\n\n"
	}
	j, err := json.Marshal(s)
	if err != nil {
		b.Fatal(err)
	}
	for _, by := range []struct {
		name   string
		decode func([]byte, *stored) error
	}{{"own", decodeStored}, {"json", func(b []byte, s *stored) error { return json.Unmarshal(b, s) }}} {
		b.Run(by.name, func(b *testing.B) {
			b.SetBytes(int64(len(j)))
			b.ReportAllocs()
			for b.Loop() {
				if err := by.decode(j, new(stored)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
