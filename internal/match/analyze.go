package match

import (
	"slices"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// Input is an article in plain strings.
type Input struct {
	Title, Summary string
	Headings       []string // of sections; empty ones are left out
	Body           []string // one string for each section
	// BodyLangs has for each of Body the language that it is in where that is another
	// than Lang, else nothing; it may be shorter. Such a section has stems of its own
	// language beside those of the article's.
	BodyLangs []string

	Authors, Places, People, Orgs []string
	Source, Path, URL             string

	Topics    []string // in any form that query.TopicPath reads
	MyTags    []string // in any form that query.TagPath reads
	Notes     []string
	Lang, ID  string
	Rights    []string // see RightsStated
	Published time.Time
	Added     time.Time // to the index
}

// bodyAnalyzer returns the analyzer of section i where it is another than a, that of the
// article; else nil.
func (in *Input) bodyAnalyzer(i int, a analysis.Analyzer, of func(language string) analysis.Analyzer) analysis.Analyzer {
	if i >= len(in.BodyLangs) || in.BodyLangs[i] == "" {
		return nil
	}
	if b := of(in.BodyLangs[i]); b != a {
		return b
	}
	return nil
}

// Analyze makes the Doc of an article, which a analyses.
func Analyze(a analysis.Analyzer, in Input) *Doc {
	d := &Doc{
		Texts:     make(map[Field][]Run),
		Values:    in.values(),
		StemTag:   a.StemTag(),
		Published: in.Published,
		Added:     in.Added,
	}
	cut := cutter{tokenizer: a.NewTokenizer()}
	texts := []struct {
		field Field
		runs  []string
	}{
		{Title, []string{in.Title}},
		{Summary, []string{in.Summary}},
		{Note, in.Notes},
		{Heading, in.Headings},
		{Body, in.Body},
		{Author, in.Authors},
		{Place, in.Places},
		{Person, in.People},
		{Org, in.Orgs},
		{Source, []string{in.Source}},
		{Path, []string{in.Path}},
		{URL, []string{in.URL}},
	}
	for _, t := range texts {
		for i, s := range t.runs {
			run := cut.run(s, t.field.varies())
			if t.field == Body {
				if b := in.bodyAnalyzer(i, a, analysis.Of); b != nil {
					addStemsOf(b, run)
				}
			}
			if len(run) > 0 {
				d.Texts[t.field] = append(d.Texts[t.field], run)
			}
		}
	}
	return d
}

// addStemsOf adds the stems that words have in another language to a run, as variants.
func addStemsOf(b analysis.Analyzer, run Run) {
	for i := range run {
		t := &run[i]
		if stem := b.Stem(t.Word); !b.IsStop(t.Word) && !t.IsOf(stem) {
			t.Variants = append(t.Variants, stem)
			slices.Sort(t.Variants)
		}
	}
}

// cutter turns strings into runs. It uses the memory of its tokens again.
type cutter struct {
	tokenizer *text.Tokenizer
	tokens    []text.Token
}

func (c *cutter) run(s string, varies bool) Run {
	if s == "" {
		return nil
	}
	c.tokens = c.tokenizer.Tokens(c.tokens[:0], s)
	run := make(Run, len(c.tokens))
	for i, t := range c.tokens {
		run[i] = Token{Word: t.Word, Stem: t.Stem}
	}
	if varies {
		for _, v := range c.tokenizer.Variants(nil, s, c.tokens) {
			run[v.At].Variants = append(run[v.At].Variants, v.Stem)
		}
		for i := range run {
			slices.Sort(run[i].Variants)
		}
	}
	return run
}
