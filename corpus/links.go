package corpus

import (
	"errors"
	"fmt"
)

// LinksError tells how many links without a text are in a file, which are no
// articles unless Options.Links asks for them. It is the Err of a *[ReadError]
// that stands behind the articles of the file, and no reason to worry.
type LinksError struct{ Links int }

// Error tells the number.
func (e *LinksError) Error() string {
	if e.Links == 1 {
		return "one link without text"
	}
	return fmt.Sprintf("%d links without text", e.Links)
}

// errLink is what becomes of a record that is a link, where links are not asked
// for. It is counted and told once for the file.
var errLink = errors.New("a link without text")

// tellLinks tells of the links that were met.
func (r *reading) tellLinks() {
	if n := r.links; n > 0 {
		r.links = 0
		r.send(Article{}, &ReadError{Path: r.shown, Form: r.formName(), Err: &LinksError{n}})
	}
}
