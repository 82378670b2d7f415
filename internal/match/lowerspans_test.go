package match

import (
	"errors"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

func TestLowerSpans(t *testing.T) {
	tests := []struct{ query, want string }{
		// What a Near can say stays one.
		{"war NEAR/5 peace", "war NEAR/5 peac"},
		{"caps:WHO NEAR/5 crisis", "caps:WHO NEAR/5 crisi"},
		{"(=wars OR caps:WHO) ADJ/5 peace", `("wars" OR caps:WHO) ADJ/5 peac`},

		// Sentences and paragraphs.
		{"war NEAR/s peace", "war NEAR/s peac"},
		{"wars ADJ/p =wars", `war ADJ/p "wars"`},
		{`title:(war NEAR/s "the peace")`, `title:(war NEAR/s "the peace")`},
		{"war NEAR/s (peace OR e-mail)", `war NEAR/s (peac OR "e mail" OR email)`},
		{"war NEAR/s person:kim", "war NEAR/s person:kim"},
		{"war NEAR/s is:forecast", "war NEAR/s is:forecast"},
		{"war NEAR/s is:forecast NEAR/s peace", "(war NEAR/s peac) NEAR/s is:forecast"},
		{"is:caveat NEAR/s is:forecast", "is:caveat is:forecast"},
		{"war NEAR/s is:(forecast OR caveat)", "(war NEAR/s is:forecast OR war NEAR/s is:caveat)"},
		{"war NOT NEAR/s is:forecast", "war NOT NEAR/s is:forecast"},

		// Nested and negated.
		{`(war NEAR/3 peace) NEAR/10 (treaty OR "red line")`, `(war NEAR/3 peac) NEAR/10 (treati OR "red line")`},
		{"war NEAR/5 (peace OR treaty ADJ/2 signed)", "war NEAR/5 (peac OR treati ADJ/2 sign)"},
		{"war NOT NEAR/5 peace", "war NOT NEAR/5 peac"},
		{"war NOT ADJ/5 (peace OR truce)", "war NOT ADJ/5 (peac OR truce)"},
		{"body:(war NOT NEAR/p peace)", "body:(war NOT NEAR/p peac)"},

		// Counts.
		{"atleast/5 war", "atleast/5 war"},
		{"atleast/5 (war OR peace*)", "atleast/5 (war OR peace*)"},
		{"atleast/5 (war peace)", "(atleast/5 war AND atleast/5 peac)"},
		{"atleast/5 (the war)", "atleast/5 war"},
		{"atleast/5 the", `atleast/5 "the"`},
		{"atleast/5 war NEAR/3 peace", "atleast/5 war NEAR/3 peac"},
		{"atleast/5 caps:WHO", "atleast/5 caps:WHO"},
		{"title:(atleast/2 war)", "title:(atleast/2 war)"},
		{"-atleast/2 war", "NOT atleast/2 war"},

		// Leads.
		{"lead:war", "lead:war"},
		{"lead/100:(war peace)", "(lead/100:war AND lead/100:peac)"},
		{"lead:(the war)", "lead:war"},
		{"lead:(war -peace)", "(lead:war AND NOT lead:peac)"},
		{"lead:(war NEAR/5 peace)", "lead:(war NEAR/5 peac)"},
		{"lead:(war NEAR/s peace)", "lead:(war NEAR/s peac)"},
		{"lead:(atleast/2 war)", "lead:(atleast/2 war)"},
		{"lead:e-mail", `(lead:"e mail" OR lead:email^0.8)`},
		{"lead:(war OR peace)^2", "(lead:war OR lead:peac)^2"},
		{"lead:caps:WHO", "lead:caps:WHO"},
		{"lead:!!! war", `war`},

		// Capitals.
		{"caps:AIDS", "caps:AIDS"},
		{"caps:who", "caps:who"},
		{`caps:"White House"`, `caps:"White House"`},
		{`caps:"the White *"`, `caps:"the White"`},
		{"caps:(AIDS OR HIV)", "(caps:AIDS OR caps:HIV)"},
		{"caps:(AIDS HIV)", "(caps:AIDS AND caps:HIV)"},
		{"caps:Turk*", "caps:Turk*"},
		{"caps:U.S.", "caps:US"},
		{"caps:Obama's", "caps:Obama"},
		{"caps:McCain", "caps:mccain (some capitals)"},
		{"title:(caps:WHO war)", "(title:caps:WHO AND title:war)"},
		{"the caps:WHO", "caps:WHO"},

		// Kinds of sentences.
		{"is:forecast", "is:forecast"},
		{"-is:forecast", "NOT is:forecast"},
		{"is:(forecast OR caveat)", "(is:forecast OR is:caveat)"},
		{"is:forecast war", "(war AND war NEAR/s is:forecast)"},
		{`is:forecast war "north korea"`, `(war AND "north korea" AND (war NEAR/s "north korea") NEAR/s is:forecast)`},
		{"is:forecast the war -peace title:treaty", "(war AND NOT peac AND title:treati AND war NEAR/s is:forecast)"},
		{`is:forecast korea "north korea"`, `(korea AND "north korea" AND "north korea" NEAR/s is:forecast)`},
		{"is:forecast war wars", "(war AND war AND war NEAR/s is:forecast)"},
		{"is:forecast (war OR title:peace)", "((war OR title:peac) AND is:forecast)"},
		{"is:forecast is:caveat war", "(war AND war NEAR/s is:caveat NEAR/s is:forecast)"},
		{"war is:forecast^2", "(war AND war NEAR/s is:forecast^2)"},
		{"is:forecast caps:WHO war", "(caps:WHO AND war AND (caps:WHO NEAR/s war) NEAR/s is:forecast)"},
		{"is:forecast war NEAR/3 peace", "(war NEAR/3 peac AND (war NEAR/3 peac) NEAR/s is:forecast)"},
		{"is:forecast topic:asia", "(topic=asia AND is:forecast)"},
		{"is:forecast atleast/3 war", "(atleast/3 war AND is:forecast)"},

		// Quotations.
		{"said:(war NEAR/s peace)", "said:(war NEAR/s peac)"},
		{"said:(war NOT NEAR/5 peace) by:kim", "said:(war NOT NEAR/5 peac) by:kim"},

		// Lengths.
		{"words:>1000 war", "(1001 to -1 words AND war)"},
		{"words:500..800", "500 to 800 words"},
		{"words:*", "all"},

		// Bounded patterns.
		{"earn*{2}", "/earn.{0,2}/"},
		{"col*{1}r*", "/col.{0,1}r.*/"},
		{`"earn*{2} money"`, `"/earn.{0,2}/ money"`},
		{"title:earn*{2}", "title:/earn.{0,2}/"},
		{"war NEAR/3 earn*{2}", "war NEAR/3 /earn.{0,2}/"},
	}
	for _, tt := range tests {
		n, err := query.Parse(tt.query)
		if err != nil {
			t.Errorf("Parse(%s): %v", tt.query, err)
			continue
		}
		p, err := Lower(n, testContext())
		if err != nil {
			t.Errorf("Lower(%s): %v", tt.query, err)
			continue
		}
		if got := show(p); got != tt.want {
			t.Errorf("Lower(%s) = %s, want %s", tt.query, got, tt.want)
		}
	}
}

// Any of the words will do, in the sentence too.
func TestLowerSpansToAny(t *testing.T) {
	c := testContext()
	c.Any = true
	tests := []struct{ query, want string }{
		{"is:forecast war peace", "((war OR peac) AND (war OR peac) NEAR/s is:forecast)"},
		{"lead:(war peace)", "(lead:war OR lead:peac)"},
		{"atleast/3 war peace", "(atleast/3 war AND peac)"},
		{"war NEAR/s peace treaty", "(war NEAR/s peac AND treati)"},
	}
	for _, tt := range tests {
		if got := show(lower(t, tt.query, c)); got != tt.want {
			t.Errorf("Lower(%s) = %s, want %s", tt.query, got, tt.want)
		}
	}
}

// In several languages a word has a stem of each.
func TestLowerSpansInLanguages(t *testing.T) {
	c := testContext()
	c.Others = []analysis.Analyzer{analysis.Of("de")}
	tests := []struct{ query, want string }{
		{"sanktionen NEAR/s krieg", "(sanktionen OR de:sanktion) NEAR/s (krieg OR de:krieg)"},
		{"atleast/2 sanktionen", "atleast/2 (sanktionen OR de:sanktion)"},
		{"lead:sanktionen", "(lead:sanktionen OR lead:de:sanktion)"},
	}
	for _, tt := range tests {
		if got := show(lower(t, tt.query, c)); got != tt.want {
			t.Errorf("Lower(%s) = %s, want %s", tt.query, got, tt.want)
		}
	}
}

func TestLowerSpansErrors(t *testing.T) {
	tests := []struct{ query, want string }{
		{`lead:"oil price"~3`, "quotation with ~ within lead: of 50 words at column 1; write a ADJ/5 b instead"},
		{`is:forecast "oil price"~3`, "a quotation with ~ beside is: at column 13; write words joined by ADJ, such as oil ADJ/3 price"},
		{"said:(atleast/2 war)", "neither word nor phrase among words of one quotation at column 7"},
	}
	for _, tt := range tests {
		n, err := query.Parse(tt.query)
		if err != nil {
			t.Errorf("Parse(%s): %v", tt.query, err)
			continue
		}
		_, err = Lower(n, testContext())
		var mistake *query.SyntaxError
		if !errors.As(err, &mistake) {
			t.Errorf("Lower(%s): %v", tt.query, err)
			continue
		}
		mistake.Text = tt.query
		if !strings.HasPrefix(mistake.Error(), tt.want) {
			t.Errorf("Lower(%s): %v, want %s", tt.query, mistake, tt.want)
		}
	}
}
