package eval

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/analysis"
)

// What similar articles are worth: of the first ten, how many are on a topic of the
// article, beside plain queries of its strongest words. Articles without a topic are not
// indexed, since they say nothing.
const (
	similarQueries = 1000
	// similarTried is how many of the articles, in the order of the sample, the numbers of
	// index/similarterms.go and index/similarrank.go were tried on. They are not judged.
	similarTried = 1000
)

// similarFloors are what P@10 may not fall below: .872 and .456 were measured.
var similarFloors = []struct {
	collection string
	floor      float64
}{
	{"reuters", .865},
	{"allsides", .445},
}

// similarAll is off as to index all of allsides takes more than a minute.
var similarAll = flag.Bool("similar.all", false, "measure similar articles on all collections, not on the first alone")

func TestRealDataSimilar(t *testing.T) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("NEWSQ_DATA is not set")
	}
	for i, c := range similarFloors {
		t.Run(c.collection, func(t *testing.T) {
			if i > 0 && !*similarAll {
				t.Skip("without -similar.all")
			}
			s := readTopical(t, filepath.Join(data, c.collection))
			var words, boosted, similar Report
			for i := range s.sample() {
				a := &s.articles[i]
				strongest := s.strongest(a)
				for _, r := range []struct {
					report *Report
					ids    []string
				}{
					{&words, s.search(t, a, plainQuery(strongest, false))},
					{&boosted, s.search(t, a, plainQuery(strongest, true))},
					{&similar, s.similar(t, a)},
				} {
					var scores Scores
					scores[P10] = s.precision(a, r.ids)
					r.report.Queries = append(r.report.Queries, a.ID)
					r.report.Each = append(r.report.Each, scores)
					r.report.Mean[P10] += scores[P10] / similarQueries
				}
			}
			t.Logf("P@10 on the same topic, %d articles: %.4f by 25 words, %.4f if these are boosted, %.4f similar",
				len(similar.Queries), words.Mean[P10], boosted.Mean[P10], similar.Mean[P10])
			baseline := words
			if boosted.Mean[P10] > words.Mean[P10] {
				baseline = boosted
			}
			better, err := Compare(baseline, similar, P10, Rounds, 1)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("against the better of these: %+.4f, %d articles better, %d worse, p = %.5f", better.Delta, better.Better, better.Worse, better.P)
			if similar.Mean[P10] < c.floor || better.Delta <= 0 || better.P >= .05 {
				t.Errorf("want at least %.3f, and more than plain words give", c.floor)
			}
		})
	}
}

// topical is a collection of articles that state topics, indexed.
type topical struct {
	ix       *index.Index
	articles []corpus.Article // by id
	topics   map[string][]string
	docFreq  map[string]int
	copies   map[[2]string]bool
}

func readTopical(t *testing.T, dir string) *topical {
	t.Helper()
	src, err := corpus.Open(filepath.Join(dir, "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	s := &topical{topics: make(map[string][]string), docFreq: make(map[string]int), copies: make(map[[2]string]bool)}
	for entry, err := range src.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for a, err := range entry.Articles(t.Context()) {
			if err == nil && a.Body != "" && len(a.Topics) > 0 {
				s.articles = append(s.articles, a)
			}
		}
	}
	slices.SortFunc(s.articles, func(a, b corpus.Article) int { return cmp.Compare(a.ID, b.ID) })
	for i := range s.articles {
		a := &s.articles[i]
		for _, topic := range a.Topics {
			s.topics[a.ID] = append(s.topics[a.ID], topic.Path)
		}
		for stem := range stemsOf(a) {
			s.docFreq[stem]++
		}
	}
	if s.ix, err = index.Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.ix.Close() })
	const batch = 4000
	for from := 0; from < len(s.articles); from += batch {
		if err := s.ix.Add(t.Context(), s.articles[from:min(len(s.articles), from+batch)]...); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.ix.Learn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.readCopies(t, filepath.Join(dir, "neardup_pairs.tsv"))
	return s
}

// readCopies reads which articles are copies of each other, where somebody computed that.
func (s *topical) readCopies(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		c := strings.Split(lines.Text(), "\t")
		if contained, err := strconv.ParseFloat(c[3], 64); err != nil {
			t.Fatal(err)
		} else if contained >= .6 {
			s.copies[[2]string{c[0], c[1]}], s.copies[[2]string{c[1], c[0]}] = true, true
		}
	}
}

// sample yields which articles are judged: drawn without those that were tried on.
func (s *topical) sample() []int {
	order := make([]int, len(s.articles))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(13, 0))
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order[similarTried:][:similarQueries]
}

// deepEnough is how many hits are asked for, so that ten are left without copies.
const deepEnough = 40

func (s *topical) similar(t *testing.T, a *corpus.Article) []string {
	t.Helper()
	res, err := s.ix.Similar(t.Context(), index.SimilarQuery{ID: a.ID, Limit: deepEnough, IDsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return idsOf(res.Hits)
}

func (s *topical) search(t *testing.T, a *corpus.Article, query string) []string {
	t.Helper()
	res, err := s.ix.Search(t.Context(), index.Query{Text: query, Rank: index.RankWords, NoAliases: true, IDsOnly: true, Limit: deepEnough})
	if err != nil {
		t.Fatal(a.ID, err)
	}
	return idsOf(res.Hits)
}

func idsOf(hits []index.Hit) []string {
	ids := make([]string, len(hits))
	for i := range hits {
		ids[i] = hits[i].ID
	}
	return ids
}

// precision is the share of the first ten, without the article and its copies, that are on
// a topic of the article.
func (s *topical) precision(a *corpus.Article, ids []string) float64 {
	n, same := 0, 0
	for _, id := range ids {
		if id == a.ID || s.copies[[2]string{a.ID, id}] || n == 10 {
			continue
		}
		n++
		if slices.ContainsFunc(s.topics[id], func(topic string) bool { return slices.Contains(s.topics[a.ID], topic) }) {
			same++
		}
	}
	return float64(same) / 10
}

// stemsOf returns how often an article has each stem, and one word for each.
func stemsOf(a *corpus.Article) map[string]*plainTerm {
	terms := make(map[string]*plainTerm)
	for _, t := range analysis.Of("en").NewTokenizer().Tokens(nil, a.Title+"\n\n"+a.Body) {
		if t.Stem == "" {
			continue
		}
		if terms[t.Stem] == nil {
			terms[t.Stem] = &plainTerm{stem: t.Stem, word: t.Word}
		}
		terms[t.Stem].n++
	}
	return terms
}

// plainTerm is a word with tf*idf.
type plainTerm struct {
	stem, word string
	n          int
	weight     float64
}

// strongest returns the 25 words of an article with the greatest tf*idf, as a plain "more
// like this" has them; words that nobody else has find nothing.
func (s *topical) strongest(a *corpus.Article) []*plainTerm {
	var list []*plainTerm
	for stem, t := range stemsOf(a) {
		if s.docFreq[stem] > 1 {
			t.weight = float64(t.n) * math.Log(float64(len(s.articles))/float64(s.docFreq[stem]))
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b *plainTerm) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.stem, b.stem))
	})
	return list[:min(len(list), 25)]
}

// plainQuery asks for any of the words, boosted by their weights or all alike.
func plainQuery(list []*plainTerm, boosted bool) string {
	var parts []string
	for _, t := range list {
		part := `"` + t.word + `"`
		if word := Words(t.word); word == t.word && !strings.ContainsAny(word, " '") {
			part = word
		}
		if boosted {
			part += fmt.Sprintf("^%.4f", max(t.weight/list[0].weight, .0001))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " OR ")
}
