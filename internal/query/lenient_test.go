package query

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A lenient parser makes the best of everything, and says so.
func TestParseLenient(t *testing.T) {
	tests := []struct {
		query, want string
		warnings    []string
	}{
		{`north korea -trump`, `north korea -trump`, nil},
		{`korea "the bomb`, `korea "the bomb"`, []string{`unclosed quotation at column 7; read it to the end`}},
		{`a (b OR c`, `a (b OR c)`, []string{`unclosed parenthesis at column 3; closed it at the end`}},
		{`a) first b) second`, `a first b second`, []string{
			`closing parenthesis without an opening one at column 2; ignored it`,
			`closing parenthesis without an opening one at column 11; ignored it`,
		}},
		{`() "" a`, `a`, []string{`empty parentheses at column 1; ignored them`, `empty quotation at column 4; ignored it`}},
		{`AND then there were none OR`, `then there were none`, []string{
			`nothing to the left of AND at column 1; ignored it`,
			`nothing to the right of OR at column 26; ignored it`,
		}},
		{`a OR OR b`, `a OR b`, []string{`nothing to the left of OR at column 6; ignored it`}},
		{`a NOT`, `a`, []string{`nothing to the right of NOT at column 3; ignored it`}},
		{`OR`, `*`, []string{`nothing to the left of OR at column 1; ignored it`}},
		{`a NEAR/9999 b`, `a NEAR/1000 b`, []string{`NEAR/9999 without a distance at column 3; took NEAR/1000`}},
		{`a NEAR b ADJ c`, `(a NEAR/10 b) ADJ/10 c`, []string{`ADJ after NEAR at column 10; read it from the left`}},
		{`a NEAR -b`, `a -b`, []string{`a sign or NOT after NEAR at column 8; took AND`}},
		{`title:a NEAR title:b`, `title:a AND title:b`, []string{`a field beside NEAR at column 1; took AND`}},
		{`autor:okoye`, `autor\:okoye`, []string{`unknown field autor at column 1; took it as text; did you mean author:?`}},
		{`topic: asia`, `topic:asia`, []string{`topic: without a value at column 1; took what follows it`}},
		{`asia topic:`, `asia`, []string{`topic: without a value at column 6; ignored it`}},
		{`topic:-asia`, `-topic:asia`, []string{`minus after topic: at column 7; took it as before topic:`}},
		{`title:(body:x y)`, `title:(x y)`, []string{`body: within title: at column 8; ignored body:`}},
		{`title:>5`, `title:5`, []string{`range in title: at column 7; ignored the sign`}},
		{`korea date:2024-13`, `korea`, []string{`no such month as 2024-13 at column 12; ignored it`}},
		{`date:2024..2020`, `date:2020..2024`, []string{`range from 2024 back to 2020 at column 6; swapped them`}},
		{`since:(2024 OR 2025) x`, `x`, []string{`since: without a single date at column 7; ignored it`}},
		{`date:(title:)`, `*`, []string{`title: within date: at column 7; ignored title:`, `no date at column 13; ignored it`}},
		{`title:[a TO b]`, `title:a TO b]`, []string{`range in title: at column 7; ignored the sign`}},
		{`word~5`, `word~2`, []string{`fuzziness 5 at column 1; took ~2`}},
		{`"a b"~`, `"a b"`, []string{`~ without a number at column 6; ignored it`}},
		{`/a(b/`, `\/a\(b\/`, []string{"regular expression with missing closing ): `a(b` at column 1; took it as text"}},
		{"a\xffb", `a b`, []string{`text that is not UTF-8 at column 2; took it as a space`}},
	}
	for _, tt := range tests {
		n, warnings := ParseLenient(tt.query)
		if got := n.String(); got != tt.want {
			t.Errorf("ParseLenient(%s) = %s, want %s", tt.query, got, tt.want)
		}
		if diff := cmp.Diff(tt.warnings, warnings); diff != "" {
			t.Errorf("ParseLenient(%s) warns (-want +got):\n%s", tt.query, diff)
		}
	}
}

// Parentheses too deep are ignored in pairs.
func TestParseLenientTooDeep(t *testing.T) {
	deep := strings.Repeat("(", maxDepth+2) + "a b" + strings.Repeat(")", maxDepth+2) + " OR c"
	n, warnings := ParseLenient(deep)
	if got, want := n.String(), "a b OR c"; got != want || len(warnings) != 2 {
		t.Errorf("ParseLenient gives %s, want %s; warnings %q", got, want, warnings)
	}
}

// More warnings than anyone reads are counted.
func TestParseLenientManyWarnings(t *testing.T) {
	_, warnings := ParseLenient("() () () () () () () () () () () () a")
	if len(warnings) != maxWarnings+1 || warnings[maxWarnings] != "2 more mended" {
		t.Errorf("warnings are %q", warnings)
	}
}
