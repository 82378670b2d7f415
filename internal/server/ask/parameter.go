package ask

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
)

// Parameter is a parameter of an address.
type Parameter struct {
	Name string
	// Kind is string, integer, boolean, or the values that it may have, parted by |.
	Kind string
	// List says that it may be given several times.
	List bool
	Min  int // of an integer
	Max  int
	// Default is what it has where it isn't given; empty for none.
	Default  string
	Required bool
	Doc      string

	read  func(r *Request, value string) error
	write func(r *Request) []string // what it has, where that isn't the default
}

// The parameters of a search.
const (
	Text       = "q"
	Cursor     = "cursor"
	Limit      = "limit"
	Passages   = "passages"
	Facet      = "facet"
	FacetLimit = "facet-limit"
)

// Search returns the parameters of a search, in the order in which addresses have them.
// Nobody changes the list.
func Search() []Parameter { return search() }

// Selection returns the parameters that say which articles are looked at: those of Search
// without the ones about order and pages.
func Selection() []Parameter { return selected() }

var (
	search   = sync.OnceValue(func() []Parameter { return append(slices.Clone(selected()), presentation()...) })
	selected = sync.OnceValue(selection)
)

func selection() []Parameter {
	list := []Parameter{
		text(Text, "the query, in the query language", func(r *Request) *string { return &r.Text }),
		choice("match", "what words side by side mean: all of them, or some where none has all; any of them; or strictly all",
			[]string{"all", "any", "strict"}, func(r *Request) *index.Match { return &r.Match }),
		choice("syntax", "the language of the query: newsq's own, or that of a press database or of Lucene, which the answer says in newsq's",
			index.SyntaxNames(), func(r *Request) *index.Syntax { return &r.Syntax }),
	}
	for _, facet := range filtered {
		list = append(list, filter(facet, facet, false), filter("not-"+facet, facet, true))
	}
	return append(list,
		date("since", "only from this date on: 2026, 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday", index.ParseDate, func(r *Request) *string { return &r.Since }),
		date("until", "only up to this date, the whole of it included", parseUntil, func(r *Request) *string { return &r.Until }),
		date("as-of", "as if nothing had been published after this date; 30d and recency are counted from there", parseUntil, func(r *Request) *string { return &r.AsOf }),
		flag("no-aliases", "look for words only as they are asked for, not DPRK for North Korea", func(r *Request) *bool { return &r.NoAliases }),
		flag("lenient", "read any text as a query, and say in warnings how it was taken", func(r *Request) *bool { return &r.Lenient }),
		timezone(),
	)
}

func presentation() []Parameter {
	return []Parameter{
		choice("copies", "what to show of a story that many print: its best copy, the earliest, or all",
			[]string{"best", "earliest", "all"}, func(r *Request) *index.Copies { return &r.Copies }),
		choice("sort", "the order of the hits; added is by when they came into the index", []string{"relevance", "newest", "oldest", "added"}, func(r *Request) *index.Sort { return &r.Sort }),
		choice("rank", "what hits are ordered by: words alone, or a blend of words and meaning; default is blend where the index has learned meaning",
			[]string{"default", "words", "blend"}, func(r *Request) *index.Ranking { return &r.Rank }),
		recency(),
		facets(),
		number(FacetLimit, "the most values of each facet; 0 for all", 0, MaxFacetLimit, DefaultFacetLimit, func(r *Request) *int { return &r.FacetLimit }),
		number(Limit, "the most hits on a page; 0 for none", 0, MaxLimit, DefaultLimit, func(r *Request) *int { return &r.Limit }),
		number(Passages, "the most passages of each hit; 0 for none", 0, MaxPassages, DefaultPassages, func(r *Request) *int { return &r.Passages }),
		flag("estimate", "let the total be a lower bound beyond 1,000, which is faster without facets", func(r *Request) *bool { return &r.Estimate }),
		flag("no-near", "leave out articles that lack a word or two", func(r *Request) *bool { return &r.NoNear }),
		flag("explain", "say how each score came about", func(r *Request) *bool { return &r.Explain }),
		text(Cursor, "the cursor of the page before; all else must be as it was", func(r *Request) *string { return &r.Cursor }),
	}
}

// Answers returns the parameters of an answer to a search: those of Search, and the form.
func Answers() []Parameter { return append(slices.Clone(Search()), form()) }

// Facets returns the parameters of counts alone.
func Facets() []Parameter {
	return append(slices.Clone(Selection()), named(Search(), Facet, FacetLimit)...)
}

// PassagesOf returns the parameters of the passages of one article.
func PassagesOf() []Parameter {
	list := named(Search(), Text, "match", "syntax", "no-aliases", Passages)
	list[0].Required = true
	return list
}

// Latest returns the parameters of what a saved search finds.
func Latest() []Parameter { return named(Search(), Limit, Passages, Cursor, "timezone") }

// MaxSimilar is the library's.
const MaxSimilar = 200

// Similar returns the parameters of articles that are similar to one.
func Similar() []Parameter {
	list := []Parameter{
		number(Limit, "the most hits", 1, MaxSimilar, DefaultLimit, func(r *Request) *int { return &r.Limit }),
		flag("earlier", "only what was published before the article", func(r *Request) *bool { return &r.Earlier }),
		flag("later", "only what was published after the article", func(r *Request) *bool { return &r.Later }),
	}
	for _, facet := range filtered {
		list = append(list, named(Search(), facet, "not-"+facet)...)
	}
	return append(list, named(Search(), "since", "until", "as-of", "timezone", "rank", Passages, "explain")...)
}

// MaxContext is the library's.
const MaxContext = 50

// Context returns the parameters of what surrounds an article in time.
func Context() []Parameter {
	return append([]Parameter{
		number(Limit, "the most articles before it, and the most after it", 1, MaxContext, DefaultLimit, func(r *Request) *int { return &r.Limit }),
	}, named(Search(), "timezone")...)
}

// Quotations returns the parameters of quotations.
func Quotations() []Parameter {
	list := named(Search(), Text)
	list[0].Doc = "words, phrases and patterns that are all in one quotation; none for all of them"
	list = append(list, Parameter{
		Name: "by", Kind: "string", List: true, Doc: "only what somebody of this name said, any part of it, or of any of several",
		read:  func(r *Request, value string) error { r.By = append(r.By, value); return nil },
		write: func(r *Request) []string { return r.By },
	}, number(Limit, "the most quotations", 1, index.MaxQuotations, DefaultLimit, func(r *Request) *int { return &r.Limit }))
	for _, facet := range filtered {
		list = append(list, named(Search(), facet, "not-"+facet)...)
	}
	return append(list, named(Search(), "since", "until", "as-of", "timezone", "copies", "sort", "no-aliases", "lenient")...)
}

// Timeline returns the parameters of a timeline.
func Timeline() []Parameter {
	lengths := []string{"any", "day", "week", "month", "quarter", "year"}
	return append(slices.Clone(Selection()),
		choice("per", "what a bucket is; any is as fits", lengths, func(r *Request) *index.Per { return &r.Per }),
		by("split by this property", filtered, ""),
		number(FacetLimit, "with by, how many values are told apart, the most frequent ones", 1, index.MaxSeries, DefaultFacetLimit, func(r *Request) *int { return &r.FacetLimit }),
		number("bursts", "how many bursts are described, those of the greatest weight; 0 for none", 0, MaxBursts, DefaultBursts, func(r *Request) *int { return &r.Bursts }),
		choice("burst-per", "the length of time by which bursts are looked for; any is weeks, or days where buckets are days", lengths, func(r *Request) *index.Per { return &r.BurstPer }),
	)
}

// MaxBursts is the library's.
const MaxBursts = 50

// MaxSuggestions is the library's.
const MaxSuggestions = 50

// Suggest returns the parameters of suggestions.
func Suggest() []Parameter {
	list := named(Search(), Text)
	list[0].Doc, list[0].Required = "the beginning of a query", true
	return append(list,
		number(Limit, "the most suggestions", 1, MaxSuggestions, DefaultLimit, func(r *Request) *int { return &r.Limit }),
		flag("complete", "complete names of fields and their values too, each going on letter by letter from what was typed", func(r *Request) *bool { return &r.Complete }),
	)
}

// named returns the parameters of these names, in the order of the names.
func named(list []Parameter, names ...string) []Parameter {
	var found []Parameter
	for _, name := range names {
		i := slices.IndexFunc(list, func(p Parameter) bool { return p.Name == name })
		found = append(found, list[i])
	}
	return found
}

func form() Parameter {
	names := []string{JSON, NDJSON, CSV}
	return Parameter{
		Name: "format", Kind: strings.Join(names, "|"), Doc: "the form of the answer, where a link can't ask for it by the header Accept: a page in JSON, or every hit as a line of JSON or of CSV",
		read: func(r *Request, value string) error {
			if !slices.Contains(names, value) {
				return &Error{Parameter: "format", Msg: fmt.Sprintf("must be one of %s, not %q", strings.Join(names, ", "), config.Clip(value, maxClip)), Hint: meant("format", value, names)}
			}
			r.Format = value
			return nil
		},
		write: func(r *Request) []string { return given(r.Format) },
	}
}

// Values returns the parameters of an address for what the request asks for. Those that
// have their default are left out.
func (r *Request) Values() url.Values {
	v := make(url.Values)
	for _, p := range Search() {
		if values := p.write(r); len(values) > 0 {
			v[p.Name] = values
		}
	}
	return v
}

// Encode returns the query part of an address, in the order of the parameters: what is
// looked for stands first, for those who read it.
func (r *Request) Encode() string {
	var b strings.Builder
	for _, p := range Search() {
		for _, value := range p.write(r) {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(p.Name + "=" + url.QueryEscape(value))
		}
	}
	return b.String()
}

func text(name, doc string, at func(*Request) *string) Parameter {
	return Parameter{
		Name: name, Kind: "string", Doc: doc,
		read:  func(r *Request, value string) error { *at(r) = value; return nil },
		write: func(r *Request) []string { return given(*at(r)) },
	}
}

// given is a value that is left out where it is empty.
func given(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// number is a whole number in [least, most].
func number(name, doc string, least, most, normal int, at func(*Request) *int) Parameter {
	return Parameter{
		Name: name, Kind: "integer", Doc: doc, Min: least, Max: most, Default: strconv.Itoa(normal),
		read: func(r *Request, value string) error {
			n, err := strconv.Atoi(value)
			if err != nil || n < least || n > most {
				hint := ""
				if name == Limit && most == MaxLimit && n > most { // of hits on pages
					hint = "go on from page to page by the cursor, or take all hits as a stream: Accept: application/x-ndjson"
				}
				return &Error{Parameter: name, Msg: fmt.Sprintf("must be a whole number from %d to %d, not %q", least, most, config.Clip(value, maxClip)), Hint: hint}
			}
			*at(r) = n
			return nil
		},
		write: func(r *Request) []string {
			if *at(r) == normal {
				return nil
			}
			return []string{strconv.Itoa(*at(r))}
		},
	}
}

func flag(name, doc string, at func(*Request) *bool) Parameter {
	return Parameter{
		Name: name, Kind: "boolean", Doc: doc, Default: "false",
		read: func(r *Request, value string) error {
			switch value {
			case "1", "true", "on": // forms send the last
				*at(r) = true
			case "0", "false":
			default:
				return &Error{Parameter: name, Msg: fmt.Sprintf("must be true or false, not %q", config.Clip(value, maxClip))}
			}
			return nil
		},
		write: func(r *Request) []string {
			if !*at(r) {
				return nil
			}
			return []string{"true"}
		},
	}
}

// choice is one of names, which stand for the values of E from 0 on.
func choice[E ~uint8](name, doc string, names []string, at func(*Request) *E) Parameter {
	return Parameter{
		Name: name, Kind: strings.Join(names, "|"), Doc: doc, Default: names[0],
		read: func(r *Request, value string) error {
			i := slices.Index(names, value)
			if i < 0 {
				return &Error{Parameter: name, Msg: fmt.Sprintf("must be one of %s, not %q", strings.Join(names, ", "), config.Clip(value, maxClip)), Hint: meant(name, value, names)}
			}
			*at(r) = E(i)
			return nil
		},
		write: func(r *Request) []string {
			if *at(r) == 0 {
				return nil
			}
			return []string{names[*at(r)]}
		},
	}
}

// filter is a filter by a facet. A value of a facet without levels is words of a name,
// and with = before it a whole name.
func filter(name, facet string, not bool) Parameter {
	verb := "only"
	if not {
		verb = "no"
	}
	doc := fmt.Sprintf("%s articles of this %s, or of any of several; a name with = before it is a whole one, else words of it", verb, facet)
	switch facet {
	case index.FacetTopic:
		doc = verb + " articles on this topic or what lies below it, or on any of several"
	case index.FacetLang:
		doc = verb + " articles in this language, such as pt, which takes in pt-BR, or in any of several"
	}
	if facet == index.FacetMyTag {
		doc = verb + " articles that somebody tagged so by hand, or below it, or with any of several"
	}
	kindOfValue := func(value string) (kind, string) {
		k := kind{facet: facet, not: not}
		whole, cut := strings.CutPrefix(value, "=")
		if k.words = !leveled(facet) && !cut; k.words || leveled(facet) {
			return k, value
		}
		return k, whole
	}
	return Parameter{
		Name: name, Kind: "string", List: true, Doc: doc,
		read: func(r *Request, value string) error {
			k, value := kindOfValue(value)
			if strings.TrimSpace(value) == "" {
				return &Error{Parameter: name, Msg: "has no name behind ="}
			}
			r.add(k, value)
			return nil
		},
		write: func(r *Request) (values []string) {
			for _, f := range r.Filters {
				if f.Facet != facet || f.Not != not {
					continue
				}
				for _, v := range f.Values {
					if !f.Words && !leveled(facet) {
						v = "=" + v
					}
					values = append(values, v)
				}
			}
			return values
		},
	}
}

func date[T any](name, doc string, parse func(string, time.Time) (T, T, error), at func(*Request) *string) Parameter {
	return Parameter{
		Name: name, Kind: "string", Doc: doc,
		read: func(r *Request, value string) error {
			if _, _, err := parse(value, time.Now()); err != nil {
				return &Error{Parameter: name, Msg: err.Error()}
			}
			*at(r) = value
			return nil
		},
		write: func(r *Request) []string { return given(*at(r)) },
	}
}

func parseUntil(s string, now time.Time) (_, _ time.Time, err error) {
	until, err := index.ParseUntil(s, now)
	return until, until, err
}

func recency() Parameter {
	return Parameter{
		Name: "recency", Kind: "string", Doc: "by relevance, let scores decay with age: half is left after this time, such as 90d, 2w, 6m, 1y",
		read: func(r *Request, value string) error {
			if _, err := index.ParseHalfLife(value); err != nil {
				return &Error{Parameter: "recency", Msg: err.Error()}
			}
			r.Recency = value
			return nil
		},
		write: func(r *Request) []string { return given(r.Recency) },
	}
}

func timezone() Parameter {
	return Parameter{
		Name: "timezone", Kind: "string", Doc: "in which days are meant, such as Europe/Berlin; that of the server where it isn't given",
		read: func(r *Request, value string) error {
			loc, err := time.LoadLocation(value)
			if err != nil || value == "Local" {
				return &Error{Parameter: "timezone", Msg: fmt.Sprintf("there is no time zone %q", config.Clip(value, maxClip)), Hint: "write one such as Europe/Berlin"}
			}
			r.Timezone, r.location = value, loc
			return nil
		},
		write: func(r *Request) []string { return given(r.Timezone) },
	}
}

// facets are the facets to count. Several may stand in one value, with commas.
func facets() Parameter {
	names := append(slices.Clone(counted), NoFacet)
	return Parameter{
		Name: Facet, Kind: strings.Join(names, "|"), List: true, Default: index.FacetTopic, Doc: "count articles by this property, or by several; none for no counts",
		read: func(r *Request, value string) error {
			for name := range strings.SplitSeq(value, ",") {
				name = config.Canonical(strings.TrimSpace(name))
				if !slices.Contains(names, name) {
					return &Error{Parameter: Facet, Msg: fmt.Sprintf("there is no facet %q; there are %s", config.Clip(name, maxClip), strings.Join(names, ", ")), Hint: meant(Facet, name, names)}
				}
				if !slices.Contains(r.Facets, name) {
					r.Facets = append(r.Facets, name)
				}
			}
			if len(r.Facets) > 1 && slices.Contains(r.Facets, NoFacet) {
				return &Error{Parameter: Facet, Msg: "none cannot stand beside other facets"}
			}
			return nil
		},
		write: func(r *Request) []string { return r.Facets },
	}
}
