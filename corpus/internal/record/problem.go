package record

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Problem is something that a reader found and could not read, or not whole.
type Problem struct {
	Field   Field  // NoField when it is not about one
	From    string // as in Value; may be empty
	Excerpt string // the beginning of what was found; may be empty
	Err     error
}

var (
	// ErrPartial tells that an article was read, but not whole, or not as it
	// was written.
	ErrPartial = errors.New("read in part")
	// ErrCut tells that a field is longer, or has more values, than is kept.
	ErrCut = fmt.Errorf("%w: a field was cut to %d values, or to %d KB", ErrPartial, MaxValues, MaxStated>>10)
	// ErrLeftOut tells of text that is no part of the article, as nothing says
	// what it is.
	ErrLeftOut = fmt.Errorf("%w: text was left out", ErrPartial)
	// ErrNotUnderstood tells of a value that is not what its field takes.
	ErrNotUnderstood = fmt.Errorf("%w: a value was not understood", ErrPartial)
	// ErrNoText tells of a record or file that holds nothing to read.
	ErrNoText = errors.New("no text found")
)

// maxExcerpt is how much of a value a problem shows, in bytes.
const maxExcerpt = 80

// Tell notes a problem with a value of a field. Of each field one of a kind is
// noted.
func (r *Record) Tell(f Field, v Value, err error) {
	for i := range r.Problems {
		if r.Problems[i].Field == f && errors.Is(r.Problems[i].Err, err) {
			return
		}
	}
	r.Problems = append(r.Problems, Problem{Field: f, From: v.From, Excerpt: excerpt(v.Text), Err: err})
}

// cut notes that a field was cut, and at which value.
func (r *Record) cut(f Field, v Value) { r.Tell(f, v, ErrCut) }

// WasCut reports whether more was found for a field than is kept.
func (r *Record) WasCut() bool {
	for i := range r.Problems {
		if errors.Is(r.Problems[i].Err, ErrCut) {
			return true
		}
	}
	return false
}

// excerpt returns the beginning of a value.
func excerpt(s string) string {
	n := maxExcerpt
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// maxToldProblems is how many problems of one record are told one by one.
const maxToldProblems = 4

// Partial returns the error that tells of the problems of a record, nil when
// there are none. It is ErrPartial and all of theirs.
func (r *Record) Partial() error {
	if len(r.Problems) == 0 {
		return nil
	}
	e := &partialError{errs: []error{ErrPartial}}
	var parts []string
	for i := range r.Problems {
		e.errs = append(e.errs, r.Problems[i].Err)
		if i < maxToldProblems {
			parts = append(parts, r.Problems[i].text())
		}
	}
	if n := len(r.Problems) - maxToldProblems; n > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", n))
	}
	e.text = ErrPartial.Error() + ": " + strings.Join(parts, "; ")
	return e
}

// text tells of a problem: the cause, the place, and the beginning of what
// stands there.
func (p *Problem) text() string {
	s := strings.TrimPrefix(p.Err.Error(), ErrPartial.Error()+": ")
	at := p.From
	switch field := p.Field.String(); {
	case at == "":
		at = field
	case field != "" && !strings.EqualFold(field, at):
		at += " (" + field + ")"
	}
	begins := strings.Join(strings.Fields(p.Excerpt), " ")
	if at != "" {
		s += ", at " + at
	}
	if begins == "" {
		return s
	}
	if len(p.Excerpt) > maxExcerpt-utf8.UTFMax {
		begins += "…"
	}
	return s + ": " + begins
}

// partialError tells of several problems.
type partialError struct {
	text string
	errs []error
}

func (e *partialError) Error() string   { return e.text }
func (e *partialError) Unwrap() []error { return e.errs }
