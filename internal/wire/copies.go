package wire

import (
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Copies is the copies of an article: newsq copies --json.
type Copies struct {
	Format int    `json:"format"`
	ID     string `json:"id"`
	Copies []Copy `json:"copies"` // the earliest first, those without a date last
}

// Copy is an article that tells the same story with the same words.
type Copy struct {
	ID          string    `json:"id"`
	Containment float64   `json:"containment"` // share of the shorter text that the longer one has, 0 to 1
	Title       string    `json:"title"`
	Source      string    `json:"source,omitempty"`
	Published   time.Time `json:"published,omitzero"`
	Added       []string  `json:"added"` // sentences that the article of ID has not
	Cut         []string  `json:"cut"`   // sentences that only the article of ID has
}

// NewCopies returns the form of the copies of an article.
func NewCopies(of *corpus.Article, copies []index.StoryCopy) Copies {
	return Copies{Format: Format, ID: of.ID, Copies: each(copies, func(c index.StoryCopy) Copy {
		a := &c.Article
		return Copy{
			ID: a.ID, Containment: c.Containment, Title: a.Title, Source: a.Source, Published: a.Published,
			Added: list(c.Added), Cut: list(c.Cut),
		}
	})}
}
