package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// LearnOptions says how to learn; nil means the zero LearnOptions.
type LearnOptions struct {
	// Progress, when not nil, is called now and then, with how many hundredths are done.
	Progress func(done, total int)
	// FromCorpus learns from the articles where the index has vectors by an endpoint, which
	// are then lost, and Options.Embeddings is nil. Else that is ErrEmbedded.
	FromCorpus bool
}

// LearnReport is what learning came to.
type LearnReport struct {
	Model    string // the id of the model; the same articles give the same
	Trained  int    // articles that it was trained on: all, or a sample of 50,000
	Terms    int    // words, by their stems, that it knows
	Articles int    // that have vectors
	Bytes    int64  // that the model and the vectors take
	Took     time.Duration
	// Embedded is what came of an endpoint, where the vectors are by its model and nothing
	// was learned: then Trained and Terms are 0. nil otherwise.
	Embedded *EmbedReport
}

// ErrTooFew: there are not enough articles to learn from, as no word is in two of them.
var ErrTooFew = engine.ErrTooFew

// ErrEmbedded: the index has vectors by an endpoint that isn't set, and learning would throw
// them away.
var ErrEmbedded = errors.New("the index has vectors by an endpoint")

// Learn learns from the articles of the index what words mean: a model, and for each
// article a vector by it (see package embed for how). Searches and writers go on
// meanwhile, and articles that come later get vectors by the same model. Nothing but the
// index is read.
//
// Sync and Add do so by themselves, unless Options.NoLearn is set: when the index has
// 300 articles, when it has grown by half since, and when a fifth of the words that came
// since are unknown. Articles under embargo are learned from too. What is learned is
// weights of words, from which no text can be read.
//
// With Options.Embeddings it asks the endpoint for the vectors that are lacking instead, as
// Sync does. Those by another model stay in use until all have come. What came is kept
// where it fails or is stopped, and the report then tells how far it came.
//
// An index on servers learns nothing yet: ErrUnsupported.
func (ix *Index) Learn(ctx context.Context, o *LearnOptions) (LearnReport, error) {
	l, ok := able[engine.Learner](ix.engine)
	if !ok {
		return LearnReport{}, fmt.Errorf("learn: %w by this kind of index", ErrUnsupported)
	}
	if err := ix.checkWritable("learn"); err != nil {
		return LearnReport{}, err
	}
	var progress func(done, total int)
	if o != nil {
		progress = o.Progress
	}
	if ix.provider != nil {
		r, err := embedArticles(ctx, ix.engine, ix.provider, progress)
		if err != nil && ctx.Err() == nil {
			err = fmt.Errorf("learn: %w", err)
		}
		return r, err
	}
	if learned, err := l.Learned(ctx); err == nil && learned.Outside != nil && (o == nil || !o.FromCorpus) {
		return LearnReport{}, fmt.Errorf("learn: %w, %s", ErrEmbedded, learned.Outside)
	}
	return learn(ctx, l, progress)
}

func learn(ctx context.Context, l engine.Learner, progress func(done, total int)) (LearnReport, error) {
	start := time.Now()
	r, err := l.Learn(ctx, progress)
	return LearnReport{
		Model: r.Model, Trained: r.Trained, Terms: r.Terms, Articles: r.Articles, Bytes: r.Bytes, Took: time.Since(start),
	}, err
}

// When an engine learns by itself.
const (
	// learnArticles is from how many articles on there is something to learn.
	learnArticles = 300
	// unknownShare is what part of the words that came must be unknown: a fifth. What
	// came must be addedShare of the index, a tenth, so that one article in another
	// language doesn't do it.
	unknownShare = 5
	addedShare   = 10
)

// learnIsDue reports whether an index should learn anew, by what it has learned. It also
// should when what it has is damaged.
func learnIsDue(l *engine.Learned) bool {
	switch {
	case l.Articles < learnArticles || l.Outside != nil:
		return false
	case l.Model == "" || l.Damage != nil:
		return true
	case l.ArticlesBefore > 0 && l.Articles >= l.ArticlesBefore+l.ArticlesBefore/2:
		return true
	case l.TokensBefore == 0 || l.Tokens <= l.TokensBefore || l.Unknown <= l.UnknownBefore:
		return false
	}
	added, unknown := l.Tokens-l.TokensBefore, l.Unknown-l.UnknownBefore
	return added >= l.TokensBefore/addedShare && unknown >= added/unknownShare
}

// learnIfDue has an engine learn if it can and should, or ask p, if that isn't nil, for the
// vectors that are lacking. The report is nil when it didn't. That there is too little to
// learn from is no error.
func learnIfDue(ctx context.Context, e engine.Engine, p *provider, progress func(done, total int)) (*LearnReport, error) {
	if p != nil {
		r, err := embedArticles(ctx, e, p, progress)
		if err == nil && r.Embedded.Sent == 0 && r.Embedded.Owed == 0 && r.Embedded.Refused == 0 {
			return nil, nil
		}
		return &r, err
	}
	l, ok := able[engine.Learner](e)
	if !ok {
		return nil, nil
	}
	learned, err := l.Learned(ctx)
	if err != nil || !learnIsDue(&learned) {
		return nil, err
	}
	r, err := learn(ctx, l, progress)
	switch {
	case errors.Is(err, ErrTooFew):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &r, nil
}

// learn has the index learn if it should. What fails is a warning: the articles are in the
// index, and the next sync tries again.
func (s *syncer) learn(ctx context.Context, e engine.Engine, p *provider) error {
	r, err := learnIfDue(ctx, e, p, func(done, _ int) {
		if s.o.Progress != nil {
			s.o.Progress(Progress{Report: s.report, Learning: done})
		}
	})
	s.report.Learned = r
	if err != nil && ctx.Err() == nil && p != nil && !errors.Is(err, ErrUnsupported) {
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf("%d articles are indexed, and their vectors are still owed: %v; the next newsq index or newsq learn asks again", r.owed(), err))
		return nil
	}
	if err != nil && ctx.Err() == nil {
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf("what words mean could not be learned: %v", err))
		return nil
	}
	return err
}

// owed returns how many articles have no vectors yet.
func (r *LearnReport) owed() int {
	if r == nil || r.Embedded == nil {
		return 0
	}
	return r.Embedded.Owed
}

// Learned is what an index has learned.
type Learned struct {
	Model          string    // the id of the model
	Time           time.Time // when it was trained
	Trained, Terms int       // as in LearnReport
	// Since is how many articles the index has more than when it learned; less than 0
	// for fewer. 0 also where that isn't known.
	Since int
	Bytes int64 // that the model and the vectors take
	// Damage says why the vectors can't be used; nil for nothing. Learn makes them anew.
	Damage error
	// Embedded says whose vectors the index has, if they are by an endpoint; nil else. Then
	// Time is when the index began to have them, and Trained, Terms and Since are 0.
	Embedded *Embedded
}

// Embedded describes vectors by an endpoint.
type Embedded struct {
	URL, Model string
	Dims       int
	// Lacking is how many articles have no vector: it is still owed, or they may have
	// none, see EmbedReport.
	Lacking int
}

// learned returns what the index has learned; nil for nothing, or on servers.
func (ix *Index) learned(ctx context.Context) (*Learned, error) {
	e, ok := able[engine.Learner](ix.engine)
	if !ok {
		return nil, nil
	}
	l, err := e.Learned(ctx)
	if err != nil || l.Model == "" {
		return nil, err
	}
	out := &Learned{Model: l.Model, Time: l.Time, Trained: l.Trained, Terms: l.Terms, Bytes: l.Bytes, Damage: l.Damage}
	if l.Outside != nil {
		out.Embedded = &Embedded{URL: l.Outside.URL, Model: l.Outside.Name, Dims: l.Outside.Dims, Lacking: l.Lacking}
	}
	if l.ArticlesBefore > 0 {
		out.Since = l.Articles - l.ArticlesBefore
	}
	return out, nil
}
