package claim

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
)

func TestKinds(t *testing.T) {
	for _, c := range []struct{ sentence, want string }{
		// What will or may happen.
		{"The council will vote on the dam in May.", "forecast"},
		{"The ferry won’t sail before Easter, the mayor said.", "forecast"},
		{"They'll rebuild the pier next year.", "forecast"},
		{"The strike is expected to last a month.", "forecast"},
		{"Prices are almost certain to rise again.", "forecast"},
		{"The harbour was set to close on Friday.", "forecast"},
		{"The ministry said it would raise the levy.", "forecast"},
		{"If the river rises, the town would lose its bridge.", "forecast"},
		{"The bill would cut the subsidy in half.", "forecast"},
		{"A long drought could lead to blackouts.", "forecast"},
		{"Ms. Okoye may run for a second term.", "forecast"},
		{"Two of the ministers might be forced out.", "forecast"},
		{"Analysts predict that wages lag behind for years.", "forecast"},
		{"He plans to leave the party in June.", "forecast"},
		{"We are going to build it anyway.", "forecast"},
		{"\"The dam will hold,\" the engineer said.", "forecast"},
		// And what only looks so.
		{"Will Smith and his band played for an hour.", ""},
		{"The people lost the will to fight long ago.", ""},
		{"By May the snow had gone from the pass.", ""},
		{"It was the voters' will that the pier stay.", ""},
		{"Will the council vote on the dam in May?", ""},
		{"The dam would have held, he thought.", ""},
		{"He would often walk along the canal.", ""},
		{"She could not find her brother in the crowd.", ""},
		{"They were going to the market that morning.", ""},
		{"Girls are more likely to finish school there.", ""},
		{"The thief may have used the back door.", ""},
		{"I would say that the pier is ugly.", ""},
		{"The story will be updated.", ""},
		{"Council Will Vote On The Dam In May", ""},
		// What somebody should do.
		{"The council should buy the meadow.", "recommendation"},
		{"Parliament must act before the winter.", "recommendation"},
		{"We need to talk about the pier.", "recommendation"},
		{"The minister needs to resign, he said.", "recommendation"},
		{"Doctors urged the town to close its wells.", "recommendation"},
		{"The report recommends that the pier be closed.", "recommendation"},
		{"It's time to repair the bridge.", "recommendation"},
		{"She called on both sides to stop the shelling.", "recommendation"},
		{"The town ought to sell the ferry.", "recommendation"},
		{"It is essential that the wells be closed.", "recommendation"},
		{"The wells should have been closed in spring.", ""},
		{"It must have been the wind that broke it.", ""},
		{"He must be joking about the ferry again.", ""},
		{"They debated whether the town should pay.", ""},
		{"The film is a must for those who sail.", ""},
		{"There is no need to hurry with it.", ""},
		{"Should the bridge fall, the town is cut off.", ""},
		// How far something holds.
		{"It is unclear whether the dam was inspected.", "caveat"},
		{"There is no evidence that the wells were poisoned.", "caveat"},
		{"The effect may not be large.", "caveat"},
		{"It remains to be seen how long it lasts.", "caveat"},
		{"The engineer cautioned that the sample was small.", "caveat"},
		{"To be sure, the old pier was no better.", "caveat"},
		{"That does not mean that the water is safe.", "caveat"},
		{"It's too early to say who won.", "caveat"},
		{"The report could not be independently verified.", "caveat"},
		{"Growth does not necessarily mean more jobs.", "caveat"},
		{"The margin of error is three points.", "caveat"},
		{"He made it clear that he was leaving.", ""},
		{"You may not park here at night.", ""},
		{"If you are not sure which form it is, call.", ""},
		// Several at once.
		{"It is unclear why the old mill burned, but the council will sell it and should do so soon.", "forecast recommendation caveat"},
		{"The dam will hold.", "forecast"},
		{"It will hold.", ""}, // too short
		{"", ""},
	} {
		var names []string
		kinds := NewFinder().kinds(c.sentence)
		for n, kind := range Kinds {
			if kinds&(1<<n) != 0 {
				names = append(names, string(kind))
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%q is %q, want %q", c.sentence, got, c.want)
		}
	}
}

func TestStage(t *testing.T) {
	const first, second = "The bridge was closed.\n\nThe council will vote in May. ", "It is unclear whether it should sell the ferry."
	a := corpus.Article{
		Body:     first + second,
		Sections: []corpus.Section{{End: len(first)}, {Heading: "The ferry will go", Start: len(first), End: len(first + second)}},
	}
	d := NewStage(analysis.Of).TextDeriver()
	at := strings.Index(a.Body, "The council")
	want := []corpus.Claim{
		{Kind: corpus.Forecast, Start: at, End: at + len("The council will vote in May.")},
		{Kind: corpus.Caveat, Start: len(first), End: len(first + second)},
	}
	for _, language := range []string{"", "en", "en-GB", "de"} {
		a.Language = language
		d.DeriveText(&a)
		if language == "de" {
			want = nil
		}
		if diff := cmp.Diff(want, a.Claims); diff != "" {
			t.Errorf("claims of an article in %q (-want +got):\n%s", language, diff)
		}
	}
}

func TestClaimsAreBounded(t *testing.T) {
	a := corpus.Article{Body: strings.Repeat("The council will vote in May. ", maxClaims+10)}
	NewStage(analysis.Of).TextDeriver().DeriveText(&a)
	if len(a.Claims) != maxClaims {
		t.Errorf("%d claims, want %d", len(a.Claims), maxClaims)
	}
}

// Whatever stands in a text, a finder finds sentences of it, in order, and the same ones
// when it has read others before.
func TestAnyText(t *testing.T) {
	used := NewFinder()
	an := analysis.Of("en")
	parts := rapid.SampledFrom([]string{"will", "may", "not", "the", "be", "expected", "to", "Will", "should", "have", "unclear", "whether", "’", "'", "-", ".", "?", "é", "\xff", "\n\n", ",", "said", "would", "if"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(parts, 0, 40).Draw(t, "words"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
		sentences := an.Sentences(s)
		got := used.Find(nil, s, sentences, 3)
		if diff := cmp.Diff(NewFinder().Find(nil, s, sentences, 3), got); diff != "" {
			t.Fatalf("a finder that was used (-want +got):\n%s", diff)
		}
		last := -1
		for _, c := range got {
			if c.Start < last || c.Start < 3 || c.End > len(s)+3 || c.Start >= c.End {
				t.Fatalf("claim %v in %d bytes, behind one at %d", c, len(s), last)
			}
			last = c.Start
		}
	})
}

func TestScan(t *testing.T) {
	g := grammarOf()
	read := func(s string) (ids []uint16) {
		for _, w := range scan(nil, s, g.known) {
			ids = append(ids, w.id)
		}
		return ids
	}
	if diff := cmp.Diff(read("won't will must"), read("WON’T, Will—must")); diff != "" {
		t.Errorf("capitals, marks and typed apostrophes (-want +got):\n%s", diff)
	}
	for _, s := range []string{"must-see", "éwill", "'", "’", "…", "will\u0301"} {
		for _, id := range read(s) {
			if id != 0 {
				t.Errorf("%q has a word that patterns name", s)
			}
		}
	}
}

// TestPlainWord: a word that is read at once is what is read byte by byte.
func TestPlainWord(t *testing.T) {
	known := grammarOf().known
	var words []string
	for w := range grammarOf().ids {
		words = append(words, w)
	}
	slices.Sort(words)
	check := func(t interface{ Fatalf(string, ...any) }, s string) {
		want, end := readWord(s, 0, known)
		if got, next := plainWord(s, 0, known); next > 0 && (got != want || next != end) {
			t.Fatalf("%q is read as %+v up to %d, want %+v up to %d", s, got, next, want, end)
		}
	}
	for _, w := range words {
		for _, s := range []string{w, w + " ", strings.ToUpper(w) + ".", w + "x", w + "-x", w + "’s", "x" + w} {
			check(t, s)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.StringMatching(`[a-zA-Z0-9]{1,18}[-' .,é’a]{0,3}[a-z]?`).Draw(t, "text"))
	})
}
