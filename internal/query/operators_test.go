package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Sentences and paragraphs, nested and negated proximity.
func TestParseProximity(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"a NEAR/s b", "a NEAR/s b"},
		{"a NEAR/S b", "a NEAR/s b"},
		{"a ADJ/p b ADJ/P c", "a ADJ/p b ADJ/p c"},
		{"a NOT NEAR b", "a NOT NEAR/10 b"},
		{"a NOT NEAR/5 b", "a NOT NEAR/5 b"},
		{"a NOT ADJ/5 (b OR c*)", "a NOT ADJ/5 (b OR c*)"},
		{`a NOT NEAR/s "b c"`, `a NOT NEAR/s "b c"`},
		{"a NOT NEAR/5 b NOT NEAR/5 c", "(a NOT NEAR/5 b) NOT NEAR/5 c"},
		{"a NOT NEAR/p b c", "a NOT NEAR/p b c"},
		{"-a NOT NEAR/5 b", "-(a NOT NEAR/5 b)"},
		{"(a NEAR/3 b) NEAR/10 (c OR \"d e\")", `(a NEAR/3 b) NEAR/10 (c OR "d e")`},
		{"(a NEAR/3 b) NOT NEAR/s (c ADJ/2 d)", "(a NEAR/3 b) NOT NEAR/s (c ADJ/2 d)"},
		{"a NEAR (b NEAR c)", "a NEAR/10 (b NEAR/10 c)"},
		{"a NEAR ((b ADJ c) OR d)", "a NEAR/10 (b ADJ/10 c OR d)"},
		{"title:(a NEAR/s b)", "title:(a NEAR/s b)"},
		{"=a NEAR/s =b", "=a NEAR/s =b"},
		{"sanctions NEAR/s is:forecast", "sanctions NEAR/s is:forecast"},
		{"person:kim NEAR/s (test OR caps:ICBM)", "person:kim NEAR/s (test OR caps:ICBM)"},
		// Without an operand before it, NOT has none.
		{`\NOT NEAR/5 b`, `\NOT NEAR/5 b`},
		{"not near b", "not near b"},
	})
}

func TestParseCounts(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"atleast/5 war", "atleast/5 war"},
		{"ATLEAST/5 war AtLeast/2 peace", "atleast/5 war atleast/2 peace"},
		{"atleast/5 a NEAR/3 b", "atleast/5 a NEAR/3 b"},
		{"atleast/5 (a NEAR/3 b) c", "atleast/5 a NEAR/3 b c"},
		{"-atleast/5 war", "-(atleast/5 war)"},
		{"NOT atleast/5 war", "-(atleast/5 war)"},
		{"(atleast/5 war)^2", "(atleast/5 war)^2"},
		{`atleast/3 (war OR "red line" OR warf*)`, `atleast/3 (war OR "red line" OR warf*)`},
		{"atleast/3 (war peace)", "atleast/3 (war peace)"},
		{"atleast/3 (war AND (peace OR truce))", "atleast/3 (war AND (peace OR truce))"},
		{"atleast/3 war OR peace", "atleast/3 war OR peace"},
		{"atleast/1 war", "war"},
		{"atleast/3 caps:WHO", "atleast/3 caps:WHO"},
		{"title:(atleast/2 war)", "title:(atleast/2 war)"},
		{"lead:(atleast/2 war)", "lead:(atleast/2 war)"},
		{"atleast/2(a b)", "atleast/2 (a b)"},
		// Text.
		{"at least 5 atleast five", "at least 5 atleast five"},
		{`\atleast/5 war`, `atleast\/5 war`},
		{`"atleast/5 war"`, `"atleast/5 war"`},
		{"url:atleast/5", "url:atleast/5"},
	})
}

func TestParseLimits(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"lead:war", "lead:war"},
		{"lead/50:war", "lead:war"},
		{"lead/100:(war -peace)", "lead/100:(war -peace)"},
		{"LEAD/100:war Lead:war", "lead/100:war lead:war"},
		{`lead:"red line" lead:=war lead:war*`, `lead:"red line" lead:=war lead:war*`},
		{"lead:(a NEAR/s b)", "lead:(a NEAR/s b)"},
		{"-lead:war", "-lead:war"},
		{"lead:(caps:WHO) lead:caps:WHO title:caps:WHO", "lead:(caps:WHO) lead:(caps:WHO) title:(caps:WHO)"},
		{"caps:AIDS", "caps:AIDS"},
		{`caps:"White House" caps:(AIDS OR HIV) caps:Turk*`, `caps:"White House" caps:(AIDS OR HIV) caps:Turk*`},
		{"caps:AIDS NEAR/5 crisis", "caps:AIDS NEAR/5 crisis"},
		{"CAPS:turkey", "caps:turkey"},
		{"is:forecast", "is:forecast"},
		{"IS:Forecast is:(Caveat OR recommendation)", "is:forecast is:(caveat OR recommendation)"},
		{"-is:caveat", "-is:caveat"},
		{"words:>1000 words:>=1000 words:<300 words:<=300", "words:>1000 words:1000.. words:<300 words:..300"},
		{"words:500..800 words:500 words:[500 TO 800} words:..800 words:*", "words:500..800 words:500 words:[500 TO 800} words:..800 words:*"},
		{"words:(<100 OR >1000)", "words:<100 OR words:>1000"},
		// Text that was pasted.
		{"Lead: Smith said", "Lead Smith said"},
		{"lead: Smith said", "lead Smith said"},
		{"caps: 20 words: 300 is: x", "caps 20 words 300 is x"},
		{"in other words: no deal is: near", "in other words no deal is near"},
		{"US$2 billion lead/follow lead/follow:x", "US$2 billion lead/follow lead/follow:x"},
		{"title:lead:x", `title:lead\:x`},
	})
}

func TestParseBoundedWildcards(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"col*{1}r earn*{2}", "col*{1}r earn*{2}"},
		{"*{3}ly a*{02}b*{3}", "*{3}ly a*{2}b*{3}"},
		{"title:earn*{2}", "title:earn*{2}"},
		{"a**{2}b a*{2}*b a*{2}* a*{2}*{3}", "a*b a*b a* a*{2}*{3}"},
		{"earn*{2}, earn*{2}^2", "earn*{2} earn*{2}^2"},
		{"a*{x} a*{} a*{2 {2} a{2}", "a*{x} a*{} a*{2 {2} a{2}"},
		{"*{3} b", "b"},
	})
}

// What is wrong with an operator, where, and how to mend it.
func TestParseOperatorErrors(t *testing.T) {
	tests := []struct{ query, want string }{
		{`a NEAR/s b NEAR/p c`, `NEAR/p after NEAR/s at column 12; put parentheses around one of them, as in (a NEAR/s b) NEAR/p c`},
		{`a NEAR/3 b NOT NEAR/5 c`, `NOT NEAR/5 after NEAR/3 at column 12; put parentheses around one of them, as in (a NEAR/3 b) NOT NEAR/5 c`},
		{`a NOT NEAR/0 b`, `NOT NEAR/0 without a distance at column 3; write NOT NEAR/5, or any number of words from 1 to 1000, NOT NEAR/s for one sentence or NOT NEAR/p for one paragraph`},
		{`NOT NEAR/5 b`, `nothing to the right of NOT at column 1; remove it, or put it in quotation marks to search for the word`},
		{`a NOT NEAR/5`, `nothing to the right of NOT NEAR/5 at column 3; remove it, or put it in quotation marks to search for the word`},
		{`a NOT NEAR -b`, `a sign or NOT after NOT NEAR at column 12; remove one of them`},
		{`a NEAR atleast/2 b`, `atleast/2 after NEAR at column 8; write it before all, as in atleast/2 (a NEAR b)`},
		{`a NEAR (atleast/2 b)`, `a count beside NEAR at column 9; write it before all, as in atleast/2 (a NEAR b)`},
		{`a NEAR lead:b`, `lead: beside NEAR at column 8; write lead:(a NEAR b), with all of it in the lead`},
		{`a NEAR/5 is:forecast`, `is: beside NEAR at column 10; write NEAR/s: it says of which kind a sentence is`},
		{`a NEAR words:>5`, `a number of words beside NEAR at column 8; write AND: it has no place in the text`},
		{`a NEAR caps:(B C)`, `several words beside NEAR at column 14; join them by OR, or put them in quotation marks as a phrase`},

		{`atleast/5`, `nothing to the right of atleast/5 at column 1; write a word behind it, or put it in quotation marks to search for the text`},
		{`atleast/5 OR b`, `nothing to the right of atleast/5 at column 1; write a word behind it, or put it in quotation marks to search for the text`},
		{`atleast/x b`, `atleast/x without a number of times at column 1; write atleast/5, or any number from 1 to 1000, and a word behind it`},
		{`atleast/0 b`, `atleast/0 without a number of times at column 1; write atleast/5, or any number from 1 to 1000, and a word behind it`},
		{`atleast/5 -b`, `a sign or NOT behind atleast/5 at column 11; write it before atleast/5`},
		{`atleast/5 NOT b`, `a sign or NOT behind atleast/5 at column 11; write it before atleast/5`},
		{`atleast/5 (a -b)`, `a negation behind atleast/5 at column 14; write it before the count, as in -atleast/5 war`},
		{`atleast/5 (a OR (b c))`, `several words in an OR behind atleast/5 at column 18; write them as a phrase, or a count before each`},
		{`atleast/5 atleast/2 b`, `a count behind atleast/5 at column 11; write one of them`},
		{`atleast/5 title:b`, `a field behind atleast/5 at column 11; write the count within it, as in title:(atleast/5 war)`},
		{`atleast/5 lead:b`, `lead: behind atleast/5 at column 11; write the count within it, as in lead:(atleast/5 war)`},
		{`atleast/5 b^2`, `a boost behind atleast/5 at column 11; write it behind all, as in (atleast/5 war)^2`},
		{`atleast/5 "a b"~2`, `a quotation with ~ behind atleast/5 at column 11; write words joined by NEAR, as in atleast/5 (a NEAR/3 b)`},
		{`atleast/5 date:2024`, `nothing to count behind atleast/5 at column 11; write a word there`},
		{`atleast/5 person:kim`, `person: behind atleast/5 at column 11; write words there: of these the occurrences are counted`},
		{`topic:(atleast/5 b)`, `a value of topic: behind atleast/5 at column 18; remove the count: an article has a value once`},
		{`title:atleast/5 b`, `atleast/5 after title: at column 7; write title:(atleast/5 word)`},

		{`lead/0:war`, `lead/0: with a number of words out of range at column 1; write lead/100:word, or any number from 1 to 10000`},
		{`lead/100: war`, `lead/100: without a value at column 1; write lead/100:war, without a space, or leave out the colon`},
		{`lead:(title:x)`, `title: within lead: at column 7; write one beside the other, each with its own words`},
		{`author:(caps:x)`, `caps: within author: at column 9; write one beside the other, each with its own words`},
		{`caps:/x/`, "a regular expression within caps: at column 6; write words as they are written, such as caps:AIDS, caps:Turk* or caps:(WHO OR \"White House\"), and signs before caps:"},
		{`caps:(A -B)`, "a negation within caps: at column 9; write words as they are written, such as caps:AIDS, caps:Turk* or caps:(WHO OR \"White House\"), and signs before caps:"},
		{`is:prophecy`, `no kind of sentence named prophecy at column 4; write is:forecast, is:recommendation or is:caveat`},
		{`is:(forecast caveat)`, `no kind of sentence named forecast caveat at column 5; write is:forecast, is:recommendation or is:caveat`},
		{`words:abc`, `no such number of words as abc at column 7; write words:>1000, words:500..800 or words:<300, with whole numbers up to 10000000`},
		{`words:1,000`, `no such number of words as 1,000 at column 7; write words:>1000, words:500..800 or words:<300, with whole numbers up to 10000000`},
		{`words:800..500`, `range from 800 back to 500 at column 7; write 500..800`},
		{`words:<0`, `no number of words lies there at column 8; write words:500..800`},
		{`words:> 5`, `no number after > at column 1; write words:>500, without a space`},

		{`a*{0}`, `*{0} for a number of characters at column 3; write *{1} to *{20}, or * alone for any number`},
		{`a*{21}b`, `*{21} for a number of characters at column 3; write *{1} to *{20}, or * alone for any number`},
		{`a*\{2}`, `{ as text beside wildcards at column 4; remove it: words hold no such sign`},
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
		lenient, warnings := ParseLenient(tt.query)
		if len(warnings) == 0 {
			t.Errorf("ParseLenient(%s) gives no warning", tt.query)
		}
		checkTree(t, tt.query, lenient)
	}
}

// A query is mended as a person would.
func TestMendOperators(t *testing.T) {
	tests := []struct{ query, want string }{
		{`a NEAR/3 b NOT NEAR/5 c`, `(a NEAR/3 b) NOT NEAR/5 c`},
		{`a NOT NEAR/5 title:b`, `a`},
		{`atleast/5 -b`, `-b`},
		{`atleast/x b`, `b`},
		{`atleast/5 title:b`, `title:b`},
		{`atleast/5000 b`, `atleast/1000 b`},
		{`lead/0:a`, `lead:a`},
		{`is:prophecy b`, `b`},
		{`words:abc b`, `b`},
		{`words:9..3`, `words:3..9`},
		{`caps:/x/ b`, `/x/ b`},
		{`a*{99}`, `a*{20}`},
	}
	for _, tt := range tests {
		if n, _ := ParseLenient(tt.query); n.String() != tt.want {
			t.Errorf("ParseLenient(%s) = %s, want %s", tt.query, n, tt.want)
		}
	}
}

func TestLengthRange(t *testing.T) {
	tests := []struct {
		query       string
		least, most int
	}{
		{"words:>1000", 1001, -1},
		{"words:>=1000", 1000, -1},
		{"words:<300", 0, 299},
		{"words:500..800", 500, 800},
		{"words:{500 TO 800}", 501, 799},
		{"words:500", 500, 500},
		{"words:*", 0, -1},
	}
	for _, tt := range tests {
		n, err := Parse(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		least, most := LengthRange(n.(Range))
		if diff := cmp.Diff([]int{tt.least, tt.most}, []int{least, most}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.query, diff)
		}
	}
}
