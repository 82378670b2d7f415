package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// TimelineOptions say how a timeline is drawn.
type TimelineOptions struct {
	Relative bool // bars are of articles per 1,000, not of articles
	ASCII    bool // no characters but those of ASCII, for terminals that have no others
	By       string
}

// blocks are bars of one to eight eighths of a column, and levels of one to eight eighths of
// a line.
var (
	blocks = [...]string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}
	levels = [...]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
	// asciiLevels are marks that look ever darker.
	asciiLevels = [...]string{".", ":", "-", "=", "+", "*", "#", "@"}
)

// The columns of the longest bar: more are hardly told apart, with fewer nothing is.
const (
	maxTimeBar = 60
	minTimeBar = 8
)

// timelinePage draws a timeline.
type timelinePage struct {
	*page
	t    *index.Timeline
	o    TimelineOptions
	most float64 // what the longest bar stands for
}

// Timeline writes a timeline as bars, one line for each bucket, and below them its bursts.
func Timeline(w io.Writer, t *index.Timeline, o TimelineOptions, opt Options) error {
	p := &timelinePage{page: newPage(w, opt), t: t, o: o, most: highest(t, o.Relative)}
	p.writeBars()
	p.writeSeries()
	p.writeBursts()
	p.writeTimelineFooter()
	return p.err
}

// highest is the greatest height of a bar. Shares of few articles say little, and are cut
// where they are above it.
func highest(t *index.Timeline, relative bool) float64 {
	most, any := 0., 0.
	for i := range t.Buckets {
		b := &t.Buckets[i]
		h := height(b, relative)
		if any = max(any, h); !relative || !b.Few {
			most = max(most, h)
		}
	}
	if most == 0 {
		return any
	}
	return most
}

func height(b *index.Bucket, relative bool) float64 {
	if relative {
		return b.PerThousand()
	}
	return float64(b.Count)
}

// comparesAll reports whether shares say anything: not where all articles are counted.
func comparesAll(t *index.Timeline) bool { return t.Total < t.All }

// timeRow is a line with a bar.
type timeRow struct{ label, count, share, burst string }

func (p *timelinePage) writeBars() {
	if len(p.t.Buckets) == 0 {
		return // nothing that matches has a date
	}
	rows := make([]timeRow, len(p.t.Buckets))
	label, count, share, burst := 0, len("articles"), 0, 0
	for i := range p.t.Buckets {
		b := &p.t.Buckets[i]
		rows[i] = timeRow{label: p.label(b), count: humanize.Comma(int64(b.Count)), burst: p.burstMarks(b)}
		if comparesAll(p.t) {
			rows[i].share = shareOf(b)
			share = max(share, len("per 1,000"), len(rows[i].share))
		}
		label, count, burst = max(label, len(rows[i].label)), max(count, len(rows[i].count)), max(burst, columnsOf(rows[i].burst))
	}
	width := p.opt.width() - label - count - 3
	if share > 0 {
		width -= share + 2
	}
	if burst > 0 {
		width -= burst + 2
	}
	width = min(max(width, minTimeBar), maxTimeBar)
	head := strings.Repeat(" ", label+1+width+2) + padLeft("articles", count)
	if share > 0 {
		head += "  " + padLeft("per 1,000", share)
	}
	p.writeLine(styled(p.faint, head))
	for i, r := range rows {
		b := &p.t.Buckets[i]
		look := p.bar
		if b.Burst {
			look = p.match
		}
		line := []string{styled(p.faint, pad(r.label, label)), " ", styled(look, pad(p.drawTime(height(b, p.o.Relative), width), width)), "  ", padLeft(r.count, count)}
		if share > 0 {
			line = append(line, "  ", styled(p.faint, padLeft(r.share, share)))
		}
		if r.burst != "" {
			line = append(line, "  ", styled(p.match, r.burst))
		}
		p.writeLine(line...)
	}
	p.writeLine()
}

// label names a bucket; a week also by its first day.
func (p *timelinePage) label(b *index.Bucket) string {
	if p.t.Per == index.PerWeek {
		return b.Label + b.From.Format("  _2 Jan")
	}
	return b.Label
}

// drawTime draws a bar to an eighth of a column.
func (p *timelinePage) drawTime(h float64, width int) string {
	if h <= 0 || p.most <= 0 {
		return ""
	}
	eighths := min(max(int(h/p.most*float64(width*8)+.5), 1), width*8)
	if p.o.ASCII {
		return strings.Repeat("#", max(eighths/8, 1))
	}
	bar := strings.Repeat(blocks[7], eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += blocks[rest-1]
	}
	return bar
}

// shareOf writes how many of 1,000 articles there are in a bucket, in parentheses where it
// has few articles in all.
func shareOf(b *index.Bucket) string {
	switch s := formatFixed(b.PerThousand(), 1); {
	case b.All == 0:
		return "- "
	case b.Few:
		return "(" + s + ")"
	default:
		return s + " " // so that figures stand below each other
	}
}

// burstMarks names the bursts that fall into a bucket by their numbers below.
func (p *timelinePage) burstMarks(b *index.Bucket) string {
	if !b.Burst {
		return ""
	}
	mark := "◆"
	if p.o.ASCII {
		mark = "*"
	}
	var numbers []string
	for i := range p.t.Bursts {
		if x := &p.t.Bursts[i]; x.From.Before(b.To) && b.From.Before(x.To) {
			numbers = append(numbers, strconv.Itoa(i+1))
		}
	}
	if len(numbers) == 0 {
		return mark
	}
	return mark + " " + strings.Join(numbers, ",")
}

// writeSeries writes a line for each value that the timeline is split by: how its articles
// go over time, each by its own highest.
func (p *timelinePage) writeSeries() {
	list := slices.Clone(p.t.Series)
	if o := p.t.Others; o != nil {
		others := *o
		if others.Value = "others"; p.t.More > 1 {
			others.Value = humanize.Comma(int64(p.t.More)) + " others"
		}
		list = append(list, others)
	}
	if len(list) == 0 {
		return
	}
	name, total := 0, 0
	for i := range list {
		list[i].Value = facetName(p.o.By, list[i].Value)
		name, total = max(name, columnsOf(list[i].Value)), max(total, len(humanize.Comma(int64(list[i].Total))))
	}
	name = min(name, max(p.opt.width()/3, 8))
	for i := range list {
		s := &list[i]
		peak := p.peak(s)
		room := max(p.opt.width()-name-total-columnsOf(peak)-6, minTimeBar)
		p.writeLine(pad(truncate(s.Value, name), name), "  ", styled(p.bar, p.spark(s, room)), "  ",
			padLeft(humanize.Comma(int64(s.Total)), total), "  ", styled(p.faint, peak))
	}
	p.writeLine()
}

// spark draws a series as levels. Where there are more buckets than columns, several stand
// in one, and the highest of them counts.
func (p *timelinePage) spark(s *index.Series, columns int) string {
	each := (len(s.Counts) + columns - 1) / max(columns, 1)
	var highs []float64
	most := 0.
	for from := 0; from < len(s.Counts); from += each {
		h := 0.
		for i := from; i < min(from+each, len(s.Counts)); i++ {
			h = max(h, p.seriesHeight(s, i))
		}
		highs, most = append(highs, h), max(most, h)
	}
	marks := levels
	if p.o.ASCII {
		marks = asciiLevels
	}
	var b strings.Builder
	for _, h := range highs {
		if h == 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(marks[min(int(h/most*8), 7)])
	}
	return b.String()
}

func (p *timelinePage) seriesHeight(s *index.Series, i int) float64 {
	if p.o.Relative {
		return s.PerThousand(i)
	}
	return float64(s.Counts[i])
}

// peak says when a series is highest.
func (p *timelinePage) peak(s *index.Series) string {
	at := -1
	for i := range s.Counts {
		if s.Counts[i] > 0 && (at < 0 || p.seriesHeight(s, i) > p.seriesHeight(s, at)) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	figure := humanize.Comma(int64(s.Counts[at]))
	if p.o.Relative {
		figure = formatFixed(s.PerThousand(at), 1) + " per 1,000"
	}
	return "most " + p.t.Buckets[at].Label + ": " + figure
}

// writeBursts lists the bursts with their words and best articles.
func (p *timelinePage) writeBursts() {
	for i := range p.t.Bursts {
		b := &p.t.Bursts[i]
		number := pad(strconv.Itoa(i+1)+". ", 4)
		facts := []item{
			{s: daysBetween(b.From, b.To, p.opt.Location), style: p.title},
			{separator: " · ", s: Count(b.Count, "article", "articles") + " of " + humanize.Comma(int64(b.All)), style: p.faint},
			{separator: " · ", s: "weight " + formatFixed(b.Weight, 0), style: p.faint},
		}
		if b.Peak.From != b.From || b.Peak.To != b.To {
			s := "most " + daysBetween(b.Peak.From, b.Peak.To, p.opt.Location) + ": " + humanize.Comma(int64(b.Peak.Count))
			facts = append(facts, item{separator: " · ", s: s, style: p.faint})
		}
		for j, w := range b.Words {
			separator := ", "
			if j == 0 {
				separator = " · "
			}
			facts = append(facts, item{separator: separator, s: Clean(w), style: p.heading})
		}
		p.writeItems(styled(p.faint, number), len(number), facts)
		if b.Best == nil {
			continue
		}
		a := b.Best.Article
		p.writeWrapped("    ", 4, text{s: titleOf(a), base: p.plain, match: p.titleMatch, marks: b.Best.TitleMatches, link: linkTarget(a.URL, a.Path)})
		about := []item{{s: shortIDs([]index.Hit{*b.Best})[0], style: p.id}}
		if a.Source != "" {
			about = append(about, item{separator: " · ", s: Clean(a.Source), style: p.faint})
		}
		p.writeItems("    ", 4, append(about, item{separator: " · ", s: p.published(a), style: p.faint}))
	}
	if len(p.t.Bursts) > 0 {
		p.writeLine()
	}
}

// daysBetween writes the first and the last day of [from, to).
func daysBetween(from, to time.Time, loc *time.Location) string {
	last := to.Add(-time.Second)
	if loc != nil {
		from, last = from.In(loc), last.In(loc)
	}
	switch {
	case from.Format(time.DateOnly) == last.Format(time.DateOnly):
		return formatDate(from)
	case from.Year() == last.Year() && from.Month() == last.Month():
		return from.Format("2") + "–" + formatDate(last)
	case from.Year() == last.Year():
		return from.Format("2 Jan") + " – " + formatDate(last)
	}
	return formatDate(from) + " – " + formatDate(last)
}

func (p *timelinePage) writeTimelineFooter() {
	t := p.t
	facts := []string{Count(t.Total, "article", "articles")}
	if comparesAll(t) {
		facts[0] += " of " + humanize.Comma(int64(t.All))
	}
	if len(t.Buckets) > 0 {
		facts[0] += " per " + t.Per.String()
	}
	if t.Undated > 0 {
		facts = append(facts, Count(t.Undated, "has", "have")+" no date")
	}
	if p.o.By != "" && len(t.Series) == 0 {
		facts = append(facts, "none has "+Indefinite(p.o.By))
	}
	if n := len(t.Bursts) + t.MoreBursts; n > 0 {
		s := Count(n, "burst", "bursts") + " by the " + t.BurstPer.String()
		if t.MoreBursts > 0 {
			s += fmt.Sprintf(", %d of them described", len(t.Bursts))
		}
		facts = append(facts, s)
	} else if t.BurstPer != index.PerAny {
		facts = append(facts, "no burst")
	}
	if slices.ContainsFunc(t.Buckets, func(b index.Bucket) bool { return b.Few && b.All > 0 }) && comparesAll(t) {
		facts = append(facts, "( ) of fewer than "+strconv.Itoa(index.FewArticles)+" articles")
	}
	if p.opt.Timing {
		facts = append(facts, Duration(t.Took))
	}
	var items []item
	for _, f := range facts {
		items = append(items, item{separator: "; ", s: f, style: p.faint})
	}
	p.writeItems("", 0, items)
}

// TimelineCSV writes a timeline as comma-separated values (RFC 4180): a line for each bucket,
// and below them one for each bucket and value that it is split by. The value is empty for
// all, and also for the articles that have none of the values; of these, the line says so
// in the column others.
func TimelineCSV(w io.Writer, t *index.Timeline) error {
	rows := [][]string{{"bucket", "from", "to", "value", "others", "articles", "all", "per_thousand", "few", "burst"}}
	row := func(b *index.Bucket, value string, others bool, count, all int, share float64) {
		rows = append(rows, []string{
			b.Label, b.From.Format(time.RFC3339), b.To.Format(time.RFC3339), spreadsheetCell(value), strconv.FormatBool(others), strconv.Itoa(count),
			strconv.Itoa(all), formatFixed(share, 3), strconv.FormatBool(all < index.FewArticles), strconv.FormatBool(b.Burst),
		})
	}
	for i := range t.Buckets {
		b := &t.Buckets[i]
		row(b, "", false, b.Count, b.All, b.PerThousand())
	}
	add := func(s *index.Series, others bool) {
		for i := range s.Counts {
			row(&t.Buckets[i], s.Value, others, s.Counts[i], s.All[i], s.PerThousand(i))
		}
	}
	for i := range t.Series {
		add(&t.Series[i], false)
	}
	if t.Others != nil {
		add(t.Others, true)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return out.WriteAll(rows)
}
