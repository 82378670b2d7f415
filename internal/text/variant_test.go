package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// variants writes the variants of s out: the token and the word.
func variants(s string) string {
	tk := NewTokenizer(plain{})
	tokens := tk.Tokens(nil, s)
	var out []string
	for _, v := range tk.Variants(nil, s, tokens) {
		sign := map[Asked]string{AskedNot: ">", AskedStem: "=", AskedWord: "~"}[v.Asked]
		out = append(out, tokens[v.At].Word+sign+v.Word)
	}
	return strings.Join(out, " ")
}

func TestVariants(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		// Words with hyphens.
		{"the re-election", "re=reelection"},
		{"F-16, F-16s and F‑16", "f=f16 f=f16s f=f16"},
		{"COVID-19 COVID–19", "covid=covid19 covid=covid19"},
		{"U.S.-backed", "us=usbacked"},
		{"policy-maker's", "policy=policymaker"},
		{"a mother-in-law of state-of-the-art", "mother=motherinlaw state=stateoftheart"},
		{"al-Qa'ida", "al=alqaida qa'ida=qaida"},
		{"peace-talkings", "peace=peacetalkings"},
		{"20-year-old", "20=20yearold"},
		{"е-мейл и экс-премьер", "е=емейл экс=экспремьер"},
		{"co-\u00adop", "co=coop"},

		// What a hyphen doesn't hold together.
		{"re election, re - election, re--election, -election", ""},
		{"2019-2020 12-3 2025-01-02", ""},
		{"Russia–Ukraine and/or north_korea", ""},
		{"one-two-three-four-five", ""},
		{"don'll-know", ""},
		{"o-f", ""}, // of
		{"北-京", ""},
		{strings.Repeat("x", 40) + "-" + strings.Repeat("y", 40), ""},

		// Parts in the singular.
		{"elections-watcher", "elections=electionswatcher"}, // here the language says nothing

		// Apostrophes.
		{"Xi'an's and Hawaiʻi", "xi'an=xian hawai'i=hawaii"},
		{"she'll say l'État don't", "don't=dont"},
		{"'quoted' James'", ""},
		{"Paris'da", "paris'da>paris"},

		// Capitals with the s of a plural.
		{"MPs and TVs, PhDs, Ph.D.s", "mps=mp tvs=tv phds=phd phds=phd"},
		{"MPs’ non-MPs", "mps=mp non=nonmps mps=mp"},
		{"mps CBS Ms. As Vs U.S. BBC's Mrs PHDed", ""},

		// Numbers behind words.
		{"deterrence2 parity12", "deterrence2>deterrence parity12>parity"},
		{"F16 G20 mp3 web2 area515 x2y3", ""},

		// Arabic and Persian.
		{"الانتخابات والانتخابات للحكومة", "الانتخابات=انتخابات والانتخابات>انتخابات للحكومه>حكومه"},
		{"الله التي الي كتاب", ""},
		{"کتاب\u200cها می\u200cخواهند دانش\u200cآموزان", "كتابها=كتاب ميخواهند>خواهند دانشاموزان>دانش دانشاموزان>اموزان"},
		{"Vely\u200cnskyy", ""},
	} {
		if got := variants(tt.in); got != tt.want {
			t.Errorf("variants of %q: got %q, want %q", tt.in, got, tt.want)
		}
		checkVariants(t, tt.in)
	}
}

// checkVariants holds what is true of the variants of any text: a lexicon says the
// same, and so does a filter.
func checkVariants(t interface{ Fatalf(string, ...any) }, s string) {
	tk := NewTokenizer(plain{})
	tokens := tk.Tokens(nil, s)
	all := tk.Variants(nil, s, tokens)
	last := map[string]bool{}
	for i, v := range all {
		if v.First > v.At || v.At > v.Last || v.Last >= len(tokens) || i > 0 && all[i-1].At > v.At || v.Stem == "" || v.Stem == tokens[v.At].Stem {
			t.Fatalf("%q: variant %+v of %+v", s, v, tokens)
		}
		key := fmt.Sprint(v.At, v.Stem)
		if last[key] {
			t.Fatalf("%q: %+v stands there twice", s, v)
		}
		last[key] = true
	}
	slices.SortFunc(all, func(a, b Variant) int { return cmp.Or(a.At-b.At, cmp.Compare(a.Stem, b.Stem)) })

	l := NewLexicon(plain{})
	for range 2 {
		_, encoded := l.Append([]uint32{7}, []TokenVariant{{At: 3}}, s)
		vocabulary := l.Vocabulary()
		var got, want []string
		for _, v := range encoded[1:] {
			got = append(got, fmt.Sprint(v.At-1, vocabulary.Stems[vocabulary.StemOf[v.ID]-1]))
		}
		if !slices.IsSortedFunc(encoded[1:], func(a, b TokenVariant) int { return a.At - b.At }) {
			t.Fatalf("%q: the variants of a lexicon are not in order: %v", s, encoded)
		}
		for _, v := range all {
			want = append(want, fmt.Sprint(v.At, v.Stem))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%q: a lexicon has the variants %v, want %v", s, got, want)
		}
	}

	var every Prefilter
	every.AddPrefix("")
	words, filtered := NewTokenizer(plain{}).Filter(nil, nil, s, &every)
	if len(words) != len(tokens) {
		t.Fatalf("%q: a filter has %d words of %d", s, len(words), len(tokens))
	}
	got, want := map[string]bool{}, map[string]bool{}
	for _, v := range filtered {
		got[fmt.Sprint(v.Start, v.End, plain{}.Stem(v.Word))] = true
	}
	for _, v := range all {
		want[fmt.Sprint(tokens[v.First].Start, tokens[v.Last].End, v.Stem)] = true
	}
	for w := range want {
		if !got[w] {
			t.Fatalf("%q: a filter misses a variant:\n%s", s, gocmp.Diff(want, got))
		}
	}
}
