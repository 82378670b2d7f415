package engine

import (
	"context"
	"errors"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/match"
)

// Learner is an Engine that learns what words and articles mean from the articles that it
// has: it keeps a model, and vectors of all articles by it. Articles that come later have
// vectors by the same model when they are published.
type Learner interface {
	// Learn trains a model on the last generation and publishes a generation whose
	// articles have vectors by it. Others may read and write meanwhile. The model
	// depends on the articles alone. Those under embargo are trained on too: no text of
	// theirs can be read from a model, and their words are in it as those of all others.
	// ErrTooFew: there is nothing to learn from yet. progress may be nil.
	Learn(ctx context.Context, progress func(done, total int)) (LearnReport, error)
	// Learned says what the last generation has of a model, and what has come since.
	Learned(ctx context.Context) (Learned, error)
}

// ErrTooFew: there are not enough articles to learn from.
var ErrTooFew = errors.New("too few articles to learn from: no word is in two of them")

// LearnReport is what learning came to.
type LearnReport struct {
	Model    string // the id of the model
	Trained  int    // articles that it was trained on
	Terms    int    // that it knows
	Articles int    // that have vectors
	Bytes    int64  // of the model and the vectors on the disk
}

// Learned is what an index has of a model.
type Learned struct {
	Model string // the id; empty without a model
	// Time is when it was trained, and Trained on how many articles, a sample of
	// those that the index had.
	Time           time.Time
	Trained, Terms int
	// Articles is the number of those that the index has now, and ArticlesBefore that
	// of those that it had when the model was trained; 0 where that isn't known.
	Articles, ArticlesBefore int
	// Tokens are the words of all articles, weighted by field, and Unknown those that
	// the model doesn't know; before, as they were when it was trained.
	Tokens, Unknown             uint64
	TokensBefore, UnknownBefore uint64
	Bytes                       int64 // of the model and the vectors on the disk
	// Damage says why vectors that are there can't be used; nil for nothing. Nothing
	// else depends on them.
	Damage error
}

// VectorReader is a Snapshot that can have vectors of its articles. All articles of a
// generation have them by one model, or none has.
type VectorReader interface {
	// Model returns the model that the vectors are by; nil when there is none. The
	// error is ErrDamaged, naming the file, or that of ctx.
	Model(ctx context.Context) (*embed.Model, error)
	// Vectors writes the vector of each place to out, in their order; an empty one
	// where an article has no word that the model knows, and where there is no model.
	// What out holds before is overwritten: its memory is used again.
	// A place of another snapshot is ErrNotFound.
	Vectors(ctx context.Context, places []Place, out []embed.Vector) error
	// Nearest returns the articles whose vectors are nearest to q by cosine, nearest
	// first; of equal ones the newer first, then the one with the smaller id. Articles
	// with a zero vector are never among them. Without a model there are none.
	Nearest(ctx context.Context, q embed.Vector, r *NearestRequest) ([]NearHit, error)
}

// NearestRequest says among which articles the nearest ones are looked for.
type NearestRequest struct {
	Filters []Filter // all must hold
	// Location is that of Request.
	Location *time.Location
	// Exclude, if not nil, is a plan that none of the articles may match.
	Exclude match.Plan
	Limit   int // articles wanted
}

// NearHit is an article that is near. Its Score is 0, since nothing was matched.
type NearHit struct {
	Hit
	Cosine float64 // -1 to 1
}
