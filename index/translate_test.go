package index_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// analystsQuery is a block of testdata/dialects.txt: a query as analysts type it, in the
// language that is its first word; behind ; why it is read so; behind = what it is in newsq's
// language; behind - a note with the words that it is about; behind # how many articles of
// allsides it finds, to the letter, "with names" where those in texts must have been found.
type analystsQuery struct {
	syntax       index.Syntax
	text, read   string
	notes, finds string
}

func analystsQueries(t *testing.T) []analystsQuery {
	t.Helper()
	b, err := os.ReadFile("testdata/dialects.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []analystsQuery
	for block := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n\n") {
		var q analystsQuery
		for i, line := range strings.Split(block, "\n") {
			sign, rest, _ := strings.Cut(line, " ")
			switch {
			case i == 0:
				if q.syntax, err = index.ParseSyntax(sign); err != nil {
					t.Fatal(err)
				}
				q.text = rest
			case sign == "=":
				q.read = rest
			case sign == "-":
				q.notes += rest + "\n"
			case sign == "#":
				q.finds = rest
			}
		}
		out = append(out, q)
	}
	return out
}

func TestAnalystsQueriesAreTranslated(t *testing.T) {
	queries := analystsQueries(t)
	if len(queries) != 30 {
		t.Errorf("%d queries", len(queries))
	}
	for _, q := range queries {
		got, err := index.Translate(q.syntax, q.text)
		if err != nil {
			t.Errorf("%s: %v", q.text, err)
			continue
		}
		notes := ""
		for _, n := range got.Notes {
			notes += fmt.Sprintf("%s: %s\n", q.text[n.Start:n.End], n.Text)
		}
		if got.Query != q.read || notes != q.notes {
			t.Errorf("%s\nis\n%s\n%swant\n%s\n%s", q.text, got.Query, notes, q.read, q.notes)
		}
	}
}

func TestRealDataAnalystsQueries(t *testing.T) {
	ix := realIndex(t)
	hasNames := totalOf(t, ix, "place:*") > 0 // the articles state none
	for _, q := range analystsQueries(t) {
		finds, ofNames := strings.CutSuffix(q.finds, " with names")
		if q.finds = finds; ofNames && !hasNames {
			t.Logf("%s %s: not searched, as the index has no names found in texts", q.syntax, q.text)
			continue
		}
		res := search(t, ix, index.Query{
			Text: q.text, Syntax: q.syntax, NoAliases: true, Limit: -1, TopicsFrom: []corpus.Origin{corpus.Stated, corpus.ByRule},
		})
		if got := fmt.Sprint(res.Total); got != q.finds {
			t.Errorf("%s %s finds %s, not %s", q.syntax, q.text, got, q.finds)
		}
		if res.Reading == nil || res.Reading.Query != q.read {
			t.Errorf("%s is read as %+v", q.text, res.Reading)
		}
		if as := totalOf(t, ix, q.read); fmt.Sprint(as) != q.finds {
			t.Errorf("%s finds %d, not %s", q.read, as, q.finds)
		}
	}
}

func TestQueryInOtherSyntax(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	for _, tt := range []struct {
		q    index.Query
		want string
	}{
		{index.Query{Text: "hd=port", Syntax: index.SyntaxFactiva}, ""},
		{index.Query{Text: "", Syntax: index.SyntaxNexis}, ""},
		{index.Query{Text: "port and (", Syntax: index.SyntaxNexis}, "unclosed parenthesis at column 10"},
		{index.Query{Text: "port and (", Syntax: index.SyntaxNexis, Lenient: true}, ""},
	} {
		res, err := ix.Search(t.Context(), tt.q)
		var syntax *index.SyntaxError
		switch {
		case tt.want == "" && err != nil, tt.want != "" && !errors.As(err, &syntax):
			t.Errorf("%+v: %v", tt.q, err)
		case tt.want != "" && !strings.HasPrefix(err.Error(), tt.want):
			t.Errorf("%+v: %v", tt.q, err)
		case tt.q.Lenient && (res.Reading != nil || !strings.Contains(strings.Join(res.Warnings, " "), "cannot be read as nexis")):
			t.Errorf("%+v: %q", tt.q, res.Warnings)
		}
	}
	if _, err := index.ParseSyntax("dialog"); err == nil {
		t.Error("dialog is a syntax")
	}
}

func TestUnknownSyntaxIsAnError(t *testing.T) {
	if _, err := index.Translate(index.Syntax(99), "oil"); err == nil || !strings.Contains(err.Error(), "syntax(99)") {
		t.Errorf("error %v", err)
	}
}
