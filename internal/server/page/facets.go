package page

import (
	"net/url"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/ask"
)

// facetLabels are the facets that are shown, in their order, with what one and several
// values are called.
var facetLabels = []struct{ name, label, one string }{
	{index.FacetTopic, "Topics", "topic"},
	{index.FacetSource, "Outlets", "outlet"},
	{index.FacetAuthor, "Authors", "author"},
	{index.FacetPlace, "Places", "place"},
	{index.FacetPerson, "People", "person"},
	{index.FacetOrg, "Organizations", "organization"},
	{index.FacetLang, "Languages", "language"},
	{index.FacetMyTag, "My tags", "my tag"},
}

func facetNames() []string {
	var names []string
	for _, f := range facetLabels {
		names = append(names, f.name)
	}
	return names
}

// The most values of a facet that are shown, shortly and when all are asked for; these are
// for all such facets together. And the most filters that are listed.
const (
	shownValues = 7
	allValues   = 400
	maxChips    = 40
)

// facetView is a facet with its values.
type facetView struct {
	Label  string
	Values []facetValue
	More   string // how many further values there are
	All    string // the address that shows these too
	Fewer  string // the address that shows few again
}

// facetValue is a value, which a link chooses or gives up.
type facetValue struct {
	choice
	Title string // what it is called otherwise
	Count string
}

// facets returns the facets with values. Request.Facets are those that are shown in full,
// where the address is not long.
func (p *page) facets(r *ask.Request, found []index.FacetCounts, total int, long bool) []facetView {
	label := p.topicLabel()
	var out []facetView
	for _, counts := range found {
		i := slices.IndexFunc(facetLabels, func(f struct{ name, label, one string }) bool { return f.name == counts.Name })
		if i < 0 || len(counts.Values) == 0 || sameForAll(&counts, total) {
			continue
		}
		f := facetView{Label: facetLabels[i].label}
		most, c := shownValues, r.Clone()
		c.Cursor = ""
		if slices.Contains(r.Facets, counts.Name) {
			if !long {
				most = max(shownValues, allValues/len(r.Facets))
			}
			c.Facets = slices.DeleteFunc(c.Facets, func(name string) bool { return name == counts.Name })
			f.Fewer = searchAddress(c)
		} else {
			c.Facets = append(slices.DeleteFunc(c.Facets, func(name string) bool { return name == ask.NoFacet }), counts.Name)
			f.All = searchAddress(c)
		}
		rest := 0
		for n, v := range counts.Values {
			if n >= most && (!v.Selected || len(f.Values) >= most+maxChips) {
				rest++
				continue
			}
			value := facetValue{
				choice: choice{v.Value, searchAddress(r.Toggle(counts.Name, v.Value)), v.Selected},
				Count:  humanize.Comma(int64(v.Count)),
			}
			switch counts.Name {
			case index.FacetTopic:
				value.Label, value.Title = topicName(v.Value), label(v.Value)
			case index.FacetMyTag:
				value.Label = topicName(v.Value)
			case index.FacetLang:
				value.Label, value.Title = languageOf(v.Value), v.Value
			}
			f.Values = append(f.Values, value)
		}
		if rest > 0 {
			f.More = humanize.Comma(int64(rest)) + " more"
		}
		if f.More == "" || long {
			f.All = ""
		}
		out = append(out, f)
	}
	return out
}

// sameForAll reports whether all articles that were found have the one value of a facet, so
// that there is nothing to choose.
func sameForAll(f *index.FacetCounts, total int) bool {
	return len(f.Values) == 1 && f.Values[0].Count == total && !f.Values[0].Selected
}

// topicLabel returns what people call a topic where that says more than its path; empty
// else.
func (p *page) topicLabel() func(path string) string {
	rules, err := p.Index.Topics()
	if err != nil {
		return func(string) string { return "" } // a name is all that is lost
	}
	return rules.Label
}

// topicName is a topic as it is read: security/nuclear_arms is security › nuclear arms.
func topicName(path string) string {
	return strings.NewReplacer("/", " › ", "_", " ").Replace(path)
}

// languageOf is a language as it is read: its name with the tag, which queries ask for.
func languageOf(tag string) string {
	if name := index.LanguageName(tag); name != "" {
		return name + " · " + tag
	}
	return tag
}

// chip is a filter that is on, with the address without it.
type chip struct {
	Label, Value, Href string
}

// chips returns the filters that are on.
func chips(r *ask.Request) []chip {
	var out []chip
	for i, f := range r.Filters {
		name := f.Facet
		for _, known := range facetLabels {
			if known.name == f.Facet {
				name = known.one
			}
		}
		if f.Not {
			name = "not " + name
		}
		for k, v := range f.Values {
			if len(out) == maxChips {
				break
			}
			c := r.Clone()
			c.Cursor = ""
			if c.Filters[i].Values = slices.Delete(c.Filters[i].Values, k, k+1); len(c.Filters[i].Values) == 0 {
				c.Filters = slices.Delete(c.Filters, i, i+1)
			}
			shown := v
			if f.Facet == index.FacetTopic || f.Facet == index.FacetMyTag {
				shown = topicName(v)
			} else if f.Facet == index.FacetLang {
				shown = languageOf(v)
			}
			out = append(out, chip{name, shown, searchAddress(c)})
		}
	}
	for _, d := range []struct {
		name string
		at   func(*ask.Request) *string
	}{
		{"from", func(r *ask.Request) *string { return &r.Since }},
		{"to", func(r *ask.Request) *string { return &r.Until }},
	} {
		if value := *d.at(r); value != "" {
			c := r.Clone()
			c.Cursor = ""
			*d.at(&c) = ""
			out = append(out, chip{d.name, value, searchAddress(c)})
		}
	}
	return out
}

// chosen counts the filters that are on.
func chosen(r *ask.Request) int {
	n := 0
	for _, f := range r.Filters {
		n += len(f.Values)
	}
	for _, date := range [...]string{r.Since, r.Until} {
		if date != "" {
			n++
		}
	}
	return n
}

// datesView is the form that limits the dates.
type datesView struct {
	Since, Until string
	Kept         []pair
}

func newDates(r *ask.Request) datesView {
	kept := r.Clone()
	kept.Cursor, kept.Since, kept.Until = "", "", ""
	return datesView{r.Since, r.Until, pairs(&kept)}
}

// hostOf returns the name of a site.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// sortByValue brings the values of a facet in falling order, as of years.
func sortByValue(values []index.FacetValue) {
	slices.SortFunc(values, func(a, b index.FacetValue) int { return strings.Compare(b.Value, a.Value) })
}
