package schema

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
)

// wholeStored has a value in every field.
func fullStored() *Stored {
	return &Stored{Schema: Version, Entry: "a/b.json#7", Article: corpus.Article{
		ID: "3f9a0c2b71de", Key: "a/b.json#7", Title: `The "Strait" & <after>`, Summary: "What\tis left\r\n",
		Body:     "One \\ two.\n\nThree: “four” 威慑 \u2028 \x01\b\f👩.",
		Sections: []corpus.Section{{End: 4}, {Heading: "Context", Level: 2, Start: 4, End: 10}},
		Authors:  []string{"Ada Okoye", ""}, Source: "Harbour Review",
		Published: time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC), Updated: time.Date(2026, 1, 12, 9, 30, 0, 500, time.FixedZone("", 7200)),
		Language: "en", Topics: []corpus.Topic{{Path: "security/nuclear", Origin: corpus.ByRule, Reason: "talks (7)"}, {Path: "peace", Origin: corpus.Learned, Probability: .875}, {}},
		Places: []string{"Geneva"}, People: []string{"x"}, Organizations: []string{"y", "z"},
		URL: "https://example.org/?a=1&b=2", Path: "a/b.json", PublishedAs: "2026-01-12", Form: "ninjs",
		Pages: []corpus.Page{{Label: "7", Start: 0}, {Label: "7-8", Start: 300}},
		Handling: &corpus.Handling{
			Version: 3, Status: corpus.Withheld, Embargoed: true, EmbargoedUntil: time.Date(2026, 1, 12, 6, 0, 0, 0, time.UTC),
			Replaces: []string{"a", "b"}, Withdraws: []string{"c:1"}, Notice: "<wrong>", Rights: "no resale", NoAI: true,
		},
		Annotations: &corpus.Annotations{
			Tags:  []corpus.Tag{{Path: "trip/lima", Added: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC), By: "ada"}},
			Notes: []corpus.Note{{ID: "3f9a0c", Text: "check <this>", Added: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC)}},
		},
	}}
}

func encodeStored(t testing.TB, s *Stored) []byte {
	t.Helper()
	b, err := appendStored(nil, s.Entry, "", &s.Article)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is kept is what JSON keeps, and JSON itself is still read.
func TestStored(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := fullStored()
		str := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "\xff\xfe", "a\xc0b"}))
		a := &s.Article
		for _, f := range []*string{&s.Entry, &a.ID, &a.Key, &a.Title, &a.Summary, &a.Body, &a.Source, &a.Language, &a.URL, &a.Path, &a.PublishedAs, &a.Form, &a.Handling.Notice} {
			if rapid.Bool().Draw(r, "change") {
				*f = str.Draw(r, "s")
			}
		}
		for _, f := range []*[]string{&a.Authors, &a.Places, &a.People, &a.Organizations} {
			if rapid.Bool().Draw(r, "change") {
				*f = rapid.SliceOfN(str, 0, 3).Draw(r, "list")
			}
		}
		if rapid.Bool().Draw(r, "bare") {
			a.Handling = nil
			a.Sections, a.Topics, a.Published, a.Updated = nil, nil, time.Time{}, time.Time{}
		}
		for i := range a.Sections {
			a.Sections[i].Start = rapid.Int().Draw(r, "start")
		}
		j, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var want, got, fromJSON Stored
		if err := json.Unmarshal(j, &want); err != nil {
			t.Fatal(err)
		}
		b := encodeStored(t, s)
		if err := DecodeStored(b, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
		if err := DecodeStored(j, &fromJSON); err != nil || cmp.Diff(want, fromJSON) != "" {
			t.Fatalf("from JSON: %v", err)
		}
		// A prefix is an error or has fewer values; nothing panics.
		_ = DecodeStored(b[:rapid.IntRange(0, len(b)-1).Draw(r, "cut")], &got)
		b[rapid.IntRange(0, len(b)-1).Draw(r, "at")] ^= byte(rapid.IntRange(1, 255).Draw(r, "bits"))
		_ = DecodeStored(b, &got)
	})
}

// What was found in the text is kept, and a stretch that lies outside is told.
func TestStoredFound(t *testing.T) {
	s := fullStored()
	a := &s.Article
	a.Title, a.Summary, a.Body = "Kim speaks", "Of Kim’s words", "Kim Jong Un said: “Never.” Kim left."
	a.Entities = []corpus.Entity{
		{Name: "Kim Jong Un", Kind: corpus.Person, Mentions: []corpus.Mention{
			{Field: corpus.MentionTitle, Text: "Kim", End: 3},
			{Field: corpus.MentionSummary, Text: "Kim", Start: 3, End: 6},
			{Text: "Kim Jong Un", End: 11},
		}},
		{Name: "", Kind: corpus.Place, Mentions: []corpus.Mention{}},
	}
	a.Quotations = []corpus.Quotation{
		{Text: "Never.", Start: 21, End: 27, Speaker: "Kim Jong Un", SpeakerText: "Kim Jong Un", SpeakerEnd: 11},
		{},
	}
	var got Stored
	b := encodeStored(t, s)
	if err := DecodeStored(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, &got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for cut := range b {
		_ = DecodeStored(b[:cut], &got) // nothing panics
	}
	a.Quotations[0].End = 1000
	if err := DecodeStored(encodeStored(t, s), &got); err == nil {
		t.Error("a quotation that ends behind the text was read")
	}
}

func TestStoredOfNoForm(t *testing.T) {
	for _, b := range []string{"", "\x01", string(rune(Version + 1)), "\x02\x02", "\x02\x02\x05ab", "\x02\x00", "\x02\x63\x01a", "\x02\x0a\x01a", "\x02\x07\x00", "{"} {
		if err := DecodeStored([]byte(b), new(Stored)); err == nil {
			t.Errorf("%q was read", b)
		}
	}
}

func BenchmarkDecodeStored(b *testing.B) {
	s := fullStored()
	for len(s.Article.Body) < 6000 {
		s.Article.Body += "Grain prices rose by a “tenth” in the week before, \"merchants\" said.\n\n"
	}
	v := encodeStored(b, s)
	b.SetBytes(int64(len(v)))
	b.ReportAllocs()
	for b.Loop() {
		if err := DecodeStored(v, new(Stored)); err != nil {
			b.Fatal(err)
		}
	}
}
