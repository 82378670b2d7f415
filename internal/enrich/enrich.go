// Package enrich derives from articles what their source doesn't state and newsq finds
// out: topics by rule and learned ones, people, organizations and places, quotations, and
// which sentences are forecasts, recommendations and caveats.
//
// # Stages
//
// A [Stage] derives one kind of values. A [TextStage] reads the text of an article, before
// that is analysed; what it finds is analysed with the article, so that it can be searched
// for. A [TopicStage] then gives topics by the words of the analysed article.
//
// A stage is pure: the same article and the same version give the same values. So values
// can be derived anew from the articles that an index stores, without reading the sources,
// and an index knows by the version of its [Pipeline] whether it has to.
//
// A stage sees one article at a time. One that needs the whole corpus, such as a
// classifier, is made from a snapshot of the corpus before the pipeline runs, and what it
// learned there is part of its version.
//
// # What is given stays
//
// A topic that the article came with is never changed or removed, and a stage doesn't
// repeat it. All else is derived anew each time, see [Given].
package enrich

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// Stage is what all stages have. A stage is immutable, and safe for concurrent use.
type Stage interface {
	// Name tells the stage from others, in versions.
	Name() string
	// Version is a digest of the rules or the model.
	Version() string
}

// TextStage derives from the text of an article.
type TextStage interface {
	Stage
	TextDeriver() TextDeriver
}

// TextDeriver runs a stage over one article after the other. It may keep memory from
// article to article, and serves one goroutine at a time.
type TextDeriver interface {
	// DeriveText sets Entities, Quotations or Claims of an article, which are those of the stages
	// before, and changes nothing else. It shares no memory with them afterwards.
	DeriveText(a *corpus.Article)
}

// SentenceReader is a TextDeriver that reads the sentences of articles.
type SentenceReader interface {
	TextDeriver
	// UseCutter has articles cut into sentences by c.
	UseCutter(c *analysis.Cutter)
}

// TopicStage derives topics, all of one origin. No two stages have the same one.
type TopicStage interface {
	Stage
	Origin() corpus.Origin
	TopicDeriver() TopicDeriver
}

// TopicDeriver runs a stage over one article after the other, as a TextDeriver does.
type TopicDeriver interface {
	// DeriveTopics returns the topics of an article, in the order in which they are to be
	// kept; their origin is filled in by the pipeline. The article has the topics that it
	// came with, and text is the same article analysed. Nothing of a or text is changed or
	// kept.
	DeriveTopics(a *corpus.Article, text *match.Encoded) []corpus.Topic
}

// Pipeline is the stages that run over every article: those of texts, and then those of
// topics, each in order. It is immutable, and safe for concurrent use. The zero Pipeline
// derives nothing.
type Pipeline struct {
	texts   []TextStage
	topics  []TopicStage
	version string
}

// NewPipeline returns a pipeline of these stages.
func NewPipeline(texts []TextStage, topics []TopicStage) *Pipeline {
	p := &Pipeline{texts: slices.Clone(texts), topics: slices.Clone(topics)}
	h := sha256.New()
	add := func(s Stage) {
		for _, part := range [...]string{s.Name(), s.Version()} {
			_, _ = io.WriteString(h, part) // a hash never fails
			_, _ = h.Write([]byte{0})
		}
	}
	for _, s := range texts {
		add(s)
	}
	for _, s := range topics {
		add(s)
	}
	p.version = hex.EncodeToString(h.Sum(nil)[:8])
	return p
}

// Version is a digest of the stages and their versions: while it stays the same,
// so do the values of an article.
func (p *Pipeline) Version() string { return p.version }

// Given takes from an article what is derived, and leaves what it came with. Its topics
// are those stated, in a list of their own: topics of all other origins are newsq's.
func Given(a *corpus.Article) {
	a.Topics = slices.DeleteFunc(slices.Clone(a.Topics), func(t corpus.Topic) bool { return t.Origin != corpus.Stated && t.Origin != "" })
	a.Entities, a.Quotations, a.Claims = nil, nil, nil
}

// Deriver returns what runs all stages, for one goroutine at a time. Articles are cut into
// sentences by c; it may be nil.
func (p *Pipeline) Deriver(c *analysis.Cutter) *Deriver {
	d := &Deriver{stages: p.topics}
	for _, s := range p.texts {
		t := s.TextDeriver()
		if r, ok := t.(SentenceReader); ok {
			r.UseCutter(c)
		}
		d.texts = append(d.texts, t)
	}
	for _, s := range p.topics {
		d.topics = append(d.topics, s.TopicDeriver())
	}
	return d
}

// Deriver runs all stages over one article after the other.
type Deriver struct {
	texts  []TextDeriver
	stages []TopicStage
	topics []TopicDeriver
}

// DeriveText sets what the text of an article gives. The article is one of [Given].
func (d *Deriver) DeriveText(a *corpus.Article) {
	for _, t := range d.texts {
		t.DeriveText(a)
	}
}

// DeriveTopics returns the topics that the stages give, without those that the article
// came with, which are in canonical form.
func (d *Deriver) DeriveTopics(a *corpus.Article, text *match.Encoded) []corpus.Topic {
	var topics []corpus.Topic
	for i, s := range d.stages {
		for _, t := range d.topics[i].DeriveTopics(a, text) {
			if !states(a, t.Path) {
				t.Origin = s.Origin()
				topics = append(topics, t)
			}
		}
	}
	return topics
}

// states reports whether an article came with a topic.
func states(a *corpus.Article, path string) bool {
	return slices.ContainsFunc(a.Topics, func(t corpus.Topic) bool { return t.Path == path })
}
