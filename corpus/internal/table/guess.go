package table

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// stats are counts of the cells of a column.
type stats struct {
	cells, size           int // that are not empty, and their bytes
	addresses, pictures   int
	dates, hosts, figures int
	languages, spaced     int
	broken                int // into lines
	distinct              map[string]bool
}

// statsOf counts the cells of column i.
func statsOf(sample [][]string, i int) stats {
	s := stats{distinct: map[string]bool{}}
	for _, row := range sample {
		if i >= len(row) || isNothing(row[i]) {
			continue
		}
		cell := row[i]
		s.cells++
		s.size += len(cell)
		s.distinct[cell[:min(len(cell), maxName)]] = true
		switch {
		case strings.HasPrefix(cell, "http://"), strings.HasPrefix(cell, "https://"):
			s.addresses++
			if isPicture(cell) {
				s.pictures++
			}
		case !strings.ContainsFunc(cell, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != '-' && r != ',' }):
			s.figures++
			s.countDate(cell, 8)
		case len(cell) <= 60 && strings.ContainsAny(cell, "0123456789年"):
			s.countDate(cell, 6)
		case len(cell) <= 3 && extract.StatedLanguage(cell) != "":
			s.languages++
		case strings.Contains(cell, ".") && !strings.ContainsAny(cell, " /\n") && len(cell) < 60:
			s.hosts++
		}
		if strings.Contains(cell, "\n") {
			s.broken++
		}
		if strings.ContainsAny(cell, " \n") || !isASCII(cell) {
			s.spaced++
		}
	}
	return s
}

// countDate counts a cell that is a date of at least so many bytes.
func (s *stats) countDate(cell string, least int) {
	if len(cell) >= least && strings.ContainsFunc(cell, unicode.IsDigit) {
		if _, ok := extract.ParseDate(cell); ok {
			s.dates++
		}
	}
}

func isPicture(address string) bool {
	address, _, _ = strings.Cut(strings.ToLower(address), "?")
	for _, ext := range [...]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp4"} {
		if strings.HasSuffix(address, ext) {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// mean returns the mean length of the cells, in bytes.
func (s *stats) mean() int { return s.size / max(s.cells, 1) }

// all reports whether n are nearly all cells.
func (s *stats) all(n int) bool { return s.cells > 0 && n*10 >= s.cells*9 }

// Bounds of guesses, in bytes: the least mean of texts and titles, and the most
// of titles.
const (
	minText  = 60
	minTitle = 12
	maxTitle = 250
)

// guess tells by content what columns without a known name are, as far as no
// other column is that.
func (c *Columns) guess(sample [][]string) {
	if c.has(record.Body) && c.has(record.Title) || len(sample) == 0 {
		return
	}
	all := make([]stats, len(c.columns))
	free := func(i int) bool {
		return c.columns[i].name.Field == record.NoField && c.mapping.At([]byte(c.names[i])).Field() != record.LeftOut
	}
	for i := range all {
		if free(i) {
			all[i] = statsOf(sample, i)
		}
	}
	if c.isExtracted(sample) {
		return
	}
	text := -1
	if !c.has(record.Body) {
		for i := range all {
			if s := &all[i]; free(i) && s.mean() >= minText && !s.all(s.addresses) && s.all(s.spaced) && (text < 0 || s.mean() > all[text].mean()) {
				text = i
			}
		}
		c.take(text, record.Body)
	}
	if !c.has(record.Title) {
		c.take(c.titleAt(all, text, free), record.Title)
	}
	if c.hasNames() {
		return
	}
	for i := range all {
		s := &all[i]
		switch {
		case !free(i):
		case s.all(s.addresses) && s.pictures*2 < s.cells && !c.has(record.URL):
			c.take(i, record.URL)
		case s.all(s.dates) && !c.has(record.Published):
			c.take(i, record.Published)
		case s.all(s.hosts) && !c.has(record.Source):
			c.take(i, record.Source)
		case s.all(s.languages) && !c.has(record.Language):
			c.take(i, record.Language)
		}
	}
}

// isExtracted reports whether the rows are those of trafilatura, which names no
// columns and writes "null" for what it did not find, and takes them so.
func (c *Columns) isExtracted(sample [][]string) bool {
	const columns, fingerprint, digits = 11, 2, "0123456789abcdef"
	if len(c.columns) != columns || c.hasNames() {
		return false
	}
	for _, row := range sample {
		if len(row) != columns || len(row[fingerprint]) < 8 || strings.Trim(row[fingerprint], digits) != "" || row[columns-1] == "" {
			return false
		}
	}
	for i, f := range map[int]record.Field{0: record.URL, 3: record.Source, 4: record.Title, 6: record.Published, 7: record.Body} {
		c.take(i, f)
	}
	return true
}

// hasNames reports whether the head names a column.
func (c *Columns) hasNames() bool {
	for i, name := range c.names {
		if !strings.HasPrefix(name, "column ") && c.columns[i].name.Rank != guessedRank {
			return true
		}
	}
	return false
}

// guessedRank is that of a column which its content tells.
const guessedRank = 900

// take makes column i that of a field; i may be -1.
func (c *Columns) take(i int, f record.Field) {
	if i >= 0 {
		c.columns[i].name = record.Name{Field: f, Rank: guessedRank}
	}
}

// titleAt returns the column of short texts that stands nearest before the
// texts, else any; -1 when there is none.
func (c *Columns) titleAt(all []stats, text int, free func(int) bool) int {
	best := -1
	for i := range all {
		s := &all[i]
		if !free(i) || i == text || s.mean() < minTitle && isASCIIColumn(s) || s.mean() < 6 || s.mean() > maxTitle || !s.all(s.spaced) ||
			s.dates*2 > s.cells || s.addresses*2 > s.cells || len(s.distinct)*2 < s.cells || s.broken*2 > s.cells {
			continue
		}
		if best < 0 || i < text {
			best = i
		}
	}
	return best
}

// isASCIIColumn reports whether the cells of a column are in letters of one byte:
// a title in others may have few of them.
func isASCIIColumn(s *stats) bool {
	for cell := range s.distinct {
		if !isASCII(cell) {
			return false
		}
	}
	return true
}
