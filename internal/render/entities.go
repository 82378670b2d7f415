package render

import (
	"io"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Entities writes people, organizations and places with the number of articles that name
// each. Those of several kinds have a heading each.
func Entities(w io.Writer, kinds []index.FacetCounts, opt Options) error {
	p := newPage(w, opt)
	written := false
	for _, k := range kinds {
		if len(k.Values) == 0 {
			continue
		}
		if len(kinds) > 1 {
			if written {
				p.writeLine()
			}
			p.writeLine(styled(p.section, entityHeading(k.Name)))
		}
		written = true
		if p.err != nil {
			return p.err
		}
		if err := Topics(w, k.Values, opt); err != nil {
			return err
		}
		if k.More > 0 && opt.Timing {
			p.writeLine(styled(p.faint, "and "+humanize.Comma(int64(k.More))+" more"))
		}
	}
	return p.err
}

// entityHeading is what a kind of entities is called above a list of them.
func entityHeading(kind string) string {
	switch kind {
	case index.FacetPerson:
		return "people"
	case index.FacetOrg:
		return "organizations"
	}
	return "places"
}

// maxFound is how many entities of a kind are listed of an article, the most mentioned
// ones. JSON has all.
const maxFound = 20

// writeEntities lists the entities of a kind that an article names and did not come with.
func (p *page) writeEntities(name string, a *corpus.Article, kind corpus.EntityKind) {
	found := a.Found(kind)
	if more := len(found) - maxFound; more > 0 {
		found = append(found[:maxFound:maxFound], "and "+humanize.Comma(int64(more))+" more")
	}
	p.writeList(name, found)
}

// NoEntities returns the sentence that says why there are no entities to list. Articles is
// the number that match the query, which may be empty.
func NoEntities(query string, articles int) string {
	if articles > 0 {
		return "none of " + Count(articles, "article", "articles") + " has a name of the kind"
	}
	return NoTopics(query, articles)
}

// EntitiesJSON writes people, organizations and places with their counts. Articles is the
// number of articles that were counted over.
func EntitiesJSON(w io.Writer, query string, articles int, kinds []index.FacetCounts) error {
	return wire.Write(w, wire.NewEntities(query, articles, kinds))
}
