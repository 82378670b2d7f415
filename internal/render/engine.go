package render

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// CopyReport returns the sentences that tell what copying an index came to.
func CopyReport(c *index.CopyReport) string {
	s := "copied " + Count(c.Articles, "article", "articles")
	if there := c.Articles - c.Copied; there > 0 {
		s += ", of which " + humanize.Comma(int64(there)) + " were there already"
	}
	if c.Removed > 0 {
		s += "; removed " + humanize.Comma(int64(c.Removed)) + " that the source has not"
	}
	return fmt.Sprintf("%s, in %s\ncompared: equal in every article, %s, %s, %s",
		s, Duration(c.Took), Count(c.Sources, "file", "files"), Count(c.Notes, "note on versions", "notes on versions"), Count(c.Settings, "setting", "settings"))
}

// CopyReportJSON writes the report as JSON.
func CopyReportJSON(w io.Writer, c *index.CopyReport) error {
	return wire.Write(w, wire.NewCopyReport(c))
}

// InitPlan writes what will be done so that there is an index on servers.
func InitPlan(w io.Writer, p *index.InitPlan, opt Options) error {
	out := newPage(w, opt)
	line := func(first, s string) {
		out.writeWrapped(first, len(first), text{s: s, base: out.plain, match: out.plain})
	}
	for i, s := range p.Steps {
		line(fmt.Sprintf("%d. ", i+1), s)
	}
	if len(p.Steps) == 0 {
		line("", "nothing to do: all is there")
	}
	for _, n := range p.Notes {
		line("note: ", n)
	}
	return out.err
}

// InitPlanJSON writes the plan as JSON; done says that it was carried out.
func InitPlanJSON(w io.Writer, p *index.InitPlan, done bool) error {
	return wire.Write(w, wire.NewInitPlan(p, done))
}

// EngineStatusJSON writes the status of an index on servers as JSON.
func EngineStatusJSON(w io.Writer, s *index.ServerStatus) error {
	return wire.Write(w, wire.NewEngineStatus(s))
}

// EngineStatus writes how an index on servers is.
func EngineStatus(w io.Writer, s *index.ServerStatus, opt Options) error {
	p := newPage(w, opt)
	version := ""
	if s.Version != "" {
		version = "version " + Clean(s.Version)
	}
	p.writeFigures("cluster", present(Clean(s.Cluster), version, Clean(s.Health))...)
	for _, n := range s.Servers {
		p.writeFigures("  "+Clean(n.Name), present(Clean(n.Version), "heap "+formatBytes(n.Heap),
			formatBytes(n.DiskFree)+" free of "+formatBytes(n.DiskTotal))...)
	}
	if s.Index == "" {
		p.writeFigures("index", "there is none at "+Clean(s.Name))
		return p.writeConcerns(s)
	}
	p.writeFigures("index", present(Clean(s.Name)+" is "+Clean(s.Index), Clean(s.IndexHealth), "schema "+strconv.Itoa(s.Schema))...)
	p.writeFigures("articles", humanize.Comma(int64(s.Articles)))
	p.writeFigures("generation", present(strconv.FormatUint(s.Generation, 10), p.moment(s.Published))...)
	if s.Unpublished {
		p.writeFigures("  since then", "something was written that searches don't see yet")
	}
	p.writeFigures("takes", formatBytes(s.Bytes)+" with all copies")
	there := ""
	if s.IndexHealth != "" { // else nobody told how many
		there = Count(s.InSync, "copy there", "copies there")
	}
	p.writeFigures("shards", present(strconv.Itoa(s.Shards), Count(s.Replicas, "replica of each", "replicas of each"), there)...)
	p.writeFigures("durability", present(Clean(s.Durability))...)
	if s.Writer != "" {
		p.writeFigures("writer", present(Clean(s.Writer), "until "+p.moment(s.LeaseEnds)+" unless it goes on")...)
	} else {
		p.writeFigures("writer", "nobody")
	}
	if s.MaxClauses > 0 {
		p.writeFigures("clauses", humanize.Comma(int64(s.MaxClauses))+" in a query")
	}
	for _, o := range s.Older {
		p.writeFigures("older", present(Clean(o.Index), formatBytes(o.Bytes), p.moment(o.Created))...)
	}
	return p.writeConcerns(s)
}

// writeConcerns writes what promises less than one expects, and what is not known.
func (p *page) writeConcerns(s *index.ServerStatus) error {
	for _, w := range s.Warnings {
		p.writeFigures("warning", Clean(w))
	}
	for _, u := range s.Unknown {
		p.writeFigures("not known", Clean(u))
	}
	return p.err
}

// present returns the texts that say something.
func present(texts ...string) []string {
	var kept []string
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return kept
}

// moment returns a time as it is shown; empty for none.
func (p *page) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Moment(t, p.opt.Location)
}
