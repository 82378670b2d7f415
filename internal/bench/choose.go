package bench

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/bench/harness"
)

// Queries are chosen from a corpus: the words of a query stand together in an
// article or a title, so that it is one that a person might ask and that finds
// something; whether words are frequent is by the number of articles that hold
// their stem.

// perClass is the number of queries in a class.
const perClass = 40

// Shares of the articles that hold a word of high, medium and low frequency.
var bands = map[string][2]float64{
	"high": {0.05, 0.5},
	"med":  {0.002, 0.02},
	"low":  {0.00005, 0.0005},
}

// statistics of a corpus, from one reading.
type statistics struct {
	articles int
	words    map[string]*word // by the word as it stands
	stems    map[string]*word // the first word of each stem
	pairs    map[string]int   // articles of the sample in which two words stand side by side
	sample   []harness.Article
}

// word is what is known of all words of one stem.
type word struct {
	text string // the first that was met
	df   int
	last int // the last article that was counted
}

// sampleSize is the number of articles that queries are made from.
const sampleSize = 20000

func survey(articles iter.Seq2[harness.Article, error], r *rand.Rand) (*statistics, error) {
	s := &statistics{words: map[string]*word{}, stems: map[string]*word{}, pairs: map[string]int{}}
	for a, err := range articles {
		if err != nil {
			return nil, err
		}
		s.articles++
		for run := range runs(a.All()) {
			for _, w := range run {
				if e := s.entry(w); e != nil && e.last != s.articles {
					e.last = s.articles
					e.df++
				}
			}
		}
		// A reservoir: every article has the same chance to be in.
		if len(s.sample) < sampleSize {
			s.sample = append(s.sample, a)
		} else if n := r.IntN(s.articles); n < sampleSize {
			s.sample[n] = a
		}
	}
	for i := range s.sample {
		seen := map[string]bool{}
		for run := range runs(s.sample[i].All()) {
			for j := 1; j < len(run); j++ {
				if p := run[j-1] + " " + run[j]; !seen[p] {
					seen[p] = true
					s.pairs[p]++
				}
			}
		}
	}
	r.Shuffle(len(s.sample), func(i, j int) { s.sample[i], s.sample[j] = s.sample[j], s.sample[i] })
	return s, nil
}

// entry returns what is known of a word's stem.
func (s *statistics) entry(w string) *word {
	if e, ok := s.words[w]; ok {
		return e
	}
	w = strings.Clone(w)
	stem := analysis.Of("en").Stem(w)
	e, ok := s.stems[stem]
	if !ok {
		e = &word{text: w}
		s.stems[stem] = e
	}
	s.words[w] = e
	return e
}

// share is the part of the articles that hold a word's stem.
func (s *statistics) share(w string) float64 { return float64(s.entry(w).df) / float64(s.articles) }

// runs yields the stretches of usable words of a text that have nothing but
// one space between them: words of 4 to 15 ASCII letters that no stop list
// holds. They are in lower case. A stretch is the callee's until it returns.
func runs(s string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		var run []string
		for line := range strings.SplitSeq(strings.ToLower(s), "\n") {
			run = run[:0]
			for part := range strings.SplitSeq(line, " ") {
				w := strings.TrimFunc(part, notLetter)
				ok := usable(w)
				if !ok || !strings.HasPrefix(part, w) {
					if len(run) > 0 && !yield(run) {
						return
					}
					run = run[:0]
				}
				if ok {
					run = append(run, w)
				}
				if ok && !strings.HasSuffix(part, w) {
					if !yield(run) {
						return
					}
					run = run[:0]
				}
			}
			if len(run) > 0 && !yield(run) {
				return
			}
		}
	}
}

func notLetter(r rune) bool { return r < 'a' || r > 'z' }

// usable reports whether a query may hold a word.
func usable(w string) bool {
	return len(w) >= 4 && len(w) <= 15 && !strings.ContainsFunc(w, notLetter) &&
		!analysis.Of("en").IsStop(w) && !slices.Contains(stops, w)
}

// stops are the words of four letters and more on the stop lists of the peers:
// Lucene's, and the longer one of Snowball that bleve and Bluge use. No query
// holds one, as it would be another query to each.
var stops = strings.Fields(`about above after again against because been before
being below between both cannot could does doing down during each from further
have having here hers herself himself into itself just more most myself once
only other ought ours ourselves over same should some such than that their
theirs them themselves then there these they this those through under until
very were what when where which while whom will with would your yours yourself
yourselves`)

// Choose returns queries of all classes for a corpus. The same articles and
// seed give the same queries.
func Choose(articles iter.Seq2[harness.Article, error], seed uint64) ([]harness.Query, error) {
	r := rand.New(rand.NewPCG(seed, 0))
	s, err := survey(articles, r)
	if err != nil {
		return nil, err
	}
	c := &chooser{statistics: s, r: r, seen: map[string]bool{}}
	c.terms()
	c.several()
	c.phrases()
	c.asked()
	c.prefixes()
	return c.queries, c.short()
}

// chooser collects queries.
type chooser struct {
	*statistics
	r       *rand.Rand
	next    int // in the sample
	seen    map[string]bool
	perID   map[string]int
	queries []harness.Query
}

// add takes a query unless it was taken before, and reports whether it was
// taken.
func (c *chooser) add(class, kind string, q harness.Query) bool {
	key := class + " " + q.String()
	if c.seen[key] || len(q.Words) == 0 {
		return false
	}
	c.seen[key] = true
	if c.perID == nil {
		c.perID = map[string]int{}
	}
	c.perID[kind]++
	q.Class, q.ID = class, fmt.Sprintf("%s-%02d", kind, c.perID[kind])
	c.queries = append(c.queries, q)
	return true
}

// short is an error where the corpus did not yield enough queries.
func (c *chooser) short() error {
	n := map[string]int{}
	for i := range c.queries {
		n[c.queries[i].Class]++
	}
	for _, class := range Classes {
		if n[class] < 30 {
			return fmt.Errorf("the corpus yields only %d queries of class %s", n[class], class)
		}
	}
	return nil
}

// article returns the next article of the sample, which is gone through again
// when it ends.
func (c *chooser) article() *harness.Article {
	c.next++
	return &c.sample[c.next%len(c.sample)]
}

// from asks f for queries from one article after another until n were taken,
// through the sample twice at most.
func (c *chooser) from(n int, f func(a *harness.Article) bool) {
	for i := 0; n > 0 && i < 2*len(c.sample); i++ {
		if f(c.article()) {
			n--
		}
	}
}

// terms are drawn from their band evenly by word, and not by occurrence.
func (c *chooser) terms() {
	for _, band := range []string{"high", "med", "low"} {
		for _, w := range c.band(band, perClass) {
			c.add("term_"+band, band, harness.Query{Words: []string{w}})
		}
	}
}

// band returns at most n words of a band, in random order.
func (c *chooser) band(name string, n int) []string {
	var found []string
	for _, stem := range slices.Sorted(maps.Keys(c.stems)) {
		e := c.stems[stem]
		// Three articles at least, so that a word is no slip; in a small corpus
		// so few are above the band.
		least := max(bands[name][0]*float64(c.articles), 3)
		most := max(bands[name][1]*float64(c.articles), 6)
		if df := float64(e.df); df >= least && df < most {
			found = append(found, e.text)
		}
	}
	c.r.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	return found[:min(n, len(found))]
}

// together returns n different words that stand in one part of an article,
// each in at least that share of all articles, or nil.
func (c *chooser) together(part string, n int, least float64) []string {
	var words []string
	for run := range runs(part) {
		for _, w := range run {
			if c.share(w) >= least && !slices.ContainsFunc(words, func(o string) bool { return c.entry(o) == c.entry(w) }) {
				words = append(words, w)
			}
		}
	}
	if len(words) < n {
		return nil
	}
	c.r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words[:n]
}

// several are AND of 2 and 3, OR of 2 to 5 and of 10.
func (c *chooser) several() {
	for _, n := range []int{2, 3} {
		c.from(perClass/2, func(a *harness.Article) bool {
			return c.add("and", fmt.Sprintf("and%d", n), harness.Query{Mode: harness.All, Words: c.together(a.Title, n, 0.001)})
		})
	}
	for _, n := range []int{2, 3, 4, 5} {
		c.from(perClass/4, func(a *harness.Article) bool {
			return c.add("or", fmt.Sprintf("or%d", n), harness.Query{Words: c.together(a.Title, n, 0.0005)})
		})
	}
	c.from(perClass, func(a *harness.Article) bool {
		return c.add("or10", "or10", harness.Query{Words: c.together(a.Text, 10, 0.0005)})
	})
}

// phrases of 2 words are half common ones; those of 3 are as they come.
func (c *chooser) phrases() {
	common := slices.SortedFunc(maps.Keys(c.pairs), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.pairs[b], c.pairs[a]), cmp.Compare(a, b))
	})
	common = common[:min(400, len(common))]
	c.r.Shuffle(len(common), func(i, j int) { common[i], common[j] = common[j], common[i] })
	for _, p := range common[:min(perClass/4, len(common))] {
		c.add("phrase", "common2", harness.Query{Mode: harness.Phrase, Words: strings.Fields(p)})
	}
	for _, kind := range []string{"phrase2", "phrase3", "phrase3"} {
		n := int(kind[len(kind)-1] - '0')
		c.from(perClass/4, func(a *harness.Article) bool {
			for run := range runs(a.Text) {
				if len(run) < n {
					continue
				}
				at := c.r.IntN(len(run) - n + 1)
				// A phrase met once only is a poor question.
				if c.pairs[run[at]+" "+run[at+1]] >= 3 {
					return c.add("phrase", kind, harness.Query{Mode: harness.Phrase, Words: slices.Clone(run[at : at+n])})
				}
			}
			return false
		})
	}
}

// asked are the classes that ask more than ten ids of a term, OR or AND.
func (c *chooser) asked() {
	c.mixed("count", func(q *harness.Query, _ *harness.Article) bool { q.Count = true; return true }, "or", "and")
	c.mixed("facet", func(q *harness.Query, _ *harness.Article) bool { q.Facet = true; return true }, "term", "or", "and")
	c.mixed("filter", func(q *harness.Query, a *harness.Article) bool {
		if len(a.Topics) == 0 {
			return false
		}
		q.Topic = a.Topics[0]
		return !strings.ContainsFunc(q.Topic, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
	}, "term", "and")
	c.mixed("newest", func(q *harness.Query, _ *harness.Article) bool { q.Newest = true; return true }, "term", "or", "and")
}

// mixed fills a class with queries of several kinds.
func (c *chooser) mixed(class string, ask func(*harness.Query, *harness.Article) bool, kinds ...string) {
	for i, kind := range kinds {
		n := perClass*(i+1)/len(kinds) - perClass*i/len(kinds)
		c.from(n, func(a *harness.Article) bool {
			var q harness.Query
			switch kind {
			case "term":
				q.Words = c.together(a.All(), 1, 0.005)
			case "or":
				q.Words = c.together(a.Title, 2+c.r.IntN(4), 0.0005)
			case "and":
				q.Mode, q.Words = harness.All, c.together(a.Title, 2+c.r.IntN(2), 0.001)
			}
			return ask(&q, a) && c.add(class, class+"-"+kind, q)
		})
	}
}

// prefixes are the beginnings of words, of 3 to 6 letters.
func (c *chooser) prefixes() {
	c.from(perClass, func(a *harness.Article) bool {
		words := c.together(a.All(), 1, 0.0005)
		if len(words) == 0 || len(words[0]) < 7 {
			return false
		}
		return c.add("prefix", "prefix", harness.Query{Mode: harness.Prefix, Words: []string{words[0][:3+c.r.IntN(4)]}})
	})
}

// Classes are the classes of queries, in the order in which they are shown.
var Classes = strings.Fields("term_high term_med term_low and or or10 phrase count facet filter newest prefix")

// WriteQueries writes queries as harness.ReadQueries reads them.
func WriteQueries(w io.Writer, queries []harness.Query) error {
	for i := range queries {
		q := &queries[i]
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", q.Class, q.ID, q); err != nil {
			return err
		}
	}
	return nil
}
