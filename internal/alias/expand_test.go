package alias

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// english analyses the texts of the tests.
var english = analysis.Of("en")

var inEnglish = []analysis.Analyzer{english}

func parseTable(t testing.TB, file string) *Table {
	t.Helper()
	table, err := Parse(english, []byte(file), "aliases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func parseQuery(t testing.TB, s string) query.Node {
	t.Helper()
	n, err := query.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// expand returns what a query becomes, in canonical form. A bare And of one,
// which says that its OR is optional, is written as the OR.
func expand(t testing.TB, table *Table, q string) string {
	t.Helper()
	n, _ := table.Expand(inEnglish, parseQuery(t, q))
	return unwrapped(n).String()
}

func unwrapped(n query.Node) query.Node {
	each := func(nodes []query.Node) []query.Node {
		of := make([]query.Node, len(nodes))
		for i, n := range nodes {
			of[i] = unwrapped(n)
		}
		return of
	}
	switch n := n.(type) {
	case query.And:
		if n.Operands = each(n.Operands); n.Bare && len(n.Operands) == 1 {
			return n.Operands[0]
		}
		return n
	case query.Or:
		n.Operands = each(n.Operands)
		return n
	case query.Boost:
		n.Operand = unwrapped(n.Operand)
		return n
	case query.Field:
		n.Operand = unwrapped(n.Operand)
		return n
	default:
		return n
	}
}

const koreas = `
aliases:
  - [North Korea, DPRK, Democratic People's Republic of Korea]
  - [Korea, Corea]
  - [International Monetary Fund, IMF]
  - [Côte d'Ivoire, Ivory Coast]
  - [Covid-19, Covid]
  - [ballistic missile, ballistic missiles, ICBM, ICBMs]
one_way:
  North Korea: [Pyongyang, North Korea's leadership]
  IMF: [the Fund in Washington]
`

func TestExpand(t *testing.T) {
	table := parseTable(t, koreas)
	const (
		dprk       = `DPRK OR "North Korea"^0.7 OR "Democratic People's Republic of Korea"^0.7 OR =Pyongyang^0.4`
		northKorea = `north korea OR =DPRK^0.7 OR "Democratic People's Republic of Korea"^0.7 OR =Pyongyang^0.4`
		imf        = `imf OR "International Monetary Fund"^0.7 OR "the Fund in Washington"^0.4`
	)
	tests := []struct{ query, want string }{
		// A name is a word or several.
		{"DPRK", dprk},
		{"north korea", northKorea},
		{"north korea sanctions", "(" + northKorea + ") sanctions"},
		{"UN sanctions on north korea", "UN sanctions on (" + northKorea + ")"},
		{"imf DPRK", "(" + imf + ") (" + dprk + ")"},
		// The longest wins; none of its words is looked up again.
		{"korea", "korea OR =Corea^0.7"},
		{"south korea", "south (korea OR =Corea^0.7)"},
		{
			"the democratic people's republic of korea",
			`the (democratic people's republic of korea OR "North Korea"^0.7 OR =DPRK^0.7 OR =Pyongyang^0.4)`,
		},
		// The words may be in another case, with other accents and signs.
		{"D.P.R.K.", strings.Replace(dprk, "DPRK", "D.P.R.K.", 1)},
		{"North Korea's", strings.Replace(northKorea, "north korea", "North Korea's", 1)},
		{"COTE D'IVOIRE", `COTE D'IVOIRE OR "Ivory Coast"^0.7`},
		// A word with a hyphen is several; so is a name.
		{"covid-19 deaths", "(covid-19 OR =Covid^0.7) deaths"},
		{"covid 19 deaths", "(covid 19 OR =Covid^0.7) deaths"},
		{"post-covid world", "post-covid world"},
		{"korea-imf talks", "korea-imf talks"},
		// An entity has one of its names in an article, and what one way finds is another one.
		{"place:DPRK", `place:(DPRK OR "North Korea"^0.7 OR "Democratic People's Republic of Korea"^0.7)`},
		{"place:(north korea)", `place:(north korea OR =DPRK^0.7 OR "Democratic People's Republic of Korea"^0.7)`},
		{"org:imf", `org:(imf OR "International Monetary Fund"^0.7)`},
		// What one way finds doesn't find back.
		{"Pyongyang", "Pyongyang"},
		// What holds the words asked for finds nothing new, nor do their other
		// forms.
		{"covid", "covid"},
		{"ballistic missile", "ballistic missile OR =ICBM^0.7 OR =ICBMs^0.7"},
		{"icbm", `icbm OR "ballistic missile"^0.7 OR "ballistic missiles"^0.7`},
		// Operators and groups.
		{"imf OR DPRK", "(" + imf + ") OR (" + dprk + ")"},
		{"sanctions AND DPRK", "sanctions AND (" + dprk + ")"},
		{"north korea AND talks", "(" + strings.Replace(northKorea, "north korea", "north AND korea", 1) + ") AND talks"},
		{"north AND korea", "north AND (korea OR =Corea^0.7)"},
		{"+korea talks", "+(korea OR =Corea^0.7) talks"},
		{"korea^2 talks", "(korea OR =Corea^0.7)^2 talks"},
		{"(north korea)^2 talks", "(" + northKorea + ")^2 talks"},
		{"(south korea) talks", "(south (korea OR =Corea^0.7)) talks"},
		// Fields of an article's text.
		{"title:covid-19", "title:(covid-19 OR =Covid^0.7)"},
		{"body:(covid-19 deaths) heading:korea", "body:((covid-19 OR =Covid^0.7) deaths) heading:(korea OR =Corea^0.7)"},
		{"summary:korea", "summary:(korea OR =Corea^0.7)"},
		// What an OR asks for already is not added again.
		{`DPRK OR "North Korea"`, `(DPRK OR "Democratic People's Republic of Korea"^0.7 OR =Pyongyang^0.4) OR "North Korea"`},
		{"covid-19 OR covid^2 OR vaccine", "covid-19 OR covid^2 OR vaccine"},
		{"covid-19 OR (covid vaccine)", "(covid-19 OR =Covid^0.7) OR covid vaccine"},
		{"ivory coast OR (cote d'ivoire)", "ivory coast OR cote d'ivoire"},
	}
	for _, tt := range tests {
		if got := expand(t, table, tt.query); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.query, got, tt.want)
		}
	}
}

// What a person asks for in particular, and what holds no name, comes back as
// it is.
func TestLeftAlone(t *testing.T) {
	table := parseTable(t, koreas)
	for _, q := range []string{
		"", "sanctions", "korean", "norths koreas",
		"=DPRK", "=korea talks", `"north korea"`, `"DPRK" talks`, "korea* talks", "kor?a", "korea~1", "/korea/",
		"-DPRK", "talks -korea", "NOT (north korea)", "talks -(korea OR imf)",
		"korea NEAR/5 talks", "talks ADJ (korea OR dprk)",
		"author:korea", "topic:korea", "source:imf", "date:2024", "url:korea",
		"ballistic OR korean",
	} {
		n := parseQuery(t, q)
		if got, uses := table.Expand(inEnglish, n); !reflect.DeepEqual(got, n) || uses != nil {
			t.Errorf("%s becomes %s, by %v", q, got, uses)
		}
		n = parseQuery(t, strings.ReplaceAll(q, "sanctions", "korea"))
		if got, uses := new(Table).Expand(inEnglish, n); !reflect.DeepEqual(got, n) || uses != nil {
			t.Errorf("%s becomes %s, by no names at all", q, got)
		}
	}
}

func TestOrdinaryNames(t *testing.T) {
	table := parseTable(t, `
aliases:
  - [United States, US]
  - [World Health Organization, WHO]
  - [United Nations, U.N.]
  - [Federal Reserve, Fed]
  - [Islamic State, IS, ISIS]
  - [Strategic Arms Reduction Treaty, New START]
one_way:
  WHO: [Geneva]
  Brexit: [US, May]
`)
	const is = `"Islamic State"^0.7 OR =ISIS^0.7`
	tests := []struct{ query, want string }{
		// Looked up as the file writes them, in capitals, or with full stops.
		{"US sanctions", `(US OR "United States"^0.7) sanctions`},
		{"U.S. sanctions", `(U.S. OR "United States"^0.7) sanctions`},
		{"u.s. sanctions", `(u.s. OR "United States"^0.7) sanctions`},
		{"U.S.", `U.S. OR "United States"^0.7`},
		{"tell us more", "tell us more"},
		{"Us and them", "Us and them"},
		{"UN report", `(UN OR "United Nations"^0.7) report`},
		{"Kim Jong Un", "Kim Jong Un"},
		{"Fed", `Fed OR "Federal Reserve"^0.7`},
		{"FED", `FED OR "Federal Reserve"^0.7`},
		{"fed up", "fed up"},
		{"new start talks", "new start talks"},
		{"New START talks", `(New START OR "Strategic Arms Reduction Treaty"^0.7) talks`},
		// Never looked for in articles.
		{"United States", "United States"},
		{"united nations", "united nations"},
		{"World Health Organization", `World Health Organization OR =Geneva^0.4`},
		{"Brexit", "Brexit"},
		{"ISIS", `ISIS OR "Islamic State"^0.7`},
		// A stop word asks for nothing beside other words: that isn't changed.
		{"IS", "IS OR " + is},
		{"IS attacks", "IS attacks"},
		{"IS OR attacks", "(IS OR " + is + ") OR attacks"},
		{"title:IS", "title:(IS OR " + is + ")"},
		{"who is WHO", `who is (WHO OR "World Health Organization"^0.7 OR =Geneva^0.4)`},
	}
	for _, tt := range tests {
		if got := expand(t, table, tt.query); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.query, got, tt.want)
		}
	}
}

func TestUses(t *testing.T) {
	table := parseTable(t, koreas)
	_, uses := table.Expand(inEnglish, parseQuery(t, "North Korea talks title:Covid-19"))
	var got []string
	for _, u := range uses {
		got = append(got, fmt.Sprintf("%s -> %s: %s -> %s", u.From, u.To, u.Asked, u.Alias))
	}
	want := []string{
		`North Korea -> DPRK: North Korea -> =DPRK`,
		`North Korea -> Democratic People's Republic of Korea: North Korea -> "Democratic People's Republic of Korea"`,
		`North Korea -> Pyongyang: North Korea -> =Pyongyang`,
		`Covid-19 -> Covid: title:Covid-19 -> title:=Covid`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("uses (-want +got):\n%s", diff)
	}
}

// New nodes stand where the name stands.
func TestPlaces(t *testing.T) {
	const q = "talks of north korea (imf) and title:korea^2"
	n, _ := parseTable(t, koreas).Expand(inEnglish, parseQuery(t, q))
	got := map[string]bool{}
	query.Walk(n, func(n query.Node) bool {
		start, end := n.Pos()
		switch n := n.(type) {
		case query.Or, query.Phrase:
			got[q[start:end]] = true
		case query.Word:
			if w := q[start:end]; w != n.Text {
				got[w] = true
			}
		}
		return true
	})
	want := map[string]bool{"north korea": true, "imf": true, "korea": true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// What may be missing when a query is relaxed is the name as a whole.
func TestRelax(t *testing.T) {
	table := parseTable(t, koreas)
	for _, tt := range []struct{ query, want string }{
		{"imf dprk", `(imf OR "International Monetary Fund"^0.7 OR "the Fund in Washington"^0.4) OR ` +
			`(dprk OR "North Korea"^0.7 OR "Democratic People's Republic of Korea"^0.7 OR =Pyongyang^0.4)`},
		{"ivory coast cocoa", `((ivory OR coast) OR "Côte d'Ivoire"^0.7) OR cocoa`},
		{"(ivory coast)^2 cocoa", `((ivory OR coast) OR "Côte d'Ivoire"^0.7)^2 OR cocoa`},
		{"+korea cocoa exports", `+(korea OR =Corea^0.7) (cocoa OR exports)`},
		{"korea AND cocoa", `(korea OR =Corea^0.7) AND cocoa`},
		{"title:korea cocoa exports", `title:(korea OR =Corea^0.7) (cocoa OR exports)`},
	} {
		n, _ := table.Expand(inEnglish, parseQuery(t, tt.query))
		n, _ = query.Relax(n)
		if got := unwrapped(n).String(); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.query, got, tt.want)
		}
	}
}

func TestLimits(t *testing.T) {
	var many strings.Builder
	for i := range 20 {
		fmt.Fprintf(&many, ", other%d", i)
	}
	table := parseTable(t, "aliases: [[name"+many.String()+"]]")
	for q, want := range map[string]int{"name": 16, "name name": 32, strings.Repeat("name ", 9): 64} {
		n, uses := table.Expand(inEnglish, parseQuery(t, q))
		if len(uses) != want {
			t.Errorf("%s has %d uses, want %d", q, len(uses), want)
		}
		if uses[0].To != "other0" || uses[15].To != "other15" {
			t.Errorf("%s finds %s to %s, want those that come first", q, uses[0].To, uses[15].To)
		}
		boosts := 0
		query.Walk(n, func(n query.Node) bool {
			if _, ok := n.(query.Boost); ok {
				boosts++
			}
			return true
		})
		if boosts != want {
			t.Errorf("%s has %d alternatives, want %d", q, boosts, want)
		}
	}
}

// properties' names: of words that stand alone, that queries leave out, that
// occur in each other.
const tangled = `
aliases:
  - [a b, c, d e f, b]
  - [IT, the a, g]
  - [to be, a-b-c, US]
  - [the b, of, h]
  - [g h, h g]
one_way:
  a b: [g, b c]
  g: [the, c d]
  US: [e]
`

var tangledWords = []string{"a", "b", "c", "d", "e", "f", "g", "h", "to", "be", "the", "of", "it", "us", "a-b", "IT", "US"}

// What a query matches, it matches with its aliases; and what these add holds
// one of them.
func TestNothingIsLost(t *testing.T) {
	table := parseTable(t, tangled)
	rapid.Check(t, func(t *rapid.T) {
		q := genQuery(3).Draw(t, "query")
		n, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := query.Parse(q)
		x, uses := table.Expand(inEnglish, n)
		if !reflect.DeepEqual(n, again) {
			t.Fatalf("%s is changed to %s", again, n)
		}
		if len(uses) == 0 && !reflect.DeepEqual(x, n) {
			t.Fatalf("%s becomes %s by nothing", n, x)
		}
		d := genDoc().Draw(t, "article")
		for _, c := range []match.Context{{Analyzer: english}, {Analyzer: english, Any: true}} {
			before, after := matches(t, n, c, d), matches(t, x, c, d)
			if before && !after {
				t.Fatalf("any %v: %s matches, %s does not", c.Any, n, x)
			}
			found := func(u Expansion) bool { return matches(t, u.Alias, match.Context{Analyzer: english}, d) }
			if after && !before && !slices.ContainsFunc(uses, found) {
				t.Fatalf("any %v: %s matches without any of %v, %s does not", c.Any, x, uses, n)
			}
		}
	})
}

func matches(t *rapid.T, n query.Node, c match.Context, d *match.Doc) bool {
	plan, err := match.Lower(n, c)
	if err != nil {
		t.Fatal(err)
	}
	return match.Match(plan, d)
}

func genQuery(depth int) *rapid.Generator[string] {
	leaf := rapid.OneOf(rapid.SampledFrom(tangledWords), rapid.SampledFrom([]string{
		"=a", `"a b"`, "title:b", "title:IT", "title:(a b)", "summary:(g h US)", "+c", "-d", "c^2", "a NEAR/2 b", "topic:x", "b*",
	}))
	if depth == 0 {
		return leaf
	}
	below := genQuery(depth - 1)
	return rapid.OneOf(leaf, rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(below, 2, 4).Draw(t, "parts")
		between := rapid.SampledFrom([]string{" ", " ", " AND ", " OR "}).Draw(t, "between")
		all := strings.Join(parts, between)
		return rapid.SampledFrom([]string{all, "(" + all + ")", "(" + all + ")^2"}).Draw(t, "group")
	}))
}

func genDoc() *rapid.Generator[*match.Doc] {
	run := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(tangledWords), 0, 6), func(words []string) string { return strings.Join(words, " ") })
	return rapid.Custom(func(t *rapid.T) *match.Doc {
		return match.Analyze(english, match.Input{
			Title:   run.Draw(t, "title"),
			Summary: run.Draw(t, "summary"),
			Body:    []string{run.Draw(t, "body")},
			Topics:  rapid.SliceOfN(rapid.Just("x"), 0, 1).Draw(t, "topics"),
		})
	})
}
