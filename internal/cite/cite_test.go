package cite

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
)

func TestNames(t *testing.T) {
	for _, tt := range []struct {
		author, outlet, language string
		want                     Name
	}{
		{"Adaeze Okoye", "", "en", Name{Given: "Adaeze", Family: "Okoye"}},
		{"Okoye, Adaeze", "", "en", Name{Given: "Adaeze", Family: "Okoye"}},
		{"Adaeze B. Okoye", "", "en", Name{Given: "Adaeze B.", Family: "Okoye"}},
		{"A. B. Okoye", "", "en", Name{Given: "A. B.", Family: "Okoye"}},
		{"A.B. Okoye", "", "en", Name{Given: "A.B.", Family: "Okoye"}},
		{"Jean-Luc d’Aubigny", "", "fr", Name{Whole: "Jean-Luc d’Aubigny"}},
		{"Ilse von der Heide", "", "de", Name{Given: "Ilse", Particle: "von der", Family: "Heide"}},
		{"Inés García Montoya", "", "es", Name{Whole: "Inés García Montoya"}},
		{"Meridian Staff", "", "en", Name{Whole: "Meridian Staff"}},
		{"Reuters", "Reuters", "en", Name{Whole: "Reuters"}},
		{"Meridian Review", "Meridian Review", "en", Name{Whole: "Meridian Review"}},
		{"The Associated Press", "", "en", Name{Whole: "The Associated Press"}},
		{"Okoye, Adaeze, Jr.", "", "en", Name{Whole: "Okoye, Adaeze, Jr."}},
		{"Nagy Ilona", "", "hu", Name{Whole: "Nagy Ilona"}},
		{"田中花子", "", "ja", Name{Whole: "田中花子"}},
		{"田中 花子", "", "en", Name{Whole: "田中 花子"}},
		{"adaeze okoye", "", "en", Name{Whole: "adaeze okoye"}},
		{"Okoye", "", "en", Name{Whole: "Okoye"}},
		{"Okoye A.", "", "en", Name{Whole: "Okoye A."}},
		{"Al Jazira", "", "en", Name{Given: "Al", Family: "Jazira"}}, // nothing tells it from a person
		{"Мария Иванова", "", "ru", Name{Given: "Мария", Family: "Иванова"}},
	} {
		if got := nameOf(tt.author, tt.outlet, tt.language); got != tt.want {
			t.Errorf("%q: %#v, want %#v", tt.author, got, tt.want)
		}
	}
}

// awkward has in each field what the forms could trip over.
func awkward() corpus.Article {
	return corpus.Article{
		ID: "Q/1", Title: `50% of {NATO} & "friends" pay $5_000 \ year #1 ~ ^up`, Summary: "One line,\nand another.",
		Authors: []string{"Adaeze Okoye", "Ilse von der Heide", "Ports, Rivers & Co, Harbour Desk"}, Source: "Ports & Rivers",
		Published: time.Date(2024, 3, 6, 4, 30, 0, 0, time.UTC), PublishedAs: "2024-03-05T23:30-05:00",
		Language: "en", URL: "https://example.org/a_b?x=1&y=50%25#frag", Body: "Text.",
		Topics: []corpus.Topic{{Path: "economy/trade", Origin: corpus.Stated}, {Path: "ports", Origin: corpus.ByRule}},
		Pages:  []corpus.Page{{Label: "7"}, {Label: "8-9", Start: 2}},
	}
}

func TestForms(t *testing.T) {
	a := awkward()
	it := Of(&a, Date{2024, 4, 1})
	want := strings.ReplaceAll(`TY  - NEWS
ID  - Q/1
TI  - 50% of {NATO} & "friends" pay $5_000 \ year #1 ~ ^up
AU  - Okoye, Adaeze
AU  - von der Heide, Ilse
AU  - Ports Rivers & Co Harbour Desk
T2  - Ports & Rivers
PY  - 2024
DA  - 2024/03/05/
SP  - 7
EP  - 9
UR  - https://example.org/a_b?x=1&y=50%25#frag
Y2  - 2024/04/01/
LA  - en
AB  - One line, and another.
KW  - economy/trade
ER  - 

`, "\n", "\r\n")
	if got := string(AppendRIS(nil, &it)); got != want {
		t.Error(cmp.Diff(want, got))
	}
	want = `@article{okoye2024_98b8a2cee6d1a3ab,
  author = {Okoye, Adaeze and von der Heide, Ilse and {Ports, Rivers \& Co, Harbour Desk}},
  title = {{50\% of \{NATO\} \& "friends" pay \$5\_000 \textbackslash{} year \#1 \textasciitilde{} \textasciicircum{}up}},
  journal = {Ports \& Rivers},
  entrysubtype = {newspaper},
  year = {2024},
  month = mar,
  day = {5},
  pages = {7--9},
  url = {https://example.org/a_b?x=1&y=50%25#frag},
  urldate = {2024-04-01},
  langid = {english},
  abstract = {One line, and another.},
  keywords = {economy/trade}
}

`
	want = strings.ReplaceAll(want, "okoye2024_98b8a2cee6d1a3ab", it.Key())
	if got := string(AppendBibTeX(nil, &it)); got != want {
		t.Error(cmp.Diff(want, got))
	}
	if !strings.HasPrefix(it.Key(), "okoye2024_") || len(it.Key()) != len("okoye2024_")+16 {
		t.Errorf("key %q", it.Key())
	}
	got, err := AppendCSL(nil, &it)
	if err != nil {
		t.Fatal(err)
	}
	wantCSL := `{"id":"` + it.Key() + `","type":"article-newspaper","title":"50% of {NATO} & \"friends\" pay $5_000 \\ year #1 ~ ^up",` +
		`"author":[{"family":"Okoye","given":"Adaeze"},{"family":"Heide","given":"Ilse","non-dropping-particle":"von der"},{"literal":"Ports, Rivers & Co, Harbour Desk"}],` +
		`"container-title":"Ports & Rivers","issued":{"date-parts":[[2024,3,5]]},"accessed":{"date-parts":[[2024,4,1]]},"page":"7-9",` +
		`"URL":"https://example.org/a_b?x=1&y=50%25#frag","language":"en","abstract":"One line, and another.","keyword":"economy/trade"}`
	if string(got) != wantCSL {
		t.Error(cmp.Diff(wantCSL, string(got)))
	}
}

// A date is as precise as the source has it.
func TestPrecision(t *testing.T) {
	for as, want := range map[string]Date{
		"2024": {Year: 2024}, "2024-03": {Year: 2024, Month: 3}, "2024-03-05": {2024, 3, 5},
		"2024-03-05T23:30-05:00": {2024, 3, 5}, "": {2024, 3, 6},
	} {
		a := corpus.Article{Published: time.Date(2024, 3, 6, 4, 30, 0, 0, time.UTC), PublishedAs: as}
		if got := Of(&a, Date{}).Issued; got != want {
			t.Errorf("%q: %v, want %v", as, got, want)
		}
	}
	for d, want := range map[Date]string{{Year: 2024}: "2024///", {Year: 2024, Month: 3}: "2024/03//", {2024, 3, 5}: "2024/03/05/", {Year: 850, Month: 1, Day: 2}: "0850/01/02/"} {
		if got := risDate(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	if none := newCSLDate(Date{}); none != nil {
		t.Error("there is a date of nothing")
	}
}

func TestKinds(t *testing.T) {
	for _, tt := range []struct {
		a             corpus.Article
		ris, bib, csl string
		hasAccessed   bool
	}{
		{a: corpus.Article{ID: "x1", Title: "T", Source: "S", URL: "https://e.org"}, ris: "NEWS", bib: "@article{s_x1", csl: "article-newspaper", hasAccessed: true},
		{a: corpus.Article{ID: "x1", Title: "T", URL: "https://e.org"}, ris: "ELEC", bib: "@online{article_x1", csl: "webpage", hasAccessed: true},
		{a: corpus.Article{ID: "x1", Title: "T"}, ris: "GEN", bib: "@misc{article_x1", csl: "document"},
	} {
		it := Of(&tt.a, Date{2026, 12, 1})
		ris, bib := string(AppendRIS(nil, &it)), string(AppendBibTeX(nil, &it))
		csl, err := AppendCSL(nil, &it)
		if err != nil || !strings.HasPrefix(ris, "TY  - "+tt.ris+"\r\n") || !strings.HasPrefix(bib, tt.bib+",") || !strings.Contains(string(csl), `"type":"`+tt.csl+`"`) {
			t.Errorf("%s %s %s %v", ris, bib, csl, err)
		}
		if strings.Contains(ris, "\r\nY2  - ") != tt.hasAccessed || strings.Contains(bib, "urldate") != tt.hasAccessed {
			t.Errorf("%s %s", ris, bib)
		}
	}
}

// What is written is read again, by readers of our own: all that they take.
func TestReadBack(t *testing.T) {
	a := awkward()
	other := corpus.Article{ID: "plain-2", Title: "Ferries sail again", Source: "Meridian Review", Published: time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC), PublishedAs: "2023-05", Language: "de", URL: "https://example.org/2"}
	var ris, bib []byte
	csl := []byte("[")
	for i, a := range []corpus.Article{a, other} {
		it := Of(&a, Date{})
		ris, bib = AppendRIS(ris, &it), AppendBibTeX(bib, &it)
		if i > 0 {
			csl = append(csl, ',')
		}
		var err error
		if csl, err = AppendCSL(csl, &it); err != nil {
			t.Fatal(err)
		}
	}
	csl = append(csl, ']')
	if !json.Valid(csl) {
		t.Fatalf("no JSON: %s", csl)
	}
	for name, content := range map[string][]byte{"a.ris": ris, "a.bib": bib, "a.json": csl} {
		got := readFile(t, name, content)
		if len(got) != 2 {
			t.Fatalf("%s: %d articles", name, len(got))
		}
		for i, want := range []corpus.Article{a, other} {
			g := got[i]
			if g.Title != want.Title || g.Source != want.Source || g.URL != want.URL || len(g.Authors) != len(want.Authors) {
				t.Errorf("%s: %q %q %q %q", name, g.Title, g.Source, g.URL, g.Authors)
			}
			if !strings.HasPrefix(want.PublishedAs, g.PublishedAs) || g.PublishedAs == "" {
				t.Errorf("%s: published %q, want the day of %q", name, g.PublishedAs, want.PublishedAs)
			}
		}
		if !slices.Equal(got[0].Authors[:2], []string{"Adaeze Okoye", "Ilse von der Heide"}) {
			t.Errorf("%s: %q", name, got[0].Authors)
		}
	}
}

// readFile reads a file with the readers of package corpus.
func readFile(t *testing.T, name string, content []byte) (all []corpus.Article) {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := corpus.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range src.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for a, err := range e.Articles(t.Context()) {
			if err == nil {
				all = append(all, a)
			} else {
				t.Log(err)
			}
		}
	}
	return all
}

// A brace without its other half must not end a field.
func TestBraces(t *testing.T) {
	for s, want := range map[string]string{
		"a {b} c": `a \{b\} c`, "a {b": `a \textbraceleft{}b`, "}{": `\textbraceright{}\textbraceleft{}`, "plain": "plain",
	} {
		if got := bibText(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// Keys are apart where ids are, also for BibTeX, which ignores capitals.
func TestKeys(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range []string{"a", "A", "a b", "a_b", "a-b", "ä", strings.Repeat("x", 50), strings.Repeat("x", 51)} {
		it := Item{ID: id}
		if key := strings.ToLower(it.Key()); seen[key] || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			t.Errorf("key %q of %q", key, id)
		} else {
			seen[key] = true
		}
	}
	it := Item{ID: "x", Container: "Süddeutsche Zeitung", Issued: Date{Year: 2024}}
	if it.Key() != "suddeutsche2024_x" && it.Key() != "sueddeutsche2024_x" {
		t.Errorf("key %q", it.Key())
	}
}

// What a reader should not follow is no address. One without a scheme may be.
func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a b{c}": "https://example.org/a%20b%7Bc%7D", "HTTP://example.org": "HTTP://example.org", "www.example.org/a:b": "www.example.org/a:b",
		"/a:b": "/a:b", "urn:newsml:example.org:2024:1": "urn:newsml:example.org:2024:1", "javascript:alert(1)": "", " JavaScript:alert(1)": "", "data:text/html,x": "",
		"file:///etc/hosts": "", "java\tscript:x": "", "": "",
	} {
		if got := Of(&corpus.Article{URL: in}, Date{}).URL; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
