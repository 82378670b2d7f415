package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// State says what became of an article of a folder of evidence in an index.
type State string

// The states of an article.
const (
	Unchanged State = "unchanged"
	Updated   State = "updated"   // the index has another version of it
	Removed   State = "removed"   // the index has it no more
	TakenBack State = "withdrawn" // its sender took it back
	Replaced  State = "replaced"  // another article took its place
	Embargoed State = "embargoed" // it may not be shown now
)

// Difference is an article that is not in the index as it is in the evidence.
type Difference struct {
	Rank  int
	ID    string
	Title string
	State State
	// What says more: what of an article was updated, by which it was replaced.
	What string
	// Standing is how many of its Passages still stand in the article, wherever in it;
	// for one that was updated.
	Passages, Standing int
}

// Comparison is what became of the articles of a folder.
type Comparison struct {
	Articles    int // that were looked for
	Unchanged   int
	Differences []Difference
}

// Compare looks in an index for each article of a folder of evidence. What the folder
// says is taken as it is: [Verify] tells whether it was changed. Topics that are
// derived, and where an article stands in its corpus, are not compared.
func Compare(ctx context.Context, dir string, ix *index.Index) (*Comparison, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	c := &Comparison{}
	err = eachHit(root, func(_ int, h *EvidenceHit, err error) error {
		if err != nil {
			return nil // which Verify tells
		}
		c.Articles++
		d, err := compare(ctx, ix, h)
		switch {
		case err != nil:
			return err
		case d.State == Unchanged:
			c.Unchanged++
		default:
			c.Differences = append(c.Differences, d)
		}
		return nil
	})
	return c, err
}

func compare(ctx context.Context, ix *index.Index, h *EvidenceHit) (Difference, error) {
	d := Difference{Rank: h.Rank, ID: h.ID, Title: h.Title, State: Unchanged, Passages: len(h.Passages)}
	now, err := ix.Get(ctx, h.ID)
	var (
		embargoed *index.EmbargoedError
		withdrawn *index.WithdrawnError
		replaced  *index.ReplacedError
		ambiguous *index.AmbiguousError
	)
	switch {
	case errors.As(err, &embargoed):
		d.State, d.What = Embargoed, err.Error()
		return d, nil
	case errors.As(err, &withdrawn):
		d.State, d.What = TakenBack, err.Error()
		return d, nil
	case errors.As(err, &replaced):
		d.State, d.What = Replaced, "by "+replaced.By
		return d, nil
	case errors.Is(err, index.ErrNotFound), errors.As(err, &ambiguous), err == nil && now.ID != h.ID:
		d.State = Removed // an id that begins as this one does is another article's
		return d, nil
	case err != nil:
		return d, err
	}
	sum, err := articleSum(&now)
	if err != nil || sum == h.SHA256 {
		return d, err
	}
	d.State = Updated
	d.What = "not its text"
	if textSum(now.Body) != h.TextSHA256 {
		d.What = "its text"
	}
	for i := range h.Passages {
		if stands(&h.Passages[i], &now) {
			d.Standing++
		}
	}
	if now.Title != h.Title {
		d.What += fmt.Sprintf("; its title is now %q", now.Title)
	}
	return d, nil
}

// stands reports whether a passage is anywhere in an article.
func stands(p *EvidencePassage, a *corpus.Article) bool {
	in := a.Body
	if p.Field == index.FieldSummary {
		in = a.Summary
	}
	return strings.Contains(in, p.Text)
}
