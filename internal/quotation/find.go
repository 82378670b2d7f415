package quotation

import (
	"math"

	"github.com/newsq/newsq/corpus"
)

// Finder finds quotations in one article after the other. It keeps memory from article
// to article, and serves one goroutine at a time.
type Finder struct {
	model    *model
	page     page
	cast     cast
	spans    []span
	kept     []span
	features features
	list     []candidate
}

// NewFinder returns a Finder with the weights of the program.
func NewFinder() *Finder { return &Finder{model: learned()} }

const (
	// enoughQuoted is the score from which quoted text is a quotation: as likely as not.
	enoughQuoted = 0
	// enoughSpeaker is the probability from which a speaker is named. Kept-aside articles
	// have the share of right ones that is promised at it.
	enoughSpeaker = .5
)

// Find returns the quotations of an article, in the order of its body, whose language is
// English or not known. Entities are those of the article; there may be none.
func (f *Finder) Find(body string, entities []corpus.Entity) []corpus.Quotation {
	if !f.read(body) {
		return nil
	}
	f.cast.read(&f.page, entities)
	found := make([]corpus.Quotation, 0, len(f.kept))
	h := newHistory(len(f.cast.chains))
	for n, s := range f.kept {
		best, sure := f.speaker(n, h)
		h.note(&f.cast, best, n)
		q := corpus.Quotation{Text: body[s.start:s.end], Start: s.start, End: s.end}
		if best >= 0 && sure {
			f.cast.name(&q, best, h.chain)
		}
		found = append(found, q)
	}
	return found
}

// read finds what is quoted in a body, and reads the page. It reports whether anything
// is.
func (f *Finder) read(body string) bool {
	f.spans = quoted(f.spans[:0], body)
	if len(f.spans) == 0 {
		return false
	}
	f.page.read(body, f.spans)
	f.kept = f.kept[:0]
	for n, s := range f.spans {
		f.features = f.page.quotedFeatures(f.features[:0], n)
		if f.model.quoted.score(f.features) > enoughQuoted {
			f.kept = append(f.kept, s)
		}
	}
	if len(f.kept) < len(f.spans) {
		f.page.mark(f.kept)
	}
	return len(f.kept) > 0
}

// speaker returns the mention that most likely is of who said quotation n, and whether
// that is likely enough to say so; -1 for nobody.
func (f *Finder) speaker(n int, h *history) (best int32, sure bool) {
	fr := f.cast.frame(n)
	f.list = f.cast.candidates(f.list[:0], &fr, h)
	i := chances(f.list, f.model.speaker)
	return f.list[i].mention, f.list[i].mention >= 0 && f.list[i].chance >= enoughSpeaker
}

// chances scores candidates, turns scores into probabilities, and returns the best.
func chances(list []candidate, w weights) int {
	best := 0
	for i := range list {
		list[i].score = float64(w.score(list[i].features))
		if list[i].score > list[best].score {
			best = i
		}
	}
	sum := 0.0
	for i := range list {
		list[i].chance = math.Exp(list[i].score - list[best].score)
		sum += list[i].chance
	}
	for i := range list {
		list[i].chance /= sum
	}
	return best
}

func newHistory(chains int) *history {
	return &history{mention: -1, chain: -1, counts: make([]int, chains)}
}

// note notes who said quotation n.
func (h *history) note(c *cast, mention int32, n int) {
	who := int32(-1)
	if mention >= 0 {
		who = c.who(mention, h)
	}
	h.mention, h.chain, h.last = mention, who, c.last[n]
	if mention < 0 {
		return
	}
	h.quotes++
	if who >= 0 {
		h.counts[h.chain]++
	}
}
