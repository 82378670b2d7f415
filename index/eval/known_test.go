package eval

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Known items: who remembers an article asks for it in words of its own, so nearly all
// words of these queries are in other forms than the article has them. A query has one
// answer, the article that it was written from.
//
// A file testdata/known/TAG.tsv has a language's queries: the query, a tab, and the id of
// the article, or for a saved page the end of its path.

// knownFloors are what the share of queries whose article is among the first ten may not
// fall below, by language, in the index of all languages: one query less than is found, of
// those that were measured on 1 December 2026.
var knownFloors = []struct {
	tag   string
	own   string // what the ids of the language's articles begin with
	floor float64
}{
	{"de", "gnad:", .97},
	{"en", "masakha:eng:", .96},
	{"fa", "iran:", .97},
	{"fr", "masakha:fra:", .97},
	{"pt", "fakebr:", .97},
	{"sw", "masakha:swa:", .97},
	{"zh", "xwlb:", .94},
	{"da", "", .8},
	{"es", "", .88},
	{"hi", "", .8},
	{"id", "", .8},
	{"it", "", .8},
	{"ja", "", .9},
	{"ko", "", .8},
	{"nb", "", .8},
	{"nl", "", .8},
	{"pl", "", .83},
	{"ru", "", .83},
	{"tr", "", .8},
	{"vi", "", .8},
}

// knownMargin is how much better the words of a query in all their forms must be than the
// words as they are written: all queries by the share that is found, and each language that
// has at least knownMany queries by the mean reciprocal rank. Names alone, which have one
// form, find many an article too.
const (
	knownMargin = .05
	knownMany   = 30
)

// knownEnglish is how many English articles of allsides are put beside all other languages.
const knownEnglish = 3000

func TestRealDataKnownItem(t *testing.T) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("NEWSQ_DATA is not set")
	}
	k := readKnown(t, data)
	mixed := k.index(t, "")
	all := k.measure(t, mixed, k.queries)
	t.Logf("all %d: %v", len(k.queries), all)
	if all.stems.found < all.written.found+knownMargin {
		t.Errorf("want %.2f more in the first ten than as written", knownMargin)
	}
	for _, l := range knownFloors {
		var queries []knownQuery
		for _, q := range k.queries {
			if q.tag == l.tag {
				queries = append(queries, q)
			}
		}
		inMixed := k.measure(t, mixed, queries)
		t.Logf("%s, %d queries: %v", l.tag, len(queries), inMixed)
		if l.own != "" {
			own := slices.DeleteFunc(slices.Clone(queries), func(q knownQuery) bool { return !strings.HasPrefix(q.id, l.own) })
			t.Logf("%s alone, %d queries: %v", l.tag, len(own), k.measure(t, k.index(t, l.own), own))
		}
		if inMixed.stems.found < l.floor {
			t.Errorf("%s: %.3f of the articles are among the first ten, want at least %.3f", l.tag, inMixed.stems.found, l.floor)
		}
		if len(queries) >= knownMany && inMixed.stems.mrr < inMixed.written.mrr+knownMargin {
			t.Errorf("%s: want an MRR %.2f above that of words as written", l.tag, knownMargin)
		}
	}
}

// known is what known items are looked for in.
type known struct {
	articles []corpus.Article
	queries  []knownQuery
}

// knownQuery is a query in a language, with the id of its article.
type knownQuery struct{ tag, text, id string }

// knownScore is what the queries of a language find: the share whose article is among the
// first ten, the mean reciprocal rank there, and the share of queries whose words the article
// has all, as the search sees it.
type knownScore struct{ found, mrr, all float64 }

// knownScores are those of queries as they are, and with each word as it is written.
type knownScores struct{ stems, written knownScore }

func (s knownScores) String() string {
	return fmt.Sprintf("in the first ten %.3f, MRR %.3f, all words %.3f; as written %.3f, %.3f, %.3f",
		s.stems.found, s.stems.mrr, s.stems.all, s.written.found, s.written.mrr, s.written.all)
}

func readKnown(t *testing.T, data string) *known {
	t.Helper()
	k := &known{articles: articlesOf(t, filepath.Join(data, "multilingual", "articles.jsonl.gz"), 0)}
	k.articles = append(k.articles, articlesOf(t, filepath.Join(data, "formats", "newsml-g2-dpa"), 0)...)
	pages, err := filepath.Glob(filepath.Join(data, "formats", "pages", "*", "*.html.gz"))
	if err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]string) // of pages, by the end of their paths
	for _, page := range pages {
		for _, a := range articlesOf(t, page, 0) {
			k.articles = append(k.articles, a)
			ids[page[strings.LastIndex(page, "/pages/")+1:]] = a.ID
		}
	}
	k.articles = append(k.articles, articlesOf(t, filepath.Join(data, "allsides", "articles.jsonl.gz"), knownEnglish)...)
	for _, l := range knownFloors {
		k.queries = append(k.queries, readKnownQueries(t, l.tag, ids)...)
	}
	return k
}

// readKnownQueries reads the queries of a language. The articles of pages have the ids that
// are given by path.
func readKnownQueries(t *testing.T, tag string, ids map[string]string) (queries []knownQuery) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "known", tag+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		text, id, ok := strings.Cut(lines.Text(), "\t")
		if page := ids[id]; page != "" {
			id = page
		} else if !ok || strings.HasPrefix(id, "pages/") {
			t.Fatalf("%s: no article for %q", f.Name(), lines.Text())
		}
		queries = append(queries, knownQuery{tag, text, id})
	}
	return queries
}

// articlesOf reads the first n articles that have text, or all where n is 0.
func articlesOf(t *testing.T, path string, n int) (articles []corpus.Article) {
	t.Helper()
	src, err := corpus.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for entry, err := range src.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for a, err := range entry.Articles(t.Context()) {
			if err == nil && a.Body != "" {
				articles = append(articles, a)
			}
			if n > 0 && len(articles) == n {
				return articles
			}
		}
	}
	return articles
}

// index makes an index of the articles whose ids begin with own.
func (k *known) index(t *testing.T, own string) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	var articles []corpus.Article
	for _, a := range k.articles {
		if strings.HasPrefix(a.ID, own) {
			articles = append(articles, a)
		}
	}
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	return ix
}

func (k *known) measure(t *testing.T, ix *index.Index, queries []knownQuery) (s knownScores) {
	t.Helper()
	for _, q := range queries {
		s.stems.add(k.ask(t, ix, q, q.text))
		s.written.add(k.ask(t, ix, q, "="+strings.Join(strings.Fields(q.text), " =")))
	}
	s.stems.over(len(queries))
	s.written.over(len(queries))
	return s
}

func (k *known) ask(t *testing.T, ix *index.Index, q knownQuery, text string) (s knownScore) {
	t.Helper()
	res, err := ix.Search(t.Context(), index.Query{Text: text, IDsOnly: true, Limit: 10, Copies: index.AllCopies})
	if err != nil {
		t.Fatal(q.tag, text, err)
	}
	for i, hit := range res.Hits {
		if hit.ID == q.id {
			s = knownScore{found: 1, mrr: 1 / float64(i+1)}
			if !res.Relaxed {
				s.all = 1
			}
		}
	}
	if testing.Verbose() && text == q.text && s.mrr < 1 {
		t.Logf("%s: %q finds %s with %.3f, relaxed: %v", q.tag, text, q.id, s.mrr, res.Relaxed)
	}
	return s
}

func (s *knownScore) add(o knownScore) {
	s.found += o.found
	s.mrr += o.mrr
	s.all += o.all
}

func (s *knownScore) over(n int) {
	s.found /= float64(n)
	s.mrr /= float64(n)
	s.all /= float64(n)
}
