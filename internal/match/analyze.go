package match

import (
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// Input is an article in plain strings.
type Input struct {
	Title, Summary string
	Headings       []string // of sections; empty ones are left out
	Body           []string // one string for each section
	// Foreign are parts of Body in another language than the article, in order and apart from
	// each other. They have stems of their own language beside those of the article's.
	Foreign []ForeignPart
	// Marked are the parts of the texts that have marks, in any order.
	Marked []MarkedText

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

// ForeignPart is a part of a section in another language than its article: whole
// paragraphs, so that no token is in two parts.
type ForeignPart struct {
	Section int // index into Input.Body
	text.Span
	Analyzer analysis.Analyzer // of its language
}

// foreignIn returns the foreign parts of a section.
func (in *Input) foreignIn(section int) []ForeignPart {
	first := 0
	for first < len(in.Foreign) && in.Foreign[first].Section < section {
		first++
	}
	last := first
	for last < len(in.Foreign) && in.Foreign[last].Section == section {
		last++
	}
	return in.Foreign[first:last]
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
				for _, part := range in.foreignIn(i) {
					if b := part.Analyzer; b != a {
						cut.addStemsOf(b, run, part.Span)
					}
				}
			}
			cut.addMarks(run, in.markedIn(t.field, i))
			cut.addWritten(run, t.field, a, s)
			if len(run) > 0 {
				d.Texts[t.field] = append(d.Texts[t.field], run)
			}
		}
	}
	return d
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

// addMarks adds the marks of parts of a text to the run that was cut last.
func (c *cutter) addMarks(run Run, parts []MarkedText) {
	for i := range run {
		for _, p := range parts {
			if at := c.tokens[i].Start; p.Start <= at && at < p.End {
				run[i].Marks = append(run[i].Marks, p.Marks...)
			}
		}
		slices.Sort(run[i].Marks)
		run[i].Marks = slices.Compact(run[i].Marks)
	}
}

// addWritten adds how the tokens of the run that was cut last are written, and which start
// sentences and paragraphs of its text.
func (c *cutter) addWritten(run Run, f Field, a analysis.Analyzer, s string) {
	var sentences []text.Span
	if f.hasSentences() {
		sentences = a.Sentences(s)
	}
	sentenceOf := func(token int) int {
		return slices.IndexFunc(sentences, func(span text.Span) bool { return c.tokens[token].Start < span.End })
	}
	for i := range run {
		written := s[c.tokens[i].Start:]
		if i+1 < len(run) {
			written = s[c.tokens[i].Start:max(c.tokens[i].Start, c.tokens[i+1].Start)]
		}
		if mark := CaseOf(written).Mark(); mark != "" && f.hasCase() {
			run[i].Marks = append(run[i].Marks, mark)
			slices.Sort(run[i].Marks)
		}
		if i == 0 || !f.hasSentences() || sentenceOf(i) == sentenceOf(i-1) {
			continue
		}
		run[i].Starts = StartsSentence
		if strings.Contains(s[c.tokens[i-1].Start:c.tokens[i].Start], blankLine) {
			run[i].Starts |= StartsParagraph
		}
	}
}

// markedIn returns the parts of a text that have marks, in bytes of it. The text is the i-th
// of its field.
func (in *Input) markedIn(f Field, i int) (parts []MarkedText) {
	base := 0
	if f == Body {
		for _, s := range in.Body[:i] {
			base += len(s)
		}
	}
	for _, p := range in.Marked {
		if p.Field == f {
			p.Start, p.End = p.Start-base, p.End-base
			parts = append(parts, p)
		}
	}
	return parts
}

// addStemsOf adds the stems that words have in another language to the run that was cut
// last, as variants: those of a part of its text.
func (c *cutter) addStemsOf(b analysis.Analyzer, run Run, part text.Span) {
	for i := range run {
		t := &run[i]
		if at := c.tokens[i].Start; at < part.Start || at >= part.End || b.IsStop(t.Word) {
			continue
		}
		if stem := b.Stem(t.Word); !t.IsOf(stem) {
			t.Variants = append(t.Variants, stem)
			slices.Sort(t.Variants)
		}
	}
}
