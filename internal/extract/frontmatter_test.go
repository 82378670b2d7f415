package extract

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFrontMatter(t *testing.T) {
	day := time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name, in string
		meta     map[string]any
		rest     string
		err      string // part of it
	}{
		{
			name: "the usual",
			in:   "---\ntitle: The price of delay\ndate: 2026-01-12\ntags: [economy, rates]\ndraft: false\nweight: 3\n---\nThe text.\n",
			meta: map[string]any{
				"title": "The price of delay", "date": day, "tags": []any{"economy", "rates"}, "draft": false, "weight": 3,
			},
			rest: "The text.\n",
		},
		{
			name: "nested values and names that aren't strings",
			in:   "---\nauthor: {name: Ada Okoye, 1: x}\n2026: year\n...\nThe text.",
			meta: map[string]any{"author": map[string]any{"name": "Ada Okoye", "1": "x"}, "2026": "year"},
			rest: "The text.",
		},
		{
			name: "a date that isn't one stays a string",
			in:   "---\ndate: January 12, 2026\n---\n",
			meta: map[string]any{"date": "January 12, 2026"},
		},
		{
			name: "mark, CRLF and trailing space",
			in:   "\ufeff---  \r\ntitle: A\r\n---\r\nThe text.",
			meta: map[string]any{"title": "A"},
			rest: "The text.",
		},
		{
			name: "strings are cleaned",
			in:   "---\ntitle: \"a\\0b\\u00a0c\"\n---\n",
			meta: map[string]any{"title": "ab c"},
		},
		{
			name: "an alias",
			in:   "---\na: &x [1]\nb: *x\n---\n",
			meta: map[string]any{"a": []any{1}, "b": []any{1}},
		},
		{name: "nothing between the lines", in: "---\n# only a comment\n---\ntext", meta: map[string]any{}, rest: "text"},

		{name: "none", in: "# Title\n\nText.", rest: "# Title\n\nText."},
		{name: "empty text", in: "", rest: ""},
		{name: "a ruled line", in: "---\n\nText.\n\n---\nMore.", rest: "---\n\nText.\n\n---\nMore."},
		{name: "lines around prose", in: "---\nJust a sentence\n---\nMore.", rest: "---\nJust a sentence\n---\nMore."},
		{name: "not closed", in: "---\ntitle: A\nText.", rest: "---\ntitle: A\nText."},
		{name: "four hyphens", in: "----\ntitle: A\n---\n", rest: "----\ntitle: A\n---\n"},

		{name: "broken YAML", in: "---\ntitle: A\nsummary: one: two\n---\nThe text.", rest: "The text.", err: "front matter: line 3: mapping values"},
		{name: "a name twice", in: "---\na: 1\na: 2\n---\nThe text.", rest: "The text.", err: "line 3"},
		{name: "a tab", in: "---\na:\n\t- b\n---\nThe text.", rest: "The text.", err: "line 3"},
		{name: "too long", in: "---\na: " + strings.Repeat("x", maxFrontMatter) + "\n---\nThe text.", rest: "The text.", err: "exceeds 65536"},
		{
			name: "a bomb of aliases",
			in: "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
				"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n---\nThe text.",
			rest: "The text.", err: "too many values",
		},
		{name: "an alias within itself", in: "---\na: &a [*a]\n---\nThe text.", rest: "The text.", err: "front matter"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			meta, rest, err := FrontMatter(tc.in)
			if d := cmp.Diff(tc.meta, meta); d != "" {
				t.Errorf("meta (-want +got):\n%s", d)
			}
			if rest != tc.rest {
				t.Errorf("rest = %q, want %q", rest, tc.rest)
			}
			switch {
			case tc.err == "" && err != nil:
				t.Errorf("error: %v", err)
			case tc.err != "" && (err == nil || !strings.Contains(err.Error(), tc.err)):
				t.Errorf("error = %v, want one with %q", err, tc.err)
			}
		})
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: A\n---\ntext", "---\na: &x [1]\nb: *x\n---\n", "---\n- a\n---\n", "---\n? a\n: b\n...\n",
		"---\na: !!binary Zm9v\nb: !!timestamp 2026-01-12\n---\n", "---\n<<: {a: 1}\n---\n", "---\n\"\\0\": |\n  x\n---\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		meta, rest, err := FrontMatter(s)
		if !strings.HasSuffix(s, rest) {
			t.Errorf("FrontMatter(%q): rest %q is not the end of it", s, rest)
		}
		if err != nil && meta != nil || err == nil && meta == nil && rest != s {
			t.Errorf("FrontMatter(%q) = %v, %q, %v", s, meta, rest, err)
		}
		checkValue(t, meta)
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
