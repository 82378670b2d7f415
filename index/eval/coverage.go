package eval

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/newsq/newsq/index"
)

// Unasked returns the ids of judged queries that are not among queries. [Evaluate]
// counts them as 0.
func Unasked(qrels Qrels, queries []Query) []string {
	asked := make(map[string]bool, len(queries))
	for _, q := range queries {
		asked[q.ID] = true
	}
	var ids []string
	for id := range qrels {
		if !asked[id] {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, byNumber)
	return ids
}

// maxAbsent is how many articles Absent looks up. They show whether judgments
// belong to an index; each may be a request to a server.
const maxAbsent = 200

// Absent returns ids of articles that are relevant and are not in the index, nor
// in the run: most likely the judgments are of other articles, or of others too.
// It looks at the first 200 that the run lacks.
func Absent(ctx context.Context, ix *index.Index, qrels Qrels, r Run) ([]string, error) {
	var absent []string
	for _, id := range unfound(qrels, r) {
		a, err := ix.Get(ctx, id)
		switch {
		case notThere(err), err == nil && a.ID != id:
			absent = append(absent, id)
		case err != nil:
			return nil, err
		}
	}
	return absent, nil
}

// notThere reports whether an error of Get says that there is no article of the id
// that searches could find.
func notThere(err error) bool {
	var (
		ambiguous *index.AmbiguousError // of longer ids that begin so
		embargoed *index.EmbargoedError
		withdrawn *index.WithdrawnError
		replaced  *index.ReplacedError
	)
	return errors.Is(err, index.ErrNotFound) || errors.As(err, &ambiguous) || errors.As(err, &embargoed) ||
		errors.As(err, &withdrawn) || errors.As(err, &replaced)
}

// unfound returns the first articles that are relevant to some query and stand in
// no ranking.
func unfound(qrels Qrels, r Run) []string {
	found := make(map[string]bool)
	for _, entries := range r {
		for _, e := range entries {
			found[e.ID] = true
		}
	}
	var ids []string
	for _, grades := range qrels {
		for id, grade := range grades {
			if grade > 0 && !found[id] {
				found[id] = true
				ids = append(ids, id)
			}
		}
	}
	slices.SortFunc(ids, cmp.Compare[string])
	return ids[:min(len(ids), maxAbsent)]
}
