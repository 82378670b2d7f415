package match

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// english analyses the texts of the tests.
var english = analysis.Of("en")

func sampleDoc() *Doc {
	return Analyze(english, Input{
		Title:    "What Kim learned from Caracas",
		Summary:  "A brief for ministers.",
		Headings: []string{"", "Who deters whom"},
		Body: []string{
			"Müller's U.S.-led talks on the North Korean missiles failed. The presidents left.",
			"Korea waits. Patience, though strategic, ends.",
		},
		Authors:   []string{"Jane Okoye", "Ann Smith-Jones"},
		Places:    []string{"North Korea", "Venezuela"},
		People:    []string{"Kim Jong Un"},
		Orgs:      []string{"United Nations"},
		Source:    "The Daily Analyst",
		Path:      "archive/2026/kim.txt",
		URL:       "https://example.com/world/kim",
		Topics:    []string{"Security > Nuclear", "North Korea"},
		Lang:      "en_GB",
		ID:        "3f9a0c2b71de",
		Published: time.Date(2026, 1, 12, 9, 30, 0, 0, time.UTC),
	})
}

func TestMatch(t *testing.T) {
	d := sampleDoc()
	matching := []string{
		"", "missile", "MISSILES", "kim caracas", "deter", "muller", "müller", "us", "U.S.",
		"who", `"who deters"`, "the who",
		`"north korean missiles"`, `"the north korean"`, `"korean talks"~5 OR kim`, `"talks korean"~3`,
		`"u.s.-led talks"`, "U.S.-led", `"talks * the"`, `"north kor*"`, `"missiles failed"`,
		"=presidents", "presid*", "m?ller", "k*a", "misile~2", "prezidents~", "/pres.*s/", "/Kim/",
		"korea NEAR/3 waits", "failed NEAR/2 korean", "korean ADJ/2 failed", `"north korean" NEAR/2 (x OR fail*)`,
		"title:kim", "heading:deters", "body:korea", "summary:ministers",
		`author:okoye`, `author:"jane okoye"`, "author:smith-jones", "author:(jane smith)", "source:analyst", `source:"the daily"`,
		`place:"north korea"`, "place:venez*", "person:kim", `org:"united nations"`, "path:2026", "path:archive/*", "url:example.com",
		"topic:security", "topic:security/nuclear", `topic:"north korea"`, "topic:(economy OR security)",
		"lang:en", "lang:en-GB", "id:3f9a0c2b71de", "id:3f9*",
		"date:2026", "date:2026-01-12", "since:2026 before:2027", "date:2025..", "date:..2026-01-12",
		"-peace", "kim -topic:sports", "caracas OR peace", "(kim OR peace) AND korea", "kim^3",
	}
	missing := []string{
		"peace", "kim peace", "-kim", "ministers", "okoye", // summaries and names are asked for by field
		"=president", "=missile", `"korean north"`, `"failed the"~0 AND peace`, `"whom müller"`, `"failed presidents"`,
		`"deters whom müller's"`, // no phrase crosses from one run to the next
		`"talks korean"~2`, "korea NEAR/1 failed", "failed ADJ/2 korean", "caracas NEAR deters",
		"title:korea", "heading:kim", "body:caracas", "summary:kim",
		`author:"okoye jane"`, `author:"jane smith"`, "source:daily-mail", "place:venez", "path:2026/archive",
		"topic:nuclear", "topic:security/nuc", "topic:north", "lang:e", "lang:en-US", "id:3f9", "id:3F9*",
		"date:2025", "date:2026-01-13", "before:2026-01-12", "kim -topic:security",
	}
	for _, q := range matching {
		if !Match(lower(t, q, testContext()), d) {
			t.Errorf("%s does not match", q)
		}
	}
	for _, q := range missing {
		if Match(lower(t, q, testContext()), d) {
			t.Errorf("%s matches", q)
		}
	}
}

// Nothing but All and what is negated matches a document of which nothing is
// known.
func TestMatchOfNothing(t *testing.T) {
	empty := Analyze(english, Input{Title: " ", Topics: []string{"/"}})
	if diff := cmp.Diff(&Doc{Texts: map[Field][]Run{}, Values: map[Field][]string{}}, empty); diff != "" {
		t.Errorf("Doc (-want +got):\n%s", diff)
	}
	for _, p := range []Plan{
		None{},
		Stem{},
		Stem{Stem: "a"},
		Phrase{Terms: []TermPattern{{Kind: AnyWord}}},
		Phrase{},
		Near{},
		Value{Field: Topic},
		Value{Field: ID, Prefix: true},
		Dates{},
		Or{},
	} {
		if Match(p, empty) || !Match(Not{p}, empty) {
			t.Errorf("%#v matches", p)
		}
	}
	if !Match(All{}, empty) || !Match(And{}, empty) {
		t.Error("All or the empty And does not match")
	}
}

// planGen draws plans over one-letter words.
func planGen(depth int) *rapid.Generator[Plan] {
	field := rapid.SampledFrom([]Field{Text, Text, Title, Heading, Body, Summary})
	terms := rapid.Custom(func(t *rapid.T) []TermPattern { return termsFrom(rapid.StringMatching(`[abc.]{1,3}`).Draw(t, "terms")) })
	leaf := rapid.OneOf(
		rapid.Custom(func(t *rapid.T) Plan {
			return Stem{field.Draw(t, "field"), rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "stem")}
		}),
		rapid.Custom(func(t *rapid.T) Plan {
			return Phrase{field.Draw(t, "field"), terms.Draw(t, "terms"), rapid.IntRange(0, 2).Draw(t, "slop")}
		}),
		rapid.Custom(func(t *rapid.T) Plan {
			of := make([][]Phrase, rapid.IntRange(2, 3).Draw(t, "operands"))
			for i := range of {
				of[i] = []Phrase{{Terms: terms.Draw(t, "terms")}}
			}
			return Near{field.Draw(t, "field"), of, rapid.IntRange(1, 3).Draw(t, "distance"), rapid.Bool().Draw(t, "ordered"), ""}
		}),
		rapid.SampledFrom([]Plan{All{}, None{Reason: "test"}, Value{Field: Topic, Value: "x"}, Dates{}}),
	)
	if depth == 0 {
		return leaf
	}
	below := planGen(depth - 1)
	list := rapid.SliceOfN(below, 1, 3)
	return rapid.OneOf(
		leaf,
		rapid.Custom(func(t *rapid.T) Plan { return And{list.Draw(t, "and")} }),
		rapid.Custom(func(t *rapid.T) Plan { return Or{Operands: list.Draw(t, "or"), Best: rapid.Bool().Draw(t, "best")} }),
		rapid.Custom(func(t *rapid.T) Plan { return Not{below.Draw(t, "not")} }),
		rapid.Custom(func(t *rapid.T) Plan {
			return Boost{below.Draw(t, "boosted"), rapid.SampledFrom([]float64{0.5, 1, 2}).Draw(t, "factor")}
		}),
	)
}

// docGen draws documents of the words a to d, c being a stop word.
func docGen() *rapid.Generator[*Doc] {
	return rapid.Custom(func(t *rapid.T) *Doc {
		d := &Doc{Texts: map[Field][]Run{}, Values: map[Field][]string{}}
		for _, f := range []Field{Title, Heading, Body, Body, Summary} {
			run := runOf(rapid.StringMatching(`[abcd]{0,6}`).Draw(t, f.String()))
			for i := range run {
				if run[i].Word == "c" {
					run[i].Stem = ""
				}
			}
			d.Texts[f] = append(d.Texts[f], run)
		}
		if rapid.Bool().Draw(t, "topic") {
			d.Values[Topic] = []string{"x/y"}
			d.Published = time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC)
		}
		return d
	})
}

func TestMatchIsBoolean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := docGen().Draw(t, "doc")
		a, b := planGen(2).Draw(t, "a"), planGen(2).Draw(t, "b")
		equal := func(law string, p, q Plan) {
			if Match(p, d) != Match(q, d) {
				t.Errorf("%s does not hold for %s and %s", law, show(a), show(b))
			}
		}
		equal("NOT NOT a = a", Not{Not{a}}, a)
		equal("a OR b = b OR a", Or{Operands: []Plan{a, b}}, Or{Operands: []Plan{b, a}})
		equal("a AND b = b AND a", And{[]Plan{a, b}}, And{[]Plan{b, a}})
		equal("NOT (a OR b) = NOT a AND NOT b", Not{Or{Operands: []Plan{a, b}}}, And{[]Plan{Not{a}, Not{b}}})
		equal("NOT (a AND b) = NOT a OR NOT b", Not{And{[]Plan{a, b}}}, Or{Operands: []Plan{Not{a}, Not{b}}})
		equal("a AND (a OR b) = a", And{[]Plan{a, Or{Operands: []Plan{a, b}}}}, a)
		equal("a^2 = a", Boost{a, 2}, a)
	})
}

// simplified builds p again with the constructors that simplify.
func simplified(p Plan) Plan {
	each := func(of []Plan) []Plan {
		out := make([]Plan, len(of))
		for i, q := range of {
			out[i] = simplified(q)
		}
		return out
	}
	switch p := p.(type) {
	case And:
		return and(each(p.Operands))
	case Or:
		return or(each(p.Operands), p.Best)
	case Not:
		return not(simplified(p.Operand))
	case Boost:
		return boost(simplified(p.Operand), p.Factor)
	}
	return p
}

func TestLeaves(t *testing.T) {
	p := lower(t, `nuclear^2 (kim OR "strategic patience"^3)^2 -war title:presid* author:okoye topic:asia since:2020 nuclear`, testContext())
	type leaf struct {
		Label string
		Field Field
		Boost float64
	}
	var got []leaf
	for _, l := range Leaves(p) {
		got = append(got, leaf{l.Label(), l.Field, l.Boost})
	}
	want := []leaf{
		{"nuclear", Text, 2},
		{"kim", Text, 2},
		{`"strategic patience"`, Text, 6},
		{"title:presid*", Title, 1},
		{`author:"okoye"`, Author, 1},
		{"nuclear", Text, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Leaves (-want +got):\n%s", diff)
	}
}

// Labels name conditions as a query does, so that they can be asked again.
func TestLabelsAreQueries(t *testing.T) {
	for _, q := range []string{
		`"north korea"`, `"regime survival"~3`, `"nuclear weap*"`, `"kim * un"`, "presid*", "k?r*a", "muller~2", "/kor(ea|yo)/",
		`korea NEAR/5 ("north korea" OR missile*)`, "korea ADJ/3 war", "title:(korea NEAR/2 war)", `author:"jane okoye"`, "title:korea",
	} {
		p := lower(t, q, testContext())
		label := Leaf{Plan: p}.Label()
		if again := lower(t, label, testContext()); !cmp.Equal(p, again) {
			t.Errorf("%s is labelled %s, which means %s", q, label, show(again))
		}
	}
}

func FuzzLower(f *testing.F) {
	for _, q := range []string{
		"the war on terror", `"north korea" NEAR/3 (missile* OR =test) -topic:sports^2`, "title:(a OR b~2) /x.y/ since:2w",
		"the", "-the", "+a b", "u.s.-led 北京 ʬ*", `"* * a*b"~3 ?*?`, "id:a* lang:x path:a/* author:(the x)", "& — !",
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		n, _ := query.ParseLenient(q)
		p, err := Lower(n, testContext())
		if err != nil {
			// What the grammar allows and no field can mean, such as id:a?b*.
			var syntax *query.SyntaxError
			if !errors.As(err, &syntax) || syntax.Msg == "" {
				t.Fatalf("%q: %v", q, err)
			}
			return
		}
		d := sampleDoc()
		matches := Match(p, d)
		if count(p, d) < 0 {
			t.Errorf("%q: negative count", q)
		}
		for _, l := range Leaves(p) {
			if l.Label() == "" {
				t.Errorf("%q: leaf %#v without label", q, l)
			}
		}
		canonical, err := query.Parse(n.String())
		if err != nil {
			return // longer than a query may be
		}
		again, err := Lower(canonical, testContext())
		if err != nil || Match(again, d) != matches {
			t.Errorf("%q matches: %v; its canonical form %q: %v, %v", q, matches, n.String(), Match(again, d), err)
		}
	})
}
