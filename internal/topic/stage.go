package topic

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// Stage returns the rules as a stage that derives topics.
func (r *Rules) Stage() enrich.Stage { return stage{r, r.Fingerprint()} }

type stage struct {
	rules   *Rules
	version string
}

func (stage) Name() string              { return "topics" }
func (s stage) Version() string         { return s.version }
func (stage) Fields() []match.Field     { return []match.Field{match.Topic} }
func (stage) Origin() corpus.Origin     { return corpus.ByRule }
func (s stage) Deriver() enrich.Deriver { return deriver{s.rules.Tagger()} }

type deriver struct{ tagger *Tagger }

// Derive implements enrich.Deriver. Rules look at the analysed text alone.
func (d deriver) Derive(_ *corpus.Article, text *match.Encoded) []enrich.Value {
	var values []enrich.Value
	for _, m := range d.tagger.Apply(text) {
		values = append(values, enrich.Value{Field: match.Topic, Value: m.Path, Reason: m.Reason})
	}
	return values
}
