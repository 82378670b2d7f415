package readinglist

import (
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// slugForm matches the slugs of Omnivore, which end in the time at which an article was
// saved, in milliseconds since 1970 and hexadecimal: 2017 to 2039.
var slugForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\p{L}\p{N}_-]*-1[6-9a-f][0-9a-f]{9}$`) })

func isSlug(s string) bool { return slugForm().MatchString(s) }

// setSlug gives a record the id that its entry and the text beside it have. The entry,
// which states more, stands for both: it has a date.
func setSlug(rec *record.Record, slug string) {
	rec.SetFinal(record.ID, record.Value{Text: "omnivore:" + slug, From: "slug"})
	rec.GlobalID = true
}

// slugOf returns the slug in the name of a text; empty for any other file.
func slugOf(name string) string {
	slug, ok := strings.CutSuffix(name[strings.LastIndexAny(name, `/\`)+1:], ".html")
	if !ok || !isSlug(slug) {
		return ""
	}
	return slug
}

// RecognizeOmnivoreText reports whether a file may be a text of Omnivore, by its name.
func RecognizeOmnivoreText(h *reader.Head) bool { return slugOf(h.Name) != "" }

// ReadOmnivoreText reads a text of Omnivore by itself: a page that has the id of its
// entry.
func ReadOmnivoreText(in *reader.Input, out reader.Output) error {
	return html.Read(in, &slugged{out, slugOf(strings.ToLower(in.Name))})
}

// slugged hands on articles with the id of a slug.
type slugged struct {
	reader.Output
	slug string
}

// Emit implements [reader.Sink].
func (s *slugged) Emit(rec *record.Record) bool {
	if s.slug != "" {
		setSlug(rec, s.slug)
	}
	return s.Output.Emit(rec)
}
