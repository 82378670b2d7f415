package match

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/query"
)

func TestLowerMarks(t *testing.T) {
	tests := []struct{ query, want string }{
		{`sanctions NEAR/5 person:*`, `sanction NEAR/5 person:*`},
		{`person:Kim ADJ/3 (sanctions OR oil)`, `person:kim ADJ/3 (sanction OR oil)`},
		{`"red line" NEAR/5 person:"Kim Jong Un"`, `"red line" NEAR/5 person:"jong kim un"`},
		{`(person:Kim OR org:UN) NEAR/2 war`, `(person:kim OR org:un) NEAR/2 war`},
		{`person:Kim`, `person:"kim"`},
		{`said:nuclear`, `said:(nuclear)`},
		{`said:"red line"`, `said:("red line")`},
		{`said:(the war nuclear)`, `said:(war nuclear)`},
		{`said:(war OR peace)`, `said:(war) said:(peac)`},
		{`said:(war (peace OR truce))`, `said:(war (peac OR truce))`},
		{`said:(war NEAR/3 peace)`, `said:(war NEAR/3 peac)`},
		{`said:*`, `said:*`},
		{`said:nuclear by:Kim`, `said:(nuclear) by:kim`},
		{`by:Kim said:war`, `said:(war) by:kim`},
		{`said:nuclear said:war by:*`, `said:(nuclear war) by:*`},
		{`said:nuclear AND by:(Kim OR "Donald Trump")`, `said:(nuclear) by:kim said:(nuclear) by:"donald trump"`},
		{`said:nuclear by:(Kim Un) korea`, `korea said:(nuclear) by:"kim un"`},
		{`by:Kim`, `author:"kim" by:kim`},
		{`by:*`, `author:"*" by:*`},
		{`said:"a b"~3`, `said:("a b"~3)`},
		{`said:presid* by:kim`, `said:(presid*) by:kim`},
	}
	for _, tt := range tests {
		p := lower(t, tt.query, Context{Analyzer: english})
		var labels []string
		for _, leaf := range Leaves(p) {
			labels = append(labels, leaf.Label())
		}
		if got := strings.Join(labels, " "); got != tt.want {
			t.Errorf("%s asks for %s, want %s", tt.query, got, tt.want)
		}
	}
}

func TestLowerMarksRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`by:K*`:                `pattern where by: wants a name`,
		`said:(war -peace)`:    `neither word nor phrase among words of one quotation`,
		`war NEAR/3 person:K*`: `a name that isn't written out beside NEAR at column 12`,
		fmt.Sprintf(`by:(%s) by:(%s)`, strings.Repeat("a OR ", 9)+"b", strings.Repeat("c OR ", 9)+"d"): `more than 64 names`,
	} {
		n, err := query.Parse(text)
		if err == nil {
			_, err = Lower(n, Context{Analyzer: english})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
