package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// Aliases are names that stand for each other, so that who searches for North
// Korea also finds DPRK, a little lower. They are immutable.
type Aliases struct{ table *alias.Table }

// maxAliasFile bounds a file of aliases, in bytes.
const maxAliasFile = 1 << 20

// StarterAliases returns the built-in names: states, organizations, offices,
// treaties and the like in English, and in other languages those of states, cities,
// organizations and persons.
func StarterAliases() *Aliases { return &Aliases{alias.Starter()} }

// ParseAliases reads names from YAML; name is used in errors. A file that says
// "extends: starter" adds to the built-in names; any other stands alone, and
// one that holds nothing switches aliases off.
//
//	extends: starter
//	aliases:                # names of a line stand for each other
//	  - [North Korea, DPRK]
//	one_way:                # the first finds the others, not they it
//	  North Korea: [Pyongyang]
//	peoples:                # a country and its people find each other, in all forms
//	  Israel: [Israeli]
//	languages: starter      # the built-in names in other languages, which extends has
func ParseAliases(r io.Reader, name string) (*Aliases, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxAliasFile+1))
	if err != nil {
		return nil, fmt.Errorf("read aliases %s: %w", name, err)
	}
	if len(b) > maxAliasFile {
		return nil, fmt.Errorf("aliases %s are larger than %d bytes", name, maxAliasFile)
	}
	t, err := alias.Parse(analyzerOf(""), b, name)
	if err != nil {
		return nil, err
	}
	return &Aliases{t}, nil
}

// YAML returns the names as a file to start one's own from.
func (a *Aliases) YAML() []byte { return a.table.YAML() }

// loadAliases reads the aliases that are kept with an index, else the starter.
func loadAliases(ctx context.Context, from settingsReader) (*Aliases, error) {
	b, where, err := from.ReadSetting(ctx, engine.AliasesSetting)
	if errors.Is(err, fs.ErrNotExist) {
		return StarterAliases(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read aliases: %w", err)
	}
	return ParseAliases(bytes.NewReader(b), where)
}

// aliasPlans returns for each alias the plan of what it brings in: articles
// with the other name and without the one asked for.
func (r *parsedQuery) aliasPlans() ([]match.Plan, error) {
	var plans []match.Plan
	c := r.context
	c.ComesFirst = nil // these plans are counted, not ranked
	for _, u := range r.expansions {
		to, err := match.Lower(u.Alias, c)
		if err != nil {
			return nil, err
		}
		from, err := match.Lower(u.Asked, c)
		if err != nil {
			return nil, err
		}
		plans = append(plans, match.And{Operands: []match.Plan{to, match.Not{Operand: from}}})
	}
	return plans, nil
}

// aliasUses says what aliases found.
func (r *parsedQuery) aliasUses(found *engine.Response) []AliasUse {
	var out []AliasUse
	for i, u := range r.expansions {
		use := AliasUse{From: u.From, To: u.To}
		if i < len(found.Also) {
			use.Articles = found.Also[i]
		}
		out = append(out, use)
	}
	return out
}

// aliasesFor returns the table for a query.
func (ix *Index) aliasesFor(q *Query) (*Aliases, error) {
	if q.NoAliases || q.Text == "" {
		return nil, nil
	}
	return ix.aliases()
}
