package index

import (
	"context"

	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/topic/learned"
)

// stagesOf returns what derives the values of an index that has these rules, and whose
// other settings are read where they are.
func stagesOf(ctx context.Context, from settingsReader, rules *TopicRules) (*enrich.Pipeline, error) {
	model, _, err := loadModel(ctx, from)
	if err != nil {
		return nil, err
	}
	sought, err := loadSought(ctx, from)
	if err != nil {
		return nil, err
	}
	return newStages(rules, model, sought), nil
}

// newStages returns the stages that give topics by rules and by a model, and find what texts
// name, quote and claim: what of it is wanted. The model may be nil.
func newStages(rules *TopicRules, model *learned.Model, s sought) *enrich.Pipeline {
	topics := []enrich.TopicStage{rules.rules.Stage()}
	if model != nil {
		topics = append(topics, model.Stage())
	}
	return enrich.NewPipeline(textStages(s), topics)
}

// stages returns what derives the values of the index as it is.
func (ix *Index) stages(ctx context.Context) (*enrich.Pipeline, error) {
	rules, err := ix.rules()
	if err != nil {
		return nil, err
	}
	return ix.stagesWith(ctx, rules)
}

// stagesWith is stages with other rules.
func (ix *Index) stagesWith(ctx context.Context, rules *TopicRules) (*enrich.Pipeline, error) {
	model, err := ix.model.load(ctx, ix.engine)
	if err != nil {
		return nil, err
	}
	sought, err := ix.sought()
	if err != nil {
		return nil, err
	}
	return newStages(rules, model, *sought), nil
}
