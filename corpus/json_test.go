package corpus

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsq/newsq/corpus/internal/record"
)

func TestJSONFields(t *testing.T) {
	day := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	full := Article{
		ID: "7", Title: "A title", Summary: "In short.", Body: "Prices fell.", Authors: []string{"Ada Okoye", "Jan de Wit"},
		Source: "The Coast", Published: day, Updated: day.Add(time.Hour), Language: "en",
		Topics: []Topic{{Path: "economy", Origin: Stated}, {Path: "north_sea", Origin: Stated}},
		Places: []string{"Vessem"}, People: []string{"Li Na"}, Organizations: []string{"The Bank"},
		URL: "https://coast.example/7",
	}
	tests := []struct {
		name, json string
		want       Article
	}{
		{
			"our own names",
			`{"id": "7", "title": "A title", "summary": "In short.", "body": "Prices fell.", "authors": ["Ada Okoye", "Jan de Wit"],
			"source": "The Coast", "published": "2026-03-05", "updated": "2026-03-05T01:00:00Z", "language": "en",
			"topics": ["economy", "North Sea"], "places": ["Vessem"], "people": ["Li Na"], "organizations": ["The Bank"],
			"url": "https://coast.example/7"}`,
			full,
		},
		{
			"names as programs write them, with numbers, lists in strings, and objects",
			`{"_id": 7, "Headline": "A title", "standfirst": "In short.", "articleBody": "Prices fell.",
			"byline": "By Ada Okoye and Jan de Wit", "publisher": {"id": "coast", "name": "The Coast"},
			"datePublished": 1772668800, "date_modified": 1772672400000, "inLanguage": "en",
			"category": "Economy", "tags": [{"id": 3, "name": "North  Sea"}, {"id": 4, "name": "economy"}],
			"locations": [{"name": "Vessem"}], "persons": "Li Na", "orgs": ["The Bank"], "canonical-url": "https://coast.example/7"}`,
			full,
		},
		{
			"a page of WordPress",
			`{"id": 7, "date_gmt": "0000-00-00T00:00:00", "date": "2026-03-05T00:00:00Z", "title": {"rendered": "A &#8216;title&#8217;"},
			"content": {"rendered": "<p>Prices <b>fell</b>.</p>\n<h2>Why</h2>\n<p>Nobody knows.<br>Nobody asks.</p>", "protected": false},
			"categories": [12, 45], "link": "https://coast.example/7"}`,
			Article{
				ID: "7", Title: "A ‘title’", Body: "Prices fell.\n\nNobody knows.\nNobody asks.", Published: day,
				Sections: []Section{{Start: 0, End: 14}, {Heading: "Why", Level: 2, Start: 14, End: 40}}, URL: "https://coast.example/7",
			},
		},
		{
			"a hit of Elasticsearch",
			`{"_index": "news", "_id": "7", "_source": {"title": "A title", "text": "Prices fell.", "author": null}}`,
			Article{ID: "7", Title: "A title", Body: "Prices fell."},
		},
		{
			"a body that is a list of paragraphs",
			`{"id": "7", "title": "A title", "paragraphs": ["Prices fell.", "", {"type": "text", "text": "Wages did not."}]}`,
			Article{ID: "7", Title: "A title", Body: "Prices fell.\n\nWages did not."},
		},
		{
			"the title once more as the first line of the text",
			`{"id": "7", "title": "A title", "text": "A Title\n\nPrices fell."}`,
			Article{ID: "7", Title: "A title", Body: "Prices fell."},
		},
		{
			"no title: the text gives one",
			`{"id": "7", "text": "Prices fell. Wages did not."}`,
			Article{ID: "7", Title: "Prices fell", Body: "Prices fell. Wages did not."},
		},
		{
			"tags for links alone, and a bold line for a heading",
			`{"id": "7", "title": "A title", "text": "<p>Prices <a href=\"x\">fell</a>.</p><p><b>What comes next</b></p><p>Nobody in the five ports knows what comes next, nor when.</p>"}`,
			Article{
				ID: "7", Title: "A title", Body: "Prices fell.\n\nNobody in the five ports knows what comes next, nor when.",
				Sections: []Section{{Start: 0, End: 14}, {Heading: "What comes next", Level: 1, Start: 14, End: 71}},
			},
		},
		{
			"angle brackets that are no markup",
			`{"id": "7", "title": "A <A> TITLE", "text": "<Grand Hotels PLC> said it sold <P> to <A>.\n\nPrices fell."}`,
			Article{ID: "7", Title: "A <A> TITLE", Body: "<Grand Hotels PLC> said it sold <P> to <A>.\n\nPrices fell."},
		},
		{
			"and those within markup",
			`{"id": "7", "title": "A title", "text": "<Grand Hotels PLC> fell.<br>It rose.<svg><path d=\"M1\"></svg>\n\nThen <amp-x>not</amp-x>."}`,
			Article{ID: "7", Title: "A title", Body: "<Grand Hotels PLC> fell.\n\nIt rose.\n\nThen not."},
		},
		{
			"nothing but a title, and what is no date, language or topic",
			`{"id": "7", "title": "A title", "date": "None", "lang": "?", "tags": ["", " / "], "author": [], "text": null}`,
			Article{ID: "7", Title: "A title"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := parseOne(t, "json", tt.json)
			ignore := cmpopts.IgnoreFields(Article{}, "Key", "PublishedAs") // see TestPublishedAs
			if tt.want.Language == "" {
				got.Language = ""
			}
			if diff := cmp.Diff(tt.want, got, ignore); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMap(t *testing.T) {
	content := `{"id": 1, "kicker": "Ports", "title": "Not this", "head": {"line": "A title", "by": [{"n": "Ada Okoye"}]},
		"a.b": "Vessem", "text": "Prices fell.", "tags": ["x"], "fields": {"desk": "Coast"}}`
	o := Options{
		Map: map[string]string{
			"Kicker": "topic", "head.line": "headline", "head.by.n": "authors", "a.b": "places", "tags": "-", "fields.desk": "source",
		},
		Stdin: strings.NewReader(content),
	}
	articles, errs := collect(t, open(t, o, "-"))
	if len(articles) != 1 || len(errs) != 0 {
		t.Fatal(articles, errs)
	}
	a := articles[0]
	got := fmt.Sprint(a.Title, a.Authors, a.Topics, a.Places, a.Source)
	if want := "A title[Ada Okoye] [{ports stated  0 }] [Vessem]Coast"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, m := range []map[string]string{{"x": "colour"}, {"": "title"}, {"a..b": "title"}} {
		if _, err := (Options{Map: m}).Open("-"); err == nil {
			t.Errorf("the mapping %v was taken", m)
		}
	}
}

func TestJSONDocuments(t *testing.T) {
	const a, b = `{"id": "a", "title": "A"}`, `{"title": "B"}`
	for _, tt := range []struct{ name, json, keys string }{
		{"an article", a, "#a"},
		{"a list", "[" + a + "," + b + "]", "#a #2"},
		{"a list of one", "[" + b + "]", "#1"},
		{"an object around a list", `{"status": "ok", "articles": [` + a + "," + b + "]}", "#a #2"},
		{"a feed, which has a title", `{"version": "1.1", "title": "Feed", "items": [` + a + "," + b + "]}", "#a #2"},
		{"two objects around a list", `{"response": {"docs": [` + a + "," + b + "]}}", "#a #2"},
		{"what Elasticsearch returns", `{"took": 3, "hits": {"total": 2, "hits": [{"_id": "a", "_source": {"title": "A"}}, {"_source": ` + b + "}]}}", "#a #2"},
		{"one after the other, as jq writes them", "{\n\"title\": \"A\"\n}\n{\n\"title\": \"B\"\n}\n", "#1 #2"},
		{"an article with a body keeps its list", `{"id": "x", "body": "Prices fell.", "items": [` + a + `]}`, "#x"},
		{"JSON Lines by another name", a + "\n" + b + "\n", "#a #2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, map[string]string{"x.json": tt.json})
			articles, errs := collect(t, open(t, Options{}, dir))
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			var keys []string
			for _, a := range articles {
				file := keyOf(dir) + "/x.json"
				if len(articles) == 1 && a.Key == file {
					keys = append(keys, "#"+a.ID)
					continue
				}
				keys = append(keys, strings.TrimPrefix(a.Key, file))
			}
			if got := strings.Join(keys, " "); got != tt.keys {
				t.Errorf("keys %s, want %s", got, tt.keys)
			}
		})
	}
}

func TestJSONFaults(t *testing.T) {
	const maxDepth = 128 // of the reader
	deep := strings.Repeat(`{"a":`, maxDepth+1) + "1" + strings.Repeat("}", maxDepth+1)
	for _, tt := range []struct {
		name, format, text string
		articles           int
		errs               []string
	}{
		{
			"a bad line is told, and the next is read", "jsonl",
			"{\"title\": \"A\"}\n\n{\"title\": }\n[1]\n{\"title\": \"B\"} x\n{\"title\": \"C\"}\n", 2,
			[]string{"stdin:3: invalid JSON: no value stands at byte 11", "stdin:4: not a JSON object", "stdin:5: invalid JSON"},
		},
		{
			"a line without a text names what it has", "jsonl", `{"title": "A"}` + "\n" + `{"n": 1, "corps": "Les prix"}`, 1,
			[]string{"stdin:2: no text found (its fields are n, corps; map the one that holds the text to body)"},
		},
		{"a document is read up to its fault", "json", "[\n{\"title\": \"A\"},\n{\"title\": \"B\"},\n{title}]", 2, []string{"stdin:4: invalid JSON"}},
		{"a document that ends too early", "json", `[{"title": "A"}`, 1, []string{"stdin:1: invalid JSON: it ends too early"}},
		{"what is no record among records", "json", `[{"title": "A"}, 7, {"title": "B"}]`, 2, []string{"record 2: not a JSON object"}},
		{"too deep", "json", deep, 0, []string{"nested deeper than 128"}},
		{"no record", "json", "[]", 0, []string{"no text found (it holds no record)"}},
		{"an empty list in an object", "json", `{"status": "ok", "articles": []}`, 0, []string{"no text found (it holds no record)"}},
		{"the same on a line", "jsonl", `{"status": "ok", "articles": []}` + "\n", 0, []string{"no text found (it holds no record)"}},
		{"an answer without any among others", "jsonl", `{"articles": []}` + "\n" + `{"articles": [{"title": "A"}]}` + "\n", 1, nil},
		{"no value", "json", "nonsense", 0, []string{"invalid JSON"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			articles, errs := parse(t, tt.format, []byte(tt.text))
			if len(articles) != tt.articles {
				t.Errorf("%d articles, want %d", len(articles), tt.articles)
			}
			if len(errs) != len(tt.errs) {
				t.Fatalf("errors %v, want %v", errs, tt.errs)
			}
			for i, err := range errs {
				var re *ReadError
				if !errors.As(err, &re) || !strings.Contains(err.Error(), tt.errs[i]) {
					t.Errorf("error %v, want %s", err, tt.errs[i])
				}
			}
		})
	}
}

func TestJSONBounds(t *testing.T) {
	var tags strings.Builder
	for i := range 300 {
		fmt.Fprintf(&tags, `"t%d",`, i)
	}
	articles, errs := parse(t, "json", []byte(`{"title": "A", "tags": [`+strings.TrimSuffix(tags.String(), ",")+`]}`))
	if len(articles) != 1 || len(articles[0].Topics) != record.MaxValues || len(errs) != 1 || !errors.Is(errs[0], ErrPartial) {
		t.Errorf("%d articles, errors %v", len(articles), errs)
	}
	articles, errs = parse(t, "jsonl", []byte(strings.Repeat("{}\n", maxFaults+50)+`{"title": "A"}`))
	if len(articles) != 1 || len(errs) != maxFaults+1 || !strings.Contains(errs[maxFaults].Error(), "50 more") {
		t.Errorf("%d articles, %d errors, the last %v", len(articles), len(errs), errs[len(errs)-1])
	}
	// Ids too long to be kept are still told apart.
	same := strings.Repeat("x", maxID)
	articles, _ = parse(t, "jsonl", []byte(`{"id": "`+same+`1", "title": "A"}`+"\n"+`{"id": "`+same+`2", "title": "B"}`))
	if len(articles) != 2 || articles[0].ID == articles[1].ID {
		t.Errorf("ids %v", articles)
	}
}

// Numbers are times, and digits that read as a date are that date.
func TestTimes(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`1772712000`, "2026-03-05T12:00:00Z"},
		{`1772712000000`, "2026-03-05T12:00:00Z"},
		{`"1772712000000000"`, "2026-03-05T12:00:00Z"},
		{`1772712000.0`, "2026-03-05T12:00:00Z"},
		{`1.772712e9`, "2026-03-05T12:00:00Z"},
		{`"2026-03-05T13:00:00+01:00"`, "2026-03-05T12:00:00Z"},
		{`20260305120000`, "2026-03-05T12:00:00Z"},
		{`2.02603051200e11`, "2026-03-05T12:00:00Z"},
		{`""`, ""},
		{`7`, ""},
		{`-1772712000`, ""},
		{`1e300`, ""},
		{`NaN`, ""},
		{`true`, ""},
	} {
		articles, _ := parse(t, "json", []byte(`{"title": "A", "date": `+tt.json+`}`))
		got := ""
		if len(articles) == 1 && !articles[0].Published.IsZero() {
			got = articles[0].Published.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.json, got, tt.want)
		}
	}
}
