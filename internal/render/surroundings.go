package render

import (
	"io"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Surroundings writes what was written on the subject of an article before it and after it.
func Surroundings(w io.Writer, s *index.Surroundings, opt Options) error {
	opt.Width = min(opt.width(), maxTextWidth)
	p := newPage(w, opt)
	for _, side := range []struct {
		heading, none string
		hits          []index.Hit
	}{
		{"Background", "nothing earlier is like it", s.Background},
		{"Follow-up", "nothing later is like it", s.FollowUp},
	} {
		p.writeLine()
		p.writeLine(styled(p.section, side.heading))
		if len(side.hits) == 0 {
			p.writeLine(styled(p.faint, side.none))
			continue
		}
		for i, id := range shortIDs(side.hits) {
			a := side.hits[i].Article
			p.writeWrapped("", 0, text{s: titleOf(a), base: p.title, match: p.title, link: linkTarget(a.URL, a.Path)})
			facts := []item{{s: id, style: p.id}, {separator: " · ", s: p.published(a), style: p.faint}}
			if a.Source != "" {
				facts = append(facts, item{separator: " · ", s: Clean(a.Source), style: p.faint})
			}
			p.writeItems("  ", 2, facts)
		}
	}
	return p.err
}

// SurroundingsJSON writes what surrounds an article in time.
func SurroundingsJSON(w io.Writer, s *index.Surroundings) error {
	return wire.Write(w, wire.NewSurroundings(s))
}
