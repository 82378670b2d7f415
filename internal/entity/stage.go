package entity

import (
	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/entity/tagger"
)

// codeVersion changes when the same article gets other entities by the code or the names
// of this package, or by those that aliases list.
const codeVersion = "3"

// NewStage returns the stage that derives the entities of articles. Names stand for the same
// entity by the built-in aliases, whatever aliases an index has: these are for queries.
func NewStage(analyzerOf func(language string) analysis.Analyzer) enrich.TextStage {
	return stage{analyzerOf, newGazetteers(alias.Starter(), analyzerOf)}
}

type stage struct {
	analyzerOf func(language string) analysis.Analyzer
	gazetteers *gazetteers
}

func (stage) Name() string                      { return "entities" }
func (stage) Version() string                   { return codeVersion + " " + tagger.Version() }
func (s stage) TextDeriver() enrich.TextDeriver { return newFinder(s.analyzerOf, s.gazetteers) }
