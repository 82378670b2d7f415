package wire

import (
	"time"

	"github.com/newsq/newsq/index"
)

// Notification is what newsq index --notify and newsq watch --notify send.
type Notification struct {
	Format   int               `json:"format"`
	ID       string            `json:"id"` // the same when it is sent again
	Search   string            `json:"search"`
	Query    string            `json:"query"` // with its filters, as flags
	From     time.Time         `json:"from,omitzero"`
	To       time.Time         `json:"to"`
	Count    int               `json:"count"`
	Omitted  int               `json:"omitted"` // of Count, that are not among Articles
	Articles []NotifiedArticle `json:"articles"`
	Newsq    string            `json:"newsq"` // its version
}

// NotifiedArticle is an article of a Notification.
type NotifiedArticle struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Source    string    `json:"source,omitempty"`
	Published time.Time `json:"published,omitzero"`
	URL       string    `json:"url,omitempty"`
	Added     time.Time `json:"added,omitzero"`
	Passage   string    `json:"passage,omitempty"`
}

// NewNotification returns the form of a message.
func NewNotification(m *index.Message, version string) Notification {
	return Notification{
		Format: Format, ID: m.ID, Search: m.Search.Name, Query: SavedQuery(&m.Search), From: m.From, To: m.To,
		Count: m.Count, Omitted: m.Count - len(m.Hits), Articles: each(m.Hits, newNotifiedArticle), Newsq: version,
	}
}

func newNotifiedArticle(h index.Hit) NotifiedArticle {
	a := h.Article
	out := NotifiedArticle{ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, URL: a.URL, Added: a.Added}
	if len(h.Snippets) > 0 {
		out.Passage = h.Snippets[0].Text
	}
	return out
}
