package wire

import (
	"time"

	"github.com/newsq/newsq/index"
)

// Withdrawn are the articles that their senders took back: newsq withdrawn --json.
type Withdrawn struct {
	Format    int          `json:"format"`
	Withdrawn []Withdrawal `json:"withdrawn"`
}

// Withdrawal is an article that its sender took back.
type Withdrawal struct {
	ID     string    `json:"id"`
	Title  string    `json:"title,omitempty"`
	Status string    `json:"status"`       // canceled or withdrawn
	At     time.Time `json:"at,omitzero"`  // the date of the notice
	By     string    `json:"by,omitempty"` // the id of the article that says so
	Reason string    `json:"reason,omitempty"`
	Path   string    `json:"path,omitempty"` // of the file that says so
}

// NewWithdrawn returns the form of what was taken back.
func NewWithdrawn(list []index.Withdrawal) Withdrawn {
	return Withdrawn{Format: Format, Withdrawn: each(list, func(w index.Withdrawal) Withdrawal {
		return Withdrawal{ID: w.ID, Title: w.Title, Status: string(w.Status), At: w.At, By: w.By, Reason: w.Reason, Path: w.Path}
	})}
}

// Versions are the versions of an article: newsq show --versions --json.
type Versions struct {
	Format   int       `json:"format"`
	ID       string    `json:"id"` // as it was asked for
	Versions []Version `json:"versions"`
}

// Version is a version of an article, or of one that it replaces.
type Version struct {
	ID        string    `json:"id"`
	Version   int       `json:"version,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`
	Title     string    `json:"title,omitempty"`
	Path      string    `json:"path,omitempty"`
	Stands    bool      `json:"stands"`
	Why       string    `json:"why,omitempty"` // it doesn't stand
	Notice    string    `json:"notice,omitempty"`
}

// NewVersions returns the form of the versions of an article.
func NewVersions(id string, list []index.Version) Versions {
	return Versions{Format: Format, ID: id, Versions: each(list, func(v index.Version) Version {
		return Version{
			ID: v.ID, Version: v.Number, Published: v.Published, Updated: v.Updated, Title: v.Title, Path: v.Path,
			Stands: v.Stands, Why: v.Why, Notice: v.Notice,
		}
	})}
}
