package engine

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
)

// checkJSON holds AppendJSON to json.Marshal.
func checkJSON(t interface {
	Helper()
	Fatalf(string, ...any)
}, a *corpus.Article,
) {
	t.Helper()
	got, err := AppendJSON([]byte("before"), a)
	want, wantErr := json.Marshal(a)
	switch {
	case (err != nil) != (wantErr != nil):
		t.Fatalf("of %+v: error %v, want %v", a, err, wantErr)
	case err == nil && string(got) != "before"+string(want):
		t.Fatalf("JSON is\n%s, want\n%s", got, want)
	}
}

func TestAppendJSON(t *testing.T) {
	at := time.Date(2026, 3, 5, 10, 0, 0, 120_000_000, time.FixedZone("", 3600))
	for _, a := range []corpus.Article{
		{},
		{ID: "a", Published: at, Updated: at.UTC(), Sections: []corpus.Section{{}, {Heading: "h", Level: 2, Start: 1, End: 9}}},
		{Topics: []corpus.Topic{{}, {Path: "p", Origin: corpus.ByRule, Reason: "r (7)"}}, Authors: []string{""}, Places: []string{"x", "y"}},
		{PublishedAs: "2014-05", Form: "ninjs", Handling: &corpus.Handling{}},
		{Body: "x\n\ny", Pages: []corpus.Page{{Label: "ix", Start: 0}, {Label: "1<2", Start: 3}}},
		{Handling: &corpus.Handling{
			Version: 2, Status: corpus.Withdrawn, Embargoed: true, EmbargoedUntil: at, Replaces: []string{"<a>"}, Withdraws: []string{"b"},
			Notice: "n", Rights: "r", NoAI: true,
		}},
		{Published: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		checkJSON(t, &a)
	}
	for r := rune(0); r < 0x3000; r++ {
		checkJSON(t, &corpus.Article{Body: "a" + string(r) + "b"})
	}
	parts := rapid.SampledFrom([]string{"a", "words", "\"", "\\", "<", "&", "\n", "\x00", "\x7f", "é", "北", "\u2028", "\xff", "\xe2\x80", "🙂"})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(t, "parts"), "") })
	list := rapid.SliceOfN(text, 0, 2)
	rapid.Check(t, func(t *rapid.T) {
		checkJSON(t, &corpus.Article{
			ID: text.Draw(t, "id"), Key: text.Draw(t, "key"), Title: text.Draw(t, "title"), Summary: text.Draw(t, "summary"),
			Body: text.Draw(t, "body"), Source: text.Draw(t, "source"), Language: text.Draw(t, "language"),
			URL: text.Draw(t, "url"), Path: text.Draw(t, "path"), Form: text.Draw(t, "form"), PublishedAs: text.Draw(t, "as"), Authors: list.Draw(t, "authors"), Places: list.Draw(t, "places"),
			People: list.Draw(t, "people"), Organizations: list.Draw(t, "organizations"),
			Sections:   []corpus.Section{{Heading: text.Draw(t, "heading"), End: rapid.Int().Draw(t, "end")}},
			Topics:     []corpus.Topic{{Path: text.Draw(t, "path"), Origin: corpus.Origin(text.Draw(t, "origin")), Reason: text.Draw(t, "reason"), Probability: rapid.SampledFrom([]float64{0, .5, .125, 1e-9}).Draw(t, "probability")}},
			Entities:   []corpus.Entity{{Name: text.Draw(t, "name"), Kind: corpus.Person, Mentions: []corpus.Mention{{Text: text.Draw(t, "mention"), End: 7}}}}[:rapid.IntRange(0, 1).Draw(t, "entities")],
			Quotations: []corpus.Quotation{{Text: text.Draw(t, "quotation"), Speaker: text.Draw(t, "speaker")}}[:rapid.IntRange(0, 1).Draw(t, "quotations")],
		})
	})
}

func BenchmarkAppendJSON(b *testing.B) {
	a := corpus.Article{ID: "a", Body: strings.Repeat("The harbour’s walls \"stood\", they said.\n\n", 150)}
	b.SetBytes(int64(len(a.Body)))
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		var err error
		if buf, err = AppendJSON(buf[:0], &a); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMarshal is what AppendJSON means, for comparison.
func BenchmarkMarshal(b *testing.B) {
	a := corpus.Article{ID: "a", Body: strings.Repeat("The harbour’s walls \"stood\", they said.\n\n", 150)}
	b.SetBytes(int64(len(a.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(&a); err != nil {
			b.Fatal(err)
		}
	}
}
