package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/index/eval"
	"github.com/newsq/newsq/internal/wire"
)

// EvaluationJSON writes how good a ranking is. Against may be nil.
func EvaluationJSON(w io.Writer, r *eval.Report, against *eval.Contrast, perQuery bool, warnings []string) error {
	return wire.Write(w, wire.NewEvaluation(r, against, perQuery, warnings))
}

// Evaluation writes how good a ranking is: with perQuery a line for each query, then
// a line for each measure, beside a baseline if against is not nil.
func Evaluation(w io.Writer, r *eval.Report, against *eval.Contrast, perQuery bool, opt Options) error {
	p := newPage(w, opt)
	if perQuery {
		p.writeTable(queryRows(r, against))
		p.writeLine()
	}
	p.writeTable(measureRows(r, against))
	p.writeLine()
	p.writeLine(styled(p.faint, fmt.Sprintf("means over %s, to depth %d", Count(len(r.Queries), "judged query", "judged queries"), eval.Depth)))
	if against != nil {
		p.writeWrapped("", 0, text{s: "p: how likely a difference as large is by chance, by a paired randomization test", base: p.faint})
	}
	return p.err
}

// measureRows returns the means, the first row for the names of columns.
func measureRows(r *eval.Report, against *eval.Contrast) [][]string {
	rows := [][]string{{"", "mean"}}
	if against != nil {
		rows[0] = append(rows[0], "baseline", "difference", "p", "better", "worse")
	}
	for m, v := range r.Mean {
		row := []string{eval.Measure(m).Label(), formatMeasure(v)}
		if against != nil {
			c := against.Comparisons[m]
			row = append(row, formatMeasure(against.Baseline.Mean[m]), formatDifference(c.Delta), formatP(c.P), strconv.Itoa(c.Better), strconv.Itoa(c.Worse))
		}
		rows = append(rows, row)
	}
	return rows
}

// queryRows returns the measures of each query, the first row for the names of
// columns. Beside a baseline the last column is the difference in MAP.
func queryRows(r *eval.Report, against *eval.Contrast) [][]string {
	rows := [][]string{{"query"}}
	for m := range r.Mean {
		rows[0] = append(rows[0], eval.Measure(m).Label())
	}
	if against != nil {
		rows[0] = append(rows[0], "MAP against baseline")
	}
	for i, id := range r.Queries {
		row := []string{Clean(id)}
		for _, v := range r.Each[i] {
			row = append(row, formatMeasure(v))
		}
		if against != nil {
			row = append(row, formatDifference(r.Each[i][eval.MAP]-against.Baseline.Each[i][eval.MAP]))
		}
		rows = append(rows, row)
	}
	return rows
}

// writeTable writes rows of clean cells, of which the first names the columns. Where
// the table is wider than the page, each row is a list of its cells with their names.
func (p *page) writeTable(rows [][]string) {
	widths := make([]int, len(rows[0]))
	total := -2
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], columnsOf(row[i]))
		}
		total += widths[i] + 2
	}
	if total > p.opt.width() {
		p.writeRowsAsLists(rows)
		return
	}
	for n, row := range rows {
		look := p.plain
		if n == 0 {
			look = p.faint
		}
		var line strings.Builder
		line.WriteString(pad(row[0], widths[0]))
		for i, cell := range row[1:] {
			line.WriteString("  " + strings.Repeat(" ", widths[i+1]-columnsOf(cell)) + cell)
		}
		p.writeLine(styled(look, line.String()))
	}
}

// writeRowsAsLists writes the cells of each row one after the other, with the names of
// their columns.
func (p *page) writeRowsAsLists(rows [][]string) {
	const indent = 2
	names := rows[0]
	for _, row := range rows[1:] {
		items := make([]item, len(row)-1)
		for i, cell := range row[1:] {
			items[i] = item{separator: ", ", s: names[i+1] + " " + cell, style: p.plain}
		}
		p.writeWrapped("", 0, text{s: row[0], base: p.title})
		p.writeItems(strings.Repeat(" ", indent), indent, items)
	}
}

// formatMeasure writes a measure as trec_eval does.
func formatMeasure(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) }

func formatDifference(v float64) string { return fmt.Sprintf("%+.4f", v) }

// formatP writes a probability. None is 0.
func formatP(v float64) string {
	if v < 0.0001 {
		return "<0.0001"
	}
	return strconv.FormatFloat(v, 'f', 4, 64)
}
