package extract

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBrokenJSON(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []any
	}{
		{"bare quotation marks", `{"headline":"The "grey" fleet sails","name":"x"}`, []any{obj("headline", `The "grey" fleet sails`, "name", "x", "@type", "Article")}},
		{"at the start and the end", `{"a":""No" to the toll","b":"they said "yes"","c":"x"}`, []any{obj("a", `"No" to the toll`, "b", `they said "yes"`, "c", "x")}},
		{"a comma behind one", `{"a":"He said "no", "never" and left","b":"x"}`, []any{obj("a", `He said "no", "never" and left`, "b", "x")}},
		{"in a list", `{"keywords":["the "big" ship","toll"],"b":1}`, []any{obj("keywords", []any{`the "big" ship`, "toll"}, "b", 1.0)}},
		{"before a line break", "{\n\"a\" : \"a \"b\" c\" ,\n\"d\" : \"e\"\n}", []any{obj("a", `a "b" c`, "d", "e")}},
		{"hexadecimal", `{"a":"O\x27Hara\x22s \u{1F600} \u2019","b":"x\y"}`, []any{obj("a", "O'Hara\"s \U0001F600 ’", "b", "xy")}},
		{"an apostrophe escaped", `{"a":"O\'Hara"}`, []any{obj("a", "O'Hara")}},
		{"surrogates", `{"a":"\ud83d\ude00",}`, []any{obj("a", "\U0001F600")}},
		{"in single quotation marks", `{'a':'the captain's "log"','b':['c','d']}`, []any{obj("a", `the captain's "log"`, "b", []any{"c", "d"})}},
		{"keys without quotation marks", `{a:"x", b:{c:"y, d: z"}}`, []any{obj("a", "x", "b", obj("c", "y, d: z"))}},
		{"line breaks and tabs", "{\"a\":\"two\nlines\there\"}", []any{obj("a", "two lines here")}},
		{"a comma too many, one too few", `{"a":["x",],"b":"y" "c":"z",}`, []any{obj("a", []any{"x"}, "b", "y", "c", "z")}},
		{"what a template left", `{"a":undefined,"b":,"c":{{ title }},"d":"x"}`, []any{obj("d", "x")}},
		{"the end is cut off", `{"a":"whole","b":{"c":"whole too","d":"half of`, []any{obj("a", "whole", "b", obj("c", "whole too"))}},
		{"a mark that has no partner", `{"a":"The 5" gun","b":"x"}`, []any{obj("b", "x")}},
		{"several objects", `{"a":"x "y" z"},{"b":"c"};`, []any{obj("a", `x "y" z`), obj("b", "c")}},
		{"nothing", `document.write("x")`, nil},
	} {
		if d := cmp.Diff(tc.want, readBroken(tc.in)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

// obj makes an object of keys and values in turn.
func obj(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

// No half of a sentence passes for the whole: the page's other statements are
// taken then.
func TestBrokenLinkedData(t *testing.T) {
	for _, tc := range []struct{ name, ld, head, title, summary, author string }{
		{
			"all can be read", `{"@type":"NewsArticle","headline":"Ferries "for all" by May","description":"The "blue" line first.","author":{"@type":"Person","name":"Per "Pelle" Lind"},"datePublished":"2026-01-12"}`,
			"", `Ferries "for all" by May`, `The "blue" line first.`, `Per "Pelle" Lind`,
		},
		{
			"escapes of JavaScript", `{"@type":"NewsArticle","headline":"L\x27isola \x22perduta\x22","description":"C\x27era una volta.","author":[{"name":"Gino D\x27Este"}],"datePublished":"2026-01-12"}`,
			"", `L'isola "perduta"`, "C'era una volta.", "Gino D'Este",
		},
		{
			"escaped twice", `{"@type":"NewsArticle","headline":"L\\x27isola \\u0022perduta\\u0022","description":"Una.","author":"Gino D\\'Este","datePublished":"2026-01-12"}`,
			"", `L'isola "perduta"`, "Una.", "Gino D'Este",
		},
		{
			"a mark is missing", `{"@type":"NewsArticle","headline":"The 5" gun of the harbour","description":"It is "old.","author":"Ada Okoye","datePublished":"2026-01-12"}`,
			`<meta property="og:title" content="The 5&quot; gun of the harbour"><meta name="description" content="It is old.">`, `The 5" gun of the harbour`, "It is old.", "Ada Okoye",
		},
		{
			"all of it escaped", `{\"@type\":\"NewsArticle\",\"headline\":\"A \\\"new\\\" wall\",\"author\":\"Ada Okoye\",\"datePublished\":\"2026-01-12\"}`,
			"", `A "new" wall`, "", "Ada Okoye",
		},
		{
			"entities for marks", `{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A new wall&quot;,&quot;author&quot;:&quot;Ada Okoye&quot;,&quot;datePublished&quot;:&quot;2026-01-12&quot;}`,
			"", "A new wall", "", "Ada Okoye",
		},
		{
			"sound, with escapes", `{"@type":"NewsArticle","headline":"A \"new\" wall \\ moat","description":"x","author":"Ada O\u2019Koye","datePublished":"2026-01-12"}`,
			"", `A "new" wall \ moat`, "x", "Ada O’Koye",
		},
	} {
		p, err := HTML(tc.head+`<script type="application/ld+json">`+tc.ld+"</script><p>"+strings.Repeat("Ships wait. ", 20), "")
		if err != nil {
			t.Fatal(err)
		}
		got := []string{p.Title, p.Summary, strings.Join(p.Authors, "|"), p.Published.Format(time.DateOnly)}
		if d := cmp.Diff([]string{tc.title, tc.summary, tc.author, "2026-01-12"}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

func FuzzBrokenJSON(f *testing.F) {
	f.Add(`{"a":"b "c" d","e":[1,'f',{g:h}]}`)
	f.Add(`[[[{"\x2`)
	f.Fuzz(func(t *testing.T, s string) { readBroken(s) })
}
