package wire

import (
	"time"

	"github.com/newsq/newsq/index"
)

// Quotations are quotations with their speakers: newsq quotes --json.
type Quotations struct {
	Format int      `json:"format"`
	Query  string   `json:"query"`        // as it was typed
	By     []string `json:"by,omitempty"` // names, of which the speaker has one
	// Articles is how many have such a quotation, at least so many unless Exact, and Read
	// how many of them were read, the best ones. More is how many quotations of these are
	// left out.
	Articles   int         `json:"articles"`
	Exact      bool        `json:"exact"`
	Read       int         `json:"read"`
	More       int         `json:"more"`
	TookMS     float64     `json:"took_ms"`
	Quotations []Quotation `json:"quotations"`
	DidYouMean string      `json:"did_you_mean,omitempty"`
	Aliases    []Alias     `json:"aliases,omitempty"`
	Warnings   []string    `json:"warnings,omitempty"`
}

// Quotation is one of Quotations.
type Quotation struct {
	Rank        int       `json:"rank"` // from 1
	Text        string    `json:"text"`
	Matches     []Span    `json:"matches"` // in Text
	Speaker     string    `json:"speaker,omitempty"`
	SpeakerText string    `json:"speaker_text,omitempty"` // as the article names the speaker there
	Score       float64   `json:"score"`
	ID          string    `json:"id"` // of the article
	Title       string    `json:"title"`
	Source      string    `json:"source,omitempty"`
	Published   time.Time `json:"published,omitzero"`
	PublishedAs string    `json:"published_as,omitempty"` // with the precision and the zone of the source
	Language    string    `json:"language,omitempty"`
	URL         string    `json:"url,omitempty"`
	Path        string    `json:"path,omitempty"`
	Start       int       `json:"start"` // in the body of the article
	End         int       `json:"end"`
	Passage     Snippet   `json:"passage"`           // that it stands in
	AlsoIn      []string  `json:"also_in,omitempty"` // ids of other articles that have it
}

// NewQuotations returns the form of quotations.
func NewQuotations(query string, by []string, res *index.QuotationResults) Quotations {
	return Quotations{
		Format: Format, Query: query, By: by, Articles: res.Articles, Exact: res.Exact, Read: res.Read, More: res.More,
		TookMS: milliseconds(res.Took), Quotations: each(res.Quotations, newQuotation), DidYouMean: res.DidYouMean,
		Aliases: newAliases(res.Aliases), Warnings: res.Warnings,
	}
}

func newQuotation(f index.FoundQuotation) Quotation {
	a, q, s := &f.Article, &f.Quotation, &f.Passage
	return Quotation{
		Rank: f.Rank, Text: q.Text, Matches: list(f.Matches), Speaker: q.Speaker, SpeakerText: q.SpeakerText, Score: f.Score,
		ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, PublishedAs: a.PublishedAs, Language: a.Language,
		URL: a.URL, Path: a.Path, Start: q.Start, End: q.End,
		Passage: Snippet{Field: s.Field, Section: s.Section, Page: s.Page, Is: s.Is, Text: s.Text, Matches: list(s.Matches)}, AlsoIn: f.AlsoIn,
	}
}
