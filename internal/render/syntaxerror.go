package render

import (
	"io"
	"strings"

	"github.com/newsq/newsq/index"
)

// maxBeforeCaret is the most columns of a query that are shown before the place
// of the error.
const maxBeforeCaret = 60

// SyntaxError writes what is wrong with a query, and the query with a caret
// below the place.
func SyntaxError(w io.Writer, e *index.SyntaxError, opt Options) error {
	p := newPage(w, opt)
	p.writeLine(p.match.Render("error:"), " ", Clean(e.Error()))
	offset := min(max(e.Offset, 0), len(e.Text))
	before, after := Clean(e.Text[:offset]), Clean(e.Text[offset:])
	before = truncateStart(before, maxBeforeCaret)
	p.writeLine()
	p.writeLine("  ", before, truncate(after, max(1, p.opt.width()-2-columnsOf(before))))
	p.writeLine("  ", strings.Repeat(" ", columnsOf(before)), p.match.Render("^"))
	return p.err
}
