package index

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// FormReport is what a sync read in one form, see [corpus.Article].Form. A file that
// others lie in counts under each form that was found in it.
type FormReport struct {
	Form string
	Files, Articles,
	Partial, // places read in part
	Unreadable int // places that could not be read
}

// SkippedFiles are files that were not read, as nothing newsq knows is in them.
type SkippedFiles struct {
	Extension string // with the dot; empty for files without any
	Files     int
}

// formCounter counts what is read, by form.
type formCounter struct {
	forms   map[string]*FormReport
	skipped map[string]int
	seen    map[string]bool // the forms of the entry at hand
}

func newFormCounter() *formCounter {
	return &formCounter{forms: map[string]*FormReport{}, skipped: map[string]int{}, seen: map[string]bool{}}
}

// begin begins an entry.
func (c *formCounter) begin() { clear(c.seen) }

// of returns the counts of a form that the entry at hand has.
func (c *formCounter) of(form string) *FormReport {
	r := c.forms[form]
	if r == nil {
		r = &FormReport{Form: form}
		c.forms[form] = r
	}
	if !c.seen[form] {
		c.seen[form] = true
		r.Files++
	}
	return r
}

// article counts an article of the entry at hand.
func (c *formCounter) article(form string) {
	if form != "" {
		c.of(form).Articles++
	}
}

// refused counts an article that was read as one that could not be.
func (c *formCounter) refused(form string) {
	if r := c.forms[form]; r != nil {
		r.Articles--
		r.Unreadable++
	}
}

// skip counts a file that was not read.
func (c *formCounter) skip(path string) { c.skipped[extensionOf(path)]++ }

// extensionOf returns the extension of a path where it looks like one.
func extensionOf(path string) string {
	ext := strings.ToLower(filepath.Ext(path))
	if len(ext) < 2 || len(ext) > 10 || strings.ContainsAny(ext, " ,;()") {
		return ""
	}
	return ext
}

// fault counts a place that could not be read, or not whole.
func (c *formCounter) fault(e *corpus.ReadError, partial bool) {
	switch {
	case e.Form == "":
	case partial:
		c.of(e.Form).Partial++
	default:
		c.of(e.Form).Unreadable++
	}
}

// reports returns the counts, those of the most articles first.
func (c *formCounter) reports() (forms []FormReport, skipped []SkippedFiles) {
	for _, r := range c.forms {
		forms = append(forms, *r)
	}
	slices.SortFunc(forms, func(a, b FormReport) int {
		return cmp.Or(-cmp.Compare(a.Articles, b.Articles), -cmp.Compare(a.Files, b.Files), strings.Compare(a.Form, b.Form))
	})
	for ext, n := range c.skipped {
		skipped = append(skipped, SkippedFiles{Extension: ext, Files: n})
	}
	slices.SortFunc(skipped, func(a, b SkippedFiles) int {
		return cmp.Or(-cmp.Compare(a.Files, b.Files), strings.Compare(a.Extension, b.Extension))
	})
	return forms, skipped
}
