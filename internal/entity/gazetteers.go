package entity

import (
	"sync"

	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/analysis"
)

// gazetteers has the gazetteers of languages, each made when it is asked for first. It is
// safe for concurrent use.
type gazetteers struct {
	table   *alias.Table
	english analysis.Analyzer
	mu      sync.Mutex
	made    map[string]*gazetteer // by tag
}

func newGazetteers(t *alias.Table, analyzerOf func(language string) analysis.Analyzer) *gazetteers {
	return &gazetteers{table: t, english: analyzerOf("en"), made: make(map[string]*gazetteer)}
}

func (g *gazetteers) of(a analysis.Analyzer) *gazetteer {
	tag := a.Tags()[0]
	g.mu.Lock()
	defer g.mu.Unlock()
	made := g.made[tag]
	if made == nil {
		made = newGazetteer(a, newCanonicals(g.table, g.english).of)
		g.made[tag] = made
	}
	return made
}
