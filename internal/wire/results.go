package wire

import (
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Results is a page of a search: newsq search --json.
type Results struct {
	Format int    `json:"format"`
	Query  string `json:"query"` // as it was typed
	Total  int    `json:"total"`
	Exact  bool   `json:"exact"` // false: Total is a lower bound
	// Stories is how many there are among Total, copies of one text being one; absent
	// where they are not counted.
	Stories int     `json:"stories,omitempty"`
	Relaxed bool    `json:"relaxed"` // no article has all the words, these have some
	TookMS  float64 `json:"took_ms"`
	// RankedBy is words or blend, where hits are ordered by scores.
	RankedBy string `json:"ranked_by,omitempty"`
	Hits     []Hit  `json:"hits"`
	// Near are articles that lack a word or two, where few have all of them. They are
	// no hits: neither Total nor Facets count them, and the next page has none.
	Near []Hit `json:"near,omitempty"`
	// NearMeaning are articles close to the query in meaning that it doesn't match, with
	// --near-meaning or where it finds nothing. They are no hits either.
	NearMeaning []Hit `json:"near_meaning,omitempty"`
	// Optional are words of the query that ask, such as why: no article must have
	// them.
	Optional []string `json:"optional,omitempty"`
	// Facets are the values of each facet by its name. FacetsMore counts the
	// values that the limit of a facet left out.
	Facets     map[string][]FacetValue `json:"facets,omitempty"`
	FacetsMore map[string]int          `json:"facets_more,omitempty"`
	Cursor     string                  `json:"cursor,omitempty"` // of the next page
	DidYouMean string                  `json:"did_you_mean,omitempty"`
	// Reading is Query in newsq's language, where it was in another.
	Reading  *Reading `json:"reading,omitempty"`
	Aliases  []Alias  `json:"aliases,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// Hit is an article of Results: a line of newsq search --jsonl.
type Hit struct {
	Rank         int       `json:"rank"` // from 1, over all pages
	ID           string    `json:"id"`
	Score        float64   `json:"score"`
	Title        string    `json:"title"`
	TitleMatches []Span    `json:"title_matches"` // in Title
	Source       string    `json:"source,omitempty"`
	Authors      []string  `json:"authors"`
	Published    time.Time `json:"published,omitzero"`
	PublishedAs  string    `json:"published_as,omitempty"` // with the precision and the zone of the source
	Added        time.Time `json:"added,omitzero"`         // to the index
	Topics       []string  `json:"topics"`
	Language     string    `json:"language,omitempty"`
	Lang         string    `json:"lang,omitempty"` // an older name of Language, which stays
	URL          string    `json:"url,omitempty"`
	Path         string    `json:"path,omitempty"`
	Form         string    `json:"form,omitempty"` // that it was read from
	// Handling is what its sender says of its use.
	Handling *corpus.Handling `json:"handling,omitempty"`
	// MyTags and Notes are what a person wrote about it.
	MyTags   []string      `json:"mytags,omitempty"`
	Notes    []corpus.Note `json:"notes,omitempty"`
	Snippets []Snippet     `json:"snippets"`
	// Copies is how many more articles that match are copies of this one, and Outlets are
	// some that printed them.
	Copies      int         `json:"copies,omitempty"`
	Outlets     []string    `json:"outlets,omitempty"`
	Missing     []string    `json:"missing,omitempty"` // words of the query that it has not
	Cosine      float64     `json:"cosine,omitempty"`  // to the query, of what is near in meaning
	Explanation []ScorePart `json:"explanation,omitempty"`
	Blend       *Blend      `json:"blend,omitempty"` // how Score was made of the sum of Explanation
}

// Blend is how a score was made of one by words, which explanation sums to:
//
//	words_min + ((1-weight)*(words-words_min) + weight*(meaning-words_min)) * decay
type Blend struct {
	Words      float64     `json:"words"`
	Meaning    float64     `json:"meaning"`    // brought to the range of scores by words
	Weight     float64     `json:"weight"`     // of meaning; 0 for words alone
	Decay      float64     `json:"decay"`      // by age; 1 for none
	Candidates int         `json:"candidates"` // the best hits by words, which were ordered anew
	WordsMin   float64     `json:"words_min"`  // among the candidates
	WordsMax   float64     `json:"words_max"`
	Cosine     float64     `json:"cosine"` // -1 to 1, of the article and the query
	CosineMin  float64     `json:"cosine_min"`
	CosineMax  float64     `json:"cosine_max"`
	Terms      []BlendTerm `json:"terms"`    // what words of the query add to cosine
	Feedback   float64     `json:"feedback"` // what the best five hits by words add to it
	Model      string      `json:"model,omitempty"`
}

// BlendTerm is what a word of the query, by its stem, adds to a cosine.
type BlendTerm struct {
	Stem   string  `json:"stem"`
	Cosine float64 `json:"cosine"`
}

func newBlend(b *index.Blend) *Blend {
	if b == nil {
		return nil
	}
	return &Blend{
		Words: b.Words, Meaning: b.Meaning, Weight: b.Weight, Decay: b.Decay, Candidates: b.Candidates,
		WordsMin: b.WordsMin, WordsMax: b.WordsMax, Cosine: b.Cosine, CosineMin: b.CosineMin, CosineMax: b.CosineMax,
		Terms: each(b.Terms, func(t index.BlendTerm) BlendTerm { return BlendTerm(t) }), Feedback: b.Feedback, Model: b.Model,
	}
}

// Snippet is a passage of a Hit.
type Snippet struct {
	Field   string `json:"field"`             // body or summary
	Section string `json:"section,omitempty"` // its heading
	Page    string `json:"page,omitempty"`    // of the print
	Is      string `json:"is,omitempty"`      // forecast and so on, where is: asked for it
	Text    string `json:"text"`
	Matches []Span `json:"matches"` // in Text
}

// Span is a range of bytes: start, and end, which lies behind the last byte.
type Span = index.Span

// ScorePart is what one condition of the query added to a score.
type ScorePart struct {
	Label     string  `json:"label"`
	Frequency float64 `json:"frequency"` // weighted over the parts of the article
	DocFreq   int     `json:"doc_freq"`  // articles in which it occurs
	Boost     float64 `json:"boost"`
	Score     float64 `json:"score"`
	// Occurrences in each part of the article, where they can be told apart.
	Title    int `json:"title,omitempty"`
	Headings int `json:"headings,omitempty"`
	Body     int `json:"body,omitempty"`
}

// Alias is another name of a word that was looked for, with the number of
// articles that only it found.
type Alias struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Articles int    `json:"articles"`
}

// FacetValue is a value of a facet with the number of articles that have it.
type FacetValue struct {
	Value    string `json:"value"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected,omitempty"` // a filter of the query asks for it
}

// NewResults returns the form of a page. Query is the text that was searched
// for.
func NewResults(query string, res *index.Results) Results {
	out := Results{
		Format: Format, Query: query,
		Total: res.Total, Exact: res.Exact, Stories: res.Stories, Relaxed: res.Relaxed, TookMS: milliseconds(res.Took),
		Hits: each(res.Hits, newHit), Near: each(res.Near, newHit), Optional: res.Optional,
		Cursor: res.Cursor, DidYouMean: res.DidYouMean, Reading: newReading(res.Reading), Aliases: newAliases(res.Aliases), Warnings: res.Warnings,
	}
	if res.RankedBy != index.RankDefault {
		out.RankedBy = res.RankedBy.String()
	}
	if len(out.Near) == 0 {
		out.Near = nil
	}
	if len(res.NearMeaning) > 0 {
		out.NearMeaning = each(res.NearMeaning, newHit)
	}
	for _, f := range res.Facets {
		if out.Facets == nil {
			out.Facets = make(map[string][]FacetValue, len(res.Facets))
		}
		out.Facets[f.Name] = newFacetValues(f.Values)
		if f.More > 0 {
			if out.FacetsMore == nil {
				out.FacetsMore = make(map[string]int)
			}
			out.FacetsMore[f.Name] = f.More
		}
	}
	return out
}

func newHit(h index.Hit) Hit { return NewHit(&h) }

// NewHit returns the form of a hit.
func NewHit(h *index.Hit) Hit {
	a := h.Article
	out := Hit{
		Rank: h.Rank, ID: a.ID, Score: h.Score, Title: a.Title, TitleMatches: list(h.TitleMatches),
		Source: a.Source, Authors: list(a.Authors), Published: a.Published, PublishedAs: a.PublishedAs, Added: a.Added, Form: a.Form, Handling: a.Handling,
		Topics:   list(a.TopicPaths()),
		Language: a.Language, Lang: a.Language, URL: a.URL, Path: a.Path, Snippets: make([]Snippet, len(h.Snippets)), Missing: h.Missing, Cosine: h.Cosine,
		Blend:  newBlend(h.Blend),
		Copies: h.Copies, Outlets: h.Outlets,
	}
	if n := a.Annotations; n != nil {
		out.Notes = n.Notes
		for i := range n.Tags {
			out.MyTags = append(out.MyTags, n.Tags[i].Path)
		}
	}
	for i, s := range h.Snippets {
		out.Snippets[i] = Snippet{Field: s.Field, Section: s.Section, Page: s.Page, Is: s.Is, Text: s.Text, Matches: list(s.Matches)}
	}
	for _, part := range h.Explanation {
		out.Explanation = append(out.Explanation, ScorePart(part))
	}
	return out
}

func newFacetValues(values []index.FacetValue) []FacetValue {
	return each(values, func(v index.FacetValue) FacetValue { return FacetValue(v) })
}

func newAliases(uses []index.AliasUse) []Alias {
	return each(uses, func(u index.AliasUse) Alias { return Alias(u) })
}

// Count is the number of articles that match: newsq search --count --json.
type Count struct {
	Format int    `json:"format"`
	Query  string `json:"query"`
	Total  int    `json:"total"`
	Exact  bool   `json:"exact"`
}

// NewCount returns the form of a count. Query is the text that was searched
// for.
func NewCount(query string, res *index.Results) Count {
	return Count{Format: Format, Query: query, Total: res.Total, Exact: res.Exact}
}

// Article is an article with all that is known of it, in the form that package
// corpus gives it: newsq show --json.
type Article struct {
	Format int `json:"format"`
	*corpus.Article
}

// NewArticle returns the form of an article.
func NewArticle(a *corpus.Article) Article { return Article{Format: Format, Article: a} }
