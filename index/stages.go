package index

import (
	"context"

	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/quotation"
)

// stagesOf returns what derives the values of an index that has these rules, and whose
// other settings are read where they are.
func stagesOf(_ context.Context, _ settingsReader, rules *TopicRules) (*enrich.Pipeline, error) {
	return newStages(rules), nil
}

// newStages returns the stages that give topics by rules, and find what texts name.
func newStages(rules *TopicRules) *enrich.Pipeline {
	return enrich.NewPipeline([]enrich.TextStage{quotation.Stage()}, []enrich.TopicStage{rules.rules.Stage()})
}

// stages returns what derives the values of the index as it is.
func (ix *Index) stages(ctx context.Context) (*enrich.Pipeline, error) {
	rules, err := ix.rules()
	if err != nil {
		return nil, err
	}
	return stagesOf(ctx, ix.engine, rules)
}
