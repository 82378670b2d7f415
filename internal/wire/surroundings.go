package wire

import "github.com/newsq/newsq/index"

// Surroundings are articles on the subject of one before and after it: newsq show --context
// --json.
type Surroundings struct {
	Format     int      `json:"format"`
	ID         string   `json:"id"` // of the article that was asked about
	Title      string   `json:"title,omitempty"`
	TookMS     float64  `json:"took_ms"`
	Background []Hit    `json:"background"` // before it, in order of time
	FollowUp   []Hit    `json:"follow_up"`  // after it
	Warnings   []string `json:"warnings,omitempty"`
}

// NewSurroundings returns the form of what surrounds an article.
func NewSurroundings(s *index.Surroundings) Surroundings {
	return Surroundings{
		Format: Format, ID: s.Article.ID, Title: s.Article.Title, TookMS: milliseconds(s.Took),
		Background: each(s.Background, newHit), FollowUp: each(s.FollowUp, newHit), Warnings: s.Warnings,
	}
}
