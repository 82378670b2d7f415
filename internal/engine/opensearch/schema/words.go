package schema

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// Words notes which words of the text fields a writer has sent, so that it sends each
// about once. It serves one goroutine at a time.
type Words struct {
	known [match.URL + 1]map[string]struct{}
	size  int
	// seen are the ids, by lexicon and field, of words that are known: most words of
	// an article are, and an id is found sooner than a word.
	seen map[*text.LexiconID]*[match.URL + 1]bits

	fresh [match.URL + 1][]string // those not sent yet
}

const (
	// maxKnown is the number of words at which all are forgotten, and sent again.
	maxKnown = 1 << 19
	// maxLexicons is the number of lexicons at which the ids are forgotten.
	maxLexicons = 16
	// maxWords is about the number of words in a document of words.
	maxWords = 5000
)

// bits is a set of small numbers.
type bits []uint64

// add adds n, and reports whether it was not there.
func (b *bits) add(n uint32) bool {
	i, bit := int(n/64), uint64(1)<<(n%64)
	if i >= len(*b) {
		*b = append(*b, make([]uint64, i+1-len(*b))...)
	}
	was := (*b)[i]&bit != 0
	(*b)[i] |= bit
	return !was
}

// Add notes the words of an article. Those that are new are sent with Documents.
func (w *Words) Add(d *match.Encoded) {
	if w.seen == nil || w.size > maxKnown || len(w.seen) > maxLexicons {
		w.Forget()
	}
	seen := w.seen[d.Vocabulary.Lexicon]
	if seen == nil {
		seen = new([match.URL + 1]bits)
		w.seen[d.Vocabulary.Lexicon] = seen
	}
	start := 0
	for _, r := range d.Runs {
		for _, id := range d.TokenIDs[start:r.End] {
			if seen[r.Field].add(id) {
				w.add(r.Field, d.Vocabulary.Words[id])
			}
		}
		start = r.End
	}
}

func (w *Words) add(f match.Field, word string) {
	known := w.known[f]
	if known == nil {
		known = make(map[string]struct{})
		w.known[f] = known
	}
	if _, ok := known[word]; ok {
		return
	}
	word = strings.Clone(word) // it may be a piece of a text
	known[word] = struct{}{}
	w.size++
	w.fresh[f] = append(w.fresh[f], word)
}

// AddDoc is Add for an article whose words were read back.
func (w *Words) AddDoc(d *match.Doc) {
	if w.size > maxKnown {
		w.Forget()
	}
	for f, runs := range d.Texts {
		for _, r := range runs {
			for i := range r {
				w.add(f, r[i].Word)
			}
		}
	}
}

// Forget forgets what was sent, so that all words are sent again.
func (w *Words) Forget() {
	clear(w.known[:])
	w.size = 0
	w.seen = make(map[*text.LexiconID]*[match.URL + 1]bits)
}

// Documents returns the JSON of documents with the new words, which are sent then.
func (w *Words) Documents() [][]byte {
	var list [][]byte
	b, n := []byte(nil), 0
	for f, words := range w.fresh {
		for part := range slices.Chunk(words, maxWords) {
			if b == nil {
				b = []byte(`{"kind":"words"`)
			}
			b = appendWords(b, match.Field(f), part)
			if n += len(part); n >= maxWords {
				list = append(list, append(b, '}'))
				b, n = nil, 0
			}
		}
		w.fresh[f] = words[:0]
	}
	if b != nil {
		list = append(list, append(b, '}'))
	}
	return list
}

func appendWords(b []byte, f match.Field, words []string) []byte {
	b = append(append(append(b, `,"`...), VocabularyField(f)...), `":`...)
	before := byte('[')
	for _, word := range words {
		b = engine.AppendString(append(b, before), word)
		before = ','
	}
	return append(b, ']')
}
