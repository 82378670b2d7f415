package xlsx

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// maxColumn bounds the columns of a row.
const maxColumn = 2000

// links returns the addresses to which the cells of a sheet lead, by the names of
// the cells.
func (w *workbook) links(s sheet) (map[string]string, error) {
	at := strings.LastIndexByte(s.part, '/')
	part := s.part[:at+1] + "_rels/" + s.part[at+1:] + ".rels"
	if w.parts[part] == nil {
		return nil, nil
	}
	targets, err := w.targets(part, "")
	if err != nil || len(targets) == 0 {
		return nil, err
	}
	links := map[string]string{}
	_, err = w.records(s.part, isOfSheet, func(n *xmltree.Node) bool {
		if n.Is("hyperlink") {
			cell, _, _ := strings.Cut(n.Attr("ref"), ":")
			if to := targets[n.Attr("r:id")]; cell != "" && isAddress(to) {
				links[cell] = to
			}
		}
		return len(links) < maxLinks
	})
	return links, err
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// row returns the cells of a row, as clean text. It has none when all are empty.
func (w *workbook) row(n *xmltree.Node, number int, links map[string]string) row {
	r := row{number: number}
	filled := false
	next := 0
	for _, c := range n.All("c") {
		ref := c.Attr("r")
		at := next
		if i, ok := columnOf(ref); ok {
			at = i
		}
		next = at + 1
		if at >= maxColumn {
			continue
		}
		for len(r.cells) <= at {
			r.cells = append(r.cells, "")
		}
		text := extract.Clean(w.cell(c))
		r.cells[at] = text
		filled = filled || strings.TrimSpace(text) != ""
		if r.link == "" {
			if r.link = links[ref]; r.link == "" {
				r.link = linkOf(c.Child("f").Content())
			}
		}
	}
	if !filled {
		r.cells = nil
	}
	return r
}

// columnOf returns the place of a cell's column, from 0, by the name of the cell:
// "B2" is in 1.
func columnOf(ref string) (int, bool) {
	n := 0
	for i, c := range strings.ToUpper(ref) {
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0
		}
		if n = 26*n + int(c-'A') + 1; n > 1<<20 {
			return 0, false
		}
	}
	return 0, false
}

// linkOf returns the address in a formula that makes a link.
func linkOf(formula string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(formula), `HYPERLINK("`)
	if !ok {
		return ""
	}
	if to, _, ok := strings.Cut(rest, `"`); ok && isAddress(to) {
		return to
	}
	return ""
}

// cell returns the text of a cell.
func (w *workbook) cell(c *xmltree.Node) string {
	value := c.Child("v").Content()
	switch c.Attr("t") {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(w.texts) {
			return w.texts[i]
		}
		return ""
	case "inlineStr", "inlinestr":
		return textOf(c.Child("is"))
	case "str":
		if strings.Contains(value, "_x") {
			return unescape(value)
		}
		return value
	case "b", "e":
		return "" // yes, no or a mistake in a formula is no text
	case "d":
		return value
	}
	style, err := strconv.Atoi(c.Attr("s"))
	if err == nil && style >= 0 && style < len(w.dates) && w.dates[style] {
		if s := w.date(value); s != "" {
			return s
		}
	}
	return number(value)
}

// number returns a number as people write it: a long one without an exponent.
func number(s string) string {
	if !strings.ContainsAny(s, "eE") {
		return s
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	return s
}

// date returns a number of days as a day, a moment, or a time of day.
func (w *workbook) date(value string) string {
	days, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	const year10000 = 2958466
	if err != nil || days < 0 || days >= year10000 {
		return ""
	}
	seconds := math.Round((days - math.Floor(days)) * 24 * 60 * 60)
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if w.from == 1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := start.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	switch {
	case days < 1:
		return t.Format("15:04:05")
	case seconds == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// readStyles finds out which styles are those of dates.
func (w *workbook) readStyles() error {
	root, err := w.tree("xl/styles.xml")
	if err != nil || root == nil {
		return err
	}
	formats := map[string]string{}
	for _, n := range root.Find("numfmt") {
		formats[n.Attr("numfmtid")] = n.Attr("formatcode")
	}
	for _, n := range root.First("cellxfs").All("xf") {
		id := n.Attr("numfmtid")
		code, stated := formats[id]
		w.dates = append(w.dates, stated && isDateFormat(code) || !stated && isDateID(id))
	}
	return nil
}

// isDateID reports whether a format that workbooks don't state is one of dates.
func isDateID(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58)
}

// isDateFormat reports whether a format writes a number as a date or a time of
// day: whether it has a letter of one outside of quotes and brackets.
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	var quoted, bracket bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = !slices.Contains([]string{"[h", "[m", "[s"}, code[i:min(i+2, len(code))])
		case c == ']':
			bracket = false
		case bracket:
		case strings.HasPrefix(code[i:], "general"):
			return false
		case strings.IndexByte("ymdhs", c) >= 0:
			return true
		}
	}
	return false
}
