package index

import (
	"fmt"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/match"
)

// Query is what to look for and how to show it. The zero Query matches every
// article, newest first.
type Query struct {
	// Text is in the query language, or in that of Syntax.
	Text string
	// Syntax is the language of Text. Another than newsq's own is translated before all
	// else, and Results.Reading says how.
	Syntax Syntax
	// Match says what bare words that stand side by side mean.
	Match Match
	// Lenient reads any text as a query, and says in Results.Warnings what
	// was mended, where Search would otherwise return a *SyntaxError.
	Lenient bool
	// Location is where days are meant: those of the query's dates, and those by
	// which articles are counted and filtered. See LocalTime. nil means time.Local.
	Location *time.Location
	// Since and Until limit the date of publication to [Since, Until). A
	// zero time is open.
	Since, Until time.Time
	// SinceDate and UntilDate do the same by dates as the query language writes
	// them, in Location: "2h", "30d", "2024-03", "monday". The whole of what they
	// name is part of the period, see ParseUntil. Use these and not Since where
	// dates are counted from now: a cursor keeps the moment of the first page, so
	// that the next page is of the same period.
	SinceDate, UntilDate string
	// AsOf, a date as UntilDate has it, asks for what was there at the end of it, as if
	// nothing later had been published: neither articles that are of a later date or under
	// an embargo then, nor those without a date. Dates that are counted from now, and
	// Recency, are counted from then. Of an article that was changed later, what it says now
	// is searched and shown, as earlier versions are in no list of words; Results.Warnings
	// tells of it, and of articles without a date. Spellings, and all that was learned from
	// the index, such as Results.DidYouMean and RankBlend, stay those of all articles. A
	// date that is yet to come changes nothing but for articles without a date.
	AsOf string
	// Filters must all hold.
	Filters []Filter
	// TopicsFrom are the origins of topics that count, in Filters, in Facets and in Text, and
	// that hits are returned with; nil for all.
	TopicsFrom []corpus.Origin
	// Facets are the facets to count, such as FacetTopic; "language" is FacetLang.
	Facets []string
	// FacetLimit is the number of values listed for each facet, most frequent
	// first; 0 means 10, negative all.
	FacetLimit int
	Sort       Sort
	// Rank is what hits are ordered by with Sort Relevance. ErrNoVectors: RankBlend was
	// asked for, and the index has none.
	Rank Ranking
	// Recency, with Sort Relevance, is the half-life by which scores decay with the age
	// of articles, counted at the first page; 0 for none, 100 years at most. Of each of
	// the best 1,000 hits, what its score has above that of the last one is halved for
	// each half-life; of one without a date nothing is left. It changes the order
	// alone.
	Recency time.Duration
	// Limit is the number of hits on a page; 0 means 10, negative none, and
	// 10,000 is the most.
	Limit int
	// Cursor, from Results, asks for the page that follows. All that decides
	// which articles are found, and in which order, must be as it was: the other
	// fields of the Query but for Location and those that say what to show, and the
	// aliases of its words. Dates are read at the moment and in the location of the
	// first page. Every article of the first page's listing that is still there and
	// was not changed comes once, also when the index is written in between; of
	// those that were added, some come.
	Cursor string
	// Passages is the number of snippets a hit; 0 means 2, negative none, and
	// 20 is the most.
	Passages int
	// ExactTotal counts every article that matches. Without it Results.Total
	// is exact up to 1,000 and may be a lower bound beyond; Results.Exact says
	// which it is. The engine can then skip articles that cannot come among the
	// first hits, so that a search of frequent words is several times faster.
	// Every article is counted anyway with Facets, with another order than by
	// relevance, and when no hits are wanted.
	ExactTotal bool
	// CountTo is up to where Results.Total is exact without ExactTotal, instead of 1,000,
	// for programs that ask for the first hits and no total. Fewer than the hits of a page
	// are not counted, and 1,000,000 is the most.
	CountTo int
	// Explain asks for the parts of each score.
	Explain bool
	// NoAliases looks for words only as they are asked for, and not for
	// their aliases.
	NoAliases bool
	// IDsOnly returns hits with the ID of their article and without the Article, which is
	// nil, and its passages. It is several times faster where many hits are wanted.
	IDsOnly bool
	// IncludeEmbargoed finds articles under embargo like others.
	IncludeEmbargoed bool
	// Copies says what is shown of a story that several outlets print: by default one hit
	// for all of its copies, the best. Filters apply before. Totals and facets count
	// articles. All yields every copy.
	Copies Copies
	// NoNear leaves Results.Near empty, and Results.NearMeaning where it isn't asked for.
	NoNear bool
	// NearMeaning asks for Results.NearMeaning. ErrNoVectors: the index has none.
	NearMeaning bool

	// What resolved fills in.

	asked time.Time   // the moment of the first page
	asOf  time.Time   // the end of AsOf; zero where there is none
	place *cursorForm // of Cursor; nil on the first page

	reading      *Translation // of a text in another language
	untranslated string       // why there is none, where Lenient

	within match.Plan // what New asks for beside the query: see addedIn; nil for nothing

	sought func() (*sought, error) // what the Index finds in texts; nil where nobody asks

	provider *provider // that the Index asks for the vector of the query; nil for none

	languages *languages      // see setLanguages; nil where no snapshot is asked
	known     *knownLanguages // of the Index; nil where nobody keeps them
}

// resolved returns q with what it leaves open: the moment from which dates are
// counted, and, from its cursor, where and when the first page was asked for.
func (q Query) resolved() (Query, error) {
	q, err := q.translated()
	if err != nil {
		return q, err
	}
	q.asked, q.place = time.Now(), nil
	if q.Cursor != "" {
		if q.place, err = decodeCursor(q.Cursor); err != nil {
			return q, err
		}
		q.asked, q.Location = time.UnixMicro(q.place.Asked), q.place.location(q.location())
	}
	q.asked = q.asked.In(q.location())
	if q.AsOf != "" {
		if q.asOf, err = ParseUntil(q.AsOf, q.asked); err != nil {
			return q, fmt.Errorf("as of: %w", err)
		}
	}
	if q.SinceDate != "" {
		if q.Since, _, err = ParseDate(q.SinceDate, q.now()); err != nil {
			return q, fmt.Errorf("since: %w", err)
		}
	}
	if q.UntilDate != "" {
		if q.Until, err = ParseUntil(q.UntilDate, q.now()); err != nil {
			return q, fmt.Errorf("until: %w", err)
		}
	}
	return q, nil
}

// location is where the query's dates are meant.
func (q *Query) location() *time.Location {
	if q.Location != nil {
		return q.Location
	}
	return time.Local
}

// Match says what bare words that stand side by side mean.
type Match uint8

// The ways to match.
const (
	// MatchAll wants every word but those that merely ask, which are told in
	// Results.Optional. When few articles have them all, Results.Near has some that
	// lack one or two; when none has, the search is made again with MatchAny, and
	// Results.Relaxed is set.
	MatchAll Match = iota
	// MatchAny wants any of the words.
	MatchAny
	// MatchStrict wants every word, and is never relaxed.
	MatchStrict
)

// The facets: what articles can be counted and filtered by.
const (
	FacetTopic  = "topic"  // a path, such as "economy/central_banks"
	FacetSource = "source" // the outlet
	FacetAuthor = "author"
	FacetPlace  = "place"
	FacetPerson = "person" // whom an article is about
	FacetOrg    = "org"    // an organization
	FacetLang   = "lang"   // such as "pt-br"; "pt" takes it in
	FacetYear   = "year"   // of publication, as "2026"
	FacetMonth  = "month"  // as "2026-03"
	FacetDay    = "day"    // as "2026-03-05"
	FacetMyTag  = "mytag"  // a path that a person tagged the article with, see Index.Tag
)

// FacetRights is what articles can be filtered by, and not counted: their terms of use.
// Its values are RightsStated and RightsNoAI.
const FacetRights = "rights"

// What is known of the terms of use of an article.
const (
	RightsStated = match.RightsStated // the sender states some
	RightsNoAI   = match.RightsNoAI   // they forbid use by programs that learn or generate
)

// facetLanguage is taken for FacetLang, as the field language: is for lang:.
const facetLanguage = "language"

// Sort is the order of hits. Ties go to the newer article, then to the
// smaller id.
type Sort uint8

// The orders.
const (
	Relevance Sort = iota
	Newest
	Oldest
	// LastAdded goes by when articles came into the index, whatever their dates: the
	// latest first, and those of which it isn't known last.
	LastAdded
)

// Filter keeps the articles that hold any of Values in a facet, or, with Not,
// none of them. A topic takes in what lies below it, a language its regions. A
// facet's filters don't apply to its own counts, but for those with Not.
type Filter struct {
	Facet  string // such as FacetTopic
	Values []string
	Not    bool
	// Words takes values of sources, authors and others without levels for words of
	// theirs, as a field of the query does: "okoye" keeps the articles of Ada Okoye
	// and of Ben Okoye. Without it a value is a whole one, but for case and accents.
	Words bool
}

// Results is one page of what was found. It stays valid after Close.
type Results struct {
	Hits []Hit
	// RankedBy is what the hits are ordered by: RankWords or RankBlend; RankDefault where
	// they have no scores or aren't ordered by them.
	RankedBy Ranking
	Total    int  // articles that match
	Exact    bool // whether Total is exact rather than a lower bound
	// Stories is how many stories Total comes to, copies of one text being one. It is
	// counted with Facets or ExactTotal, unless Copies is AllCopies; else it is 0.
	Stories int
	// Relaxed is set when no article has all the words. The hits then have some
	// of them.
	Relaxed bool
	// Near fills the first page, with MatchAll, where it has fewer than
	// Query.Limit hits: articles that lack the least telling word or two, see
	// Hit.Missing. They rank below the hits, match no less otherwise, and are in no
	// total, facet or further page. There are at most 50.
	Near []Hit
	// NearMeaning are articles that are close to the query in meaning, see RankBlend, and
	// that it doesn't match: the closest first, at least .6 close by Hit.Cosine, at most
	// Query.Limit and 50 of them. They are on the first page with Query.NearMeaning, and
	// otherwise where a query of up to twelve words finds nothing, but for MatchStrict.
	// All that the query excludes holds for them, too, and so do its dates, filters, and
	// fields that are no text. They are in no total, facet or further page. Rank counts
	// them by themselves, and Score is 0. What is marked in their snippets are words close
	// to the query in meaning.
	NearMeaning []Hit
	// Optional are the words of the query that ask rather than say what about,
	// such as why, versus, impact. They add to the score of articles that have
	// them, and none must have them.
	Optional []string
	Facets   []FacetCounts // in the order asked for
	// Cursor asks for the next page; empty on the last.
	Cursor string
	// DidYouMean is a query that would find more; empty when there is none. Words
	// are spelt otherwise, joined or parted, and values of fields that no article
	// has are replaced, by what finds most together with the rest of the query.
	DidYouMean string
	// Reading is the query in newsq's language, where it was in another; else nil.
	Reading *Translation
	// Aliases says which aliases of the query's words were looked for, and
	// what they found.
	Aliases  []AliasUse
	Warnings []string
	Took     time.Duration
}

// Hit is an article that matched.
type Hit struct {
	Rank    int             // 1-based, counted over all pages
	ID      string          // of the article
	Article *corpus.Article // nil with IDsOnly
	Score   float64
	// TitleMatches are byte ranges of Article.Title.
	TitleMatches []Span
	Snippets     []Snippet
	// Missing are the words of the query that the article has not, as they were
	// typed: in Results.Near, and in the hits of a search with Results.Relaxed,
	// up to 100 a page.
	Missing []string
	// Cosine is that of the angle between the vectors of the article and of the query, -1
	// to 1; in Results.NearMeaning only.
	Cosine float64
	// Copies is how many more articles that match tell the same story, see Query.Copies,
	// and Outlets are up to three others that printed it.
	Copies  int
	Outlets []string
	// Explanation sums to Score, or to Blend.Words where Blend is set; nil unless asked
	// for.
	Explanation []ScorePart
	// Blend is how Score was made of the score by words, where it was and
	// Query.Explain is set.
	Blend *Blend
}

// ScorePart is what one condition of the query added to a score.
type ScorePart struct {
	Label     string  // the stem, or the phrase in quotation marks
	Frequency float64 // weighted over title, headings and body
	DocFreq   int     // articles in which it occurs
	Boost     float64
	Score     float64
	// Title, Headings and Body are the numbers of occurrences that come to Frequency,
	// which WeightTitle, WeightHeading and WeightBody weigh. All are 0 where they
	// cannot be told apart, as with NEAR.
	Title, Headings, Body int
}

// The fields of an article that a Snippet is from.
const (
	FieldBody    = "body"
	FieldSummary = "summary"
)

// Snippet is a passage of an article: whole sentences of one section.
type Snippet struct {
	Field   string // FieldBody, or FieldSummary when the body has no passage
	Section string // heading of the section; may be empty
	Page    string // of the print, see corpus.Page; may be empty
	Text    string
	Start   int    // the byte of the article's Body at which Text begins, or of its Summary
	Matches []Span // byte ranges of Text, in order, apart from each other
	// Is is what the sentences with matches claim, of the kinds that is: asked for, with a
	// blank between them: "forecast". Empty where nothing asked for one.
	Is string
	// Score is how much of what was looked for the passage shows that those before it of
	// the same article don't: about 1 for all of it, 0 for nothing. Rare words are more of
	// it than frequent ones.
	Score float64
}

// Span is a range of bytes, [Start, End).
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// FacetCounts is a facet with the values found.
type FacetCounts struct {
	Name   string // such as FacetTopic; as it was asked for
	Values []FacetValue
	// More is the number of further values that FacetLimit left out.
	More int
}

// FacetValue is one value of a facet.
type FacetValue struct {
	Value string
	Count int // articles
	// Selected is set when a filter of the query asks for this value.
	Selected bool
}

// AliasUse is a word or phrase of a query that was also looked for under
// another name.
type AliasUse struct {
	From, To string
	// Articles is the number of those found that have To and not From.
	Articles int
}
