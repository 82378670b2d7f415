package table

import (
	"bytes"
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// dialect is how a table is written.
type dialect struct {
	separator byte
	// escapes says that a backslash stands before a quote within quotes.
	escapes bool
	// plain says that cells have no quotes but those of their texts.
	plain bool
	// stated says that the first line names the separator, and is no row.
	stated bool
}

// separators are the ones that tables have, the most likely first.
const separators = ",\t;|"

// noSeparator is that of tables of one column: a byte that texts don't have.
const noSeparator = 0

// dialectOf finds out how the table is written that begins with head.
func dialectOf(head []byte, whole bool) dialect {
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") && strings.IndexByte(separators, line[4]) >= 0 {
		d := dialect{separator: line[4], stated: true}
		d.escapes = d.better(rest, whole)
		return d
	}
	if !bytes.ContainsAny(line, separators) && nameOf(extract.Clean(strings.Trim(string(line), `"`))).Field != record.NoField {
		return dialect{separator: noSeparator}
	}
	best, most := dialect{separator: ','}, -1
	for i := range len(separators) {
		d := dialect{separator: separators[i]}
		if bytes.IndexByte(head, d.separator) < 0 {
			continue
		}
		d.escapes = d.better(head, whole)
		d.plain = d.isPlain(head, whole)
		if fit := d.fit(head, whole); fit > most {
			best, most = d, fit
		}
	}
	return best
}

// better reports whether rows fit better when a backslash escapes quotes.
func (d dialect) better(head []byte, whole bool) bool {
	if !bytes.Contains(head, []byte(`\"`)) {
		return false
	}
	escaped := d
	escaped.escapes = true
	return escaped.fit(head, whole) > d.fit(head, whole)
}

// isPlain reports whether the cells of a table have no quotes but those of their
// texts: whether all lines have the same number of cells, and a quote that begins
// one does not end it.
func (d dialect) isPlain(head []byte, whole bool) bool {
	if d.separator != '\t' && d.separator != '|' {
		return false
	}
	d.plain = true
	open := false
	width := 0
	for _, row := range d.rows(head, whole, maxSample) {
		if width == 0 {
			width = len(row)
		}
		if len(row) != width || width < 2 {
			return false
		}
		for _, cell := range row {
			open = open || len(cell) > 1 && cell[0] == '"' && cell[len(cell)-1] != '"'
		}
	}
	return open
}

// fit tells how well a dialect fits the first rows: the share of those that have
// the most common number of cells, then that number. Names of fields in the
// first rows go before all.
func (d dialect) fit(head []byte, whole bool) int {
	rows := d.rows(head, whole, maxSample)
	counts := map[int]int{}
	common, named := 0, 0
	for i, row := range rows {
		n := len(row)
		if counts[n]++; counts[n] > counts[common] || counts[n] == counts[common] && n > common {
			common = n
		}
		if i < maxPreamble {
			named = max(named, namesIn(row, nil))
		}
	}
	if common < 2 {
		return 0
	}
	fit := 1000*counts[common]/len(rows) + min(common, 30)
	if named >= 2 {
		fit += 2000 * min(named, 10)
	}
	return fit
}

// rows returns at most limit rows of the beginning of a table. The last one is
// left out where head may end within it.
func (d dialect) rows(head []byte, whole bool, limit int) [][]string {
	if d.stated {
		if _, rest, found := bytes.Cut(head, []byte("\n")); found && bytes.HasPrefix(bytes.ToLower(head[:4]), []byte("sep=")) {
			head = rest
		}
	}
	var rows [][]string
	for len(head) > 0 && len(rows) < limit {
		end, closed := d.rowEnd(head)
		if !whole && (end == len(head) || !closed) {
			break
		}
		if !closed { // a quote that nobody closed
			if end = bytes.IndexByte(head, '\n') + 1; end == 0 {
				end = len(head)
			}
		}
		if row := trimLine(head[:end]); len(row) > 0 {
			rows = append(rows, d.cells(row))
		}
		head = head[end:]
	}
	return rows
}

// trimLine returns a row without the line break at its end, and nothing for a
// blank one.
func trimLine(row []byte) []byte {
	row = bytes.TrimRight(row, "\r\n")
	if len(bytes.TrimSpace(row)) == 0 {
		return nil
	}
	return row
}

// rowEnd returns where the row ends at which b begins: after its line break.
// Closed is false when a quote is open there.
func (d dialect) rowEnd(b []byte) (end int, closed bool) {
	var open bool
	for end < len(b) {
		n := bytes.IndexByte(b[end:], '\n') + 1
		if n == 0 {
			n = len(b) - end
		}
		open = d.scanLine(b[end:end+n], open)
		end += n
		if !open {
			return end, true
		}
	}
	return end, !open
}

// scanLine reports whether a quote is open at the end of a line, of which open
// says whether one is at its beginning.
func (d dialect) scanLine(line []byte, open bool) bool {
	for i := 0; i < len(line) && !d.plain; {
		if !open {
			if line[i] == '"' {
				open = true
				i++
				continue
			}
			at := bytes.IndexByte(line[i:], d.separator)
			if at < 0 {
				return false
			}
			i += at + 1
			continue
		}
		at := d.closing(line[i:])
		if at < 0 {
			return true
		}
		i += at + 1
		open = false
		at = bytes.IndexByte(line[i:], d.separator)
		if at < 0 {
			return false
		}
		i += at + 1
	}
	return open
}

// closing returns where the quote is that ends a cell of which b is the rest: one
// before a separator or the end of the line. It is -1 when there is none.
func (d dialect) closing(b []byte) int {
	for i := 0; ; i++ {
		at := bytes.IndexByte(b[i:], '"')
		if at < 0 {
			return -1
		}
		if i += at; d.escapes && escaped(b[:i]) {
			continue
		}
		switch next := b[i+1:]; {
		case len(next) == 0, next[0] == d.separator, next[0] == '\n', next[0] == '\r':
			return i
		case next[0] == '"':
			i++ // doubled
		case next[0] == ' ':
			if rest := bytes.TrimLeft(next, " "); len(rest) == 0 || rest[0] == d.separator && d.separator != ',' || rest[0] == '\n' || rest[0] == '\r' {
				return i
			}
		}
	}
}

// escaped reports whether an odd number of backslashes ends b.
func escaped(b []byte) bool {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// cells returns the cells of a row, which has no line break at its end, as clean
// text.
func (d dialect) cells(row []byte) []string {
	var cells []string
	for {
		var cell []byte
		cell, row = d.cell(row)
		cells = append(cells, extract.Clean(string(cell)))
		if row == nil || len(cells) >= maxCells {
			return cells
		}
		row = row[1:]
	}
}

// maxCells bounds the cells of a row. What stands beyond is no article's.
const maxCells = 2000

// cell returns the first cell of a row, and what follows it, from the separator
// on; nil when nothing does.
func (d dialect) cell(row []byte) (cell, rest []byte) {
	if len(row) > 0 && row[0] == '"' && !d.plain {
		if at := d.closing(row[1:]); at >= 0 {
			cell, rest = row[1:1+at], row[2+at:]
			if next := bytes.IndexByte(rest, d.separator); next >= 0 {
				rest = rest[next:]
			} else {
				rest = nil
			}
			return d.unquote(cell), rest
		}
	}
	if at := bytes.IndexByte(row, d.separator); at >= 0 {
		return row[:at], row[at:]
	}
	return row, nil
}

// unquote undoes the quotes within a cell.
func (d dialect) unquote(cell []byte) []byte {
	if d.escapes {
		cell = bytes.ReplaceAll(cell, []byte(`\"`), []byte(`"`))
	}
	return bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
}
