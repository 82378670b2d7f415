package entity

import (
	"strings"

	"github.com/newsq/newsq/internal/analysis"
)

// Tagger finds the names in English texts. It serves one goroutine at a time.
type Tagger interface {
	// Tag returns the names in each of the texts of an article, in order and apart from
	// each other. They stay as they are until the next call.
	Tag(texts []string) [][]Span
}

// finder finds the entities of articles. It serves one goroutine at a time.
type finder struct {
	analyzerOf func(language string) analysis.Analyzer
	tagger     Tagger
	gazetteers *gazetteers
	english    chainer
	foreign    chainer // which resolves no name by itself: gazetteers have done so
	texts      []string
}

func newFinder(analyzerOf func(language string) analysis.Analyzer, t Tagger, g *gazetteers) *finder {
	known := newCanonicals(g.table, analyzerOf("en"))
	return &finder{analyzerOf: analyzerOf, tagger: t, gazetteers: g, english: chainer{canonical: known.of}}
}

// find returns the entities of texts in a language, by its BCP 47 tag. Texts whose
// language isn't known are taken for English, and those in a language of which nothing is
// known have none.
func (f *finder) find(language string, fields []Field) []Entity {
	a := f.analyzerOf(language)
	if a.Tags()[0] != "en" {
		g := f.gazetteers.of(a)
		for i := range fields {
			fields[i].Spans = g.find(fields[i].Spans[:0], fields[i].Text)
		}
		return f.foreign.entities(fields)
	}
	if !isEnglish(language) {
		return nil
	}
	f.texts = f.texts[:0]
	for i := range fields {
		f.texts = append(f.texts, fields[i].Text)
	}
	for i, spans := range f.tagger.Tag(f.texts) {
		fields[i].Spans = spans
	}
	return f.english.entities(fields)
}

// isEnglish reports whether a tag is one of English, or none.
func isEnglish(tag string) bool {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return primary == "" || strings.EqualFold(primary, "en") || strings.EqualFold(primary, "und")
}
