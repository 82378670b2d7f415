package ask

import "github.com/newsq/newsq/index"

// Saved returns the request that asks for what a saved search finds, those first that came
// into the index last. Filters by what no parameter names are left out of it.
func Saved(s *index.SavedSearch) Request {
	r := New()
	r.Text, r.NoAliases, r.Since, r.Until, r.Sort, r.Match = s.Text, s.NoAliases, s.SinceDate, s.UntilDate, index.LastAdded, s.Query().Match
	for _, f := range s.Filters {
		k := kind{f.Facet, f.Not, f.Words}
		if k.rank() < 0 {
			continue
		}
		for _, v := range f.Values {
			r.add(k, v)
		}
	}
	return r
}
