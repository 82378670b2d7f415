package download

import (
	"iter"
	"strings"

	"github.com/newsq/newsq/corpus/internal/paragraph"
)

// titleSize is the size of letters from which on a bold paragraph is a title, in
// points, as in [styles].
const titleSize = titlePoints

// Document yields the paragraphs of a document of an office program, empty ones
// too, with all blanks, and its bookmarks as marks. Footnotes are left out: databases have none.
func Document(paragraphs iter.Seq[paragraph.Paragraph], each Each) {
	row, lastTable, lastRow := 0, 0, 0
	for p := range paragraphs {
		for _, name := range p.Bookmarks {
			if !each(&Para{Mark: name}) {
				return
			}
		}
		if p.Part == paragraph.Note {
			continue
		}
		if p.Cell > 0 && (p.Table != lastTable || p.Row != lastRow) {
			row, lastTable, lastRow = row+1, p.Table, p.Row
		}
		d := Para{
			Text: strings.Trim(p.Text, "\n\t "), Centred: p.Centered, Cell: p.Cell,
			Heading: p.Level > 0 || p.Style == "title" || p.Bold && p.Size >= titleSize,
		}
		if p.Cell > 0 {
			d.Row = row
		}
		if !each(&d) {
			return
		}
	}
}
