package entity

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/analysis"
)

// canonicals looks names up in a table of aliases. It keeps what it found, as the same
// names come again and again, and serves one goroutine at a time.
type canonicals struct {
	table    *alias.Table
	analyzer analysis.Analyzer
	known    map[string]knownName
}

// knownName is what a name stands for.
type knownName struct {
	name string
	kind corpus.EntityKind
	ok   bool
}

// maxCanonicals bounds the names that are kept; then all are forgotten.
const maxCanonicals = 1 << 14

func newCanonicals(t *alias.Table, english analysis.Analyzer) *canonicals {
	return &canonicals{table: t, analyzer: english, known: make(map[string]knownName)}
}

// of is a [Canonical].
func (c *canonicals) of(text string) (string, corpus.EntityKind, bool) {
	k, ok := c.known[text]
	if !ok {
		if len(c.known) >= maxCanonicals {
			clear(c.known)
		}
		k = c.look(text)
		c.known[text] = k
	}
	return k.name, k.kind, k.ok
}

func (c *canonicals) look(text string) knownName {
	// A search for America is about the continent as well, so no alias has it; as the name
	// of a place it is mostly the state.
	switch text {
	case "America", "AMERICA", "USA", "U.S.A.":
		text = "U.S."
	}
	switch text {
	case "AP", "The Associated Press", "THE ASSOCIATED PRESS":
		return knownName{"Associated Press", corpus.Organization, true}
	case "AFP", "Agence France-Presse":
		return knownName{"Agence France-Presse", corpus.Organization, true}
	}
	if state, ok := stateNamed(text); ok {
		return knownName{state, corpus.Place, true}
	}
	name, kind, ok := c.table.Canonical(c.analyzer, text)
	return knownName{name, kindOf(kind), ok}
}

// kindOf returns the kind of a thing that aliases know; empty where they don't say.
func kindOf(k alias.Kind) corpus.EntityKind {
	switch k {
	case alias.Place:
		return corpus.Place
	case alias.Organization:
		return corpus.Organization
	case alias.Person:
		return corpus.Person
	}
	return ""
}
