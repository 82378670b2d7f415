package index

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// TestRealDataMarks asks for what real articles quote and whom they name, and holds what an
// index finds to the evaluation of the same plans article by article.
func TestRealDataMarks(t *testing.T) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("skipped: NEWSQ_DATA does not name a folder with real corpora")
	}
	articles := firstArticles(t, filepath.Join(data, "allsides"), 400)
	ix, err := Open(t.Context(), t.TempDir(), &Options{Entities: On})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ix.Close() }()
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	an := newDocBuilder(enrich.NewPipeline(textStages(sought{entities: true, quotations: true}), nil))
	docs := make([]*match.Doc, len(articles))
	var found []corpus.Article
	for i, a := range articles {
		d := an.doc(a, "", "")
		docs[i] = d.Text.Doc()
		found = append(found, d.Article)
	}
	random := rand.New(rand.NewPCG(18, 1))
	matches := 0
	for range 300 {
		text := markedQuery(random, found)
		want := slowMatches(t, text, docs)
		var got []string
		for hit, err := range ix.All(t.Context(), Query{Text: text, IDsOnly: true, Match: MatchStrict, NoAliases: true}) {
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			got = append(got, hit.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		matches += len(want)
	}
	t.Logf("%d matches of 300 queries", matches)
	if matches < 300 {
		t.Errorf("%d matches", matches)
	}
}

// firstArticles reads the first articles of a source.
func firstArticles(t *testing.T, path string, n int) (articles []corpus.Article) {
	t.Helper()
	src, err := corpus.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range src.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for a, err := range e.Articles(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if articles = append(articles, a); len(articles) == n {
				return articles
			}
		}
	}
	return articles
}

// slowMatches returns the ids of the articles that a query matches, in order.
func slowMatches(t *testing.T, text string, docs []*match.Doc) (ids []string) {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	p, err := match.Lower(n, match.Context{Analyzer: analyzerOf("")})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, d := range docs {
		if match.Match(p, d) {
			ids = append(ids, d.Values[match.ID][0])
		}
	}
	slices.Sort(ids)
	return ids
}

// markedQuery makes a query of words, names and quotations that some article has.
func markedQuery(random *rand.Rand, articles []corpus.Article) string {
	for {
		a := &articles[random.IntN(len(articles))]
		if len(a.Quotations) == 0 || len(a.Entities) == 0 {
			continue
		}
		q, e := &a.Quotations[random.IntN(len(a.Quotations))], &a.Entities[random.IntN(len(a.Entities))]
		said, near := plainWords(q.Text), plainWords(a.Body[:min(len(a.Body), 400)])
		if len(said) < 4 || len(near) < 4 {
			continue
		}
		pick := func(words []string) string { return words[random.IntN(len(words))] }
		by := ""
		if names := plainWords(q.Speaker); len(names) > 0 && random.IntN(2) == 0 {
			by = " by:" + pick(names)
		}
		name := "*"
		if names := plainWords(e.Name); len(names) > 0 && random.IntN(2) == 0 {
			name = pick(names)
		}
		i := random.IntN(len(said) - 1)
		switch random.IntN(7) {
		case 0:
			return "said:" + pick(said) + by
		case 1:
			return fmt.Sprintf("said:(%s %s)%s", pick(said), pick(said), by)
		case 2:
			return fmt.Sprintf(`said:"%s %s"%s`, said[i], said[i+1], by)
		case 3:
			return fmt.Sprintf("said:(%s NEAR/4 (%s OR %s))%s", pick(said), pick(said), pick(near), by)
		case 4:
			return fmt.Sprintf("%s NEAR/%d %s:%s", pick(near), 1+random.IntN(8), e.Kind, name)
		case 5:
			return fmt.Sprintf("%s:%s ADJ/%d %s", e.Kind, name, 1+random.IntN(8), pick(near))
		default:
			return fmt.Sprintf("%s -said:%s%s", pick(near), pick(said), by)
		}
	}
}

// plainWords returns the words of a text that no query takes for anything else.
func plainWords(s string) (words []string) {
	for _, w := range strings.Fields(s) {
		if w = strings.ToLower(strings.Trim(w, `.,;:!?“”"()`)); len(w) > 1 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
			words = append(words, w)
		}
	}
	return words
}
