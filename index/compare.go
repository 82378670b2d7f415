package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
)

// CompareOptions says what Compare sets against each other.
type CompareOptions struct {
	// By is the facet by which articles are parted, such as FacetSource; empty for that.
	By string
	// Values are the sides, each a value of the facet, or several with "|" between them
	// that are one side: "CNN|Vox". They are taken as a Filter with Words takes them. None
	// stands for the values that most of the matching articles have.
	Values []string
	// Sides is how many values are taken where Values are none; 0 means 4, and MaxSides is
	// the most.
	Sides int
	// Terms is how many words are told of a side; 0 means 8, and MaxTelling is the most.
	Terms int
}

// The bounds of what is compared and told.
const (
	MaxSides   = 12
	MaxTelling = 100

	defaultSides   = 4
	defaultTelling = 8
)

// Comparison tells how the sides differ.
type Comparison struct {
	By    string
	Sides []ComparedSide
	// More is how many further values the matching articles have.
	More  int
	Total int // articles that match, whatever their value
	// NoHabits are the values of which it isn't known what their articles about other
	// things are like, so that words of theirs may be mere habits.
	NoHabits   []string
	DidYouMean string     // as in Results
	Aliases    []AliasUse // as in Results
	Warnings   []string
	Took       time.Duration
}

// ComparedSide is what one side uses more than all others that it is compared with.
type ComparedSide struct {
	Value string // as it was asked for, or as articles have it
	// Articles is how many match, and Read how many of these were counted: evenly over the
	// time of publication.
	Articles, Read int
	Words          int // that count
	// Repeated is how many words were not counted, since an article of the side had them
	// before, in the same paragraph or eight in a row.
	Repeated int
	Terms    []TellingTerm
}

// TellingTerm is a word or a phrase of two that stands out.
type TellingTerm struct {
	Text  string   // as the articles write it most often
	Stems []string // one or two
	// Z says how sure it is that the term stands out, in standard deviations; LogOdds by how
	// much it does; and Habit how much of that the same outlet does whatever it writes about,
	// which Z is without. See package contrast.
	Z, LogOdds, Habit float64
	// Count is how often the articles that were read have it, each at most four times, and
	// Articles how many of them. OtherCount and OtherArticles are those of the others.
	Count, Articles           int
	OtherCount, OtherArticles int
	// Article has Passage, in which the term stands. It is the best one for the query
	// and the term together.
	Article corpus.Article
	Passage Snippet
}

// Compare parts the articles that match q by a facet, and tells of each side the words that
// it uses more than the others, by the log-odds ratio with an informative Dirichlet prior
// (Monroe, Colaresi and Quinn 2008): those of which that is sure by 3.5 standard
// deviations and that three articles have at least.
//
// Of a side, up to 2,500 articles are read, and of all together 10,000. A paragraph, or eight
// words in a row, that several of them have count once, so that copies of a story and what
// stands below all articles of an outlet don't win. By FacetSource and FacetAuthor, what a side does
// whatever it writes about is seen from up to 400 of its articles that don't match, each of
// the same outlet and about the same time as one that does, and counts only by how much more
// it does so here; the words of its own name are left out.
//
// All words of q are demanded, unless its Match is MatchAny. Sort, Limit, Cursor, Facets,
// Copies, Passages, Recency and Rank are not used. Its errors are those of Search.
func (ix *Index) Compare(ctx context.Context, q Query, o *CompareOptions) (*Comparison, error) {
	start := time.Now()
	var opt CompareOptions
	if o != nil {
		opt = *o
	}
	if err := opt.complete(); err != nil {
		return nil, err
	}
	var c *Comparison
	again, err := ix.readMatched(ctx, q, []string{opt.By}, func(m *matched) (err error) {
		c, err = m.compare(ctx, &opt)
		return err
	})
	if err != nil {
		return nil, err
	}
	if again {
		c.Warnings = append(c.Warnings, warnAgain)
	}
	c.Took = time.Since(start)
	return c, nil
}

// CompareFacets returns the facets by which a comparison tells something, in the order in
// which to show them. The first is what an empty CompareOptions.By stands for.
func CompareFacets() []string {
	return []string{
		FacetSource, FacetAuthor, FacetTopic, FacetPerson, FacetOrg, FacetPlace, FacetLang, FacetYear, FacetMonth,
	}
}

// complete fills in what is left open, and refuses what can't be asked for.
func (o *CompareOptions) complete() error {
	o.By = cmp.Or(o.By, FacetSource)
	o.Sides, o.Terms = cmp.Or(o.Sides, defaultSides), cmp.Or(o.Terms, defaultTelling)
	switch {
	case o.Sides < 2 || o.Sides > MaxSides || len(o.Values) > MaxSides:
		return fmt.Errorf("2 to %d sides can be compared", MaxSides)
	case len(o.Values) == 1:
		return errors.New("one side alone can't be compared; name two or more")
	case o.Terms < 1 || o.Terms > MaxTelling:
		return fmt.Errorf("1 to %d words can be told of a side", MaxTelling)
	}
	facet, err := facetNamed(o.By)
	o.By = string(facet.Name)
	return err
}

// side is one of the sides of a comparison.
type side struct {
	value  string
	filter engine.Filter
	hits   []engine.Hit
	total  int
	counts *contrast.Side
	habit  *contrast.Side // nil where it isn't known
	names  map[string]bool
}

func (m *matched) compare(ctx context.Context, o *CompareOptions) (*Comparison, error) {
	c := &Comparison{By: o.By, Total: m.found.Total, DidYouMean: m.found.DidYouMean, Aliases: m.found.Aliases, Warnings: m.found.Warnings}
	sides, err := m.sides(ctx, o, c)
	if err != nil {
		return nil, err
	}
	v := contrast.NewVocabulary()
	for i := range sides {
		s := &sides[i]
		if s.counts, err = m.count(ctx, v, s.hits); err != nil {
			return nil, err
		}
		if o.By != FacetSource && o.By != FacetAuthor {
			continue
		}
		if s.habit, err = m.countHabit(ctx, v, s); err != nil {
			return nil, err
		}
		if s.habit == nil {
			c.NoHabits = append(c.NoHabits, s.value)
		}
	}
	for i := range sides {
		told, err := m.side(ctx, sides, i, o.Terms)
		if err != nil {
			return nil, err
		}
		c.Sides = append(c.Sides, told)
	}
	return c, nil
}

// side tells what side i uses more than the others.
func (m *matched) side(ctx context.Context, sides []side, i, n int) (ComparedSide, error) {
	s := &sides[i]
	told := ComparedSide{Value: s.value, Articles: s.total, Read: s.counts.Len(), Words: s.counts.Words(), Repeated: s.counts.Repeated()}
	if len(sides) < 2 {
		return told, nil
	}
	con := contrast.Contrast{Side: s.counts, Habit: s.habit}
	for j := range sides {
		if j == i {
			continue
		}
		con.Others = append(con.Others, sides[j].counts)
		if sides[j].habit != nil {
			con.OtherHabits = append(con.OtherHabits, sides[j].habit)
		}
	}
	drop := func(stems []string) bool {
		return !slices.ContainsFunc(stems, func(stem string) bool { return !s.names[stem] })
	}
	var err error
	told.Terms, err = m.telling(ctx, con.Terms(n, drop), []engine.Filter{s.filter})
	return told, err
}

// sides returns the sides with the articles of each that are read.
func (m *matched) sides(ctx context.Context, o *CompareOptions, c *Comparison) ([]side, error) {
	var sides []side
	var err error
	if len(o.Values) > 0 {
		sides, err = m.namedSides(ctx, o, c)
	} else {
		sides, err = m.largestSides(o, c)
	}
	if err != nil {
		return nil, err
	}
	most := min(maxReadOfSide, maxReadTogether/max(len(sides), 1))
	kept := sides[:0]
	for _, s := range sides {
		req := m.request(s.filter)
		if s.hits, s.total, err = sample(ctx, m.snap, req, most, nil); err != nil {
			return nil, err
		}
		if s.total == 0 {
			c.Warnings = append(c.Warnings, fmt.Sprintf("no article that matches is of %s %q", o.By, s.value))
			continue
		}
		if s.total > maxListed {
			c.Warnings = append(c.Warnings, fmt.Sprintf("of %q, the oldest %d articles were sampled", s.value, maxListed))
		}
		kept = append(kept, s)
	}
	return kept, nil
}

// namedSides are those that were asked for.
func (m *matched) namedSides(ctx context.Context, o *CompareOptions, c *Comparison) ([]side, error) {
	var sides []side
	for _, v := range o.Values {
		f := Filter{Facet: o.By, Values: strings.Split(v, "|"), Words: true}
		filters, warnings, err := resolveFilters(ctx, m.snap, []Filter{f}, m.q.TopicsFrom, m.q.location())
		if err != nil {
			return nil, err
		}
		c.Warnings = append(c.Warnings, warnings...)
		s := side{value: v, filter: filters[0]}
		if len(s.filter.Values) == 1 && s.filter.Facet == engine.Facet(o.By) {
			s.value = s.filter.Values[0]
		}
		s.names = m.namesOf(o.By, s.filter.Values)
		if i := sameSide(sides, &s); i >= 0 {
			c.Warnings = append(c.Warnings, fmt.Sprintf("%q is the same as %q, and is left out", v, sides[i].value))
			continue
		}
		sides = append(sides, s)
	}
	return sides, nil
}

// sameSide returns which of sides has the articles of s, -1 for none.
func sameSide(sides []side, s *side) int {
	return slices.IndexFunc(sides, func(t side) bool {
		return len(s.filter.Values) > 0 && slices.Equal(t.filter.Values, s.filter.Values)
	})
}

// largestSides are the values that most of the matching articles have. Of a topic and one
// below it, the one with more articles is taken.
func (m *matched) largestSides(o *CompareOptions, c *Comparison) ([]side, error) {
	facet, err := facetNamed(o.By)
	if err != nil {
		return nil, err
	}
	values := valuesKept(facet, m.found.Facets[0].Values)
	if slices.ContainsFunc(values, func(v FacetValue) bool { return !v.Selected }) {
		values = slices.DeleteFunc(values, func(v FacetValue) bool { return v.Selected }) // above those
	}
	var sides []side
	for _, v := range values {
		related := facet.Separator != "" && slices.ContainsFunc(sides, func(s side) bool {
			return strings.HasPrefix(v.Value, s.value+facet.Separator) || strings.HasPrefix(s.value, v.Value+facet.Separator)
		})
		if related || len(sides) == o.Sides {
			c.More++
			continue
		}
		f := engine.Filter{Facet: facet.Name, Values: []string{v.Value}}
		if facet.Name == engine.FacetTopic && len(m.q.TopicsFrom) > 0 {
			f = filterByOrigin(f, m.q.TopicsFrom)
		}
		sides = append(sides, side{value: v.Value, filter: f, names: m.namesOf(o.By, []string{v.Value})})
	}
	if facet.IsPeriod() {
		slices.SortFunc(sides, func(a, b side) int { return cmp.Compare(a.value, b.value) })
	}
	return sides, nil
}

// namesOf returns the stems of the names of outlets and authors, which stand in their own
// articles.
func (m *matched) namesOf(by string, values []string) map[string]bool {
	if by != FacetSource && by != FacetAuthor {
		return nil
	}
	stems := make(map[string]bool)
	for _, v := range values {
		for _, t := range m.r.context.Analyzer.Tokens(v) {
			if t.Stem != "" {
				stems[t.Stem] = true
			}
		}
	}
	return stems
}
