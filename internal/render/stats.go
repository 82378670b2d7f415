package render

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// statsIndent is the column at which figures begin. The longest name is that of a
// segment.
const statsIndent = 15

// Stats writes figures about an index: first what its articles are, then what they
// take.
func Stats(w io.Writer, s *index.Stats, opt Options) error {
	p := newPage(w, opt)
	p.writeCoverage(s)
	p.writeLine()
	p.writeFigures("words", humanize.Comma(s.Tokens))
	if !s.Written.IsZero() {
		p.writeFigures("last written", s.Written.Format("2 Jan 2006 15:04:05"))
	}
	total := int64(0)
	for _, v := range s.Files {
		total += v
	}
	onDisk := []string{formatBytes(total)}
	if kinds := sizes(s.Files); len(kinds) > 0 {
		onDisk = append([]string{onDisk[0] + ": " + kinds[0]}, kinds[1:]...)
	}
	p.writeFigures("on the disk", onDisk...)
	if len(s.Sections) > 0 {
		p.writeFigures("sections", sizes(s.Sections)...)
	}
	p.writeLearned(s.Learned)
	p.writeFigures("schema", strconv.Itoa(s.Schema))
	p.writeFigures("segments", strconv.Itoa(len(s.Segments)))
	for _, seg := range s.Segments {
		p.writeFigures("  "+Clean(strings.TrimSuffix(seg.Name, ".zap")),
			Count(seg.Documents, "document", "documents"), humanize.Comma(int64(seg.Deleted))+" deleted", formatBytes(seg.Bytes))
	}
	p.writeFigures("generations", strconv.Itoa(len(s.Generations)))
	for _, g := range s.Generations {
		figures := []string{Count(g.Articles, "article", "articles")}
		if g.Current {
			figures = append(figures, "current")
		}
		if g.Held {
			figures = append(figures, "held")
		}
		for i, by := range g.By {
			if i == 0 {
				figures[len(figures)-1] += " by " + Clean(by)
			} else {
				figures = append(figures, Clean(by))
			}
		}
		p.writeFigures("  "+strconv.FormatUint(g.Number, 10), figures...)
	}
	return p.err
}

// writeLearned writes what is learned of what words mean, and when; nothing for nothing.
func (p *page) writeLearned(l *index.Learned) {
	if l == nil {
		return
	}
	figures := []string{
		p.day(l.Time) + " from " + Count(l.Trained, "article", "articles"),
		Count(l.Terms, "word", "words"), formatBytes(l.Bytes),
	}
	if e := l.Embedded; e != nil {
		figures = []string{
			"since " + p.day(l.Time) + " vectors by " + Clean(e.Model) + " of " + Clean(e.URL),
			Count(e.Dims, "dimension", "dimensions"), formatBytes(l.Bytes),
		}
		if e.Lacking > 0 {
			figures = append(figures, Count(e.Lacking, "article", "articles")+" without")
		}
	}
	if l.Since > 0 {
		figures = append(figures, humanize.Comma(int64(l.Since))+" more since")
	}
	if l.Damage != nil {
		figures = append(figures, "can't be used: "+Clean(l.Damage.Error())+` ("newsq learn" mends it)`)
	}
	p.writeFigures("learned", figures...)
}

// writeCoverage writes what the articles are: their number, when they appeared, and
// the commonest outlets, languages and topics.
func (p *page) writeCoverage(s *index.Stats) {
	n := func(n int) string { return humanize.Comma(int64(n)) }
	articles := []string{n(s.Articles)}
	if 0 < s.Stories && s.Stories < s.Articles {
		articles = append(articles, "in "+Count(s.Stories, "story", "stories"))
	}
	p.writeFigures("articles", articles...)
	var handled []string
	for _, part := range []struct {
		n    int
		what string
	}{{s.Embargoed, " under embargo"}, {s.Withdrawn, " taken back by their senders"}, {s.Versions, " other versions"}} {
		if part.n > 0 {
			handled = append(handled, n(part.n)+part.what)
		}
	}
	if len(handled) > 0 {
		p.writeFigures("  beside these", handled...)
	}
	if !s.Oldest.IsZero() {
		p.writeFigures("published", p.day(s.Oldest)+" to "+p.day(s.Newest))
	}
	dates := []string{n(s.WithTime) + " with a time", n(s.WithDay) + " with the day alone", n(s.Undated) + " without"}
	if s.OutOfRange > 0 {
		dates = append(dates, n(s.OutOfRange)+" before 1900 or in the future")
	}
	p.writeFigures("dates", dates...)
	for _, f := range []struct {
		name string
		index.FacetCounts
	}{{"outlets", s.Outlets}, {"languages", s.Languages}, {"topics", s.Topics}} {
		if len(f.Values) == 0 {
			continue
		}
		figures := make([]string, len(f.Values))
		for i, v := range f.Values {
			figures[i] = facetName(f.Name, v.Value) + " " + n(v.Count)
		}
		figures[0] = n(len(f.Values)+f.More) + ": " + figures[0]
		if f.More > 0 {
			figures = append(figures, n(f.More)+" more")
		}
		p.writeFigures(f.name, figures...)
	}
}

// writeFigures writes figures beside their name, with commas between them.
func (p *page) writeFigures(name string, figures ...string) {
	items := make([]item, len(figures))
	for i, s := range figures {
		items[i] = item{separator: ", ", s: s, style: p.plain}
	}
	p.writeItems(styled(p.faint, pad(name, statsIndent-1))+" ", statsIndent, items)
}

// sizes lists sizes by kind, greatest first.
func sizes(m map[string]int64) []string {
	kinds := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(kinds, func(a, b string) int { return cmp.Compare(m[b], m[a]) })
	parts := make([]string, len(kinds))
	for i, k := range kinds {
		parts[i] = k + " " + formatBytes(m[k])
	}
	return parts
}
