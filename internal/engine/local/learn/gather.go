package learn

import (
	"context"
	"errors"
	"iter"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// PassageOf returns the text of a stored article that a model from outside may be sent;
// empty where it has none, or its rights forbid it.
func PassageOf(o *embed.Outside, st *schema.Stored) string {
	if ForbidsAI(st) {
		return ""
	}
	return o.Passage(st.Article.Title, st.Article.Body)
}

// ForbidsAI reports whether the rights of an article forbid to give it to programs that
// learn.
func ForbidsAI(st *schema.Stored) bool { return st.Article.Handling != nil && st.Article.Handling.NoAI }

// Bank is where vectors of a model from outside are found by the keys of their texts: files
// of vectors with keys, and a log, which may be nil.
type Bank struct {
	Files []*vectors.File
	Log   *vectors.Log
}

// Each calls f with each key that has a vector, and that, which is good while the files are
// open. A file that is damaged
// is left out: what it has must be asked for again.
func (b *Bank) Each(f func(key embed.PassageKey, v embed.Vector)) {
	for _, file := range b.Files {
		keys, err := file.Keys()
		if err != nil {
			continue
		}
		for row := range file.Rows {
			key := keyAt(keys, row)
			if key == (embed.PassageKey{}) {
				continue
			}
			if v, err := file.Column(row, row+1); err == nil && !embed.Vector(v).IsZero() {
				f(key, v)
			}
		}
	}
	if b.Log != nil {
		for key, v := range b.Log.All() {
			f(key, v)
		}
	}
}

func keyAt(keys []byte, row int) embed.PassageKey {
	return embed.PassageKey(keys[row*len(embed.PassageKey{}):])
}

// Lacking returns the keys of a file whose rows have no vector.
func Lacking(f *vectors.File) (map[embed.PassageKey]bool, error) {
	lacking := map[embed.PassageKey]bool{}
	if f.Unknown == 0 {
		return lacking, nil
	}
	keys, err := f.Keys()
	for row := 0; err == nil && row < f.Rows; row++ {
		var v embed.Vector
		if v, err = f.Column(row, row+1); err == nil && v.IsZero() {
			lacking[keyAt(keys, row)] = true
		}
	}
	delete(lacking, embed.PassageKey{})
	return lacking, err
}

// Gather writes the vectors of a segment's articles by a model from outside to a file, as
// far as the bank has them; deleted articles are among them. id is that of the segment. No
// endpoint is asked.
func Gather(ctx context.Context, raw *segment.Segment, o *embed.Outside, id vectors.SegmentID, b *Bank, path string) error {
	v, articles, err := viewOf(raw)
	if err != nil {
		return err
	}
	seg := v.Segments[0]
	var keys []embed.PassageKey
	rows := map[embed.PassageKey][]int{}
	for _, doc := range articles.AppendTo(nil) {
		if len(keys)%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		st, err := seg.Load(doc)
		key := embed.PassageKey{}
		switch {
		case err == nil:
			key = embed.NewPassageKey(PassageOf(o, st))
		case !errors.Is(err, engine.ErrDamaged) && !errors.Is(err, segment.ErrDamaged):
			return err
		}
		if key != (embed.PassageKey{}) {
			rows[key] = append(rows[key], len(keys))
		}
		keys = append(keys, key)
	}
	if keys == nil {
		keys = []embed.PassageKey{}
	}
	found := make([]embed.Vector, len(keys))
	b.Each(func(key embed.PassageKey, v embed.Vector) {
		wanted := rows[key]
		if len(wanted) == 0 || len(v) != embed.Padded(o.Dims) {
			return
		}
		for _, row := range wanted {
			found[row] = v
		}
		delete(rows, key)
	})
	lacking := 0
	for _, v := range found {
		if v.IsZero() {
			lacking++
		}
	}
	info := func() vectors.Info {
		return vectors.Info{Model: o.ID(), Segment: id, Tokens: uint64(len(found)), Unknown: uint64(lacking)}
	}
	return vectors.Write(path, seg.Docs, articles, rowsOf(found), o.Dims, keys, info)
}

func rowsOf(list []embed.Vector) iter.Seq2[embed.Vector, error] {
	return func(yield func(embed.Vector, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}
