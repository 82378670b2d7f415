package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
)

// What is told where an address says nothing else: the library's.
const (
	defaultSides       = 4
	defaultOfSide      = 8
	defaultWords       = 20
	defaultGaps        = 20
	defaultMinArticles = 30
	// maxMinArticles is more than any outlet has.
	maxMinArticles = 1_000_000_000
)

// Compare returns the parameters of a comparison.
func Compare() []Parameter {
	return append(slices.Clone(Selection()),
		by("part articles by this property", index.CompareFacets(), index.FacetSource),
		of("compare this value, by words of it, or several with | between them as one side; it is given for each side, and without it the values with the most articles are compared"),
		orNormal(number("sides", "without of, how many values are compared", 2, index.MaxSides, defaultSides, func(r *Request) *int { return &r.Sides })),
		told("the most words of each side", index.MaxTelling, defaultOfSide),
	)
}

// Words returns the parameters of the words that stand out.
func Words() []Parameter {
	return append(slices.Clone(Selection()), told("the most words", index.MaxTelling, defaultWords))
}

// Gaps returns the parameters of what outlets leave out.
func Gaps() []Parameter {
	return append(slices.Clone(Selection()),
		by("look for this property", index.GapFacets(), index.FacetTopic),
		of("only gaps of this outlet, or of any of several, each measured by all others"),
		orNormal(number("min-articles", "only outlets with so many articles or more", 1, maxMinArticles, defaultMinArticles, func(r *Request) *int { return &r.MinArticles })),
		told("the most gaps", index.MaxGaps, defaultGaps),
	)
}

// by is a facet by which articles are told apart. normal may be empty for none.
func by(doc string, facets []string, normal string) Parameter {
	return Parameter{
		Name: "by", Kind: strings.Join(facets, "|"), Doc: doc, Default: normal,
		read: func(r *Request, value string) error {
			if value = config.Canonical(value); !slices.Contains(facets, value) {
				return &Error{Parameter: "by", Msg: fmt.Sprintf("must be one of %s, not %q", strings.Join(facets, ", "), config.Clip(value, maxClip)), Hint: meant("by", value, facets)}
			}
			r.SplitBy = value
			return nil
		},
		write: func(r *Request) []string { return given(r.SplitBy) },
	}
}

func of(doc string) Parameter {
	return Parameter{
		Name: "of", Kind: "string", List: true, Doc: doc,
		read: func(r *Request, value string) error {
			for part := range strings.SplitSeq(value, "|") {
				if strings.TrimSpace(part) == "" {
					return &Error{Parameter: "of", Msg: fmt.Sprintf("has no name beside | in %q", config.Clip(value, maxClip))}
				}
			}
			r.Of = append(r.Of, value)
			return nil
		},
		write: func(r *Request) []string { return r.Of },
	}
}

// told is how many words or gaps are told.
func told(doc string, most, normal int) Parameter {
	return orNormal(number(Limit, doc, 1, most, normal, func(r *Request) *int { return &r.Told }))
}

// orNormal is a number of which 0 stands for its default, which is the library's.
func orNormal(p Parameter) Parameter {
	write := p.write
	p.write = func(r *Request) []string {
		if list := write(r); !slices.Equal(list, []string{"0"}) {
			return list
		}
		return nil
	}
	return p
}

// Compare returns the query and the options of the comparison that is asked for, as Query
// does.
func (r *Request) Compare(zone *time.Location) (index.Query, *index.CompareOptions, error) {
	switch n := len(r.Of); {
	case r.Empty():
		return index.Query{}, nil, &Error{Parameter: Text, Msg: "is missing, and so is a filter", Hint: "say which articles to compare"}
	case n == 1:
		return index.Query{}, nil, &Error{Parameter: "of", Msg: "is given once, and one side alone can't be compared", Hint: "give it for each side"}
	case n > index.MaxSides:
		return index.Query{}, nil, &Error{Parameter: "of", Msg: fmt.Sprintf("is given %d times, and %d sides at most can be compared", n, index.MaxSides)}
	}
	return r.Query(zone), &index.CompareOptions{By: r.SplitBy, Values: r.Of, Sides: r.Sides, Terms: r.Told}, nil
}

// Words returns the query of the words that stand out, and how many are told, as Query does.
func (r *Request) Words(zone *time.Location) (q index.Query, n int, err error) {
	if r.Empty() {
		return q, 0, &Error{Parameter: Text, Msg: "is missing, and so is a filter", Hint: "the words of all articles stand out against none"}
	}
	return r.Query(zone), r.Told, nil
}

// Gaps returns the query and the options of the gaps that are asked for, as Query does.
func (r *Request) Gaps(zone *time.Location) (index.Query, *index.GapsOptions, error) {
	if n := len(r.Of); n > index.MaxGapOutlets {
		return index.Query{}, nil, &Error{Parameter: "of", Msg: fmt.Sprintf("is given %d times, and %d outlets at most can be looked at", n, index.MaxGapOutlets)}
	}
	return r.Query(zone), &index.GapsOptions{By: r.SplitBy, Outlets: r.Of, MinArticles: r.MinArticles, Limit: r.Told}, nil
}
