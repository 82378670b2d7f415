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

// Embedder is a Learner that can also keep vectors by a model from outside. As those can't be
// computed from the articles alone, they are kept when segments are merged and when an
// index is made again.
type Embedder interface {
	Learner
	// Embed asks p for the vectors of all articles that have none by its model yet, and
	// publishes a generation that has them. What came is durable after each batch, so that
	// an Embed that was stopped or failed goes on where it stood, and no text is sent
	// twice. Until all articles have vectors by another model than before, that is, but
	// for those that may not have any, the index keeps the vectors by the model before.
	//
	// Articles under embargo, and those whose rights forbid it, are not sent. The report
	// is good with an error too, which is that of p, ctx, or the index. progress may be
	// nil.
	Embed(ctx context.Context, p Provider, progress func(done, total int)) (EmbedReport, error)
}

// Provider asks for vectors of texts.
type Provider interface {
	// Model describes the model. Its Dims are 0 where they aren't known before the first
	// vector comes.
	Model() embed.Outside
	// Vectors returns the vectors of texts, in their order, and their dimensions, which
	// are dims unless that is 0. A text that the provider refuses has a nil vector.
	Vectors(ctx context.Context, texts []string, dims int) ([]embed.Vector, int, error)
	// Batch is how many texts are asked for at a time.
	Batch() int
}

// EmbedReport is what Embed came to, in articles. Each of the index is counted once in
// Articles, Owed, Refused, Forbidden, Embargoed or Empty.
type EmbedReport struct {
	Model    *embed.Outside // nil where its dimensions weren't learned
	Articles int            // that have vectors
	Sent     int            // of these, those that were asked for now; the same text is sent once
	Owed     int            // whose vectors are still to come
	Refused  int            // whose text the provider refused
	// Forbidden have rights that forbid to give them to programs that learn, Embargoed
	// are under embargo now, and Empty have no text.
	Forbidden, Embargoed, Empty int
	Bytes                       int64 // of the vectors on the disk
}

// OutsideReader is a VectorReader whose vectors may be by a model from outside.
type OutsideReader interface {
	// Outside returns the model from outside that the vectors are by. It is nil, as
	// Model is otherwise, where they are learned or there are none.
	Outside(ctx context.Context) (*embed.Outside, error)
}

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
	// Outside is the model, if it is one from outside, and Lacking how many articles have
	// no vector by it.
	Outside *embed.Outside
	Lacking int
	// Damage says why vectors that are there can't be used; nil for nothing. Nothing
	// else depends on them.
	Damage error
}

// VectorReader is a Snapshot that can have vectors of its articles. All articles of a
// generation have them by one model, or none has.
type VectorReader interface {
	// Model returns the model that the vectors are by, as a whole; nil when there is none. The
	// error is ErrDamaged, naming the file, or that of ctx.
	Model(ctx context.Context) (*embed.Model, error)
	// Words returns the vectors of those of terms that the model knows, without reading
	// more of it; nil when there is no model. The error is that of Model.
	Words(ctx context.Context, terms []embed.WeightedTerm) (*embed.Words, error)
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
