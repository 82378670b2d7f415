package page

import (
	"strings"

	"github.com/newsq/newsq/index"
)

// piece is a part of a text: what a query looks for, or what lies between.
type piece struct {
	Text string
	Mark bool
}

// pieces cuts a text at its marks. Marks that are out of order or reach beyond the text
// are left out.
func pieces(s string, marks []index.Span) []piece {
	var out []piece
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End <= m.Start || m.End > len(s) {
			continue
		}
		if m.Start > at {
			out = append(out, piece{Text: s[at:m.Start]})
		}
		out = append(out, piece{Text: s[m.Start:m.End], Mark: true})
		at = m.End
	}
	if at < len(s) {
		out = append(out, piece{Text: s[at:]})
	}
	return out
}

// within returns the marks of the part [start, end) of a text, counted from its start.
// What reaches beyond the part is cut.
func within(marks []index.Span, start, end int) []index.Span {
	var out []index.Span
	for _, m := range marks {
		if from, to := max(m.Start, start), min(m.End, end); from < to {
			out = append(out, index.Span{Start: from - start, End: to - start})
		}
	}
	return out
}

// paragraph is a paragraph of an article.
type paragraph struct {
	Start int       // byte of the body where it begins, by which it is named
	Page  string    // of the print, where one begins here
	Lines [][]piece // as in a poem or a list; mostly one
}

// paragraphs cuts a part of a text into paragraphs, between which blank lines stand. at is
// where the part begins in the whole text, of which marks are.
func paragraphs(s string, at int, marks []index.Span) []paragraph {
	var out []paragraph
	open := false
	for start := 0; start <= len(s); {
		end := start + len(s[start:])
		if i := strings.IndexByte(s[start:], '\n'); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(s[start:end]) == "" {
			open = false
		} else {
			if !open {
				out = append(out, paragraph{Start: at + start})
				open = true
			}
			last := &out[len(out)-1]
			last.Lines = append(last.Lines, pieces(s[start:end], within(marks, at+start, at+end)))
		}
		start = end + 1
	}
	return out
}
