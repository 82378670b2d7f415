package index

import (
	"context"
	"errors"
	"slices"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// largeArticle is an article that was read, and that is too large for the engine.
type largeArticle struct {
	id, form string
	err      *corpus.ReadError
}

// writeBatch writes a batch, without the articles that are too large for the engine.
// Their entries are not recorded as read, so that they are tried again.
func (p *pipeline) writeBatch(b *engine.Batch, states []*entryState) error {
	for {
		// Nothing ends a write half way: see Sync.
		err := p.writer.Write(context.Background(), b)
		var large *engine.ArticleTooLargeError
		if !errors.As(err, &large) {
			return err
		}
		i := slices.IndexFunc(b.Put, func(d engine.Doc) bool { return d.Article.ID == large.ID })
		if i < 0 {
			return err
		}
		p.leaveOut(&b.Put[i], states, large.Err)
		b.Put = slices.Delete(b.Put, i, i+1)
	}
}

// leaveOut notes an article that the engine does not take.
func (p *pipeline) leaveOut(d *engine.Doc, states []*entryState, why error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := &d.Article
	p.large = append(p.large, largeArticle{a.ID, a.Form, &corpus.ReadError{Path: a.Key, Form: a.Form, Err: why}})
	for _, s := range states {
		if s.record.Key == d.Entry {
			s.record.Stamp = ""
		}
	}
}

// reportLarge counts articles that the engine does not take among what could not be
// read, and no longer as written.
func (s *syncer) reportLarge(ctx context.Context, large []largeArticle) error {
	if len(large) == 0 {
		return nil
	}
	refs := make([]engine.Ref, len(large))
	for i := range large {
		refs[i].ID = large[i].id
	}
	known, err := s.snap.Lookup(context.WithoutCancel(ctx), refs)
	if err != nil {
		return err
	}
	for i := range large {
		if known[i].Exists {
			s.report.Updated--
		} else {
			s.report.Added--
		}
		s.forms.refused(large[i].form)
		s.report.Unreadable = append(s.report.Unreadable, large[i].err)
	}
	return nil
}
