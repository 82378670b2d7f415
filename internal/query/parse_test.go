package query

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What queries mean, by their canonical form.
func TestParse(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		// Nothing asked for is everything.
		{"", "*"},
		{" \t\n", "*"},
		{"*", "*"},
		{"* -trump", "* -trump"},

		// Words side by side, and operators. NOT binds before AND, AND
		// before OR; lower case is text.
		{"north korea", "north korea"},
		{"north AND korea", "north AND korea"},
		{"a b AND c", "a AND b AND c"},
		{"a b OR c d", "a b OR c d"},
		{"(a OR b) c", "(a OR b) c"},
		{"a OR (b OR c)", "a OR (b OR c)"},
		{"a (b c)", "a (b c)"},
		{"((a))", "a"},
		{"a AND b OR NOT c d", "a AND b OR -c d"},
		{"war and peace or not", "war and peace or not"},
		{"a|b | c", "a OR b OR c"},
		{"a && b || c", "a AND b OR c"},
		{"NORTH KOREA AND RUSSIA", "NORTH AND KOREA AND RUSSIA"},
		{`a OR"x"AND(b)`, `a OR "x" AND b`},
	})
}

func TestParseSigns(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"-trump", "-trump"},
		{`-"a b" -topic:x -(c d) -/e/ -=f`, `-"a b" -topic:x -(c d) -/e/ -=f`},
		{"NOT a", "-a"},
		{"a NOT b", "a -b"},
		{"NOT NOT a", "-(-a)"},
		{"NOT(a)", "-a"},
		{"+a b", "+a b"},
		{"+-a", "+(-a)"},
		{"(-a)", "-a"},
		{"a|-b", "a OR -b"},
		{"-a NEAR b", "-(a NEAR/10 b)"},
		{"-5", "-5"},
		// Text, not signs.
		{"a - b", "a b"},
		{"U.S.-led well-being", "U.S.-led well-being"},
		{"--verbose", "--verbose"},
		{"a -> b", "a b"},
		{`"a"-b`, `"a" \-b`},
		{"- + & | -", `\-`},
		{"a & b + c", "a b c"},
		{"-OR", `-\OR`},
	})
}

func TestParsePhrases(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{`"north korea"`, `"north korea"`},
		{`"  north` + "\n\t" + ` korea "`, `"north korea"`},
		{`"a b"~3`, `"a b"~3`},
		{`"a b"~0`, `"a b"`},
		{`="a b"`, `"a b"`},
		{`"north kor*"`, `"north kor*"`},
		{`"the — end…"`, `"the — end…"`},
		{`"a \"b\" \\ c\d"`, `"a \"b\" \ c\d"`},
		// Marks of any kind, mixed by editors, nested.
		{"“a” „b“ „c” ”d” «e» »f« 「g」 『h』 ＂i＂", `"a" "b" "c" "d" "e" "f" "g" "h" "i"`},
		{`"north korea”`, `"north korea"`},
		{"“north korea\"", `"north korea"`},
		{`"he said “yes” twice"`, `"he said “yes” twice"`},
		{"'single quotes' don't", "'single quotes' don't"},
		{`Trump's "America First"'s`, `Trump's "America First"`},
		{`say"hello"you`, `say "hello" you`},
		{`"a b", "c".`, `"a b" "c"`},
		// Inches, where nothing closes.
		{`16" guns`, `16 guns`},
		{`a "!?" b`, "a b"},
	})
}

func TestParseWords(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"=word", "=word"},
		{"presid* *ent p*t wom?n", "presid* *ent p*t wom?n"},
		{"f***", "f*"},
		{"a**b", "a*b"},
		{"U.S.*", "U.S.*"},
		{"word~ word~1 word~2", "word~1 word~1 word~2"},
		{"word~,", "word~1"},
		{"=wor?", "=wor?"},
		{"word^2.5 word^2. (a b)^2 \"c\"^.5", `word^2.5 word^2 (a b)^2 "c"^0.5`},
		{"word~1^2", "word~1^2"},
		// A question mark at the end asks, unless there is another wildcard.
		{"What now?", "What now"},
		{"Really?! Why??", "Really Why"},
		{"wom?n? presid*?", "wom?n? presid*?"},
		// Punctuation that ends a word is not part of it.
		{"he said: yes, a; b! c.", "he said yes a b c"},
		{"U.S. policy. Version 2.5.", "U.S. policy Version 2.5"},
		{"wait... so", "wait so"},
		{"north — korea a—b c…d", "north korea a b c d"},
		// Regular expressions are one term from border to border.
		{"/pres(ident)?/", "/pres(ident)?/"},
		{`/a\/b/^2, /c|d/`, `/a\/b/^2 /c|d/`},
		{"/home/user/ and/or 24/7 / // a/", "/home/user/ and/or 24/7 a/"},
		{"/a b/", "/a b/"},
	})
}

// Text that was pasted has the reading that a person gives it.
func TestParsePastedText(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"C++ C# U.S. AT&T R&D", "C++ C# U.S. AT&T R&D"},
		{"#hashtag @name a@b.com", "#hashtag @name a@b.com"},
		{"12:30 50% $5 5/10 1,000", "12:30 50% $5 5/10 1,000"},
		{"(sic) [sic] analyst(s) main()", `sic [sic] analyst\(s\) main\(\)`},
		{"Q & A", "Q A"},
		{"Asia | The Paper |", "Asia OR The Paper"},
		{"well :) then ;-( (nice :))", "well then nice"},
		{":)", `:\)`},
		{"(?) (!!!)", `\?`},
		{"🙂 summit", "🙂 summit"},
		{"!!! ... →", `\!\!\!`},
		{"x^2+y a~b ~5", "x^2+y a~b ~5"},
		{"foo:bar note:x mailto:a@b.c", "foo:bar note:x mailto:a@b.c"},
		{"2023..2024", "2023..2024"},
		{"a\x00b \u200bc\ufeff", "a b c"},
		{"核抑止力（北朝鮮　｜　韓国）", "核抑止力 (北朝鮮 OR 韓国)"},
		{"title：核？", "title:核"},
		{"央视网消息（新闻联播）：长江，母亲河。", "央视网消息 新闻联播 长江 母亲河"},
		{"Source: no deal. What came before: chaos", "Source no deal What came before chaos"},
		{"It’s on: Battle of the year:", "It’s on Battle of the year"},
		{"is near,” he said. “No,” she said.", `is near he said "No," she said`},
		{"Romneyâ„¢s plan", `Romneyâ\„¢s plan`},
		// Addresses reach up to white space, and keep their signs.
		{"https://x.y/z?a=b&c=d#e|f", `https://x.y/z?a=b&c=d#e\|f`},
		{"see https://x.y/z, or (https://x.y/f_(g)).", `see https://x.y/z or https://x.y/f_\(g\)`},
		{"http://", "http://"},
		// A backslash makes text of a sign, and of an operator.
		{`\OR a\*b \-x title\:y \"z`, `\OR a\*b \-x title\:y \"z`},
		{`C:\Users\me`, `C:\\Users\\me`},
	})
}

func TestParseNear(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"a NEAR b", "a NEAR/10 b"},
		{"a ADJ b", "a ADJ/10 b"},
		{"a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c"},
		{"a NEAR b NEAR/10 c", "a NEAR/10 b NEAR/10 c"},
		{`"a b" ADJ/3 (c* OR /d/ OR e~1)`, `"a b" ADJ/3 (c* OR /d/ OR e~1)`},
		{"a NEAR b c OR d", "a NEAR/10 b c OR d"},
		{"(a NEAR b)^2", "(a NEAR/10 b)^2"},
		{"title:(a NEAR b)", "title:(a NEAR/10 b)"},
		{"near adj NEARBY", "near adj NEARBY"},
	})
}

func TestParseFields(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"topic:security/nuclear", "topic:security/nuclear"},
		{`topic:"north korea"`, `topic:"north korea"`},
		{"source:(guardian OR bbc)", "source:(guardian OR bbc)"},
		{"title:(a b) title:(a)", "title:(a b) title:a"},
		{"title:=a title:b* title:c~ title:/d/ title:e^2", "title:=a title:b* title:c~1 title:/d/ title:e^2"},
		{"title:* title:OR title:!!!", `title:* title:\OR title:\!\!\!`},
		{"Topic:Asia TITLE:x", "topic:Asia title:x"},
		{"by:okoye headline:a tag:b topics:c language:pt-BR", "by:okoye title:a topic:b topic:c lang:pt-BR"},
		// Only a final asterisk has a meaning in addresses, paths and ids.
		{"id:3f9a* id:a?b~1", "id:3f9a* id:a?b~1"},
		{"path:a/b.md path:*.md path:/a/", "path:a/b.md path:*.md path:/a/"},
		{"url:https://x.y/z?a=b url:x.y/* (url:x.y)", `url:https://x.y/z?a=b url:x.y/* url:x.y`},
		{"topic:a,b.", "topic:a,b"},
	})
}

func TestParseDates(t *testing.T) {
	runParse(t, []struct{ query, want string }{
		{"date:2024 date:2024-03 date:2024-03-05 date:30d", "date:2024 date:2024-03 date:2024-03-05 date:30d"},
		{`date:"last week" date:last-week`, `date:"last week" date:last-week`},
		{"date:2023..2024-06 date:..2020 date:30d..", "date:2023..2024-06 date:..2020 date:30d.."},
		{"date:2023...2024", "date:2023..2024"},
		{`date:"march 2023".."june 2024"`, `date:"march 2023".."june 2024"`},
		{"since:2w until:2020 after:monday before:2020-01", "date:2w.. date:..2020 date:>monday date:<2020-01"},
		{"date:>2020 date:>=2020 date:<2020 date:<=2020", "date:>2020 date:2020.. date:<2020 date:..2020"},
		{"date:[2020 TO 2021] date:[ 2020 to 2021 }", "date:2020..2021 date:[2020 TO 2021}"},
		{"date:{2020 TO *] date:[* TO 2020}", "date:>2020 date:<2020"},
		{"date:* date:.. date:[* TO *]", "date:* date:* date:*"},
		{"date:2024..2024", "date:2024"},
		{"date:2024-03-05T12:30:00+02:00..", "date:2024-03-05T12:30:00+02:00.."},
		{"year:2024 on:2024-03-05", "date:2024 date:2024-03-05"},
		{"date:(2020 OR 2022)", "date:2020 OR date:2022"},
		{"-date:2024^2, x", "-date:2024^2 x"},
		{"(since:2024.)", "date:2024.."},
	})
}

func runParse(t *testing.T, tests []struct{ query, want string }) {
	t.Helper()
	for _, tt := range tests {
		n, err := Parse(tt.query)
		if err != nil {
			t.Errorf("Parse(%s) fails: %v", tt.query, err)
			continue
		}
		if got := n.String(); got != tt.want {
			t.Errorf("Parse(%s) = %s, want %s", tt.query, got, tt.want)
		}
		checkTree(t, tt.query, n)
	}
}

// The trees themselves, with the places that their nodes were read from.
func TestParseTree(t *testing.T) {
	tests := []struct {
		query string
		want  Node
	}{
		{"", All{}},
		{"a b", And{At{0, 3}, []Node{Word{At{0, 1}, "a", false, ""}, Word{At{2, 3}, "b", false, ""}}, true}},
		{"a AND b", And{At{0, 7}, []Node{Word{At{0, 1}, "a", false, ""}, Word{At{6, 7}, "b", false, ""}}, false}},
		{"+a", And{At{0, 2}, []Node{Word{At{1, 2}, "a", false, ""}}, false}},
		{" a | -b", Or{At{1, 7}, []Node{Word{At{1, 2}, "a", false, ""}, Not{At{5, 7}, Word{At{6, 7}, "b", false, ""}}}, false}},
		{"=a*", Prefix{At{0, 3}, "a"}},
		{"What?", Word{At{0, 5}, "What", false, ""}},
		{"b?d^2", Boost{At{0, 5}, Wildcard{At{0, 3}, "b?d"}, 2}},
		{"(ab~2)", Fuzzy{At{1, 5}, "ab", 2}},
		{`"a b"~3.`, Phrase{At{0, 7}, "a b", 3}},
		{`/a\/b/`, Regex{At{0, 6}, "a/b"}},
		{"a ADJ/2 b", Near{At{0, 9}, []Node{Word{At{0, 1}, "a", false, ""}, Word{At{8, 9}, "b", false, ""}}, 2, true, Words}},
		{"title:(=a)", Field{At{0, 10}, "title", Word{At{7, 9}, "a", true, ""}}},
		{"title:*", Field{At{0, 7}, "title", Wildcard{At{6, 7}, "*"}}},
		{"id:3f*", Field{At{0, 6}, "id", Prefix{At{3, 6}, "3f"}}},
		{"date:2024", Range{At: At{0, 9}, Name: "date", Low: "2024", High: "2024"}},
		{"date:{2023 TO 2024}", Range{At{0, 19}, "date", "2023", "2024", true, true}},
		{"before:2024", Range{At: At{0, 11}, Name: "date", High: "2024", OpenHi: true}},
	}
	for _, tt := range tests {
		got, err := Parse(tt.query)
		if err != nil {
			t.Errorf("Parse(%s) fails: %v", tt.query, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Parse(%s) (-want +got):\n%s", tt.query, diff)
		}
	}
}

// Trees that Parse never returns are still written, as near as can be.
func TestStringOfOtherTrees(t *testing.T) {
	tests := []struct {
		tree Node
		want string
	}{
		{And{}, "*"},
		{Or{}, "-*"},
		{Or{Operands: []Node{Word{Text: "a"}}}, "a"},
		{Word{}, `""`},
		{Word{Text: "north korea"}, `"north korea"`},
		{Field{Name: "topic", Operand: Word{Text: "north korea"}}, `topic:"north korea"`},
		{Field{Name: "topic", Operand: nil}, "topic:(*)"},
		{Word{Text: "\xff\\"}, `"` + "�" + `\\"`},
		{Near{Operands: []Node{And{Operands: []Node{Word{Text: "a"}, Word{Text: "b"}}}, Word{Text: "c"}}}, "(a AND b) NEAR/0 c"},
		{Range{Name: "date", Low: "a..b"}, `date:"a..b"..`},
	}
	for _, tt := range tests {
		if got := tt.tree.String(); got != tt.want {
			t.Errorf("%#v is written %s, want %s", tt.tree, got, tt.want)
		}
	}
}

// Whatever comes in is answered, and soon: these would keep a careless parser
// busy, or overflow its stack.
func TestParseHostile(t *testing.T) {
	limit := func(s string) string { return s[:maxQuery] }
	tests := []struct{ name, query, want string }{
		{"parentheses", strings.Repeat("(", 10_000), "query longer than 4096 bytes at column 4097; shorten it"},
		{"clauses", strings.Repeat("a ", 10_000), "query longer than 4096 bytes at column 4097; shorten it"},
		{"a term", strings.Repeat("a", 20_000), "query longer than 4096 bytes at column 4097; shorten it"},
		{"megabytes", strings.Repeat("“", 1<<20), "query longer than 4096 bytes at column 1367; shorten it"},
		{"parentheses that fit", limit(strings.Repeat("(", maxQuery)), "query nested deeper than 64 at column 65; simplify it"},
		{"groups of groups", strings.Repeat("(a ", 1000), "query nested deeper than 64 at column 193; simplify it"},
		{"signs", strings.Repeat("NOT ", 1000) + "a", "query nested deeper than 64 at column 257; simplify it"},
		{"clauses that fit", limit(strings.Repeat("a ", maxQuery)), "more than 1024 words at column 2049; shorten the query"},
		{"a term that fits", strings.Repeat("a", 300), "word longer than 256 bytes at column 1; shorten it, or end it with * to search for its start"},
		{"a term in a phrase", `"b ` + strings.Repeat("a", 300) + `"`, "word longer than 256 bytes at column 1; shorten it"},
		{"parentheses in words", limit(strings.Repeat("a(", maxQuery)), "query nested deeper than 64 at column 130; simplify it"},
		{"quotations", limit(strings.Repeat(`"`, maxQuery)), "empty quotation at column 1; write words between the marks, or remove them"},
		{"punctuation", "+" + strings.Repeat("]", 400) + " " + strings.Repeat("~", 300), ""},
		{"opening quotations", strings.Repeat("“", 1001), "empty quotation at column 1; write words between the marks, or remove them"},
		{"slashes", limit(strings.Repeat("/a", maxQuery)), "word longer than 256 bytes at column 1; shorten it, or end it with * to search for its start"},
		{"operators", limit(strings.Repeat("OR ", maxQuery)), "nothing to the left of OR at column 1; remove it, or put it in quotation marks to search for the word"},
		{"bytes", "a\xff\xfe", "text that is not UTF-8 at column 2; write the query in UTF-8"},
		{"counted repeats", "/(a{20}){20}/", "regular expression that repeats a part up to 400 times at column 1; write * or +, or counts of at most 100, multiplied where one is within another"},
		{"a long regex", "/" + strings.Repeat("a", 129) + "/", "regular expression longer than 128 bytes at column 1; shorten it"},
		{"a regex longer than a term", "/" + strings.Repeat("a", 400) + "/", "regular expression longer than 128 bytes at column 1; shorten it"},
		{"a long regex of parts", "/" + strings.Repeat("(", 129) + "/", "regular expression longer than 128 bytes at column 1; shorten it"},
		{"a boost", "a^" + strings.Repeat("9", 200), "boost above 1000 at column 2; write a smaller one"},
		{"a distance", "a NEAR/99999999999999999999 b", "NEAR/99999999999999999999 without a distance at column 3; write NEAR/5, or any number of words from 1 to 1000, NEAR/s for one sentence or NEAR/p for one paragraph"},
		{"chains that nest", "a" + strings.Repeat(" NOT NEAR a", 300), "query nested deeper than 64 at column 707; simplify it"},
		{"chains of two kinds", "a" + strings.Repeat(" NEAR a ADJ a", 200), "ADJ after NEAR at column 10; put parentheses around one of them, as in (a NEAR b) ADJ c"},
		{"counts", strings.Repeat("atleast/2 ", 300) + "a", "a count behind atleast/2 at column 11; write one of them"},
		{"bounded stars", strings.Repeat("*{2}a", 50), ""},
		{"a slop", `"a b"~99999999999999999999`, "more than 1000 words between at column 6; write a smaller number, or AND"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Parse(tt.query)
			if err == nil && tt.want == "" {
				checkTree(t, tt.query, n)
				return
			}
			if err == nil || err.Error() != tt.want {
				t.Errorf("Parse gives %v, want %s", err, tt.want)
			}
			var syntax *SyntaxError
			if errors.As(err, &syntax) && len(syntax.Caret()) > 1000 {
				t.Errorf("Caret gives %d bytes", len(syntax.Caret()))
			}
			n, warnings := ParseLenient(tt.query)
			if len(warnings) == 0 || len(warnings) > maxWarnings+2 {
				t.Errorf("ParseLenient gives warnings %q", warnings)
			}
			checkTree(t, tt.query, n)
		})
	}
}
