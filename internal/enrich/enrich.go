// Package enrich derives values from articles: what a source doesn't state and
// newsq finds out. Today these are topics by rule. Learned topics, names of
// places and people, quotations and vectors are to come the same way.
//
// # Stages
//
// A [Stage] derives one kind of values. Each value carries its origin, and the
// version of the stage that made it. A stage is pure: the same article and the
// same version give the same values. So values can be derived anew from the
// articles that an index stores, without reading the sources, and an index knows
// by the version of its [Pipeline] whether it has to.
//
// A stage sees one article at a time. One that needs the whole corpus, such as
// for near duplicates, is made from a snapshot of the corpus before the pipeline
// runs, and what it learned there is part of its version.
//
// # What is given stays
//
// A value that the article came with is never changed or removed, and a stage
// doesn't repeat it. What a stage derived before is known by its field and
// origin, and is replaced: see [Pipeline.Given].
package enrich

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/match"
)

// Value is a value that does not come from an article's source.
type Value struct {
	Field  match.Field // that has the value
	Value  string
	Origin corpus.Origin // what kind of derivation it was
	Reason string        // why the article has this value
	// Version is that of the stage: it names the rules or the model.
	Version string
}

// Stage derives values of some fields, all of one origin. It is immutable, and
// safe for concurrent use.
type Stage interface {
	// Name tells the stage from others, in versions.
	Name() string
	// Version is a digest of the rules or the model.
	Version() string
	// Fields are the fields that the stage derives values of.
	Fields() []match.Field
	// Origin is that of all of its values. No two stages of a pipeline have a
	// field and the origin in common.
	Origin() corpus.Origin
	// Deriver returns a new Deriver.
	Deriver() Deriver
}

// Deriver runs a stage over one article after the other. It may keep memory
// from article to article, and serves one goroutine at a time.
type Deriver interface {
	// Derive returns the values of an article, in the order in which they are to
	// be kept. The article has the values that it came with, and text is the
	// same article analysed. Origin and Version of the values are filled in by
	// the pipeline. Nothing of a or text is changed or kept.
	Derive(a *corpus.Article, text *match.Encoded) []Value
}

// Pipeline is the stages that run over every article, in order. It is
// immutable, and safe for concurrent use.
type Pipeline struct {
	stages  []Stage
	version string
}

// NewPipeline returns a pipeline of these stages.
func NewPipeline(stages ...Stage) *Pipeline {
	h := sha256.New()
	for _, s := range stages {
		for _, part := range [...]string{s.Name(), s.Version()} {
			_, _ = io.WriteString(h, part) // a hash never fails
			_, _ = h.Write([]byte{0})
		}
	}
	return &Pipeline{stages: slices.Clone(stages), version: hex.EncodeToString(h.Sum(nil)[:8])}
}

// Version is a digest of the stages and their versions: while it stays the same,
// so do the values of an article.
func (p *Pipeline) Version() string { return p.version }

// derives reports whether a stage gives values of this field and origin.
func (p *Pipeline) derives(f match.Field, o corpus.Origin) bool {
	return slices.ContainsFunc(p.stages, func(s Stage) bool {
		return s.Origin() == o && slices.Contains(s.Fields(), f)
	})
}

// Given returns the topics that an article came with: those that no stage
// derived. The result shares no memory with topics.
func (p *Pipeline) Given(topics []corpus.Topic) []corpus.Topic {
	return slices.DeleteFunc(slices.Clone(topics), func(t corpus.Topic) bool { return p.derives(match.Topic, t.Origin) })
}

// Deriver returns what runs all stages, for one goroutine at a time.
func (p *Pipeline) Deriver() *PipelineDeriver {
	d := &PipelineDeriver{stages: p.stages}
	for _, s := range p.stages {
		d.derivers = append(d.derivers, s.Deriver())
	}
	return d
}

// PipelineDeriver runs all stages over one article after the other.
type PipelineDeriver struct {
	stages   []Stage
	derivers []Deriver
}

// Derive returns the values that the stages derive, without those that the
// article came with. The topics of a are those of [Pipeline.Given], in canonical
// form.
func (d *PipelineDeriver) Derive(a *corpus.Article, text *match.Encoded) []Value {
	var values []Value
	for i, s := range d.stages {
		for _, v := range d.derivers[i].Derive(a, text) {
			if !states(a, v) {
				v.Origin, v.Version = s.Origin(), s.Version()
				values = append(values, v)
			}
		}
	}
	return values
}

// states reports whether an article came with a value.
func states(a *corpus.Article, v Value) bool {
	return v.Field == match.Topic && slices.ContainsFunc(a.Topics, func(t corpus.Topic) bool { return t.Path == v.Value })
}
