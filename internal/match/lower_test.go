package match

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/query"
)

// show writes a plan out, leaves by their labels.
func show(p Plan) string {
	join := func(of []Plan, operator string) string {
		parts := make([]string, len(of))
		for i, q := range of {
			parts[i] = show(q)
		}
		return "(" + strings.Join(parts, operator) + ")"
	}
	switch p := p.(type) {
	case All:
		return "all"
	case None:
		return "none, as " + p.Reason
	case And:
		return join(p.Operands, " AND ")
	case Or:
		return join(p.Operands, " OR ")
	case Not:
		return "NOT " + show(p.Operand)
	case Boost:
		return fmt.Sprintf("%s^%g", show(p.Operand), p.Factor)
	case Stem, Phrase, Near, Spans:
		return Leaf{Plan: p}.Label()
	case Length:
		return fmt.Sprintf("%d to %d words", p.Min, p.Max)
	case Value:
		if p.Prefix {
			return p.Field.String() + "=" + p.Value + "..."
		}
		return p.Field.String() + "=" + p.Value
	case Dates:
		return day(p.From) + " to " + day(p.To)
	}
	return fmt.Sprintf("%#v", p)
}

func day(t time.Time) string {
	if t.IsZero() {
		return "open"
	}
	return t.Format(time.DateOnly)
}

// testContext is a Thursday in March.
func testContext() Context {
	return Context{Analyzer: english, Now: time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC), Location: time.UTC}
}

func lower(t *testing.T, q string, c Context) Plan {
	t.Helper()
	n, err := query.Parse(q)
	if err != nil {
		t.Errorf("Parse(%q): %v", q, err)
		return nil
	}
	p, err := Lower(n, c)
	if err != nil {
		t.Errorf("Lower(%q): %v", q, err)
	}
	return p
}

func TestLower(t *testing.T) {
	tests := []struct{ query, want string }{
		// Words.
		{"", "all"},
		{"Deterrence", "deterr"},
		{"nuclear deterrence", "(nuclear AND deterr)"},
		{"nuclear AND deterrence", "(nuclear AND deterr)"},
		{"nuclear OR deterrence", "(nuclear OR deterr)"},
		{"nuclear -deterrence", "(nuclear AND NOT deterr)"},
		{"NOT deterrence", "NOT deterr"},
		{"U.S.", "us"},
		{"U.S.-led", `("us led" OR uslead^0.8)`},
		{"north-korean missiles", `(("north korean" OR northkorean^0.8) AND missil)`},

		// Words that have other spellings.
		{"re-elections", `("re elections" OR reelect^0.8)`},
		{"passers-by", `("passers by" OR passersbi^0.8 OR passerbi^0.8)`},
		{"policy-maker", `("policy maker" OR "policymaker"^0.8 OR "policymakers"^0.8 OR policymaker^0.8)`},
		{"policy-making", `("policy making" OR "policymaking"^0.8 OR "policymakings"^0.8 OR policymake^0.8)`},
		{"F-16s", `("f 16s" OR f16^0.8)`},
		{"Qur'anic", `(qur'an OR quran^0.8)`},
		{"L'État", `"l etat"`},
		{"we're can't war", `war`},
		{"الانتخابات", "(الانتخابات OR انتخابات^0.8)"},
		{"وبالانتخابات", "وبالانتخابات"},
		{"covid19", "covid19"},
		{"reelection", "reelect"},
		{"title:e-mail", `(title:"e mail" OR title:email^0.8)`},
		{"author:al-Sayed", `(author:"al sayed" OR author:alsay^0.8)`},
		{"path:news-2024", `path:"news 2024"`},
		{"=re-election", `"re election"`},
		{`"re-election"`, `"re election"`},
		{"re-elect*", `"re elect*"`},
		{"re-election^2", `("re election" OR reelect^0.8)^2`},
		{"-re-election war", `(NOT ("re election" OR reelect^0.8) AND war)`},
		{"e-mail NEAR/3 leak", `("e mail" OR email) NEAR/3 leak`},
		{"Xi'an NEAR/3 summit", `(xi'an OR xian) NEAR/3 summit`},
		{"e-mail/fax", `"e mail fax"`},
		{"پیش\u200cفروش", `(پيشفروش OR "پيش فروش"^0.8)`},
		{"کتاب\u200cها", `(كتابها OR كتاب^0.8)`},
		{"Müller's", "muller"},

		// Scripts without spaces between words.
		{"北京", "北京"},
		{"习近平", `"习近平"`},
		{"北", "北"},
		{"=北京", `"北京"`},
		{`"北京 大学"`, `"北京 京 大学"`},
		{`"北京 abc 京"`, `"北京 京 abc 京"`},
		{"iPhone手机", `"iphone 手机"`},
		{"北?京都", `"北?京都"`},
		{"北??京", `"北??京"`},
		{"?京", "?京"},
		{"北*", "北"},
		{"北京*", `"北京"`},
		{"北?*", "北?"},
		{"*京", "京"},
		{"北*京", `"北 * 京"`},
		{"北京~", `"北京"`},
		{"北京 NEAR/3 上", "北京 NEAR/3 上"},
		{"author:习近平", `author:"习近平"`},

		// Stop words.
		{"the war on terror", "(war AND terror)"},
		{"the", `"the"`},
		{"to be or not to be", `("to" AND "be" AND "or" AND "not" AND "to" AND "be")`},
		{"the topic:economy", `("the" AND topic=economy)`},
		{"the -war", `("the" AND NOT war)`},
		{`the "white house"`, `"white house"`},
		{"the AND war", `("the" AND war)`},
		{"the OR war", `("the" OR war)`},
		{"war -the", `(war AND NOT "the")`},
		{"+the war", `("the" AND war)`},
		{"=the war", `("the" AND war)`},
		{"title:the", `title:"the"`},
		{"title:(the war)", "title:war"},
		{"the title:war", "title:war"},
		{"(the war) OR (the)", `(war OR "the")`},
		{"source:(the hill)", `(source:"the" AND source:"hill")`},

		// Words as written.
		{"=presidents", `"presidents"`},
		{"=U.S.-led", `"us led"`},
		{"Presid*", "presid*"},
		{"north-kor*", `"north kor*"`},
		{"K?r*a", "k?r*a"},
		{"k**", "k*"},
		{"presidnet~", "presidnet~1"},
		{"Müller~2", "muller~2"},
		{"/Kor(ea|yo)/", "/kor(ea|yo)/"},
		{`/\D\pL\x{4D}[[:^alpha:]](?:É|M)/`, `/\D\pL\x{4D}[[:^alpha:]](?:e|m)/`},
		{"title:*", `title:"*"`},

		// Phrases.
		{`"The Strategic Patience of Kim"`, `"the strategic patience of kim"`},
		{`"regime survival"~3`, `"regime survival"~3`},
		{`"nuclear weap*"`, `"nuclear weap*"`},
		{`"kim * un"`, `"kim * un"`},
		{`"* kim * un * *"`, `"kim * un"`},
		{`"who?"`, `"who"`},
		{`"war"`, `"war"`},
		{`war "—"`, "war"},

		// NEAR.
		{"korea NEAR missiles", "korea NEAR/10 missil"},
		{"korea ADJ/3 missiles", "korea ADJ/3 missil"},
		{`"north korea" NEAR/5 (missile* OR =tests OR "war head")`, `"north korea" NEAR/5 (missile* OR "tests" OR "war head")`},
		{"the NEAR/2 who", `"the" NEAR/2 who`},
		{"title:(korea NEAR/2 war)", "title:(korea NEAR/2 war)"},

		// Fields.
		{"title:missiles", "title:missil"},
		{"title:(nuclear missiles)", "(title:nuclear AND title:missil)"},
		{`heading:"the end"`, `heading:"the end"`},
		{"body:war summary:peace", "(body:war AND summary:peac)"},
		{"author:Okoye", `author:"okoye"`},
		{`author:"Jane Okoye" OR author:(smith jones)`, `(author:"jane okoye" OR (author:"smith" AND author:"jones"))`},
		{"author:ok*", "author:ok*"},
		{"path:archive/2024/*", `path:"archive 2024"`},
		{"url:example.com/world", `url:"example com world"`},
		{"topic:Security/Nuclear", "topic=security/nuclear"},
		{`topic:"North Korea"`, "topic=north_korea"},
		{"topic:security/*", "topic=security"},
		{"topic:(economy OR health)", "(topic=economy OR topic=health)"},
		{"-topic:sports", "NOT topic=sports"},
		{"lang:pt_BR", "lang=pt-br"},
		{"id:3f9A", "id=3f9A"},
		{"id:3f9*", "id=3f9..."},
		{"topic:* lang:*", "(topic=... AND lang=...)"},

		// Dates.
		{"date:2024", "2024-01-01 to 2025-01-01"},
		{"date:2023..2024-06", "2023-01-01 to 2024-07-01"},
		{"since:2w", "2026-02-19 to open"},
		{"before:2020", "open to 2020-01-01"},
		{"date:(2019 OR 2021)", "(2019-01-01 to 2020-01-01 OR 2021-01-01 to 2022-01-01)"},
		{"date:{2024 TO 2024}", "none, as there is no time between the dates of date:{2024 TO 2024}"},

		// Boosts.
		{"nuclear^2 war", "(nuclear^2 AND war)"},
		{"(nuclear^2)^3", "nuclear^6"},
		{"nuclear^1", "nuclear"},
		{"topic:war^3", "topic=war"},

		// Nothing to look for.
		{"&", "none, as there is no word in the query to look for"},
		{`war OR "!"`, "war"},
		{`war -"!"`, "war"},

		// Simplified.
		{"(a1 AND (b1 AND c1)) d1", "(a1 AND b1 AND c1 AND d1)"},
		{"(a1 OR (b1 OR c1)) OR d1", "(a1 OR b1 OR c1 OR d1)"},
		{"NOT NOT war", "NOT NOT war"}, // scores nothing, as war would
	}
	for _, tt := range tests {
		if got := show(lower(t, tt.query, testContext())); got != tt.want {
			t.Errorf("%-30s is %s\n%34swant %s", tt.query, got, "", tt.want)
		}
	}
}

func TestLowerAny(t *testing.T) {
	tests := []struct{ query, want string }{
		{"nuclear deterrence", "(nuclear OR deterr)"},
		{"nuclear AND deterrence", "(nuclear AND deterr)"},
		{"the nuclear deterrence", "(nuclear OR deterr)"},
		{"the war", "war"},
		{"the a", `("the" OR "a")`},
		{"nuclear war -topic:sports date:2024", "((nuclear OR war) AND NOT topic=sports AND 2024-01-01 to 2025-01-01)"},
		{"+nuclear war peace", "(nuclear AND (war OR peac))"},
		{`war "north korea" author:okoye`, `((war OR "north korea") AND author:"okoye")`},
		{"war (the nuclear deterrence)", "(war OR nuclear OR deterr)"},
		{"title:(nuclear deterrence)", "(title:nuclear OR title:deterr)"},
	}
	for _, tt := range tests {
		c := testContext()
		c.Any = true
		if got := show(lower(t, tt.query, c)); got != tt.want {
			t.Errorf("%-30s is %s\n%34swant %s", tt.query, got, "", tt.want)
		}
	}
}

func TestLowerErrors(t *testing.T) {
	word := query.Word{Text: "war"}
	at := query.At{Start: 7, End: 9}
	tests := []struct {
		node query.Node
		want string
	}{
		{query.Regex{At: at, Pattern: "["}, "regular expression that can't be read (missing closing ]: `[`)"},
		{query.Field{Name: "title", Operand: query.Range{At: at, Name: "title"}}, "range of what is no date"},
		{query.Range{At: at, Name: "date", Low: "someday"}, "no such date as someday"},
		{query.Field{At: at, Name: "colour", Operand: word}, "no field for words named colour"},
		{query.Field{Name: "topic", Operand: query.Wildcard{At: at, Pattern: "a*b"}}, "pattern where topic: wants a whole value"},
		{query.Field{Name: "topic", Operand: query.Near{At: at, Operands: []query.Node{word}}}, "pattern where topic: wants a whole value"},
		{query.Near{Operands: []query.Node{word, query.Phrase{At: at, Text: "a b", Slop: 1}}}, "phrase with ~ beside NEAR"},
		{query.Near{Operands: []query.Node{word, query.And{At: at}}}, "neither word nor phrase beside NEAR"},
		{query.Or{Operands: []query.Node{word, query.Regex{At: at, Pattern: "("}}}, "regular expression that can't be read"},
	}
	for _, tt := range tests {
		_, err := Lower(tt.node, testContext())
		var syntax *query.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%#v: error %v, want a SyntaxError", tt.node, err)
			continue
		}
		if !strings.HasPrefix(syntax.Msg, tt.want) || syntax.Offset != at.Start {
			t.Errorf("%#v: %q at %d, want %q at %d", tt.node, syntax.Msg, syntax.Offset, tt.want, at.Start)
		}
	}
}

// With Mend, what holds a mistake asks for nothing.
func TestLowerMends(t *testing.T) {
	tests := []struct{ query, want, mistake string }{
		{"war topic:a*b", "war", "pattern where topic: wants a whole value at column 11"},
		{"war OR -topic:a*b", "war", "pattern where topic: wants a whole value at column 15"},
		{"date:today..30d war", "war", "range from today back to 30d at column 1"},
		{"date:today..30d", "none, as there is no word in the query to look for", "range from today back to 30d at column 1"},
	}
	for _, tt := range tests {
		n, err := query.Parse(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		var mistakes []string
		c := testContext()
		c.Mend = func(e *query.SyntaxError) {
			mistakes = append(mistakes, (&query.SyntaxError{Text: tt.query, Offset: e.Offset, Msg: e.Msg}).Error())
		}
		plan, err := Lower(n, c)
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		if got := show(plan); got != tt.want || len(mistakes) != 1 || !strings.HasPrefix(mistakes[0], tt.mistake) {
			t.Errorf("%s is %s with mistakes %q; want %s with %s", tt.query, got, mistakes, tt.want, tt.mistake)
		}
	}
}

// Trees that a program may build, though the parser makes none such.
func TestLowerBuiltTrees(t *testing.T) {
	word := query.Word{Text: "war"}
	nothing := query.Word{Text: "!"}
	tests := []struct {
		node query.Node
		want string
	}{
		{query.Near{Operands: []query.Node{word, nothing}}, "war"},
		{query.Near{Operands: []query.Node{nothing, nothing}}, "none, as there is no word in the query to look for"},
		{query.And{Operands: []query.Node{query.All{}, word}}, "war"},
		{query.And{Operands: []query.Node{query.All{}, query.All{}}}, "all"},
		{query.Or{Operands: []query.Node{query.All{}, word}}, "(all OR war)"}, // war scores
		{query.Not{Operand: query.All{}}, "none, as the query takes away every article"},
		{query.And{Operands: []query.Node{word, query.Not{Operand: query.All{}}}}, "none, as the query takes away every article"},
		{query.Or{Operands: []query.Node{word, query.Not{Operand: query.All{}}}}, "war"},
		{query.Not{Operand: query.Not{Operand: query.All{}}}, "all"},
		{query.Not{Operand: nothing}, "none, as there is no word in the query to look for"},
		{query.And{}, "none, as there is no word in the query to look for"},
		{query.Field{Name: "lang", Operand: nothing}, "lang=!"},
		{query.Field{Name: "topic", Operand: query.Word{Text: " / "}}, "none, as there is no word in the query to look for"},
	}
	for _, tt := range tests {
		p, err := Lower(tt.node, testContext())
		if err != nil {
			t.Errorf("%#v: %v", tt.node, err)
			continue
		}
		if got := show(p); got != tt.want {
			t.Errorf("%#v is %s, want %s", tt.node, got, tt.want)
		}
	}
}

// A tree is left as it was, so that it can be lowered again.
func TestLowerLeavesTheTree(t *testing.T) {
	n, err := query.Parse("the (war of the worlds) title:(the end)")
	if err != nil {
		t.Fatal(err)
	}
	before := n.String()
	for _, anyWord := range []bool{true, false} {
		if _, err := Lower(n, Context{Analyzer: english, Any: anyWord}); err != nil {
			t.Fatal(err)
		}
	}
	if after := n.String(); after != before {
		t.Errorf("tree was %s, is %s", before, after)
	}
}
