package render

import (
	"io"
	"strings"

	"github.com/newsq/newsq/index"
)

// caretRoom is how many columns of a long query stand before its fault.
const caretRoom = 60

// SyntaxError writes a query that could not be read, with a caret below the
// place, and what is wrong.
func SyntaxError(w io.Writer, e *index.SyntaxError, opt Options) error {
	p := newPage(w, opt)
	p.line(p.match.Render("error:"), " ", Clean(e.Error()))
	offset := min(max(e.Offset, 0), len(e.Text))
	before, after := Clean(e.Text[:offset]), Clean(e.Text[offset:])
	before = cutStart(before, caretRoom)
	p.line()
	p.line("  ", before, cut(after, max(1, p.opt.width()-2-columnsOf(before))))
	p.line("  ", strings.Repeat(" ", columnsOf(before)), p.match.Render("^"))
	return p.err
}
