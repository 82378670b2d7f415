package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// The measures of a drawing, in pixels.
const (
	svgWidth, svgHeight        = 960, 420
	svgLeft, svgRight          = 64, 16
	svgTop, svgBottom          = 56, 64
	svgLegendLine              = 20
	svgPlotWidth               = svgWidth - svgLeft - svgRight
	svgPlotHeight              = svgHeight - svgTop - svgBottom
	maxSVGTicks, maxSVGLabels  = 5, 12 // on the axes
	maxSVGLines, maxTitleRunes = 8, 90 // series drawn, and letters of the title
)

// svgStyle has colours with a contrast of 4.5 to 1 and more to their ground, on a light and
// on a dark one. Lines differ by dashes, too, for those who see no colours.
const svgStyle = `
svg{--ground:#fff;--ink:#1b1f24;--faint:#57606a;--grid:#d8dee4;--bar:#2f6fb2;--burst:#b3351f;--band:#f7e3df;
--l0:#9a3b00;--l1:#5b3fa8;--l2:#0b6e4f;--l3:#a3185f;--l4:#3c4a57;--l5:#7a5c00;--l6:#006a80;--l7:#8a1c1c;
background:var(--ground);font:13px system-ui,sans-serif}
@media(prefers-color-scheme:dark){svg{--ground:#14181d;--ink:#e6edf3;--faint:#9aa7b4;--grid:#2c343c;--bar:#6aa9e9;--burst:#ff8f7a;--band:#3a2320;
--l0:#ffb066;--l1:#c0a8ff;--l2:#5fd3a4;--l3:#ff8ac2;--l4:#c3ccd5;--l5:#e3c04f;--l6:#5fcbe0;--l7:#ff9a9a}}
text{fill:var(--ink)}.faint{fill:var(--faint)}.title{font-size:16px;font-weight:600}
.grid{stroke:var(--grid)}.bar{fill:var(--bar)}.burst{fill:var(--burst)}.few{fill-opacity:.45}.band{fill:var(--band)}
.line{fill:none;stroke-width:2}
`

// timelineDrawing draws a timeline as SVG.
type timelineDrawing struct {
	b      strings.Builder
	t      *index.Timeline
	o      TimelineOptions
	top    float64 // of the axis
	legend int     // height of the legend
}

// TimelineSVG writes a timeline as a drawing, which looks well on a light and on a dark
// ground, and tells who hears it what it shows. Title says what is counted. It has bars, or,
// where the timeline is split, a line for each value, since these are far below the bars.
func TimelineSVG(w io.Writer, t *index.Timeline, title string, o TimelineOptions, opt Options) error {
	d := &timelineDrawing{t: t, o: o}
	step := 1.
	d.top, step = niceAxis(d.highest())
	if n := len(d.lines()); n > 0 {
		d.legend = (n+1)/2*svgLegendLine + 8
	}
	total := svgHeight + d.legend
	d.writef(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="timeline-title timeline-desc">`+"\n",
		svgWidth, total, svgWidth, total)
	d.writef("<title id=\"timeline-title\">%s</title>\n<desc id=\"timeline-desc\">%s</desc>\n<style>%s</style>\n", escape(d.heading(title)), escape(d.describe(opt)), svgStyle)
	d.writef(`<rect width="%d" height="%d" fill="var(--ground)"/>`+"\n", svgWidth, total)
	d.writef(`<text class="title" x="%d" y="24">%s</text>`+"\n", svgLeft, escape(truncate(d.heading(title), maxTitleRunes)))
	d.drawBands()
	d.drawAxis(step)
	if d.legend == 0 {
		d.drawBars()
	}
	d.drawLines()
	d.drawLabels()
	d.writef("</svg>\n")
	_, err := io.WriteString(w, d.b.String())
	return err
}

func (d *timelineDrawing) writef(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

// escape returns text as XML has it, without characters that it can't have.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(Clean(s))) // to memory
	return b.String()
}

// highest is what the axis goes up to.
func (d *timelineDrawing) highest() float64 {
	lines := d.lines()
	if len(lines) == 0 {
		return highest(d.t, d.o.Relative)
	}
	most := 0.
	for i := range lines {
		for k := range lines[i].Counts {
			if !d.o.Relative || lines[i].All[k] >= index.FewArticles {
				most = max(most, d.seriesHeight(&lines[i], k))
			}
		}
	}
	return most
}

func (d *timelineDrawing) seriesHeight(s *index.Series, i int) float64 {
	if d.o.Relative {
		return s.PerThousand(i)
	}
	return float64(s.Counts[i])
}

func (d *timelineDrawing) unit() string {
	if d.o.Relative {
		return "articles per 1,000"
	}
	return "articles"
}

func (d *timelineDrawing) heading(title string) string {
	return title + ": " + d.unit() + " per " + d.t.Per.String()
}

// describe says what the drawing shows.
func (d *timelineDrawing) describe(opt Options) string {
	if len(d.t.Buckets) == 0 {
		return "There are no articles with a date."
	}
	most := 0
	for i := range d.t.Buckets {
		if height(&d.t.Buckets[i], d.o.Relative) > height(&d.t.Buckets[most], d.o.Relative) {
			most = i
		}
	}
	first, last := &d.t.Buckets[0], &d.t.Buckets[len(d.t.Buckets)-1]
	said := fmt.Sprintf("%s from %s to %s. The most are in %s: %s.", Count(d.t.Total, "article", "articles"), first.Label, last.Label,
		d.t.Buckets[most].Label, d.figures(&d.t.Buckets[most]))
	for i := range d.t.Bursts {
		b := &d.t.Bursts[i]
		said += fmt.Sprintf(" Burst %d, %s", i+1, daysBetween(b.From, b.To, opt.Location))
		if len(b.Words) > 0 {
			said += ": " + strings.Join(b.Words, ", ")
		}
		said += "."
	}
	return said
}

// figures are what a bar stands for.
func (d *timelineDrawing) figures(b *index.Bucket) string {
	s := Count(b.Count, "article", "articles")
	if comparesAll(d.t) {
		s += fmt.Sprintf(" of %s, %s per 1,000", humanize.Comma(int64(b.All)), formatFixed(b.PerThousand(), 1))
	}
	return s
}

// x and y are where a bucket begins and where a height is.
func (d *timelineDrawing) x(i float64) float64 {
	return svgLeft + i*svgPlotWidth/float64(max(len(d.t.Buckets), 1))
}

func (d *timelineDrawing) y(h float64) float64 {
	return svgTop + svgPlotHeight*(1-min(h/d.top, 1))
}

// niceAxis returns the top of an axis, and the step between its ticks: 1, 2 or 5 times a
// power of ten.
func niceAxis(most float64) (top, step float64) {
	if most <= 0 {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(most/maxSVGTicks)))
	for _, times := range []float64{1, 2, 5, 10} {
		if most <= step*times*maxSVGTicks {
			step *= times
			break
		}
	}
	return math.Ceil(most/step) * step, step
}

// drawBands draws behind the bars where bursts are, with their numbers above.
func (d *timelineDrawing) drawBands() {
	for i := range d.t.Bursts {
		b := &d.t.Bursts[i]
		from, to := d.at(b)
		d.writef(`<rect class="band" x="%.1f" y="%d" width="%.1f" height="%d"/>`, from, svgTop, to-from, svgPlotHeight)
		d.writef(`<text class="burst" x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n", (from+to)/2, svgTop-6, i+1)
	}
}

// at returns where a burst begins and ends, at least as wide as can be seen.
func (d *timelineDrawing) at(b *index.Burst) (from, to float64) {
	place := func(of func(*index.Bucket) float64) float64 {
		for i := range d.t.Buckets {
			if part := of(&d.t.Buckets[i]); part <= 1 {
				return d.x(float64(i) + max(part, 0))
			}
		}
		return d.x(float64(len(d.t.Buckets)))
	}
	from = place(func(k *index.Bucket) float64 { return b.From.Sub(k.From).Seconds() / k.To.Sub(k.From).Seconds() })
	to = place(func(k *index.Bucket) float64 { return b.To.Sub(k.From).Seconds() / k.To.Sub(k.From).Seconds() })
	const least = 3
	return from, max(to, from+least)
}

func (d *timelineDrawing) drawAxis(step float64) {
	digits := 0
	if step < 1 {
		digits = int(math.Ceil(-math.Log10(step)))
	}
	for h := 0.; h <= d.top+step/2; h += step {
		d.writef(`<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>`, svgLeft, svgWidth-svgRight, d.y(h), d.y(h))
		d.writef(`<text class="faint" x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", svgLeft-8, d.y(h)+4, humanize.CommafWithDigits(h, digits))
	}
	d.writef(`<text class="faint" transform="translate(14 %d) rotate(-90)" text-anchor="middle">%s</text>`+"\n", svgTop+svgPlotHeight/2, d.unit())
}

func (d *timelineDrawing) drawBars() {
	for i := range d.t.Buckets {
		b := &d.t.Buckets[i]
		h := height(b, d.o.Relative)
		if h == 0 {
			continue
		}
		class := "bar"
		if b.Burst {
			class = "burst"
		}
		if d.o.Relative && b.Few {
			class += " few"
		}
		from, to := d.x(float64(i)), d.x(float64(i+1))
		d.writef(`<rect class="%s" x="%.2f" y="%.1f" width="%.2f" height="%.1f"><title>%s: %s</title></rect>`+"\n",
			class, from, d.y(h), (to-from)*.9, svgTop+svgPlotHeight-d.y(h), b.Label, d.figures(b))
	}
}

// lines are the series that are drawn.
func (d *timelineDrawing) lines() []index.Series {
	return d.t.Series[:min(len(d.t.Series), maxSVGLines)]
}

// dash is how the line of a series is broken.
func dash(i int) string {
	return [...]string{"", "6 3", "2 3", "10 4", "6 3 2 3", "1 4", "12 3 2 3", "4 4"}[i%maxSVGLines]
}

// drawLines draws the series, and names them below.
func (d *timelineDrawing) drawLines() {
	for i := range d.lines() {
		s := &d.t.Series[i]
		d.writef(`<polyline class="line" style="stroke:var(--l%d)" stroke-dasharray="%s" points="`, i, dash(i))
		for k := range s.Counts {
			d.writef("%.1f,%.1f ", d.x(float64(k)+.45), d.y(d.seriesHeight(s, k)))
		}
		d.writef(`"><title>%s</title></polyline>`+"\n", escape(s.Value))
		x, y := svgLeft+i%2*svgPlotWidth/2, svgHeight+i/2*svgLegendLine
		d.writef(`<line x1="%d" x2="%d" y1="%d" y2="%d" style="stroke:var(--l%d)" stroke-width="3" stroke-dasharray="%s"/>`, x, x+36, y-4, y-4, i, dash(i))
		d.writef(`<text x="%d" y="%d">%s</text>`+"\n", x+44, y, escape(truncate(facetName(d.o.By, s.Value), 44)+" "+strconv.Itoa(s.Total)))
	}
}

// drawLabels names some buckets below the axis, and says what is left out.
func (d *timelineDrawing) drawLabels() {
	each := (len(d.t.Buckets) + maxSVGLabels - 1) / maxSVGLabels
	for i := 0; i < len(d.t.Buckets); i += max(each, 1) {
		d.writef(`<text class="faint" x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", d.x(float64(i)+.45), svgTop+svgPlotHeight+18, d.t.Buckets[i].Label)
	}
	var notes []string
	if d.t.Undated > 0 {
		notes = append(notes, Count(d.t.Undated, "article", "articles")+" without a date")
	}
	if n := len(d.t.Series) - len(d.lines()); n > 0 {
		notes = append(notes, Count(n, "series is", "series are")+" not drawn")
	}
	if len(notes) > 0 {
		d.writef(`<text class="faint" x="%d" y="%d" text-anchor="end">%s</text>`+"\n", svgWidth-svgRight, svgTop+svgPlotHeight+40, strings.Join(notes, "; "))
	}
}
