package claim

import (
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/text"
)

// Finder finds the claims of one article after the other. It keeps memory from article to
// article, and serves one goroutine at a time.
type Finder struct {
	grammar *grammar
	words   []word
}

// grammarOf is the grammar of the tables, which is made when it is first needed.
var grammarOf = sync.OnceValue(compile)

// NewFinder returns a Finder.
func NewFinder() *Finder { return &Finder{grammar: grammarOf()} }

// Find appends the claims of a text in English to dst, in order of their starts and then of
// kinds. Sentences are those of the text, and base is where it starts in the body.
func (f *Finder) Find(dst []corpus.Claim, s string, sentences []text.Span, base int) []corpus.Claim {
	for _, span := range sentences {
		kinds := f.kinds(s[span.Start:span.End])
		for n, kind := range Kinds {
			if kinds&(1<<n) != 0 {
				dst = append(dst, corpus.Claim{Kind: kind, Start: base + span.Start, End: base + span.End})
			}
		}
	}
	return dst
}

// minWords is how many words a claim has at least: shorter ones are headings and scraps.
const minWords = 4

// kinds returns the kinds of a sentence, as bits by their places in Kinds.
func (f *Finder) kinds(sentence string) (kinds kindSet) {
	f.words = scan(f.words[:0], sentence, f.grammar.known)
	if len(f.words) < minWords {
		return 0
	}
	g := f.grammar
	for at, w := range f.words {
		if int(w.id) >= len(g.byWord) || w.id == 0 {
			continue
		}
		var excepted kindSet
		for i := range g.byWord[w.id] {
			r := &g.byWord[w.id][i]
			bit := kindSet(1) << r.kind
			if kinds&bit != 0 && !r.except || excepted&bit != 0 || !g.matches(&r.pattern, f.words, at) {
				continue
			}
			if r.kind == noKind {
				return 0
			}
			if r.except {
				excepted |= bit
			} else {
				kinds |= bit
			}
		}
	}
	if kinds == 0 || !isStatement(sentence) || isHeadline(f.words) {
		return 0
	}
	return kinds
}

// isStatement reports whether a sentence ends as statements do: a question claims nothing,
// and what ends without a stop is a heading, a link or a caption.
func isStatement(sentence string) bool {
	body := strings.TrimRight(sentence, "\"'”’»)] ")
	if body == "" {
		return false
	}
	switch body[len(body)-1] {
	case '?', ':':
		return false
	case '.', '!', ';':
		return true
	}
	return strings.HasSuffix(body, "…") || len(body) < len(sentence)
}

// isHeadline reports whether most words begin with a capital, as those of headlines do.
func isHeadline(words []word) bool {
	capitals := 0
	for _, w := range words {
		if w.shape&capital != 0 {
			capitals++
		}
	}
	return capitals*10 >= len(words)*7
}
