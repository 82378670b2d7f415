package search

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// TestPlansBecomeQueries holds the forms of queries in which a small difference matches
// other articles.
func TestPlansBecomeQueries(t *testing.T) {
	kim := match.TermPattern{Kind: match.Exact, Text: "kim"}
	fear := match.TermPattern{Kind: match.SameStem, Text: "fear"}
	anyWord := match.TermPattern{Kind: match.AnyWord}
	prefix := match.TermPattern{Kind: match.Prefix, Text: "sanc"}
	body := func(slop int, terms ...match.TermPattern) match.Phrase {
		return match.Phrase{Field: match.Body, Slop: slop, Terms: terms}
	}
	east := time.FixedZone("", 9*3600)
	for _, c := range []struct {
		plan match.Plan
		want string
	}{
		{match.All{}, `{"match_all":{}}`},
		{match.None{}, `{"match_none":{}}`},
		{match.And{}, `{"match_all":{}}`},
		{match.Or{}, `{"match_none":{}}`},
		{match.Stem{Stem: "fear"}, `{"term":{"rank":"fear"}}`},
		{match.Stem{Field: match.Summary, Stem: "fear"}, `{"term":{"t_summary.s":"fear"}}`},
		{match.Stem{Field: match.Topic, Stem: "fear"}, `{"match_none":{}}`},
		{match.Not{Operand: match.Stem{Stem: "fear"}}, `{"bool":{"must_not":[{"term":{"rank":"fear"}}]}}`},
		{body(0, kim), `{"term":{"t_body":"kim"}}`},
		{body(0, fear), `{"term":{"t_body.s":"fear"}}`},
		{body(0, anyWord), `{"exists":{"field":"t_body"}}`},
		{body(0, prefix), `{"prefix":{"t_body":{"rewrite":"constant_score","value":"sanc"}}}`},
		{
			body(2, kim, fear, prefix),
			`{"span_near":{"clauses":[{"span_term":{"t_body":"kim"}},` +
				`{"field_masking_span":{"field":"t_body","query":{"span_term":{"t_body.s":"fear"}}}},` +
				`{"span_multi":{"match":{"prefix":{"t_body":{"rewrite":"scoring_boolean","value":"sanc"}}}}}],"in_order":true,"slop":2}}`,
		},
		{
			body(0, kim, anyWord, anyWord, kim),
			`{"span_near":{"clauses":[{"span_term":{"t_body":"kim"}},{"span_gap":{"t_body":2}},{"span_term":{"t_body":"kim"}}],"in_order":true,"slop":0}}`,
		},
		{
			match.Near{Field: match.Body, Distance: 3, Ordered: true, Operands: [][]match.Phrase{{body(0, kim)}, {body(0, kim)}, {body(0, kim)}}},
			`{"span_near":{"clauses":[{"span_term":{"t_body":"kim"}},` +
				`{"span_near":{"clauses":[{"span_term":{"t_body":"kim"}},{"span_term":{"t_body":"kim"}}],"in_order":true,"slop":2}}],"in_order":true,"slop":2}}`,
		},
		{match.Length{Min: 5, Max: -1}, `{"range":{"token_count":{"gte":5}}}`},
		{match.Length{Max: 9}, `{"range":{"token_count":{"gte":0,"lte":9}}}`},
		{
			body(0, match.TermPattern{Text: "aids", Case: match.UpperCase}),
			`{"span_containing":{"big":{"span_term":{"t_body":"aids"}},` +
				`"little":{"field_masking_span":{"field":"t_body","query":{"span_term":{"t_body.m":"case=upper"}}}}}}`,
		},
		{
			match.Spans{Field: match.Body, Of: match.SpanNotNear{Of: match.SpanWords{body(0, kim)}, Avoid: match.SpanWords{body(0, fear)}, Distance: 5, Ordered: true}},
			`{"span_not":{"exclude":{"field_masking_span":{"field":"t_body","query":{"span_term":{"t_body.s":"fear"}}}},` +
				`"include":{"span_term":{"t_body":"kim"}},"post":5,"pre":0}}`,
		},
		{match.Value{Field: match.Topic, Value: "a/b"}, `{"term":{"topic_up":"a/b"}}`},
		{match.Value{Field: match.Topic, Prefix: true}, `{"exists":{"field":"topic"}}`},
		{match.Value{Field: match.ID, Value: "a\xff"}, `{"term":{"id":"aÿ"}}`},
		{match.Value{Field: match.Title, Value: "a"}, `{"match_none":{}}`},
		{match.Dates{}, `{"exists":{"field":"time"}}`},
		{match.Dates{From: time.Unix(1, 1).UTC()}, `{"range":{"time":{"gte":1000001}}}`},
		{
			match.Dates{To: time.Unix(0, 0).In(east)},
			`{"bool":{"minimum_should_match":1,"should":[` +
				`{"bool":{"filter":[{"bool":{"must_not":[{"term":{"midnight":true}}]}},{"range":{"time":{"lt":0}}}]}},` +
				`{"bool":{"filter":[{"term":{"midnight":true}},{"range":{"time":{"lt":32400000000}}}]}}]}}`,
		},
	} {
		k := &compiler{analyzer: analysis.Of("en")}
		q, err := k.set(t.Context(), c.plan)
		if err != nil {
			t.Errorf("%#v: %v", c.plan, err)
			continue
		}
		got, err := json.Marshal(q)
		if err != nil || string(got) != c.want {
			t.Errorf("%#v:\n got %s, %v\nwant %s", c.plan, got, err, c.want)
		}
	}
}

// TestSupersets: what no query says exactly is said to be more.
func TestSupersets(t *testing.T) {
	kim := match.TermPattern{Kind: match.Exact, Text: "kim"}
	anyWord := match.TermPattern{Kind: match.AnyWord}
	one := []match.Phrase{{Terms: []match.TermPattern{kim}}}
	fear, sanction := match.SpanWords{{Terms: []match.TermPattern{{Text: "fear"}}}}, match.SpanWords{{Terms: []match.TermPattern{{Text: "sanction"}}}}
	long := match.SpanWords{{Terms: []match.TermPattern{kim, {Text: "un"}}}}
	twice := match.SpanWords{{Terms: []match.TermPattern{kim, kim}}}
	spans := func(of match.Span) match.Plan { return match.Spans{Of: of} }
	near := func(of ...match.Span) match.Span { return match.SpanNear{Of: of, Unit: match.InSentence} }
	for _, c := range []struct {
		plan  match.Plan
		exact bool
	}{
		{match.Phrase{Terms: []match.TermPattern{kim, anyWord}}, false},
		{match.Phrase{Terms: []match.TermPattern{anyWord, anyWord}}, false},
		{match.Phrase{Terms: []match.TermPattern{kim, anyWord, kim}}, true},
		{match.Near{Distance: 2, Operands: [][]match.Phrase{one, one}}, true},
		{match.Near{Distance: 2, Operands: [][]match.Phrase{one, one, one}}, false},
		{match.Near{Distance: 2, Operands: [][]match.Phrase{one, {{Terms: []match.TermPattern{{Text: "fear"}}}}, one}}, true},
		{match.Near{Distance: 2, Operands: [][]match.Phrase{one, one, one}, Ordered: true}, true},
		{match.Near{Distance: 2, Operands: [][]match.Phrase{one, {{Terms: []match.TermPattern{anyWord}}}}}, false},
		{match.Near{Distance: 0, Operands: [][]match.Phrase{one, one, one}}, true},
		{match.Phrase{Terms: []match.TermPattern{{Kind: match.AnyWord, Case: match.LowerCase}}}, false},
		{match.Phrase{Field: match.Body, Terms: []match.TermPattern{{Kind: match.AnyWord, Case: match.UpperCase}}}, true},
		{spans(match.SpanWords(one)), true},
		{match.Spans{Of: match.SpanWords(one), AtLeast: 5}, true},
		{match.Spans{Field: match.Body, Of: match.SpanWords(one), Lead: 50}, false},
		{spans(near(match.SpanWords(one), fear)), true},
		{spans(near(match.SpanWords(one), match.SpanWords(one), fear)), false},
		{spans(near(match.SpanWords(one), fear, sanction)), true},
		{spans(near(near(match.SpanWords(one), fear), sanction)), false},
		{spans(match.SpanNotNear{Of: fear, Avoid: sanction, Unit: match.InSentence}), true},
		{spans(match.SpanNotNear{Of: long, Avoid: sanction, Unit: match.InSentence}), true},
		{spans(match.SpanNotNear{Of: twice, Avoid: sanction, Unit: match.InSentence}), false},
		{spans(match.SpanNotNear{Of: fear, Avoid: near(fear, sanction), Distance: 3}), false},
		{match.Spans{Of: near(fear, sanction), Marks: "is=forecast"}, true},
		{match.Spans{Of: near(fear, sanction), Marks: "person"}, false},
	} {
		k := &compiler{analyzer: analysis.Of("en")}
		if _, exact, err := k.near(t.Context(), c.plan); err != nil || exact != c.exact {
			t.Errorf("%#v: exact %v, %v", c.plan, exact, err)
		}
	}
}
