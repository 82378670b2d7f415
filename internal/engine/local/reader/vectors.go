package reader

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// Vectors are those of all articles of a view, by one model.
type Vectors struct {
	Files []*vectors.File // by segment
	// Model reads the model when it is called first.
	Model func() (*embed.Model, error)
	// Terms opens the model, to read the vectors of some terms, when it is called first.
	Terms func() (*embed.Reader, error)
	// Outside is Model for a model from outside. Then the other two return nil, and
	// otherwise it does.
	Outside func() (*embed.Outside, error)
}

// Outside is the method of engine.OutsideReader.
func (v *View) Outside(ctx context.Context) (*embed.Outside, error) {
	all, err := v.Vectors()
	if err != nil || all == nil {
		return nil, err
	}
	m, err := all.Outside()
	if err == nil {
		err = ctx.Err()
	}
	return m, err
}

// Model is the method of engine.VectorReader.
func (v *View) Model(ctx context.Context) (*embed.Model, error) {
	all, err := v.Vectors()
	if err != nil || all == nil {
		return nil, err
	}
	m, err := all.Model()
	if err == nil {
		err = ctx.Err()
	}
	return m, err
}

// Words is the method of engine.VectorReader.
func (v *View) Words(ctx context.Context, terms []embed.WeightedTerm) (*embed.Words, error) {
	all, err := v.Vectors()
	if err != nil || all == nil {
		return nil, err
	}
	r, err := all.Terms()
	if err != nil || r == nil {
		return nil, err
	}
	w, err := r.Words(terms)
	if err == nil {
		err = ctx.Err()
	}
	return w, err
}

// VectorsAt is the method Vectors of engine.VectorReader.
func (v *View) VectorsAt(ctx context.Context, places []engine.Place, out []embed.Vector) error {
	all, err := v.Vectors()
	if err != nil {
		return err
	}
	if len(out) < len(places) {
		return fmt.Errorf("there is room for %d of %d vectors", len(out), len(places))
	}
	var copies []int8 // of the vectors, since the files may be closed before out is
	var page []byte
	for i, p := range places {
		seg, doc, ok := v.locate(p)
		if !ok {
			return fmt.Errorf("%w: a place of another snapshot", engine.ErrNotFound)
		}
		if out[i] = out[i][:0]; all == nil {
			continue
		}
		x, err := vectorOf(all.Files[seg.Ordinal], doc, len(places), &page)
		if err != nil {
			return err
		}
		if cap(out[i]) < len(x) {
			if copies == nil {
				copies = make([]int8, 0, (len(places)-i)*len(x))
			}
			start := len(copies)
			copies = append(copies, x...)
			out[i] = copies[start:len(copies):len(copies)]
			continue
		}
		out[i] = append(out[i], x...)
	}
	return ctx.Err()
}

// vectorOf returns the vector of a document, one of so many that are wanted. It is valid
// until the next one is read.
func vectorOf(f *vectors.File, doc uint32, wanted int, page *[]byte) (embed.Vector, error) {
	if f.IsScattered(wanted) {
		return f.ReadAt(doc, page)
	}
	return f.At(doc)
}
