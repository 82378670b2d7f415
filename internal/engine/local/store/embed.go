package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/learn"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/vectors"
	"github.com/newsq/newsq/internal/fsutil"
)

// Vectors from outside come in batches. Each is appended to the log of its model and
// durable there before the next one is asked for. What is in the log and what files of
// vectors have is never asked for again, so that there is no other state of how far one
// has come. A generation with the new vectors is published in the end; then the log has
// nothing that its files lack, and is removed.

// Embed is the method of engine.Embedder. All of it but the publication goes on beside
// writers and readers.
func (s *Store) Embed(ctx context.Context, p engine.Provider, progress func(done, total int)) (engine.EmbedReport, error) {
	if s.readOnly {
		return engine.EmbedReport{}, fmt.Errorf("embed: %w", engine.ErrReadOnly)
	}
	if progress == nil {
		progress = func(_, _ int) {}
	}
	s.learnMu.Lock()
	defer s.learnMu.Unlock()
	e := &embedding{store: s, provider: p, progress: progress}
	err := e.run(ctx)
	if e.log != nil {
		err = errors.Join(err, e.log.Close())
	}
	switch {
	case ctx.Err() != nil:
		return e.report, ctx.Err()
	case err != nil:
		return e.report, reader.Damage(err)
	}
	progress(learnSteps, learnSteps)
	return e.report, nil
}

// embedding is a call of Embed.
type embedding struct {
	store    *Store
	provider engine.Provider
	progress func(done, total int)
	report   engine.EmbedReport

	model   embed.Outside // its Dims are 0 before they are known
	present bool          // whether the vectors of the index are by it
	log     *vectors.Log  // nil before there is something to append
	known   map[embed.PassageKey]bool
	refused map[embed.PassageKey]bool

	// The batch that is being filled.

	texts    []string
	keys     []embed.PassageKey
	articles map[embed.PassageKey]int // in the batch that have this text

	failure error // of the provider: what is owed is only counted from then on
}

// run asks for what is lacking, and publishes what came.
func (e *embedding) run(ctx context.Context) error {
	if err := e.findModel(); err != nil {
		return err
	}
	if err := e.collect(ctx); err != nil {
		return err
	}
	if e.model.Dims != 0 {
		described := e.model
		e.report.Model = &described
	}
	switch complete := e.failure == nil && e.report.Owed == 0; {
	case ctx.Err() != nil:
		return ctx.Err()
	case e.model.Dims == 0: // nothing came, or there is nothing to ask for
		return e.failure
	case e.present || complete && e.report.Articles > 0:
		return errors.Join(e.publish(ctx), e.failure)
	}
	return e.failure
}

// findModel finds out what is known of the model's vectors.
func (e *embedding) findModel() error {
	s := e.store
	e.model = e.provider.Model()
	s.publishMu.RLock()
	present := s.model
	s.publishMu.RUnlock()
	if present != nil && present.learned.Outside {
		m, err := present.load()
		if err == nil && m.outside.Same(&e.model) {
			e.model, e.present = *m.outside, true
		}
	}
	if !e.present {
		for _, o := range s.pendingLogs() {
			if o.Same(&e.model) {
				e.model = *o
			}
		}
	}
	e.known, e.refused = map[embed.PassageKey]bool{}, map[embed.PassageKey]bool{}
	e.articles = map[embed.PassageKey]int{}
	if e.model.Dims == 0 {
		return nil
	}
	return e.findKnown()
}

// findKnown finds the texts whose vectors are there.
func (e *embedding) findKnown() error {
	b, closeBank := e.store.openBank(e.model.ID())
	b.Each(func(key embed.PassageKey, _ embed.Vector) { e.known[key] = true })
	return closeBank()
}

// collect goes over all articles and asks for the vectors that are lacking.
func (e *embedding) collect(ctx context.Context) (err error) {
	g, err := e.store.Hold()
	if err != nil {
		return err
	}
	defer g.Release()
	defer reader.Guard(&err)()
	released, err := g.View.Released(ctx, time.Now())
	if err != nil {
		return err
	}
	e.report.Embargoed = g.View.Articles - released.Articles
	done := 0
	for _, seg := range released.Segments {
		docs, err := seg.Articles()
		if err != nil {
			return err
		}
		has := func(uint32) bool { return false }
		if e.present && g.vectors != nil {
			has = e.vectorsOf(g.View, seg)
		}
		for _, doc := range docs.AppendTo(nil) {
			if has(doc) {
				e.report.Articles++
			} else if err := e.add(ctx, seg, doc); err != nil {
				return err
			}
			done++
			e.progress(trainSteps*done/released.Articles, learnSteps)
		}
	}
	return e.ask(ctx)
}

// vectorsOf returns which articles of a segment have vectors that can be read.
func (e *embedding) vectorsOf(v *reader.View, seg *reader.Segment) func(doc uint32) bool {
	all, err := v.Vectors()
	if err != nil {
		return func(uint32) bool { return false }
	}
	f := all.Files[seg.Ordinal]
	if f.Model != e.model.ID() {
		return func(uint32) bool { return false }
	}
	return func(doc uint32) bool {
		x, err := f.At(doc)
		return err == nil && !x.IsZero()
	}
}

// add counts an article, and adds it to the batch where its vector is lacking.
func (e *embedding) add(ctx context.Context, seg *reader.Segment, doc uint32) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	st, err := seg.Load(doc)
	if err != nil {
		return err
	}
	if learn.ForbidsAI(st) {
		e.report.Forbidden++
		return nil
	}
	text := learn.PassageOf(&e.model, st)
	key := embed.NewPassageKey(text)
	switch {
	case text == "":
		e.report.Empty++
	case e.known[key]:
		e.report.Articles++
	case e.refused[key]:
		e.report.Refused++
	case e.failure != nil:
		e.report.Owed++
	default:
		if e.articles[key]++; e.articles[key] > 1 {
			return nil
		}
		e.texts, e.keys = append(e.texts, text), append(e.keys, key)
		if len(e.texts) >= e.provider.Batch() {
			return e.ask(ctx)
		}
	}
	return nil
}

// ask asks for the vectors of the batch, and has them in the log.
func (e *embedding) ask(ctx context.Context) error {
	if len(e.texts) == 0 {
		return nil
	}
	defer func() {
		e.texts, e.keys = e.texts[:0], e.keys[:0]
		clear(e.articles)
	}()
	found, dims, err := e.provider.Vectors(ctx, e.texts, e.model.Dims)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		e.failure = err
	}
	var keys []embed.PassageKey
	var list []embed.Vector
	for i, key := range e.keys {
		switch {
		case i < len(found) && found[i] != nil:
			keys, list = append(keys, key), append(list, found[i])
			e.known[key] = true
			e.report.Articles += e.articles[key]
			e.report.Sent += e.articles[key]
		case err != nil:
			e.report.Owed += e.articles[key]
		default:
			e.refused[key] = true
			e.report.Refused += e.articles[key]
		}
	}
	if len(list) == 0 {
		return nil
	}
	return e.keep(keys, list, dims)
}

// keep appends vectors to the log, which it makes first.
func (e *embedding) keep(keys []embed.PassageKey, list []embed.Vector, dims int) error {
	if e.log == nil {
		if e.model.Dims == 0 {
			e.model.Dims = dims
			if err := e.findKnown(); err != nil {
				return err
			}
		}
		path := e.store.pendingPath(e.model.ID())
		if err := fsutil.MakeDir(filepath.Dir(path)); err != nil {
			return err
		}
		log, err := vectors.OpenLog(path)
		if err != nil { // it isn't there, or can't be used
			log, err = vectors.CreateLog(path, &e.model)
		}
		if err != nil {
			return err
		}
		e.log = log
	}
	return e.log.Append(keys, list)
}

// publish publishes a generation with the vectors that there are, by this model, and
// removes the log, which has nothing more then.
func (e *embedding) publish(ctx context.Context) error {
	s := e.store
	if e.log != nil {
		if err := e.log.Close(); err != nil {
			return err
		}
		e.log = nil
	}
	pending := s.pendingPath(e.model.ID())
	if e.present && !exists(pending) {
		return e.tellBytes()
	}
	model := e.presentModel()
	if !e.present {
		if err := fsutil.MakeDir(s.vectorsDir()); err != nil {
			return err
		}
		m, err := model.load()
		if err != nil {
			return err
		}
		if err := fsutil.ReplaceFile(filepath.Join(s.vectorsDir(), modelFileName(model.id)), m.outside.Encode()); err != nil {
			return err
		}
	}
	err := s.foldSegments(ctx, model, false, func(done, total int) {
		e.progress(trainSteps+(learnSteps-trainSteps)*done/total, learnSteps)
	})
	if err != nil {
		return err
	}
	if err := s.publishModel(ctx, model); err != nil {
		return err
	}
	if err := e.removeLogs(pending); err != nil {
		return err
	}
	return e.tellBytes()
}

// removeLogs removes the log of the model, and where it has taken the place of another one,
// those of models that were begun and given up.
func (e *embedding) removeLogs(pending string) error {
	for path := range e.store.pendingLogs() {
		if path != pending && e.present {
			continue
		}
		l, err := vectors.ReadLog(path)
		if err == nil {
			err = l.Remove()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// presentModel returns the model as that of the index.
func (e *embedding) presentModel() *presentModel {
	if e.present {
		e.store.publishMu.RLock()
		defer e.store.publishMu.RUnlock()
		return e.store.model
	}
	described := e.model
	described.Since = time.Now().UnixMicro()
	return newLoadedModel(modelFile{outside: &described})
}

// tellBytes sets the bytes of the report.
func (e *embedding) tellBytes() error {
	g, err := e.store.Hold()
	if err != nil {
		return err
	}
	defer g.Release()
	if g.vectors != nil {
		e.report.Bytes = g.vectors.bytes()
	}
	return nil
}
