package reader

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

const (
	// getPage is how many articles are got with one request, and lookupPage of how
	// many it is asked whether they are there.
	getPage    = 50
	lookupPage = 1000
)

// decodeArticle reads the article of an id from what _source has of it.
func decodeArticle(id string, source json.RawMessage) (corpus.Article, error) {
	var a corpus.Article
	if len(source) == 0 {
		return a, fmt.Errorf("%w: article %q is not stored", engine.ErrDamaged, id)
	}
	if err := json.Unmarshal(source, &a); err != nil {
		return a, fmt.Errorf("%w: article %q: %v", engine.ErrDamaged, id, err)
	}
	a.ID = id
	return a, nil
}

// withIDs is the condition that an article has one of some ids.
func withIDs(ids []string) transport.Object {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = schema.Key(id)
	}
	return transport.Object{"terms": transport.Object{schema.FieldID: keys}}
}

// Get implements the method of engine.Snapshot.
func (v *View) Get(ctx context.Context, ids ...string) ([]corpus.Article, error) {
	articles := make([]corpus.Article, 0, len(ids))
	for page := range slices.Chunk(ids, getPage) {
		sources, err := v.sources(ctx, page)
		if err != nil {
			return nil, err
		}
		for _, id := range page {
			source, ok := sources[id]
			if !ok {
				return nil, fmt.Errorf("article %q: %w", id, engine.ErrNotFound)
			}
			a, err := decodeArticle(id, source)
			if err != nil {
				return nil, err
			}
			articles = append(articles, a)
		}
	}
	return articles, ctx.Err()
}

// sources returns what is stored of the articles of some ids that are there.
func (v *View) sources(ctx context.Context, ids []string) (map[string]json.RawMessage, error) {
	body := transport.Object{
		"query": all(append(v.ArticlesFilter(), withIDs(ids))...), "size": len(ids), "track_total_hits": false,
		"_source": []string{schema.FieldArticle}, "docvalue_fields": []string{schema.FieldID},
	}
	var found page
	err := v.Search(ctx, body, &found)
	if n := len(ids) / 2; n > 0 && errors.Is(err, transport.ErrTooLarge) {
		return v.sourcesOfHalves(ctx, ids[:n], ids[n:])
	}
	if err != nil {
		return nil, err
	}
	sources := make(map[string]json.RawMessage, len(ids))
	for i := range found.Hits.Hits {
		h := &found.Hits.Hits[i]
		id, err := key(h.Fields.ID)
		if err != nil {
			return nil, err
		}
		sources[id] = h.Source.Article
	}
	return sources, nil
}

// sourcesOfHalves is sources for articles that are too much for one answer.
func (v *View) sourcesOfHalves(ctx context.Context, a, b []string) (map[string]json.RawMessage, error) {
	sources, err := v.sources(ctx, a)
	if err != nil {
		return nil, err
	}
	rest, err := v.sources(ctx, b)
	maps.Copy(sources, rest)
	return sources, err
}

// Load implements the method of engine.Snapshot.
func (v *View) Load(ctx context.Context, h *engine.Hit) (corpus.Article, error) {
	if err := ctx.Err(); err != nil {
		return corpus.Article{}, err
	}
	id, ok := v.IDOf(h.Place)
	if !ok {
		return corpus.Article{}, fmt.Errorf("article %q: %w", h.ID, engine.ErrNotFound)
	}
	if source := v.Kept(id); source != nil {
		return decodeArticle(id, source)
	}
	list, err := v.Get(ctx, id)
	if err != nil {
		return corpus.Article{}, err
	}
	return list[0], nil
}

// Lookup implements the method of engine.Snapshot.
func (v *View) Lookup(ctx context.Context, refs []engine.Ref) ([]engine.Known, error) {
	known := make([]engine.Known, 0, len(refs))
	for page := range slices.Chunk(refs, lookupPage) {
		found, err := v.lookup(ctx, page)
		if err != nil {
			return nil, err
		}
		for i := range page {
			known = append(known, found[page[i].ID].known(page[i].Version))
		}
	}
	return known, ctx.Err()
}

// stored is what an index has of an article.
type stored struct {
	there          bool
	version, entry string
	added          time.Time
}

func (s stored) known(version string) engine.Known {
	switch {
	case !s.there:
		return engine.Known{}
	case version == "" || version == s.version:
		return engine.Known{Exists: true, Same: true, Added: s.added}
	}
	return engine.Known{Exists: true, Entry: s.entry, Added: s.added}
}

func (v *View) lookup(ctx context.Context, refs []engine.Ref) (map[string]stored, error) {
	ids := make([]string, len(refs))
	for i := range refs {
		ids[i] = refs[i].ID
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	body := transport.Object{
		"query": all(append(v.ArticlesFilter(), withIDs(ids))...), "size": len(ids), "track_total_hits": false,
		"stored_fields": "_none_", "docvalue_fields": []string{schema.FieldID, schema.FieldVersion, schema.FieldEntry, schema.FieldAdded},
	}
	var found page
	if err := v.Search(ctx, body, &found); err != nil {
		return nil, err
	}
	known := make(map[string]stored, len(ids))
	for i := range found.Hits.Hits {
		f := &found.Hits.Hits[i].Fields
		id, err := key(f.ID)
		if err != nil {
			return nil, err
		}
		entry, err := firstKey(f.Entry)
		if err != nil || len(f.Version) != 1 {
			return nil, fmt.Errorf("%w: article %q has no version, or an entry that is no key", engine.ErrDamaged, id)
		}
		known[id] = stored{there: true, version: f.Version[0], entry: entry}
		if len(f.Added) == 1 {
			known[id] = stored{true, f.Version[0], entry, schema.TimeOf(f.Added[0])}
		}
	}
	return known, nil
}

// StoredArticles is the method Articles of engine.Snapshot.
func (v *View) StoredArticles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return func(yield func(engine.StoredArticle, error) bool) {
		body := transport.Object{
			"query": all(v.ArticlesFilter()...), "sort": []string{"_shard_doc"},
			"_source": []string{schema.FieldArticle}, "docvalue_fields": storedFields,
		}
		for h, err := range v.pages(ctx, body) {
			var a engine.StoredArticle
			if err == nil {
				a, err = h.storedArticle()
			}
			if err != nil {
				yield(engine.StoredArticle{}, err)
				return
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

// storedFields are what a hit brings for storedArticle, beside the article.
var storedFields = []string{schema.FieldID, schema.FieldEntry, schema.FieldStory}

func (h *hit) storedArticle() (a engine.StoredArticle, err error) {
	id, err := key(h.Fields.ID)
	if err != nil {
		return a, err
	}
	if a.Entry, err = firstKey(h.Fields.Entry); err != nil {
		return a, err
	}
	a.Story = h.Fields.story()
	a.Article, err = decodeArticle(id, h.Source.Article)
	return a, err
}

// IDs implements the method of engine.Snapshot.
func (v *View) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return v.keys(ctx, schema.FieldID, append(v.ArticlesFilter(), startsWith(schema.FieldID, prefix)...)...)
}

// EntryIDs implements the method of engine.Snapshot.
func (v *View) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return v.keys(ctx, schema.FieldID, append(v.ArticlesFilter(), term(schema.FieldEntry, schema.Key(key)))...)
}

// keys yields the values of a field of keys, in the order of their bytes.
func (v *View) keys(ctx context.Context, field string, conditions ...any) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for h, err := range v.pages(ctx, byKey(field, conditions...)) {
			var k string
			if err == nil {
				k, err = key(h.Fields.of(field))
			}
			if err != nil {
				yield("", err)
				return
			}
			if !yield(k, nil) {
				return
			}
		}
	}
}
