package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/neardup"
)

// StoryCopy is an article that tells the same story as another one, with the same words.
type StoryCopy struct {
	Article corpus.Article
	// Containment is the share, from 0 to 1, of the 3-word shingles of the shorter article
	// that the longer one has.
	Containment float64
	// Added are sentences that the other article has not, and Cut those that only it has,
	// each in the order in which they stand. Sentences that differ in nothing but case and
	// signs are the same.
	Added, Cut []string
}

// The bounds of Index.Copies.
const (
	// maxCopies is how many copies are listed.
	maxCopies = 2000
	// maxSentences is how many sentences of an article are compared.
	maxSentences = 5000
)

// Copies returns the article of an id, or of a unique prefix of one, and its copies, in the
// order of their dates, the earliest first; those without a date are last. There are at
// most 2,000. Articles under embargo are not among them. Its errors are those of Get.
func (ix *Index) Copies(ctx context.Context, id string) (of corpus.Article, copies []StoryCopy, err error) {
	if of, err = ix.Get(ctx, id); err != nil {
		return of, nil, err
	}
	_, err = ix.read(ctx, time.Now(), false, func(snap engine.Snapshot) error {
		copies = nil
		stored, err := snap.Stored(ctx, of.ID)
		if err != nil || len(stored) == 0 || stored[0].Story == "" {
			return err
		}
		ids, err := collectIDs(ctx, snap, []string{stored[0].Story})
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return id == of.ID })
		for page := range slices.Chunk(ids[:min(len(ids), maxCopies)], settledAtOnce) {
			articles, err := snap.Stored(ctx, page...)
			if err != nil {
				return err
			}
			for i := range articles {
				copies = append(copies, compareCopy(&of, &articles[i].Article))
			}
		}
		return nil
	})
	slices.SortFunc(copies, func(a, b StoryCopy) int {
		x, y := &a.Article, &b.Article
		if x.Published.IsZero() != y.Published.IsZero() {
			return cmp.Compare(y.Published.Unix(), x.Published.Unix()) // the zero time is the least
		}
		return cmp.Or(x.Published.Compare(y.Published), strings.Compare(x.ID, y.ID))
	})
	return of, copies, err
}

// compareCopy compares a copy with the article that it is listed for.
func compareCopy(of, a *corpus.Article) StoryCopy {
	var s neardup.Shingler
	c := StoryCopy{
		Article:     *a,
		Containment: neardup.Compare(s.Text(of.Title, copiedText(of)), s.Text(a.Title, copiedText(a)), 0).Containment,
	}
	before, after := sentencesOf(of), sentencesOf(a)
	c.Added, c.Cut = missingIn(before, after), missingIn(after, before)
	return c
}

// sentencesOf returns the sentences of an article's text.
func sentencesOf(a *corpus.Article) []string {
	body := neardup.WithoutAgency(copiedText(a))
	var list []string
	for _, span := range analyzerOf(a.Language).Sentences(body) {
		if s := strings.TrimSpace(body[span.Start:span.End]); s != "" {
			list = append(list, strings.Join(strings.Fields(s), " "))
		}
		if len(list) == maxSentences {
			break
		}
	}
	return list
}

// missingIn returns the sentences of b that a has not, or not as often.
func missingIn(a, b []string) []string {
	there := make(map[string]int, len(a))
	for _, s := range a {
		there[wordsAlone(s)]++
	}
	var missing []string
	for _, s := range b {
		if key := wordsAlone(s); there[key] > 0 {
			there[key]--
		} else if key != "" {
			missing = append(missing, s)
		}
	}
	return missing
}

// wordsAlone returns a sentence without case and signs.
func wordsAlone(s string) string {
	return strings.Join(neardup.Words(s), " ")
}
