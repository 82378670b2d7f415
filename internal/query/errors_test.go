package query

import (
	"errors"
	"strings"
	"testing"
)

// What is wrong, where, and how to mend it.
func TestParseErrors(t *testing.T) {
	tests := []struct{ query, want string }{
		// Quotation marks and parentheses.
		{`korea and the "bomb`, `unclosed quotation at column 15; add " at the end`},
		{`“bomb`, `unclosed quotation at column 1; add ” at the end`},
		{`«bomb`, `unclosed quotation at column 1; add » at the end`},
		{`a ""`, `empty quotation at column 3; write words between the marks, or remove them`},
		{`"a b"~ c`, `~ without a number at column 6; write the number of other words that may stand between, as in "a b"~3`},
		{`a (b OR c`, `unclosed parenthesis at column 3; add ) at the end`},
		{`a b) c`, `closing parenthesis without an opening one at column 4; remove it, or add ( before it`},
		{`a ()`, `empty parentheses at column 3; write words between them, or remove them`},

		// Operators that lack a side.
		{`OR a`, `nothing to the left of OR at column 1; remove it, or put it in quotation marks to search for the word`},
		{`a OR`, `nothing to the right of OR at column 3; remove it, or put it in quotation marks to search for the word`},
		{`a OR OR b`, `nothing to the left of OR at column 6; remove it, or put it in quotation marks to search for the word`},
		{`(a AND) b`, `nothing to the right of AND at column 4; remove it, or put it in quotation marks to search for the word`},
		{`AND THEN THERE WERE NONE`, `nothing to the left of AND at column 1; remove it, or put it in quotation marks to search for the word`},
		{`a AND OR b`, `nothing to the right of AND at column 3; remove it, or put it in quotation marks to search for the word`},
		{`a NOT`, `nothing to the right of NOT at column 3; remove it, or put it in quotation marks to search for the word`},
		{`NOT OR b`, `nothing to the right of NOT at column 1; remove it, or put it in quotation marks to search for the word`},

		// NEAR and ADJ.
		{`NEAR b`, `nothing to the left of NEAR at column 1; remove it, or put it in quotation marks to search for the word`},
		{`a NEAR/3`, `nothing to the right of NEAR/3 at column 3; remove it, or put it in quotation marks to search for the word`},
		{`a NEAR/x b`, `NEAR/x without a distance at column 3; write NEAR/5, or any number of words from 1 to 1000, NEAR/s for one sentence or NEAR/p for one paragraph`},
		{`a ADJ/0 b`, `ADJ/0 without a distance at column 3; write ADJ/5, or any number of words from 1 to 1000, ADJ/s for one sentence or ADJ/p for one paragraph`},
		{`a NEAR/5 b ADJ/3 c`, `ADJ/3 after NEAR/5 at column 12; put parentheses around one of them, as in (a NEAR/5 b) ADJ/3 c`},
		{`a NEAR (b c)`, `several words beside NEAR at column 9; join them by OR, or put them in quotation marks as a phrase`},
		{`a NEAR (b OR (c d))`, `several words beside NEAR at column 15; join them by OR, or put them in quotation marks as a phrase`},
		{`title:a NEAR b`, `a field beside NEAR at column 1; write title:(a NEAR b), with all of it in one field`},
		{`a NEAR person:K*`, `a name that isn't written out beside NEAR at column 8; write whole words of it, such as person:Kim or person:"Kim Jong Un", or person:* for any`},
		{`a NEAR place:(rome -paris)`, `a name that isn't written out beside NEAR at column 8; write whole words of it, such as place:Kim or place:"Kim Jong Un", or place:* for any`},
		{`a ADJ date:2024`, `a date beside ADJ at column 7; write AND: dates have no place in the text`},
		{`a NEAR -b`, `a sign or NOT after NEAR at column 8; write it behind all, as in a NEAR b -c`},
		{`a NEAR NOT b`, `a sign or NOT after NEAR at column 8; write it behind all, as in a NEAR b -c`},
		{`a NEAR (-b)`, `a negation beside NEAR at column 9; write the words to avoid after the others, as in a NEAR b -c`},
		{`a NEAR b^2`, `a boost beside NEAR at column 8; write it behind all, as in (a NEAR b)^2`},
		{`"a b"~2 NEAR c`, `a quotation with ~ beside NEAR at column 1; remove ~2`},
		{`a NEAR *`, `nothing to search for beside NEAR at column 8; write a word there`},
		{`topic:(a NEAR b)`, `a value of topic: beside NEAR at column 8; write AND: values have no places in the text`},

		// Fields.
		{`autor:okoye`, `unknown field autor at column 1; did you mean author:? put it in quotation marks to search for the text`},
		{`a -Sumary:x`, `unknown field Sumary at column 4; did you mean summary:? put it in quotation marks to search for the text`},
		{`topci:x`, `unknown field topci at column 1; did you mean topic:? put it in quotation marks to search for the text`},
		{`topic: asia`, `topic: without a value at column 1; write topic:asia, without a space, or leave out the colon`},
		{`topic: AND b`, `topic: without a value at column 1; write topic:word, without a space, or leave out the colon`},
		{`(author:)`, `author: without a value at column 2; write author:word, without a space, or leave out the colon`},
		{`korea since: 2w`, `since: without a value at column 7; write since:2w, without a space, or leave out the colon`},
		{`topic:-asia`, `minus after topic: at column 7; write -topic:asia`},
		{`title:(body:x)`, `body: within title: at column 8; write one beside the other, each with its own words`},
		{`date:(2020 title:x)`, `title: within date: at column 12; write one beside the other, each with its own words`},
		{`title:[a TO b]`, `range in title: at column 7; only date: and words: have ranges; put it in quotation marks to search for the text`},
		{`title:>=5`, `range in title: at column 7; only date: and words: have ranges; put it in quotation marks to search for the text`},
		{`source:a..b`, `range in source: at column 8; only date: and words: have ranges; put it in quotation marks to search for the text`},

		// Dates.
		{`date:2024-13`, `no such month as 2024-13 at column 6; write 2024-12`},
		{`date:2023-02-29`, `no such day as 2023-02-29 at column 6; February 2023 has 28 days; write 2023-02-28`},
		{`date:05/03/2024`, `no such date as 05/03/2024 at column 6; write 2024-03-05 or 2024-05-03`},
		{`date:2024-2025`, `no such month as 2024-2025 at column 6; write 2024..2025 for the years between`},
		{`date:2023..soon`, `no such date as soon at column 12; write 2024, 2024-03, 2024-03-05, 30d, yesterday or monday`},
		{`date:2024..2020`, `range from 2024 back to 2020 at column 6; write 2020..2024`},
		{`date:[2024 TO 2020]`, `range from 2024 back to 2020 at column 7; write 2020..2024`},
		{`date:[2020 TO`, `no such date as [2020 at column 6; write 2024, 2024-03, 2024-03-05, 30d, yesterday or monday`},
		{`date:[2020 x TO 2021]`, `range in brackets that is not two dates at column 6; write date:2023..2024 or date:[2023 TO 2024]`},
		{`date:[2020 TO 2021 22]`, `range in brackets that is not two dates at column 6; write date:2023..2024 or date:[2023 TO 2024]`},
		{`date:""`, `no date at column 6; write date:2024`},
		{`date:!`, `no date at column 6; write date:2024`},
		{`date:> 2024`, `no date after > at column 1; write date:>2024, without a space`},
		{`since:2023..2024`, `since: without a single date at column 7; write since:2024, or a range as date:2023..2024`},
		{`since:(2024)`, `since: without a single date at column 7; write since:2024, or a range as date:2023..2024`},

		// Words.
		{`word~3`, `fuzziness 3 at column 1; write ~1 or ~2`},
		{`word~0.8`, `fuzziness 0.8 at column 1; write ~1 or ~2`},
		{`pres*~`, `wildcard and ~ on one word at column 1; remove one of them`},
		{`a*b\*`, `* as text beside wildcards at column 5; remove it: words hold no such sign`},
		{`word^1001`, `boost above 1000 at column 5; write a smaller one`},

		// Regular expressions.
		{`/a(b/`, "regular expression with missing closing ): `a(b` at column 1; mend it, or put it in quotation marks to search for the text"},
		{`x /^a/`, `anchor in a regular expression at column 3; remove ^ and $: it matches whole words`},
		{`/a\b/`, `word boundary in a regular expression at column 1; remove \b: it matches whole words`},
		{`/a+?b/`, `lazy repeat in a regular expression at column 1; remove the ? after the repeat: it matches whole words`},
		{`/a{101}/`, `regular expression that repeats a part up to 101 times at column 1; write * or +, or counts of at most 100, multiplied where one is within another`},

		// Columns count characters, not bytes, and not what combines.
		{"核抑止力 (", "unclosed parenthesis at column 6; add ) at the end"},
		{"cafe\u0301 (", "unclosed parenthesis at column 6; add ) at the end"},
	}
	for _, tt := range tests {
		n, err := Parse(tt.query)
		if err == nil {
			t.Errorf("Parse(%s) = %s, want error %s", tt.query, n, tt.want)
			continue
		}
		if err.Error() != tt.want {
			t.Errorf("Parse(%s) fails with\n%s, want\n%s", tt.query, err, tt.want)
		}
		checkError(t, tt.query, err)
	}
}

func TestCaret(t *testing.T) {
	long := strings.Repeat("word ", 40)
	tests := []struct{ query, want string }{
		{"a (b", "a (b\n  ^"},
		{"核抑止力 (b", "核抑止力 (b\n         ^"},
		{"🙂 cafe\u0301 (b", "🙂 cafe\u0301 (b\n        ^"},
		{"a\n\tb (c", "a  b (c\n     ^"},
		{"a OR", "a OR\n  ^"},
		{"(" + long, "(" + long[:70] + "…\n^"},
		{
			long + "(b " + long,
			"…" + long[152:] + "(b " + long[:20] + "…\n" + strings.Repeat(" ", 49) + "^",
		},
	}
	for _, tt := range tests {
		_, err := Parse(tt.query)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Parse(%s) gives %v", tt.query, err)
			continue
		}
		if got := syntax.Caret(); got != tt.want {
			t.Errorf("Parse(%s) has caret\n%s\nwant\n%s", tt.query, got, tt.want)
		}
	}
}

// An error made by hand holds its place within the text.
func TestErrorOutside(t *testing.T) {
	for _, offset := range []int{-1, 0, 3, 4, 1 << 40} {
		e := SyntaxError{Text: "abc", Offset: offset, Msg: "something"}
		if got := e.Error(); !strings.HasPrefix(got, "something at column ") || strings.Contains(got, ";") {
			t.Errorf("at %d: %s", offset, got)
		}
		_ = e.Caret()
	}
}
