// Package readertest makes views in memory, for the tests and benchmarks of
// what reads them. A test says which article is in which segment and which is
// deleted, and no file is written.
package readertest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// Article is an article of a view.
type Article struct {
	ID, Title, Body string
	Topics, Authors []string
	Source          string
	Published       time.Time
	Version, Entry  string
	Deleted         bool
}

// View returns a view with a segment for each list of articles.
func View(tb testing.TB, segments ...[]Article) *reader.View {
	tb.Helper()
	states := make([]reader.SegmentState, len(segments))
	for i, articles := range segments {
		states[i] = State(tb, articles)
	}
	v, err := reader.NewView(states)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// Encoded returns a view of one segment with articles that were analysed before.
func Encoded(tb testing.TB, articles []*match.Encoded) *reader.View {
	tb.Helper()
	docs := make([]*engine.Doc, len(articles))
	for i, text := range articles {
		docs[i] = &engine.Doc{Article: corpus.Article{ID: text.Values[match.ID][0]}, Text: text}
	}
	v, err := reader.NewView([]reader.SegmentState{{Segment: build(tb, docs)}})
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// State makes a segment of articles.
func State(tb testing.TB, articles []Article) reader.SegmentState {
	tb.Helper()
	deleted := roaring.New()
	encoder := match.NewEncoder(analysis.Of)
	docs := make([]*engine.Doc, len(articles))
	for i := range articles {
		if docs[i] = articles[i].doc(encoder); articles[i].Deleted {
			deleted.Add(uint32(i))
		}
	}
	return reader.SegmentState{Segment: build(tb, docs), Deleted: deleted}
}

// build makes a segment.
func build(tb testing.TB, articles []*engine.Doc) *segment.Segment {
	tb.Helper()
	var buffers schema.Buffers
	docs := make([]index.Document, len(articles))
	for i, a := range articles {
		d, err := schema.NewDocument(a, i, &buffers)
		if err != nil {
			tb.Fatal(err)
		}
		d.AddIDField()
		docs[i] = d
	}
	built, _, err := segment.Plugin{}.New(docs)
	if err != nil {
		tb.Fatal(err)
	}
	seg, ok := segment.Unwrap(built)
	if !ok {
		tb.Fatalf("%T is no segment of ours", built)
	}
	return seg
}

// doc analyses an article.
func (a *Article) doc(encoder *match.Encoder) *engine.Doc {
	in := match.Input{
		ID: a.ID, Title: a.Title, Body: []string{a.Body}, Topics: a.Topics,
		Authors: a.Authors, Source: a.Source, Published: a.Published,
	}
	return &engine.Doc{
		Article: corpus.Article{
			ID: a.ID, Title: a.Title, Body: a.Body, Published: a.Published, Authors: a.Authors, Source: a.Source,
		},
		Entry: a.Entry, Version: a.Version, Text: encoder.Encode(in),
	}
}

// words are the words of generated articles, from the most to the least
// frequent. Each of them is its own stem.
var words = strings.Fields("korea talk missil bond pact fleet strait grain embargo envoy quorum tundra")

// Word returns a word of generated articles; word 0 is in nearly all of them,
// and each further word in about half as many as the one before it.
func Word(i int) string { return words[i] }

// NumWords is the number of these words.
const NumWords = 12

// Generate returns n articles of generated text, the same for each seed. They
// differ in length, and some have a date. One of oneDeletedIn is deleted;
// none where that is 0.
func Generate(seed uint64, n, oneDeletedIn int) []Article {
	random := rand.New(rand.NewPCG(seed, 7))
	articles := make([]Article, n)
	var body []string
	for i := range articles {
		a := &articles[i]
		a.ID = fmt.Sprintf("%04d-%d-%d", random.IntN(10_000), seed, i) // not in the order of documents
		a.Topics = []string{"topic/" + Word(random.IntN(NumWords))}
		a.Source = "source " + Word(random.IntN(NumWords))
		if random.IntN(4) > 0 {
			a.Published = time.Date(2020+random.IntN(5), 1, 1+random.IntN(365), random.IntN(3), 0, 0, 0, time.UTC)
		}
		a.Deleted = oneDeletedIn > 0 && random.IntN(oneDeletedIn) == 0
		a.Title = Word(random.IntN(NumWords))
		body = body[:0]
		for range 1 + random.IntN(40) {
			body = append(body, randomWord(random))
			if random.IntN(3) == 0 { // words come in runs, so that some are frequent in an article
				body = append(body, body[len(body)-1])
			}
		}
		a.Body = strings.Join(body, " ")
	}
	return articles
}

// randomWord returns a word; each is half as frequent as the one before it.
func randomWord(random *rand.Rand) string {
	i := 0
	for i < NumWords-1 && random.IntN(2) == 0 {
		i++
	}
	return Word(i)
}
