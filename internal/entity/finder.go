package entity

import (
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/entity/tagger"
)

// finder finds the entities of articles. It serves one goroutine at a time.
type finder struct {
	analyzerOf func(language string) analysis.Analyzer
	gazetteers *gazetteers
	tagger     *tagger.Tagger // nil until an article in English comes
	english    chainer
	foreign    chainer // which resolves no name by itself: gazetteers have done so
	tagged     []tagger.Field
	spans      []tagger.Span
	fields     []Field
}

func newFinder(analyzerOf func(language string) analysis.Analyzer, g *gazetteers) *finder {
	known := newCanonicals(g.table, analyzerOf("en"))
	return &finder{analyzerOf: analyzerOf, gazetteers: g, english: chainer{canonical: known.of}}
}

// DeriveText implements enrich.TextDeriver.
func (f *finder) DeriveText(a *corpus.Article) {
	f.fields = append(f.fields[:0], Field{Name: corpus.MentionTitle, Text: a.Title},
		Field{Name: corpus.MentionSummary, Text: a.Summary}, Field{Text: a.Body})
	a.Entities = f.find(a.Language, f.fields)
	clear(f.fields)
}

// find returns the entities of texts in a language, by its BCP 47 tag. Texts whose
// language isn't known are taken for English, and those in a language of which nothing is
// known have none.
func (f *finder) find(language string, fields []Field) []corpus.Entity {
	a := f.analyzerOf(language)
	if a.Tags()[0] != "en" {
		g := f.gazetteers.of(a)
		for i := range fields {
			fields[i].Spans = g.find(nil, fields[i].Text)
		}
		return f.foreign.entities(fields)
	}
	if !isEnglish(language) {
		return nil
	}
	f.tag(fields)
	return f.english.entities(fields)
}

// tag finds the names in texts in English.
func (f *finder) tag(fields []Field) {
	if f.tagger == nil {
		f.tagger = tagger.New()
	}
	f.tagged = f.tagged[:0]
	for i := range fields {
		f.tagged = append(f.tagged, tagger.Field{Text: fields[i].Text})
	}
	f.spans = f.tagger.Tag(f.spans[:0], f.tagged...)
	clear(f.tagged)
	for i := range f.spans {
		s := &f.spans[i]
		fields[s.Field].Spans = append(fields[s.Field].Spans, Span{Start: s.Start, End: s.End, Kind: kindOfTag(s.Kind)})
	}
}

func kindOfTag(k tagger.Kind) corpus.EntityKind {
	switch k {
	case tagger.Person:
		return corpus.Person
	case tagger.Organization:
		return corpus.Organization
	}
	return corpus.Place
}

// isEnglish reports whether a tag is one of English, or none.
func isEnglish(tag string) bool {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return primary == "" || strings.EqualFold(primary, "en") || strings.EqualFold(primary, "und")
}
