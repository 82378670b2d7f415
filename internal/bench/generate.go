package bench

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/bench/harness"
	"github.com/newsq/newsq/internal/text"
)

// A generated article is made of sentences of real ones of the same outlet,
// and where possible of the same topic: runs of one to three sentences, taken
// in turn from one article and from others. Words therefore keep their
// frequency, and the company that they keep within an article and a sentence,
// while no article is another's copy. Its title is the head of one title and
// the tail of another; topics and date are those of the articles it is made
// of, the date moved by up to half a year.

const (
	// smallPool is the number of articles below which an outlet has too few
	// to recombine; all such outlets share one pool.
	smallPool = 20
	// smallTopic is the same for a topic within a pool.
	smallTopic = 6
	// The length of a text, in bytes: log-normal with this mean.
	meanText, minText, maxText = 1000, 300, 4000
	spreadText                 = 0.6
)

// origin is a real article, cut into sentences.
type origin struct {
	article   harness.Article
	sentences []text.Span
	pool      []int // of the same outlet and, where that suffices, topic
}

// Generator makes articles. It is safe for concurrent use.
type Generator struct {
	seed    uint64
	origins []origin
}

// NewGenerator returns a generator over real articles, which it keeps. The same
// articles and seed give the same generator.
func NewGenerator(real []harness.Article, seed uint64) (*Generator, error) {
	g := &Generator{seed: seed}
	for _, a := range real {
		o := origin{article: a}
		for _, s := range analysis.Of("en").Sentences(a.Text) {
			if n := s.End - s.Start; n >= 20 && n <= 600 {
				o.sentences = append(o.sentences, s)
			}
		}
		if len(o.sentences) >= 4 && strings.Contains(a.Title, " ") {
			g.origins = append(g.origins, o)
		}
	}
	g.pool()
	for i := range g.origins {
		if len(g.origins[i].pool) < 2 {
			return nil, fmt.Errorf("%d articles are too few to recombine", len(real))
		}
	}
	return g, nil
}

// pool finds for each origin the articles that its sentences may stand beside.
func (g *Generator) pool() {
	perSource := map[string]int{}
	for i := range g.origins {
		perSource[g.origins[i].article.Source]++
	}
	pools := map[[2]string][]int{}
	keys := func(a *harness.Article) (source, topic [2]string) {
		name := a.Source
		if perSource[name] < smallPool {
			name = ""
		}
		source = [2]string{name}
		topic = source
		if len(a.Topics) > 0 {
			topic[1] = a.Topics[0]
		}
		return source, topic
	}
	for i := range g.origins {
		source, topic := keys(&g.origins[i].article)
		pools[source] = append(pools[source], i)
		if topic != source {
			pools[topic] = append(pools[topic], i)
		}
	}
	for i := range g.origins {
		source, topic := keys(&g.origins[i].article)
		g.origins[i].pool = pools[topic]
		if len(pools[topic]) < smallTopic {
			g.origins[i].pool = pools[source]
		}
	}
}

// Article returns the article of number i. It depends on the generator and on
// i alone, so that a smaller corpus is the beginning of a larger one.
func (g *Generator) Article(i int) harness.Article {
	r := rand.New(rand.NewPCG(g.seed, uint64(i)))
	base := &g.origins[r.IntN(len(g.origins))]
	body, second := g.body(r, base)
	a := harness.Article{
		ID:     fmt.Sprintf("gen:%08d", i),
		Title:  g.title(r, base, second),
		Text:   body,
		Source: base.article.Source,
		Date:   moved(r, &base.article),
		Topics: slices.Clone(base.article.Topics),
	}
	// Some articles have two topics, as real ones do.
	if t := second.article.Topics; len(t) > 0 && r.IntN(4) == 0 && !slices.Contains(a.Topics, t[0]) {
		a.Topics = append(a.Topics, t[0])
	}
	return a
}

// body returns a text and the first article beside base that it is made of.
func (g *Generator) body(r *rand.Rand, base *origin) (body string, second *origin) {
	want := int(math.Exp(math.Log(meanText) - spreadText*spreadText/2 + spreadText*r.NormFloat64()))
	want = min(max(want, minText), maxText)
	var b strings.Builder
	used := map[[2]int]bool{}
	inParagraph, fromBase := 0, r.IntN(2) == 0
	// Turns are bounded since the articles of a pool may all be used up.
	for turn := 0; b.Len() < want && turn < 500 || second == nil; turn++ {
		at := -1 // stands for base
		from := base
		if !fromBase {
			at = base.pool[r.IntN(len(base.pool))]
			from = &g.origins[at]
			if from == base {
				continue
			}
			if second == nil {
				second = from
			}
		}
		fromBase = !fromBase
		start := r.IntN(len(from.sentences))
		for n := start; n < min(start+1+r.IntN(3), len(from.sentences)); n++ {
			if used[[2]int{at, n}] {
				break
			}
			used[[2]int{at, n}] = true
			switch {
			case b.Len() == 0:
			case inParagraph >= 2+r.IntN(3):
				b.WriteString("\n\n")
				inParagraph = 0
			default:
				b.WriteByte(' ')
			}
			s := from.sentences[n]
			b.WriteString(strings.ReplaceAll(from.article.Text[s.Start:s.End], "\n", " "))
			inParagraph++
		}
	}
	return b.String(), second
}

// title joins the head of one title to the tail of another.
func (g *Generator) title(r *rand.Rand, a, b *origin) string {
	if r.IntN(2) == 0 {
		a, b = b, a
	}
	head, tail := strings.Fields(a.article.Title), strings.Fields(b.article.Title)
	return strings.Join(append(slices.Clone(head[:(len(head)+1)/2]), tail[len(tail)/2:]...), " ")
}

// moved returns the date of an article moved by up to half a year, to the
// second; none where it has none.
func moved(r *rand.Rand, a *harness.Article) string {
	at, ok := a.Unix()
	if !ok {
		return ""
	}
	const halfYear = 183 * 24 * 3600
	return time.Unix(at+r.Int64N(2*halfYear)-halfYear, 0).UTC().Format(time.RFC3339)
}

// ReadCorpus reads articles from a file of JSON Lines, compressed with gzip
// where its name says so.
func ReadCorpus(path string) (all []harness.Article, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(bufio.NewReaderSize(f, 1<<20)); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	harness.ReadArticles(in, path, func(a harness.Article, e error) bool {
		if err = e; e == nil {
			all = append(all, a)
		}
		return e == nil
	})
	return all, err
}

// WriteCorpus writes n articles, each as at returns it, to a file of JSON Lines.
func WriteCorpus(path string, n int, at func(i int) harness.Article) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range n {
		if err := enc.Encode(at(i)); err != nil {
			return errors.Join(err, w.Flush())
		}
	}
	return w.Flush()
}
