package wire

import (
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Comparison is what sides use more than each other: newsq compare --json.
type Comparison struct {
	Format   int            `json:"format"`
	Query    string         `json:"query"`    // as it was typed
	By       string         `json:"by"`       // the property by which articles are parted
	Articles int            `json:"articles"` // that match
	Sides    []ComparedSide `json:"sides"`
	More     int            `json:"more"` // values that aren't among the sides
	// NoHabits are values of which too few other articles are there to tell habits.
	NoHabits   []string `json:"no_habits,omitempty"`
	TookMS     float64  `json:"took_ms"`
	DidYouMean string   `json:"did_you_mean,omitempty"`
	Aliases    []Alias  `json:"aliases,omitempty"`
	Warnings   []string `json:"warnings,omitempty"`
}

// ComparedSide is one of Comparison.
type ComparedSide struct {
	Value    string        `json:"value"`
	Articles int           `json:"articles"` // that match
	Read     int           `json:"read"`     // of these, evenly over time
	Words    int           `json:"words"`    // that were counted
	Repeated int           `json:"repeated"` // words that were not, as another article has the same in a row
	Terms    []TellingTerm `json:"terms"`
}

// TellingTerm is a word or a phrase that stands out.
type TellingTerm struct {
	Text          string         `json:"text"`  // as it is written most often
	Stems         []string       `json:"stems"` // one or two
	Z             float64        `json:"z"`     // how sure, in standard deviations
	LogOdds       float64        `json:"log_odds"`
	Habit         float64        `json:"habit"`    // how much of log_odds is so whatever is written about
	Count         int            `json:"count"`    // in the articles read, an article at most 4 times
	Articles      int            `json:"articles"` // of those read that have it
	OtherCount    int            `json:"other_count"`
	OtherArticles int            `json:"other_articles"`
	Passage       *TellingSource `json:"passage,omitempty"`
}

// TellingSource is a passage with a term, and the article that it is of.
type TellingSource struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Source      string    `json:"source,omitempty"`
	Published   time.Time `json:"published,omitzero"`
	PublishedAs string    `json:"published_as,omitempty"` // with the precision and the zone of the source
	URL         string    `json:"url,omitempty"`
	// Handling is what its sender says of its use.
	Handling *corpus.Handling `json:"handling,omitempty"`
	Snippet
}

// NewComparison returns the form of a comparison.
func NewComparison(query string, c *index.Comparison) Comparison {
	return Comparison{
		Format: Format, Query: query, By: c.By, Articles: c.Total, Sides: each(c.Sides, newComparedSide), More: c.More,
		NoHabits: c.NoHabits, TookMS: milliseconds(c.Took), DidYouMean: c.DidYouMean, Aliases: newAliases(c.Aliases), Warnings: c.Warnings,
	}
}

func newComparedSide(s index.ComparedSide) ComparedSide {
	return ComparedSide{
		Value: s.Value, Articles: s.Articles, Read: s.Read, Words: s.Words, Repeated: s.Repeated, Terms: each(s.Terms, newTellingTerm),
	}
}

func newTellingTerm(t index.TellingTerm) TellingTerm {
	out := TellingTerm{
		Text: t.Text, Stems: list(t.Stems), Z: t.Z, LogOdds: t.LogOdds, Habit: t.Habit, Count: t.Count, Articles: t.Articles,
		OtherCount: t.OtherCount, OtherArticles: t.OtherArticles,
	}
	if s := &t.Passage; s.Text != "" {
		a := &t.Article
		out.Passage = &TellingSource{
			ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, PublishedAs: a.PublishedAs, URL: a.URL, Handling: a.Handling,
			Snippet: Snippet{Field: s.Field, Section: s.Section, Page: s.Page, Is: s.Is, Text: s.Text, Matches: list(s.Matches)},
		}
	}
	return out
}

// Words is what stands out in the articles that match: newsq words --json.
type Words struct {
	Format     int           `json:"format"`
	Query      string        `json:"query"`       // as it was typed
	Articles   int           `json:"articles"`    // that match
	Read       int           `json:"read"`        // of these, evenly over time
	Others     int           `json:"others"`      // that they are compared with
	OthersRead int           `json:"others_read"` // of these, evenly over time
	Words      int           `json:"words"`       // that were counted
	OtherWords int           `json:"other_words"`
	Terms      []TellingTerm `json:"terms"`
	TookMS     float64       `json:"took_ms"`
	DidYouMean string        `json:"did_you_mean,omitempty"`
	Aliases    []Alias       `json:"aliases,omitempty"`
	Warnings   []string      `json:"warnings,omitempty"`
}

// NewWords returns the form of what stands out.
func NewWords(query string, w *index.WordsResult) Words {
	return Words{
		Format: Format, Query: query, Articles: w.Articles, Read: w.Read, Others: w.Others, OthersRead: w.OthersRead,
		Words: w.Words, OtherWords: w.OtherWords, Terms: each(w.Terms, newTellingTerm), TookMS: milliseconds(w.Took),
		DidYouMean: w.DidYouMean, Aliases: newAliases(w.Aliases), Warnings: w.Warnings,
	}
}

// Gaps are values that outlets leave out: newsq gaps --json.
type Gaps struct {
	Format   int          `json:"format"`
	Query    string       `json:"query"`    // as it was typed
	By       string       `json:"by"`       // topic, person, org or place
	Articles int          `json:"articles"` // that match
	Outlets  []FacetValue `json:"outlets"`  // that were looked at
	TooSmall int          `json:"too_small"`
	Further  int          `json:"further"` // outlets beyond those that are looked at
	Values   int          `json:"values"`  // that were looked at
	Tests    int          `json:"tests"`   // of an outlet and a value
	// NamesInTexts says that names found in texts count beside those that sources state.
	NamesInTexts bool     `json:"names_in_texts"`
	Gaps         []Gap    `json:"gaps"`
	More         int      `json:"more"` // gaps that the limit left out
	TookMS       float64  `json:"took_ms"`
	DidYouMean   string   `json:"did_you_mean,omitempty"`
	Aliases      []Alias  `json:"aliases,omitempty"`
	Warnings     []string `json:"warnings,omitempty"`
}

// Gap is a value that an outlet leaves out.
type Gap struct {
	Outlet        string       `json:"outlet"`
	Value         string       `json:"value"`
	Observed      int          `json:"observed"` // articles of the outlet with the value
	Expected      float64      `json:"expected"`
	Articles      int          `json:"articles"`       // of the outlet
	Others        int          `json:"others"`         // articles of others with the value
	OtherArticles int          `json:"other_articles"` // of others
	P             float64      `json:"p"`
	Q             float64      `json:"q"`          // share of false discoveries
	CoveredBy     []FacetValue `json:"covered_by"` // up to three outlets
	Example       *GapExample  `json:"example,omitempty"`
}

// GapExample is an article of an outlet that covers what another leaves out.
type GapExample struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Source      string    `json:"source,omitempty"`
	Published   time.Time `json:"published,omitzero"`
	PublishedAs string    `json:"published_as,omitempty"` // with the precision and the zone of the source
	URL         string    `json:"url,omitempty"`
}

// NewGaps returns the form of gaps.
func NewGaps(query string, g *index.GapsResult) Gaps {
	value := func(v index.FacetValue) FacetValue { return FacetValue(v) }
	return Gaps{
		Format: Format, Query: query, By: g.By, Articles: g.Articles, Outlets: each(g.Outlets, value), TooSmall: g.TooSmall,
		Further: g.Further, Values: g.Values, Tests: g.Tests, NamesInTexts: g.NamesInTexts, More: g.More, TookMS: milliseconds(g.Took),
		DidYouMean: g.DidYouMean, Aliases: newAliases(g.Aliases), Warnings: g.Warnings,
		Gaps: each(g.Gaps, func(x index.Gap) Gap {
			out := Gap{
				Outlet: x.Outlet, Value: x.Value, Observed: x.Observed, Expected: x.Expected, Articles: x.Articles, Others: x.Others,
				OtherArticles: x.OtherArticles, P: x.P, Q: x.Q, CoveredBy: each(x.Outlets, value),
			}
			if a := &x.Example; a.ID != "" {
				out.Example = &GapExample{ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, PublishedAs: a.PublishedAs, URL: a.URL}
			}
			return out
		}),
	}
}
