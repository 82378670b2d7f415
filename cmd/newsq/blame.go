package main

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// maxBlamed is the most parts of a query that are blamed for finding nothing.
const maxBlamed = 4

// blame tells which parts of a query's text keep it from finding anything:
// those that no article has, and those without which there would be hits.
func (a *app) blame(ctx context.Context, ix *index.Index, q index.Query) {
	within, err := ix.Analyze(ctx, q)
	if err != nil || len(within.Clauses) < 2 {
		return // a query of one part has been named already
	}
	// What no article has is lacking everywhere, not merely where filters
	// leave nothing.
	everywhere := within
	if len(q.Filters) > 0 || !q.Since.IsZero() || !q.Until.IsZero() {
		q.Filters, q.Since, q.Until = nil, time.Time{}, time.Time{}
		if everywhere, err = ix.Analyze(ctx, q); err != nil {
			return
		}
	}
	blamed := culprits(within.Clauses, everywhere.Clauses)
	if len(blamed) == 0 {
		a.hint("each part finds something, but not together; see:  " + a.again([]string{"--analyze"}))
	}
	for _, c := range blamed[:min(len(blamed), maxBlamed)] {
		switch {
		case c.absent && c.Without > 0:
			a.hint("nothing has " + name(c.Text) + "; without it:  " + render.Count(c.Without, "article", "articles"))
		case c.absent:
			a.hint("nothing has " + name(c.Text))
		default:
			a.hint("without " + name(c.Text) + ":  " + render.Count(c.Without, "article", "articles"))
		}
	}
}

// culprit is a part of a query to blame.
type culprit struct {
	index.Clause
	absent bool // no article has it
}

// culprits returns the parts to blame, first those that no article has, then
// those without which most would be found. The clauses are those of one query,
// counted within its filters and everywhere.
func culprits(within, everywhere []index.Clause) []culprit {
	var blamed []culprit
	for i, c := range within {
		absent := everywhere[i].Articles == 0 && !strings.HasPrefix(c.Text, "-")
		if !c.Ignored && (absent || c.Without > 0) {
			blamed = append(blamed, culprit{c, absent})
		}
	}
	slices.SortStableFunc(blamed, func(a, b culprit) int {
		if a.absent != b.absent {
			if a.absent {
				return -1
			}
			return 1
		}
		return b.Without - a.Without
	})
	return blamed
}

// name returns how to call a part of a query in a sentence: a word stands in
// quotation marks, what has signs of its own does not. That a part is mandatory
// goes without saying.
func name(part string) string {
	const most = 40
	part = strings.TrimPrefix(render.Clean(part), "+")
	if utf8.RuneCountInString(part) > most {
		part = string([]rune(part)[:most-1]) + "…"
	}
	if strings.ContainsAny(part, `":(`) || strings.HasPrefix(part, "-") {
		return part
	}
	return `"` + part + `"`
}
