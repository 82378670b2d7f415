package extract

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// knows tells front matter from prose in these tests.
func knows(name string) bool {
	return strings.Contains(" title date tags author authors summary url source taxonomies ", " "+strings.ToLower(name)+" ")
}

func TestReadFrontMatter(t *testing.T) {
	day := time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC)
	type values = map[string]any
	for _, tc := range []struct {
		name, in string
		values   values
		rest     string
	}{
		{
			name: "the usual",
			in:   "---\ntitle: The price of delay\ndate: 2026-01-12\ntags: [economy, rates]\ndraft: false\nweight: 3\n---\nThe text.\n",
			values: values{
				"title": "The price of delay", "date": day, "tags": []any{"economy", "rates"}, "draft": false, "weight": 3,
			},
			rest: "The text.\n",
		},
		{
			name:   "nested values and names that aren't strings",
			in:     "---\nauthor: {name: Ada Okoye, 1: x}\n2026: year\n...\nThe text.",
			values: values{"author": values{"name": "Ada Okoye", "1": "x"}, "2026": "year"},
			rest:   "The text.",
		},
		{name: "a date that isn't one stays a string", in: "---\ndate: January 12, 2026\n---\n", values: values{"date": "January 12, 2026"}},
		{name: "mark, CRLF and trailing space", in: "\ufeff---  \r\ntitle: A\r\n---\r\nThe text.", values: values{"title": "A"}, rest: "The text."},
		{name: "strings are cleaned", in: "---\ntitle: \"a\\0b\\u00a0c\"\n---\n", values: values{"title": "ab c"}},
		{name: "an alias", in: "---\na: &x [1]\nb: *x\n---\n", values: values{"a": []any{1}, "b": []any{1}}},
		{name: "nothing between the lines", in: "---\n# only a comment\n---\ntext", values: values{}, rest: "text"},
		{name: "unknown names with short values", in: "---\nlayout: post\n---\ntext", values: values{"layout": "post"}, rest: "text"},

		{
			name: "TOML",
			in:   "+++\ntitle = \"A: b\"\ndate = 2026-01-12\ntags = [\"a\", 'b']\n[extra]\nx = 2026-01-12T10:30:00\n+++\n\nText.",
			values: values{
				"title": "A: b", "date": "2026-01-12", "tags": []any{"a", "b"}, "extra": values{"x": "2026-01-12T10:30:00"},
			},
			rest: "\nText.",
		},
		{name: "TOML that says so", in: "---toml\ntitle = 'A'\n---\nText.", values: values{"title": "A"}, rest: "Text."},
		{
			name: "JSON", in: "{\n \"title\": \"A\",\n \"tags\": [\"a\", {\"name\": \"b\"}], \"weight\": 1.5\n}\n\nText.",
			values: values{"title": "A", "tags": []any{"a", values{"name": "b"}}, "weight": 1.5}, rest: "\nText.",
		},
		{name: "JSON on one line", in: "{\"title\": \"A\"}\nText.", values: values{"title": "A"}, rest: "Text."},
		{
			name: "JSON in a block of code", in: "```json\n{\n  \"title\": \"A\",\n  \"date\": \"\"\n}\n```\n\nText.",
			values: values{"title": "A", "date": ""}, rest: "\nText.",
		},
		{
			name: "JSON in a block of code of a page without a title", in: "```json\n{\n  \"title\": \"\",\n  \"author\": \"\",\n  \"date\": \"\"\n}\n```\n\n# A\n",
			values: values{"title": "", "author": "", "date": ""}, rest: "\n# A\n",
		},
		{name: "JSON between marks", in: ";;;\n\"title\": \"A\"\n;;;\nText.", values: values{"title": "A"}, rest: "Text."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, ok := ReadFrontMatter(tc.in, knows)
			if d := cmp.Diff(FrontMatter{Values: tc.values, Rest: tc.rest}, f); d != "" || !ok {
				t.Errorf("ok %t, -want +got:\n%s", ok, d)
			}
		})
	}
}

func TestNoFrontMatter(t *testing.T) {
	for _, s := range []string{
		"",
		"# Title\n\nText.",
		"---\n\nText.\n\n---\nMore.",
		"---\nJust a sentence\n---\nMore.",
		"---\ntitle: A\nText.",
		"----\ntitle: A\n---\n",
		"---\nNote: the harbour is closed until spring.\n---\nMore.",
		"---\nThe bank said: wait.\nThe port said: no: never.\n---\nMore.",
		"---\nHe said one thing\nthen another\nand a third: nothing: at all\n---\nMore.",
		"+++ 10:30: the harbour is closed +++\n\nMore.",
		"+++\nThe harbour is closed\n+++\nMore.",
		"+++\n\ntitle = 1\n+++\n",
		"{{< figure src=a.png >}}\n\nText.",
		"{: .lead}\nText.",
		"{\"title\": \"A\"}",
		"{\"title\": \"A\"} and more\nText.",
		"```json\n{\"name\": \"x\", \"version\": \"1\"}\n```\n\nText.",
		"```json\n{\"title\": \"A\"}\n```\n\nText.",
		"```json\n{\"title\": \"\", \"date\": \"\", \"port\": 8080}\n```\n\nText.",
		"```json\n{\"title\": \"A\", \"date\": }\n```\n\nText.",
		"```json\n{\"title\": \"A\", \"date\": \"\"}\n\nText.",
		"{\"note\": \"the harbour is closed again\"}\nText.",
	} {
		if f, ok := ReadFrontMatter(s, knows); ok {
			t.Errorf("%q has front matter: %+v", s, f)
		}
	}
}

// One line that is wrong costs nothing: it is text behind its name.
func TestFrontMatterByLines(t *testing.T) {
	type values = map[string]any
	list := func(items ...any) []any { return items }
	for _, tc := range []struct {
		name, head string
		values     values
		faults     int
	}{
		{"a colon", "title: Rents: who pays", values{"title": "Rents: who pays"}, 1},
		{"two colons in two lines", "title: A: b\nsummary: C: d", values{"title": "A: b", "summary": "C: d"}, 2},
		{"words behind a quotation", "title: \"Rents\" and who pays", values{"title": `"Rents" and who pays`}, 1},
		{"two quotations", "title: \"Rents\" and \"wages\"", values{"title": `"Rents" and "wages"`}, 1},
		{"a quotation within", "title: \"The \"free\" port\"", values{"title": `The "free" port`}, 1},
		{"a quotation not closed", "title: \"The free port", values{"title": "The free port"}, 1},
		{"an apostrophe within", "title: 'It's late'", values{"title": "It's late"}, 1},
		{"an apostrophe at the start", "title: 'Tis late again", values{"title": "'Tis late again"}, 1},
		{"a decade at the start", "title: '90s rents are back", values{"title": "'90s rents are back"}, 1},
		{"a backslash", `title: "C:\Works"`, values{"title": `C:\Works`}, 1},
		{"brackets", "title: [Opinion] The port is late", values{"title": "[Opinion] The port is late"}, 1},
		{"braces", "title: {Opinion} The port is late", values{"title": "{Opinion} The port is late"}, 1},
		{"a percent sign", "title: %5 rise in rents", values{"title": "%5 rise in rents"}, 1},
		{"an at sign", "author: @adaokoye", values{"author": "@adaokoye"}, 1},
		{"a backquote", "title: `go` is a verb", values{"title": "`go` is a verb"}, 1},
		{"a star", "title: *Late* again", values{"title": "*Late* again"}, 1},
		{"a hyphen", "summary: - so they say", values{"summary": "- so they say"}, 1},
		{"a bar", "title: | late again", values{"title": "late again"}, 1},
		{"a tab", "tags:\n\t- a\n\t- b", values{"tags": list("a", "b")}, 1},
		{"a list with a bad item", "tags:\n  - a\n  - @b\n  - c: d: e", values{"tags": list("a", "@b", "c: d: e")}, 1},
		{"a list in brackets with a bad item", "tags: [a, @b, \"c\"]", values{"tags": list("a", "@b", "c")}, 1},
		{"a list not closed", "tags: [a, b", values{"tags": list("a", "b")}, 1},
		{"no space", "title:Late again", values{"title": "Late again"}, 1},
		{"a name twice", "tags: a\ntags: b", values{"tags": list("a", "b")}, 1},
		{"a title twice", "title: A\ntitle: B", values{"title": list("A", "B")}, 1},
		{"goes on in the next line", "title: Late\nagain and again", values{"title": "Late again and again"}, 1},
		{"goes on indented", "summary: Late: again\n  and again", values{"summary": "Late: again and again"}, 1},
		{"an indented name", "title: A\n  author: Ada", values{"title": "A", "author": "Ada"}, 1},
		{"other lines are YAML", "title: A: b\nauthor:\n  name: Ada\ntags: [a, b]\nsummary: >-\n  Late\n  again", values{
			"title": "A: b", "author": values{"name": "Ada"}, "tags": list("a", "b"), "summary": "Late again",
		}, 1},
		{"a number sign", "title: #1 in rents", values{"title": "#1 in rents"}, 1},
		{"a number sign within", "title: Berth #4 is free", values{"title": "Berth #4 is free"}, 1},
		{"an exclamation mark", "title: !Late again", values{"title": "!Late again"}, 1},
		{"an ampersand", "title: &Co is late", values{"title": "&Co is late"}, 1},
		{"a comment", "title: Late again # or so", values{"title": "Late again"}, 0},
		{"an object with a bad line", "author:\n  name: Ada\n  role: chief: editor", values{"author": values{"name": "Ada", "role": "chief: editor"}}, 1},
		{"a list of objects with a bad line", "authors:\n  - name: Ada\n    role: chief: editor\n  - name: Li", values{
			"authors": list(values{"name": "Ada", "role": "chief: editor"}, values{"name": "Li"}),
		}, 1},
		{"an alias within itself", "title: &a [*a]", values{"title": "&a [*a]"}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, ok := ReadFrontMatter("---\n"+tc.head+"\nurl: https://port.example/a\n---\nThe text.", knows)
			tc.values["url"] = "https://port.example/a"
			if d := cmp.Diff(tc.values, f.Values); d != "" || !ok || f.Rest != "The text." || len(f.Faults) != tc.faults {
				t.Errorf("ok %t, rest %q, faults %v; -want +got:\n%s", ok, f.Rest, f.Faults, d)
			}
		})
	}
}

func TestFrontMatterByLinesOfOthers(t *testing.T) {
	for _, tc := range []struct{ name, in string }{
		{"TOML", "+++\ntitle = The port: late\ndate = 12 January 2026\ntags = [\"a\",\n  \"b\"]\n+++\nThe text."},
		{"TOML in the way of YAML", "+++\ntitle: 'The port: late'\ndate: 12 January 2026\ntags: [a, b]\n+++\nThe text."},
		{"TOML with a table", "+++\ntitle = The port: late\ndate = 12 January 2026\n[taxonomies]\ntags = [\"a\", \"b\"]\n+++\nThe text."},
		{"JSON", "{\n  \"title\": \"The port: late\",\n  \"date\": \"12 January 2026\",\n  \"tags\": [\"a\", \"b\"],\n}\nThe text."},
	} {
		f, ok := ReadFrontMatter(tc.in, knows)
		want := map[string]any{"title": "The port: late", "date": "12 January 2026", "tags": []any{"a", "b"}}
		if d := cmp.Diff(want, f.Values); d != "" || !ok || f.Rest != "The text." || len(f.Faults) == 0 {
			t.Errorf("%s: ok %t, rest %q, faults %v; -want +got:\n%s", tc.name, ok, f.Rest, f.Faults, d)
		}
	}
}

// Faults name the line and what stands there. What nobody can read is told,
// and what stands above the first name is text.
func TestFrontMatterFaults(t *testing.T) {
	f, _ := ReadFrontMatter("---\ntags: [a]\ntitle: A: b\n---\n", knows)
	if len(f.Faults) != 1 || f.Faults[0].Error() != "line 3: read as text: title: A: b" {
		t.Errorf("%v", f.Faults)
	}
	f, ok := ReadFrontMatter("---\ntitle: "+strings.Repeat("x", maxFrontMatter)+"\n---\nThe text.", knows)
	if !ok || f.Values != nil || f.Rest != "The text." || len(f.Faults) != 1 || !errors.Is(f.Faults[0], ErrFrontMatter) {
		t.Errorf("%.100v", f)
	}
	f, _ = ReadFrontMatter("---\nWritten by hand\ntitle: A: b\n---\nThe text.", knows)
	if f.Rest != "Written by hand\n\nThe text." || len(f.Faults) != 2 {
		t.Errorf("%+v", f)
	}
	f, _ = ReadFrontMatter("---\ntitle: A\nauthor: Ada\n<<<<<<< HEAD\nLeft by somebody\n---\nThe text.", knows)
	if f.Values["author"] != "Ada" || f.Rest != "<<<<<<< HEAD\nLeft by somebody\n\nThe text." || len(f.Faults) != 2 {
		t.Errorf("%+v", f)
	}
	// Aliases that would become a million values.
	f, _ = ReadFrontMatter("---\ntitle: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"+
		"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n---\nThe text.", knows)
	if f.Rest != "The text." || len(f.Faults) != 4 || len(f.Values) != 5 {
		t.Errorf("%+v", f)
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: A\n---\ntext", "---\na: &x [1]\nb: *x\n---\n", "---\n- a\n---\n", "---\n? a\n: b\n...\n",
		"---\na: !!binary Zm9v\nb: !!timestamp 2026-01-12\n---\n", "---\n<<: {a: 1}\n---\n", "---\n\"\\0\": |\n  x\n---\n",
		"---\ntitle: a: b\ntitle: [c\n---\n", "+++\ntitle = 1\n[a]\nb = 2026-01-12\n+++\n", "+++\ntitle = x\n+++\n", "{\"title\": [1]}\ntext",
		"{\n\"title\": x,\n}\ntext",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, ok := ReadFrontMatter(s, knows)
		if !ok && (m.Values != nil || m.Rest != "" || m.Faults != nil) {
			t.Errorf("ReadFrontMatter(%q) = %+v, %t", s, m, ok)
		}
		checkValue(t, m.Values)
	})
}

// checkValue fails the test unless v is of the types that FrontMatter names.
func checkValue(t *testing.T, v any) {
	switch v := v.(type) {
	case nil, bool, int, int64, uint64, float64, time.Time:
	case string:
		checkClean(t, "value", v)
	case []any:
		for _, e := range v {
			checkValue(t, e)
		}
	case map[string]any:
		for k, e := range v {
			checkClean(t, "name", k)
			checkValue(t, e)
		}
	default:
		t.Errorf("value of type %T", v)
	}
}
