package snippet

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// english analyses the texts of the tests.
var english = analysis.Of("en")

// pattern reads the form that tests write patterns in: words are stems, words
// in quotation marks a phrase as written, with ~N of slop; a leading "pre*" is
// a prefix.
func pattern(s string, weight float64) Pattern {
	p := Pattern{Weight: weight, Title: true, Heading: true, Body: true}
	if phrase, ok := strings.CutPrefix(s, `"`); ok {
		phrase, slop, _ := strings.Cut(phrase, `"`)
		if slop != "" {
			p.Slop = int(slop[1] - '0')
		}
		for _, t := range english.Tokens(phrase) {
			p.Terms = append(p.Terms, TermPattern{Word: t.Word})
		}
		if last := len(p.Terms) - 1; last > 0 && text.Characters(p.Terms[last].Word) == 1 {
			p.Terms = p.Terms[:last] // a pair has it
		}
		return p
	}
	if prefix, ok := strings.CutSuffix(s, "*"); ok {
		p.Terms = []TermPattern{{
			Prefix: prefix, Match: func(w string) bool { return strings.HasPrefix(w, prefix) },
			OneCharacter: text.Characters(prefix) == 1,
		}}
		return p
	}
	p.Terms = []TermPattern{{Stem: english.Stem(text.Fold(s))}}
	return p
}

// patterns returns patterns of equal weight.
func patterns(ss ...string) []Pattern {
	ps := make([]Pattern, len(ss))
	for i, s := range ss {
		ps[i] = pattern(s, 3)
	}
	return ps
}

// marked returns s with brackets around spans.
func marked(s string, spans []text.Span) string {
	var b strings.Builder
	end := 0
	for _, m := range spans {
		b.WriteString(s[end:m.Start] + "[" + s[m.Start:m.End] + "]")
		end = m.End
	}
	return b.String() + s[end:]
}

func shown(sections []Section, passages []Passage) []string {
	var out []string
	for _, p := range passages {
		out = append(out, marked(sections[p.Section].Text[p.Span.Start:p.Span.End], p.Matches))
	}
	return out
}

func TestMarks(t *testing.T) {
	for _, tt := range []struct {
		patterns []string
		want     string
	}{
		{[]string{"sanction"}, "New [sanctions] on the [sanctioned] bank"},
		{[]string{"us", "troop"}, "The [U.S.] [Troops], the [U.S.]-led force"},
		{[]string{`"north korea"`}, "[North Korea's] leader and Korea, North and South"},
		{[]string{"north", "korea"}, "[North] [Korea's] leader"},
		{[]string{`"north korea"`, "korea", "leader"}, "[North Korea's] [leader]"},
		{[]string{`"bank of england"`}, "the [Bank of England] and the England of banks"},
		{[]string{`"talks summit"~2`}, "[talks at the summit]; talks at the last summit"},
		{[]string{`"talks summit"~2`}, "talks and [talks at the summit]"},
		{[]string{`"a b"`, `"b c"`}, "[a b c] d"},
		{[]string{"nego*"}, "[Negotiators] [negotiate]"},
		{[]string{`"to be or not to be"`}, "[to be, or not to be] that is"},
		{[]string{"krakow", "北*"}, "[Kraków] and [北]京"},
		{[]string{"北京"}, "去[北京]，[北京]人"},
		{[]string{`"习近平"`}, "北京 [习近平]说，习近，[习近平]。"},
		{[]string{"平*"}, "习近[平]说，[平]"},
		{[]string{"reelection"}, "the [re-election] and the [reelections], re election"},
		{[]string{"f16"}, "[F-16s], an F-15 and [F‑16]"},
		{[]string{"passerby"}, "[passers-by] and a [passer-by]"},
		{[]string{"xian"}, "in [Xi'an's] suburb"},
		{[]string{"were"}, "we're here"},
		{[]string{"deterrence"}, "[deterrence2] and [deterrence]²"},
		{[]string{"election"}, "a re-[election]"},
		{[]string{"reelection", "elect"}, "a [re-election]"},
		{[]string{`"reelection"`}, "a re-election"},
		{[]string{"انتخابات"}, "[والانتخابات]"},
		{[]string{"none"}, "nothing here"},
		{[]string{`""`}, "nothing here"},
		{nil, "nothing here"},
	} {
		s := strings.NewReplacer("[", "", "]", "").Replace(tt.want)
		if got := marked(s, Marks(english, s, patterns(tt.patterns...))); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.patterns, got, tt.want)
		}
	}
}

var article = []Section{
	{"", "Two delegations met in Geneva on Monday. They spoke for nine hours about the border and about prisoners, and parted without a statement.\n\nA spokeswoman said that the talks had been “useful”. Nobody else would comment on the record."},
	{"The Price of Delay", "Grain prices rose by a tenth in the week before. Merchants in the U.S. and in Brazil blamed the closed strait, through which a fifth of the harvest passes.\n\nShort.\n\nInsurers followed."},
	{"Sanctions", "The new measures would hit two banks and a shipping company. “We have said enough,” Mr. Okoye told reporters in the lobby of the hotel, and left by a side door."},
	{"What Follows", "A second round of talks is to be held in Vienna. If it fails, the sanctions take effect on Dec. 12, and grain prices will rise again, merchants say."},
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		name     string
		patterns []Pattern
		n        int
		want     []string
	}{
		{
			"a sentence with all the words comes first; it is short, so it brings its neighbour",
			patterns("grain", "prices", "sanctions"), 1,
			[]string{"A second round of talks is to be held in Vienna. If it fails, the [sanctions] take effect on Dec. 12, and [grain] [prices] will rise again, merchants say."},
		},
		{
			"the second passage shows what the first does not",
			patterns("spokeswoman", "insurers", "harvest"), 2,
			[]string{
				"A [spokeswoman] said that the talks had been “useful”. Nobody else would comment on the record.",
				"Merchants in the U.S. and in Brazil blamed the closed strait, through which a fifth of the [harvest] passes.",
			},
		},
		{
			"a phrase is one match, and better than its words apart",
			append(patterns("geneva"), pattern(`"second round of talks"`, 3)), 1,
			[]string{"A [second round of talks] is to be held in Vienna. If it fails, the sanctions take effect on Dec. 12, and grain prices will rise again, merchants say."},
		},
		{
			"a short paragraph stays short",
			patterns("insurers"), 3,
			[]string{"[Insurers] followed."},
		},
		{
			"a heading that matches recommends its section",
			patterns("sanctions", "banks"), 1,
			[]string{"The new measures would hit two [banks] and a shipping company. “We have said enough,” Mr. Okoye told reporters in the lobby of the hotel, and left by a side door."},
		},
		{
			"a heading alone shows how its section opens",
			patterns("delay"), 2,
			[]string{"Grain prices rose by a tenth in the week before. Merchants in the U.S. and in Brazil blamed the closed strait, through which a fifth of the harvest passes."},
		},
		{
			"weights decide",
			[]Pattern{pattern("nine", 1), pattern("reporters", 9)},
			1,
			[]string{"“We have said enough,” Mr. Okoye told [reporters] in the lobby of the hotel, and left by a side door."},
		},
		{
			"without a match the article's opening",
			patterns("zeppelin"), 3,
			[]string{"Two delegations met in Geneva on Monday. They spoke for nine hours about the border and about prisoners, and parted without a statement."},
		},
		{
			"a pattern for titles doesn't look into the body",
			[]Pattern{{Terms: []TermPattern{{Stem: "talk"}}, Weight: 3, Title: true}},
			1,
			[]string{"Two delegations met in Geneva on Monday. They spoke for nine hours about the border and about prisoners, and parted without a statement."},
		},
		{"none asked for", patterns("grain"), 0, nil},
		{"less than none", patterns("grain"), -1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, shown(article, Cut(english, article, tt.patterns, tt.n))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCutEdges(t *testing.T) {
	long := "It was, as " + strings.Repeat("many people said over and over again, ", 10) + "the zeppelin, " + strings.Repeat("and so on and on, ", 20) + "gone."
	for _, tt := range []struct {
		name     string
		sections []Section
		patterns []Pattern
		want     []string
	}{
		{"no sections", nil, patterns("a"), nil},
		{"no text", []Section{{"Heading", " \n\n "}, {"Other", ""}}, patterns("heading"), nil},
		{"an empty section before the opening", []Section{{"", " "}, {"", "Here."}}, nil, []string{"Here."}},
		{
			"a phrase doesn't cross into the next section",
			[]Section{{"", "They flew over North"}, {"", "Korea by night."}},
			patterns(`"north korea"`),
			[]string{"They flew over North"},
		},
		{
			"a phrase may cross into the next sentence",
			[]Section{{"", "He is from the far North. Korea is what he dreams of."}},
			patterns(`"north korea"`),
			[]string{"He is from the far [North. Korea] is what he dreams of."},
		},
		{
			"the same sentence is shown once",
			[]Section{{"", strings.Repeat("The zeppelin landed in the old harbour at dawn, and nobody came to see it or to hear the band play its march.\n\n", 5)}},
			patterns("zeppelin"),
			[]string{"The [zeppelin] landed in the old harbour at dawn, and nobody came to see it or to hear the band play its march."},
		},
		{
			"an endless sentence is shown in part",
			[]Section{{"", long}},
			patterns("zeppelin"),
			[]string{"many people said over and over again, many people said over and over again, many people said over and over again, the [zeppelin], and so on and on, and so on and on, and so on and on, and so on and on, and so on and on, and so on and on, and so on and on, and so on and on, and so on and on,"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, shown(tt.sections, Cut(english, tt.sections, tt.patterns, 3))); d != "" {
				t.Error(d)
			}
		})
	}
}

// check holds what is true of the passages of any article.
func check(t interface{ Fatalf(string, ...any) }, sections []Section, ps []Pattern, n int) {
	passages := Cut(english, sections, ps, n)
	if len(passages) > max(n, 0) {
		t.Fatalf("%d passages of at most %d", len(passages), n)
	}
	hasText := slices.ContainsFunc(sections, func(s Section) bool { return strings.TrimSpace(s.Text) != "" })
	if hasText && n > 0 && len(passages) == 0 {
		t.Fatalf("%q: no passage", sections)
	}
	for i, p := range passages {
		s := sections[p.Section].Text
		if p.Span.Start < 0 || p.Span.End <= p.Span.Start || p.Span.End > len(s) {
			t.Fatalf("%q: passage %+v", s, p.Span)
		}
		passage := s[p.Span.Start:p.Span.End]
		if len(passage) > maxSentence || strings.TrimSpace(passage) != passage {
			t.Fatalf("passage %q", passage)
		}
		if utf8.ValidString(s) && !utf8.ValidString(passage) {
			t.Fatalf("a rune is cut in %q", passage)
		}
		if !isWhole(s, p.Span) {
			t.Fatalf("%q: %q is not of whole sentences", s, passage)
		}
		end := 0
		for _, m := range p.Matches {
			if m.Start < end || m.End <= m.Start || m.End > len(passage) {
				t.Fatalf("%q: match %+v", passage, m)
			}
			if utf8.ValidString(s) && !utf8.ValidString(passage[m.Start:m.End]) {
				t.Fatalf("a rune is cut in match %q", passage[m.Start:m.End])
			}
			end = m.End
		}
		for _, q := range passages[:i] {
			if q.Section == p.Section && q.Span.Start < p.Span.End && p.Span.Start < q.Span.End {
				t.Fatalf("%q: passages overlap", s)
			}
			other := sections[q.Section].Text[q.Span.Start:q.Span.End]
			if text.Fold(other) == text.Fold(passage) {
				t.Fatalf("%q is there twice", passage)
			}
		}
	}
}

// isWhole reports whether span starts where a sentence starts and ends where
// one ends, or holds a part of an endless one.
func isWhole(s string, span text.Span) bool {
	starts, ends := false, false
	for _, sentence := range english.Sentences(s) {
		endless := length(sentence) > maxSentence && sentence.Start < span.End && span.Start < sentence.End
		starts = starts || sentence.Start == span.Start || endless
		ends = ends || sentence.End == span.End || endless
	}
	return starts && ends
}

func TestCutHolds(t *testing.T) {
	parts := []string{
		"The ", "zeppelin ", "rose ", "over ", "North ", "Korea", "'s ", "U.S. ", ". ", "! ", "\n\n", "\n", "“", "” ", "北京", "。",
		strings.Repeat("words ", 30), strings.Repeat("zeppelin rose, ", 60), strings.Repeat("x", 700), "\xff",
	}
	section := rapid.Custom(func(t *rapid.T) Section {
		return Section{
			Heading: rapid.SampledFrom([]string{"", "Zeppelin", "Other"}).Draw(t, "heading"),
			Text:    strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 25).Draw(t, "parts"), ""),
		}
	})
	all := patterns("zeppelin", "rose", "korea", `"north korea"`, `"zeppelin north"~9`, `"rose over"`, "wo*", "北*", "北京")
	rapid.Check(t, func(t *rapid.T) {
		sections := rapid.SliceOfN(section, 0, 4).Draw(t, "sections")
		var ps []Pattern
		for _, p := range all {
			if rapid.Bool().Draw(t, "use") {
				p.Weight = rapid.Float64().Draw(t, "weight")
				ps = append(ps, p)
			}
		}
		check(t, sections, ps, rapid.IntRange(-1, 5).Draw(t, "n"))
	})
}

// What a paragraph is cut into doesn't depend on those around it.
func TestUnitsOfParagraphs(t *testing.T) {
	parts := rapid.SampledFrom([]string{
		"The ", "Mr", "U.S", ".", ". ", "! ", "…", "\n\n", "\n\n", "\n", " ", "\t", "\r\n", "\u00a0", "“", "”", "‘", "’ ", ")", "北京", "。", "- ", "1. ", "a ",
		strings.Repeat("words ", 30), strings.Repeat("zeppelin, ", 60), strings.Repeat("x", 1100),
	})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(parts, 0, 25).Draw(t, "parts"), "")
		want := NewCutter(english, nil).cutUnits(nil, s, 0, len(s))
		var got []unit
		for at := 0; at < len(s); {
			start, end := paragraphs(s, at, at)
			if start > at { // within a blank line
				start = at
			}
			got = NewCutter(english, nil).cutUnits(got, s, start, end)
			at = end + len(blankLine)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(unit{})); diff != "" {
			t.Fatalf("%q\n%s", s, diff)
		}
		if first := NewCutter(english, nil).firstUnits(s); len(want) > 0 && (len(first) == 0 || !slices.Contains(want, withoutMark(first[0]))) {
			t.Fatalf("%q begins with %v, which is none of %v", s, first, want)
		}
	})
}

// withoutMark returns a unit as it is before furniture is marked.
func withoutMark(u unit) unit {
	u.furniture = false
	return u
}

// A cutter that cut other articles before cuts as a new one does.
func TestCutterAgain(t *testing.T) {
	ps := patterns("grain", "talks", "sanctions", `"would hit"`, "me*")
	c := NewCutter(english, ps)
	for _, sections := range [][]Section{article, madeArticle(6000), article[2:], {{"", "No match."}}, article[:2], nil, article} {
		for n := range 4 {
			if diff := cmp.Diff(Cut(english, sections, ps, n), c.Cut(sections, n)); diff != "" {
				t.Errorf("%d of %d sections: %s", n, len(sections), diff)
			}
		}
		if diff := cmp.Diff(Marks(english, "Grain and the Talks", ps), c.Title("Grain and the Talks")); diff != "" {
			t.Error(diff)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("Heading", article[0].Text, article[1].Text, "grain", 2)
	f.Add("The Talks", article[3].Text, "", "talks vienna", 3)
	f.Add("", strings.Repeat("zeppelin, ", 200), "北京。上海", "zeppelin 海", 5)
	f.Fuzz(func(t *testing.T, heading, one, two, query string, n int) {
		ps := patterns(strings.Fields(query)...)
		for i := range ps {
			ps[i].Weight = float64(i)
		}
		phrase := Pattern{Slop: n, Weight: 1, Body: true}
		for _, tok := range english.Tokens(query) {
			phrase.Terms = append(phrase.Terms, TermPattern{Word: tok.Word})
		}
		check(t, []Section{{"", one}, {heading, two}}, append(ps, phrase), n%8)
	})
}

func TestLongArticle(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		b.WriteString("The zeppelin rose over town number ")
		b.WriteString(strings.Repeat("i", i%7+1))
		b.WriteString(". ")
	}
	b.WriteString("\n\nA needle lay in the hay.")
	sections := []Section{{"", b.String()}}
	ps := append(patterns("zeppelin"), pattern("needle", 9))
	check(t, sections, ps, 5)
	if got := shown(sections, Cut(english, sections, ps, 1)); got[0] != "A [needle] lay in the hay." {
		t.Errorf("got %q", got)
	}
}
