package index

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/embed/endpoint/endpointtest"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// embeddingsOf are those of a server, a few articles at a time.
func embeddingsOf(s *endpointtest.Server) *Embeddings {
	return &Embeddings{URL: s.API(), Model: "grams", Key: "k-secret", Batch: 4, PassagePrefix: "passage: ", QueryPrefix: "query: "}
}

func openEmbedded(t *testing.T, dir string, e *Embeddings) *Index {
	t.Helper()
	ix, err := Open(t.Context(), dir, &Options{Embeddings: e})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

// subjectWords are what articles of three subjects say.
var subjectWords = [][]string{
	strings.Fields("missile launch warhead deterrence sanctions regime pyongyang nuclear"),
	strings.Fields("inflation interest rates bank economy growth currency bonds"),
	strings.Fields("match goal striker league coach season stadium injury"),
}

// subjectArticles are articles with ids from on, each about one subject, and all with the
// word report.
func subjectArticles(from, n int) (list []corpus.Article) {
	random := rand.New(rand.NewPCG(uint64(from), 3))
	for i := from; i < from+n; i++ {
		words := []string{"report"}
		for range 10 {
			words = append(words, subjectWords[i%3][random.IntN(8)])
		}
		list = append(list, corpus.Article{ID: fmt.Sprintf("%03d", i), Title: fmt.Sprint("Number ", i), Body: strings.Join(words, " ")})
	}
	return list
}

// passage is what is sent of an article.
func passage(a *corpus.Article) string { return "passage: " + a.Title + "\n\n" + a.Body }

// vectorsIn returns the vectors of all articles, by id, and the model that they are by.
func vectorsIn(t *testing.T, ix *Index) (map[string]embed.Vector, *embed.Outside) {
	t.Helper()
	snap, err := ix.engine.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = snap.Close(context.Background()) }()
	found, err := snap.Search(t.Context(), &engine.Request{Plan: match.All{}, Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	var places []engine.Place
	for _, h := range found.Hits {
		places = append(places, h.Place)
	}
	out := make([]embed.Vector, len(places))
	if err := snap.(engine.VectorReader).Vectors(t.Context(), places, out); err != nil {
		t.Fatal(err)
	}
	byID := map[string]embed.Vector{}
	for i, h := range found.Hits {
		byID[h.ID] = out[i]
	}
	o, err := snap.(engine.OutsideReader).Outside(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return byID, o
}

// wantVector is the vector of an article by a model of a server.
func wantVector(t *testing.T, model string, a *corpus.Article, dims int) embed.Vector {
	t.Helper()
	var x []float32
	for _, y := range endpointtest.Embed(model, passage(a), dims) {
		x = append(x, float32(y))
	}
	v, err := embed.NewVector(x)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEmbeddings(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{Dims: 96, Key: "k-secret"})
	dir := t.TempDir()
	ix := openEmbedded(t, dir, embeddingsOf(s))
	list := subjectArticles(0, 30)
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	sent := s.Sent()
	if len(sent) != 30 || s.Requests() != 8 || !slices.Contains(sent, passage(&list[7])) {
		t.Errorf("%d texts came in %d requests: %q", len(sent), s.Requests(), sent[:1])
	}
	vectors, o := vectorsIn(t, ix)
	for i := range list {
		if !slices.Equal(vectors[list[i].ID], wantVector(t, "grams", &list[i], 96)) {
			t.Errorf("article %s has another vector", list[i].ID)
		}
	}
	if o.Dims != 96 || o.Name != "grams" {
		t.Errorf("the model is %+v", o)
	}

	// The words of a query go there once, and the order is by their vector.
	q := Query{Text: "report (goals OR title:striker) NOT regime", Match: MatchAny, Limit: 30, Explain: true}
	for range 2 {
		res, err := ix.Search(t.Context(), q)
		if err != nil || res.RankedBy != RankBlend || len(res.Warnings) > 0 {
			t.Fatalf("%d hits ranked by %v, warnings %q, %v", len(res.Hits), res.RankedBy, res.Warnings, err)
		}
		for i, h := range res.Hits[:5] {
			if n := h.ID; h.Blend.Cosine == 0 || h.Blend.Feedback != 0 || h.Blend.Model != o.ID() || (int(n[2]-'0')+int(n[1]-'0')+int(n[0]-'0'))%3 != 2 {
				t.Errorf("hit %d is %s, %+v", i, n, h.Blend)
			}
		}
	}
	if got := s.Sent(); !slices.Equal(got, []string{"query: report goals striker"}) {
		t.Errorf("for the query came %q", got)
	}

	// What is near lacks the words.
	near, err := ix.Search(t.Context(), Query{Text: "striker stadiums", NearMeaning: true, Match: MatchStrict, Limit: 5})
	if err != nil || len(near.NearMeaning) != 5 || len(near.Warnings) > 0 {
		t.Fatalf("%d are near, warnings %q, %v", len(near.NearMeaning), near.Warnings, err)
	}
	for _, h := range near.NearMeaning {
		if n := h.ID; h.Cosine <= 0 || (int(n[2]-'0')+int(n[1]-'0')+int(n[0]-'0'))%3 != 2 {
			t.Errorf("near by %g is %s", h.Cosine, n)
		}
	}
	if got := s.Sent(); !slices.Equal(got, []string{"query: striker stadiums"}) {
		t.Errorf("for what is near came %q", got)
	}

	// Pages go on without a request, in the order of one list.
	q.Limit, q.Explain = 7, false
	whole, err := ix.Search(t.Context(), Query{Text: q.Text, Match: MatchAny, Limit: 30})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for page := 0; page == 0 || q.Cursor != ""; page++ {
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		q.Cursor = res.Cursor
	}
	for i, h := range whole.Hits {
		if ids[i] != h.ID {
			t.Fatalf("pages have %v", ids)
		}
	}
	if got := s.Sent(); len(got) > 0 {
		t.Errorf("for pages came %q", got)
	}

	// What changed or came is sent, and nothing else; neither is anything when segments
	// are merged.
	list[3].Body += " injury"
	if err := ix.Add(t.Context(), append(subjectArticles(30, 5), list[3])...); err != nil {
		t.Fatal(err)
	}
	if got := s.Sent(); len(got) != 6 || !slices.Contains(got, passage(&list[3])) {
		t.Errorf("for a change and five articles came %q", got)
	}
	if _, err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	list = append(list, subjectArticles(30, 5)...)
	vectors, _ = vectorsIn(t, ix)
	for i := range list {
		if !slices.Equal(vectors[list[i].ID], wantVector(t, "grams", &list[i], 96)) {
			t.Errorf("article %s has another vector once it was merged", list[i].ID)
		}
	}
	r, err := ix.Learn(t.Context(), nil)
	if err != nil || r.Embedded == nil || r.Embedded.Sent != 0 || r.Articles != 35 || r.Embedded.Dims != 96 {
		t.Errorf("learn: %+v, %+v, %v", r, r.Embedded, err)
	}
	stats, err := ix.Stats(t.Context())
	if err != nil || stats.Learned == nil || stats.Learned.Embedded == nil || stats.Learned.Embedded.Dims != 96 || stats.Learned.Embedded.Lacking != 0 || stats.Learned.Time.IsZero() {
		t.Errorf("stats tell %+v, %v", stats.Learned, err)
	}
	if got := s.Sent(); len(got) > 0 {
		t.Errorf("for nothing came %q", got)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	keyIsNowhere(t, dir)
}

// keyIsNowhere looks for the key in all files of an index.
func keyIsNowhere(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "k-secret") {
			t.Errorf("the key is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Without its endpoint an index is searched by words, and says so.
func TestEmbeddingsWithoutEndpoint(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{})
	dir := t.TempDir()
	ix := openEmbedded(t, dir, embeddingsOf(s))
	if err := ix.Add(t.Context(), subjectArticles(0, 12)...); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	words := func(e *Embeddings, want string) {
		t.Helper()
		ix, err := Open(t.Context(), dir, &Options{ReadOnly: true, Embeddings: e})
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		for _, rank := range []Ranking{RankDefault, RankBlend} {
			res, err := ix.Search(t.Context(), Query{Text: "report missile", Rank: rank})
			if err != nil || res.RankedBy != RankWords || len(res.Hits) == 0 || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], want) {
				t.Errorf("ranked by %v, warnings %q, %v; want %q", res.RankedBy, res.Warnings, err, want)
			}
		}
	}
	words(nil, "no embeddings are set")
	other := embeddingsOf(s)
	other.Model = "other"
	words(other, "embeddings that are set are others")
	hangs := embeddingsOf(s)
	hangs.QueryTimeout = 30 * time.Millisecond
	s.Set(func(o *endpointtest.Options) {
		o.Fault = func(_ http.ResponseWriter, r *http.Request, _ int) bool { return endpointtest.Hang(r) }
	})
	words(hangs, "no answer within 30ms")
	s.Close()
	words(embeddingsOf(s), "no answer")
	ix, err := Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Learn(t.Context(), nil); !errors.Is(err, ErrEmbedded) {
		t.Errorf("learn without the endpoint: %v, want ErrEmbedded", err)
	}
	if err := ix.Add(t.Context(), subjectArticles(12, 400)...); err != nil {
		t.Fatal(err)
	}
	if _, o := vectorsIn(t, ix); o == nil {
		t.Error("the vectors were replaced by themselves")
	}
	if r, err := ix.Learn(t.Context(), &LearnOptions{FromCorpus: true}); err != nil || r.Trained != 412 {
		t.Errorf("learn from the corpus: %+v, %v", r, err)
	}
	if _, o := vectorsIn(t, ix); o != nil {
		t.Errorf("the vectors still are by %v", o)
	}
	if err := ix.Close(); err != nil {
		t.Error(err)
	}
}

// What may not be given away isn't sent, and what the endpoint refuses keeps nothing else
// from its vector.
func TestEmbeddingsOfSomeArticles(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{Refuse: "Number 7"})
	ix := openEmbedded(t, t.TempDir(), embeddingsOf(s))
	list := subjectArticles(0, 20)
	list[2].Handling = &corpus.Handling{NoAI: true}
	list[3].Handling = &corpus.Handling{Embargoed: true, EmbargoedUntil: time.Now().Add(time.Hour)}
	list[4].Handling = &corpus.Handling{Embargoed: true}
	list[5].Title, list[5].Body = "", "..."
	list[6].Body, list[6].Title = list[8].Body, list[8].Title
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	sent := s.Sent()
	for _, i := range []int{2, 3, 4, 7} {
		if slices.Contains(sent, passage(&list[i])) {
			t.Errorf("article %d was sent", i)
		}
	}
	if len(sent) != 15 {
		t.Errorf("%d texts were sent: %q", len(sent), sent)
	}
	r, err := ix.Learn(t.Context(), nil)
	want := EmbedReport{URL: s.API(), Model: "grams", Dims: 64, Articles: 16, Refused: 1, Forbidden: 1, Embargoed: 2}
	if r.Embedded == nil {
		t.Fatal(err)
	}
	want.Refusal = r.Embedded.Refusal
	if err != nil || *r.Embedded != want || !strings.Contains(want.Refusal, "maximum context length") {
		t.Errorf("%+v, %v; want %+v", r.Embedded, err, want)
	}
	vectors, _ := vectorsIn(t, ix)
	for i, a := range list {
		if got := vectors[a.ID]; got.IsZero() != slices.Contains([]int{2, 3, 4, 7}, i) {
			t.Errorf("article %d has the vector %v", i, got[:3])
		}
	}
	s.Set(func(o *endpointtest.Options) { o.Refuse = "" })
	if r, err = ix.Learn(t.Context(), nil); err != nil || r.Embedded.Sent != 1 || r.Embedded.Refused != 0 || r.Articles != 17 {
		t.Errorf("learn again: %+v, %v", r.Embedded, err)
	}
}

// fails has a server answer so many requests, and no more.
func fails(s *endpointtest.Server, after int) {
	answered := 0
	s.Set(func(o *endpointtest.Options) {
		o.Fault = func(w http.ResponseWriter, _ *http.Request, _ int) bool {
			answered++ // the client sends one request at a time
			return answered > after && endpointtest.Answer(w, http.StatusPaymentRequired, "pay first")
		}
	})
}

func works(s *endpointtest.Server) { s.Set(func(o *endpointtest.Options) { o.Fault = nil }) }

// An endpoint that fails in a sync costs no article, and no vector that has come.
func TestEmbeddingsOwed(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{})
	folder, dir := t.TempDir(), t.TempDir()
	for _, a := range subjectArticles(0, 21) {
		if err := os.WriteFile(filepath.Join(folder, a.ID+".txt"), []byte(a.Title+"\n\n"+a.Body+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	src, err := corpus.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	ix := openEmbedded(t, dir, embeddingsOf(s))
	fails(s, 2)
	r, err := ix.Sync(t.Context(), src, nil)
	if err != nil || r.Added != 21 || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "13 articles are indexed, and their vectors are still owed") ||
		!strings.Contains(r.Warnings[0], "pay first") || r.Learned == nil || r.Learned.Embedded.Owed != 13 || r.Learned.Embedded.Articles != 8 {
		t.Fatalf("%+v, %v", r, err)
	}
	if res, err := ix.Search(t.Context(), Query{Text: "report"}); err != nil || res.Total != 21 {
		t.Errorf("%d articles are found, %v", res.Total, err)
	}
	works(s)
	first := s.Sent()
	if r, err = ix.Sync(t.Context(), src, nil); err != nil || r.Unchanged != 21 || len(r.Warnings) > 0 || r.Learned.Embedded.Sent != 13 || r.Learned.Articles != 21 {
		t.Errorf("%+v, %v", r, err)
	}
	all := append(first, s.Sent()...)
	slices.Sort(all)
	if len(all) != 21 || len(slices.Compact(all)) != 21 {
		t.Errorf("texts were sent twice: %q", all)
	}
	if r, err = ix.Sync(t.Context(), src, nil); err != nil || r.Learned != nil || len(s.Sent()) > 0 {
		t.Errorf("a sync of nothing: %+v, %v", r.Learned, err)
	}
}

// An index whose writer is killed while vectors come, and while they change to another
// model, has what it had, and sends nothing twice. The folder is copied while the server has
// a request, which is what a kill leaves.
func TestEmbeddingsKilled(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{})
	dir := t.TempDir()
	ix := openEmbedded(t, dir, embeddingsOf(s))
	list := subjectArticles(0, 30)
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	s.Sent()
	copies := map[int]string{} // by how many texts had come
	came := 0
	s.Set(func(o *endpointtest.Options) {
		o.Fault = func(http.ResponseWriter, *http.Request, int) bool {
			to := t.TempDir()
			if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
				t.Error(err)
			}
			copies[came] = to
			came += 4
			return false
		}
	})
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	next := embeddingsOf(s)
	next.Model = "better"
	ix = openEmbedded(t, dir, next)
	if r, err := ix.Learn(t.Context(), nil); err != nil || r.Embedded.Sent != 30 {
		t.Fatalf("%+v, %v", r.Embedded, err)
	}
	works(s)
	s.Sent()
	for came, dir := range copies {
		if err := os.RemoveAll(filepath.Join(dir, "writer.json")); err != nil {
			t.Fatal(err)
		}
		ix := openEmbedded(t, dir, next)
		onlyBy(t, ix, list, "grams")
		r, err := ix.Learn(t.Context(), nil)
		if err != nil || r.Embedded.Sent != 30-came || r.Articles != 30 {
			t.Errorf("killed after %d: %+v, %v", came, r.Embedded, err)
		}
		if got := s.Sent(); len(got) != 30-came {
			t.Errorf("killed after %d: %d texts were sent", came, len(got))
		}
		onlyBy(t, ix, list, "better")
		check(t, dir, ix)
	}
}

// onlyBy holds all vectors to a model.
func onlyBy(t *testing.T, ix *Index, list []corpus.Article, model string) {
	t.Helper()
	vectors, o := vectorsIn(t, ix)
	if o == nil || o.Name != model {
		t.Errorf("the model is %v, want %s", o, model)
		return
	}
	for i := range list {
		if !slices.Equal(vectors[list[i].ID], wantVector(t, model, &list[i], o.Dims)) {
			t.Errorf("the vector of article %d is not by %s", i, model)
		}
	}
}

// check closes an index and checks it.
func check(t *testing.T, dir string, ix *Index) {
	t.Helper()
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Check(t.Context(), dir)
	if err != nil || len(r.Damage) > 0 {
		t.Errorf("check: %+v, %v", r, err)
	}
}

// Whatever happens in whatever order, all vectors are by one model.
func TestEmbeddingsNeverMix(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 9))
			s := endpointtest.New(t, endpointtest.Options{})
			dir := t.TempDir()
			models := []string{"a", "b", "c"}
			e := embeddingsOf(s)
			e.Model = "a"
			articles := map[string]corpus.Article{}
			var ix *Index
			for range 25 {
				if ix == nil {
					ix = openEmbedded(t, dir, e)
				}
				switch what := random.IntN(7); what {
				case 0, 1: // articles come and change
					batch := subjectArticles(random.IntN(30), 1+random.IntN(9))
					for i := range batch {
						batch[i].Body += fmt.Sprint(" word", random.IntN(4))
						articles[batch[i].ID] = batch[i]
					}
					if err := ix.Add(t.Context(), batch...); err != nil && !strings.Contains(err.Error(), "pay first") {
						t.Fatal(err)
					}
				case 2: // another model
					next := *e
					next.Model = models[random.IntN(3)]
					if err := ix.Close(); err != nil {
						t.Fatal(err)
					}
					e, ix = &next, openEmbedded(t, dir, &next)
				case 3:
					fails(s, random.IntN(4))
				case 4:
					works(s)
				case 5:
					if _, err := ix.Learn(t.Context(), nil); err != nil && !strings.Contains(err.Error(), "pay first") {
						t.Fatal(err)
					}
				case 6:
					if _, err := ix.Compact(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				vectors, o := vectorsIn(t, ix)
				for id, v := range vectors {
					a := articles[id]
					if !v.IsZero() && !slices.Equal(v, wantVector(t, o.Name, &a, o.Dims)) {
						t.Fatalf("the vector of %s is not by %v, or of another text", id, o)
					}
				}
			}
			works(s)
			if _, err := ix.Learn(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if len(articles) > 0 {
				var list []corpus.Article
				for _, a := range articles {
					list = append(list, a)
				}
				onlyBy(t, ix, list, e.Model)
			}
			check(t, dir, ix)
		})
	}
}

// Vectors go with an index that is backed up and restored, and made again.
func TestEmbeddingsAreKept(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{})
	dir := filepath.Join(t.TempDir(), "ix")
	ix := openEmbedded(t, dir, embeddingsOf(s))
	list := subjectArticles(0, 25)
	if err := ix.Add(t.Context(), list[:20]...); err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(t.Context(), list[20:]...); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	s.Sent()
	backup := filepath.Join(t.TempDir(), "backup.tar")
	if _, err := WriteBackup(t.Context(), dir, backup); err != nil {
		t.Fatal(err)
	}
	restored := filepath.Join(t.TempDir(), "restored")
	if _, err := RestoreBackup(t.Context(), backup, restored, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Rebuild(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"restored": restored, "made again": dir} {
		ix := openEmbedded(t, dir, embeddingsOf(s))
		onlyBy(t, ix, list, "grams")
		if r, err := ix.Learn(t.Context(), nil); err != nil || r.Embedded.Sent != 0 || r.Articles != 25 {
			t.Errorf("%s: %+v, %v", name, r.Embedded, err)
		}
		onlyBy(t, ix, list, "grams")
		check(t, dir, ix)
	}
	if got := s.Sent(); len(got) > 0 {
		t.Errorf("texts were sent again: %q", got)
	}
}

// Damaged vectors are asked for again, and those that are whole are not.
func TestEmbeddingsDamaged(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{})
	dir := t.TempDir()
	ix := openEmbedded(t, dir, embeddingsOf(s))
	list := subjectArticles(0, 100)
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	s.Sent()
	paths, err := filepath.Glob(filepath.Join(dir, "work", "vectors", "*.vec"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("files of vectors: %v, %v", paths, err)
	}
	f, err := os.OpenFile(paths[0], os.O_RDWR, 0) // the generation has a link to it
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{1, 2, 3}, 7); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := Check(t.Context(), dir); err != nil || len(r.Damage) == 0 {
		t.Errorf("check: %+v, %v", r, err)
	}
	ix = openEmbedded(t, dir, embeddingsOf(s))
	res, err := ix.Search(t.Context(), Query{Text: "report"})
	if err != nil || res.RankedBy != RankWords || len(res.Warnings) != 1 {
		t.Errorf("ranked by %v, warnings %q, %v", res.RankedBy, res.Warnings, err)
	}
	s.Sent()
	const damagedRows = 4096 / 64 // those of a page
	if r, err := ix.Learn(t.Context(), nil); err != nil || r.Embedded.Sent != damagedRows || len(s.Sent()) != damagedRows {
		t.Errorf("learn: %+v, %v", r.Embedded, err)
	}
	onlyBy(t, ix, list, "grams")
	check(t, dir, ix)
}

func TestEmbeddingsSettings(t *testing.T) {
	for want, e := range map[string]*Embeddings{
		"characters of an article": {URL: "https://host/v1", Model: "m", Chars: -1},
		"articles to send":         {URL: "https://host/v1", Model: "m", Batch: 513},
		"where others can read":    {URL: "http://host/v1", Model: "m"},
	} {
		dir := filepath.Join(t.TempDir(), "ix")
		if _, err := Open(t.Context(), dir, &Options{Embeddings: e}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Error("an index was made")
		}
	}
	for _, env := range []map[string]string{{"NEWSQ_EMBEDDINGS_KEY": "k"}, {"NEWSQ_EMBEDDINGS_KEY_FILE": filepath.Join(t.TempDir(), "key")}} {
		if file := env["NEWSQ_EMBEDDINGS_KEY_FILE"]; file != "" {
			if err := os.WriteFile(file, []byte(" k \n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := EmbeddingsKeyFrom(func(name string) string { return env[name] })
		if err != nil || s != "k" || fmt.Sprintf("%v %+v %#v %q", s, s, s, s) != "a key a key a key a key" {
			t.Errorf("%v, %v", s, err)
		}
	}
}
