package index

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// searchCompounds makes a search again that found nothing, with its words read as
// compounds or as parts of ones, where articles have such. A word is parted only where no
// other spelling is proposed: of misspelt words many fall into two that some article has.
// It returns nil where nothing is found so either; r then has the compounds, for a search
// that is relaxed.
func searchCompounds(ctx context.Context, o *order, q *Query, r *parsedQuery, req *engine.Request, didYouMean string) (*engine.Response, error) {
	list, err := compoundsOf(ctx, o.snap, q, r, req, didYouMean)
	if len(list) == 0 || err != nil {
		return nil, err
	}
	stems := match.CompoundStems(list)
	counts, err := o.snap.DocFreq(ctx, stems...)
	if err != nil {
		return nil, err
	}
	read, err := r.readCompounds(q, match.ChooseCompounds(list, func(stem string) int {
		i, _ := slices.BinarySearch(stems, stem)
		return counts[i]
	}))
	if read == nil || err != nil {
		return nil, err
	}
	wider := *req
	wider.Plan = read
	found, err := o.search(ctx, &wider)
	if errors.Is(err, ErrTooBroad) {
		return nil, nil
	}
	if err != nil || found.Total == 0 {
		return nil, err
	}
	r.plan, req.Plan = read, read
	return found, nil
}

// compoundsOf returns the readings of a query that found nothing, of which proposed is
// another spelling.
func compoundsOf(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, proposed string) ([]match.Compound, error) {
	list := match.Compounds(r.tree, r.context.Languages())
	if q.IDsOnly && slices.ContainsFunc(list, match.Compound.IsParted) {
		var err error
		if proposed, err = didYouMean(ctx, snap, q, r, req, 0); err != nil {
			return nil, err
		}
	}
	if proposed != "" {
		list = slices.DeleteFunc(list, match.Compound.IsParted)
	}
	return list, nil
}

// readCompounds has r be read with compounds. It returns the plan of that, and nil where
// it is the same.
func (r *parsedQuery) readCompounds(q *Query, chosen []match.Compound) (match.Plan, error) {
	tree, used := match.WithCompounds(r.tree, chosen)
	if len(used) == 0 {
		return nil, nil
	}
	whole := r.tree
	r.tree = tree
	plan, err := r.lower(q, r.context)
	if err == nil && r.veryWords != nil {
		err = r.veryWords.err
	}
	if err != nil {
		r.tree = whole
		return nil, err
	}
	r.compounds = used
	return plan, nil
}

// compoundKeys returns the keys of the compounds that r was read with.
func (r *parsedQuery) compoundKeys() []uint32 {
	keys := make([]uint32, len(r.compounds))
	for i, c := range r.compounds {
		keys[i] = compoundKey(c)
	}
	return keys
}

func compoundKey(c match.Compound) uint32 { return answerKey("compound", c.Tag, c.Asked(), c.String()) }

// compoundsOfPage has a later page be read with the compounds of the first one.
func (q *Query) compoundsOfPage(r *parsedQuery, req *engine.Request) error {
	if len(q.place.Compounds) == 0 {
		return nil
	}
	list := match.Compounds(r.tree, r.context.Languages())
	plan, err := r.readCompounds(q, slices.DeleteFunc(list, func(c match.Compound) bool {
		return !slices.Contains(q.place.Compounds, compoundKey(c))
	}))
	if plan != nil {
		r.plan, req.Plan = plan, plan
	}
	return err
}

// compoundWarning says which compounds a query was read with.
func (r *parsedQuery) compoundWarning() string {
	var as []string
	for _, c := range r.compounds {
		if s := c.String(); !slices.Contains(as, s) {
			as = append(as, s)
		}
	}
	return "nothing has all the words as they are; also looked for: " + strings.Join(as, ", ")
}
