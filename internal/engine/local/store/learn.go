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
	"github.com/newsq/newsq/internal/fsutil"
)

// How far learning has come is told in hundredths. Training takes most of the time.
const (
	learnSteps = 100
	trainSteps = 80
)

// Learn is the method of engine.Learner. All of it but the publication goes on beside
// writers and readers.
func (s *Store) Learn(ctx context.Context, progress func(done, total int)) (engine.LearnReport, error) {
	if s.readOnly {
		return engine.LearnReport{}, fmt.Errorf("learn: %w", engine.ErrReadOnly)
	}
	if progress == nil {
		progress = func(_, _ int) {}
	}
	s.learnMu.Lock()
	defer s.learnMu.Unlock()
	model, err := s.learn(ctx, progress)
	if err != nil {
		if ctx.Err() != nil {
			return engine.LearnReport{}, ctx.Err()
		}
		return engine.LearnReport{}, fmt.Errorf("learn: %w", reader.Damage(err))
	}
	if err := s.publishModel(ctx, model); err != nil {
		return engine.LearnReport{}, err
	}
	progress(learnSteps, learnSteps)
	return s.learnReport(model)
}

// learn trains a model and makes the vectors of all segments that are there.
func (s *Store) learn(ctx context.Context, progress func(done, total int)) (*presentModel, error) {
	g, err := s.Hold()
	if err != nil {
		return nil, err
	}
	defer g.Release()
	m, err := train(ctx, g.View, func(done, total int) { progress(trainSteps*done/total, learnSteps) })
	if err != nil {
		return nil, err
	}
	if err := fsutil.MakeDir(s.vectorsDir()); err != nil {
		return nil, err
	}
	path := filepath.Join(s.vectorsDir(), modelFileName(m.ID()))
	if err := fsutil.ReplaceFile(path, m.Encode()); err != nil {
		return nil, err
	}
	model := newLoadedModel(modelFile{learned: m})
	err = s.foldSegments(ctx, model, true, func(done, total int) {
		progress(trainSteps+(learnSteps-trainSteps)*done/total, learnSteps)
	})
	if err != nil {
		return nil, err
	}
	model.learned.Articles = g.View.Articles
	model.learned.Tokens, model.learned.Unknown, err = s.countTokens(model)
	return model, err
}

// newLoadedModel returns a model that was read already.
func newLoadedModel(m modelFile) *presentModel {
	return &presentModel{m.id(), newLearnedState(m), func() (modelFile, error) { return m, nil }}
}

// lackingVectors counts the articles of a view that have no vector.
func lackingVectors(view *reader.View, v *reader.Vectors) (n int, err error) {
	defer reader.Guard(&err)()
	for i, f := range v.Files {
		if f.Unknown == 0 {
			continue
		}
		docs, err := view.Segments[i].Articles()
		if err != nil {
			return n, err
		}
		for _, doc := range docs.AppendTo(nil) {
			x, err := f.At(doc)
			if err != nil {
				return n, err
			}
			if x.IsZero() {
				n++
			}
		}
	}
	return n, nil
}

// train trains a model on a view.
func train(ctx context.Context, v *reader.View, progress func(done, total int)) (_ *embed.Model, err error) {
	defer reader.Guard(&err)()
	w, err := learn.Weighting(v)
	if err != nil {
		return nil, err
	}
	matrix, err := learn.NewMatrix(ctx, v, w, embed.MaxRows)
	if err != nil {
		return nil, err
	}
	m, err := embed.Train(ctx, matrix, embed.Options{Weighting: w, Trained: time.Now(), Progress: progress})
	if errors.Is(err, embed.ErrTooFew) {
		err = engine.ErrTooFew
	}
	return m, err
}

// countTokens adds up the tokens of the segments that have vectors by a model, and of
// these the unknown ones.
func (s *Store) countTokens(model *presentModel) (tokens, unknown uint64, err error) {
	r, err := s.writerSnapshot()
	if err != nil {
		return 0, 0, err
	}
	defer r.Close()
	for _, state := range r.Segments() {
		file, ok := state.Segment().(interface{ Path() string })
		if !ok {
			continue
		}
		info, err := readVectorInfo(filepath.Join(s.vectorsDir(), vectorFileName(filepath.Base(file.Path()), model.id)))
		if err != nil {
			continue // it came since, and is folded in by Publish
		}
		tokens += info.Tokens
		unknown += info.Unknown
	}
	return tokens, unknown, nil
}

// publishModel makes a model the present one, and publishes a generation with it.
func (s *Store) publishModel(ctx context.Context, model *presentModel) error {
	s.publishMu.Lock()
	s.model, s.unpublished = model, true
	s.publishMu.Unlock()
	if err := s.Publish(ctx); err != nil {
		return err
	}
	if p, err := readPointer(s.dir); err == nil {
		s.removeUnusedVectors(p)
	}
	return nil
}

// learnReport tells what was published.
func (s *Store) learnReport(model *presentModel) (engine.LearnReport, error) {
	g, err := s.Hold()
	if err != nil {
		return engine.LearnReport{}, err
	}
	defer g.Release()
	r := engine.LearnReport{Model: model.id, Trained: model.learned.Trained, Terms: model.learned.Terms, Articles: g.View.Articles}
	if g.vectors != nil {
		r.Bytes = g.vectors.bytes()
	}
	return r, nil
}

// Learned is the method of engine.Learner.
func (s *Store) Learned(ctx context.Context) (l engine.Learned, err error) {
	g, err := s.Hold()
	if err != nil {
		return l, err
	}
	defer g.Release()
	l.Articles = g.View.Articles
	if g.vectors == nil {
		return l, ctx.Err()
	}
	m := g.vectors.manifest
	l.Model, l.Bytes = m.Model, g.vectors.bytes()
	l.Time, l.Trained, l.Terms = m.Learned.Time, m.Learned.Trained, m.Learned.Terms
	l.ArticlesBefore, l.TokensBefore, l.UnknownBefore = m.Learned.Articles, m.Learned.Tokens, m.Learned.Unknown
	if l.ArticlesBefore == 0 && l.Trained < embed.MaxRows && !m.Learned.Outside {
		l.ArticlesBefore = l.Trained // all that there were
	}
	v, err := g.View.Vectors()
	if err != nil {
		l.Damage = err
		return l, ctx.Err()
	}
	if m.Learned.Outside {
		if l.Outside, err = v.Outside(); err == nil {
			l.Lacking, err = lackingVectors(g.View, v)
		}
		l.Damage = err
		return l, ctx.Err()
	}
	for _, f := range v.Files {
		l.Tokens += f.Tokens
		l.Unknown += f.Unknown
	}
	return l, ctx.Err()
}
