package search

import (
	"context"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// otherLanguages returns the live articles whose words don't have the stem of a pattern
// though they are written like those that do: for a stem without a tag, the articles in
// languages that have one. It is nil where there are none, and for all other patterns. The
// caller must not change it.
func (r *segRun) otherLanguages(ctx context.Context, pattern match.TermPattern) (reader.Bitset, error) {
	if pattern.Kind != match.SameStem || isTaggedStem(pattern) {
		return nil, nil
	}
	set, err := r.CachedSet(schema.FieldLang+"\x00\x00tagged", func() (reader.Bitset, error) {
		set := r.NewBitset()
		return set, r.EachTerm(schema.FieldLang, nil, nil, nil, func(t *segment.Term) error {
			if analysis.StemTagIn(string(t.Bytes)) == "" {
				return ctx.Err()
			}
			list, err := t.Postings()
			if err != nil {
				return err
			}
			return r.AddLive(set, list)
		})
	})
	if err != nil || set.IsEmpty() {
		return nil, err
	}
	return set, nil
}
