package contrast

import (
	"hash/maphash"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// maxRead is how many bytes of an article are read: of a book it is the beginning.
const maxRead = 128 << 10

// Vocabulary numbers the words of texts, and their stems, from 1. Any number of goroutines
// may use one.
type Vocabulary struct {
	seed maphash.Seed

	mu     sync.Mutex
	ids    map[wordKey]uint32
	words  []string // by number
	stemOf []uint32 // by number of the word
	stems  []string
	byStem map[string]uint32
}

// wordKey tells the words of languages apart, which have stems of their own.
type wordKey struct{ word, stem string }

// NewVocabulary returns one without words.
func NewVocabulary() *Vocabulary {
	return &Vocabulary{
		seed: maphash.MakeSeed(), ids: make(map[wordKey]uint32), byStem: make(map[string]uint32),
		words: make([]string, 1), stemOf: make([]uint32, 1), stems: make([]string, 1),
	}
}

// number returns the number of a word.
func (v *Vocabulary) number(word, stem string) uint32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := wordKey{strings.Clone(word), strings.Clone(stem)}
	if id := v.ids[key]; id != 0 {
		return id
	}
	id, of := uint32(len(v.words)), v.byStem[stem]
	if of == 0 {
		of = uint32(len(v.stems))
		v.stems, v.byStem[key.stem] = append(v.stems, key.stem), of
	}
	v.words, v.stemOf, v.ids[key] = append(v.words, key.word), append(v.stemOf, of), id
	return id
}

// Text is an article as it is counted.
type Text struct{ paragraphs []paragraph }

// paragraph is a title or a paragraph of a body. Words are its words by number, with
// apart where a stop word stands or anything else that no phrase goes across.
type paragraph struct {
	digest uint64
	words  []uint32
}

// apart is no word.
const apart = 0

// Reader makes texts of articles. It serves one goroutine at a time.
type Reader struct {
	vocabulary *Vocabulary
	analyzer   func(language string) analysis.Analyzer
	tokenizers map[analysis.Analyzer]*tokenizer
	tokens     []text.Token
}

// tokenizer reads texts in one language.
type tokenizer struct {
	*text.Tokenizer
	known map[string]uint32 // words by number; apart for those that don't count
}

// NewReader returns a reader for texts of a vocabulary. analyzer says how texts in a
// language are analysed.
func NewReader(v *Vocabulary, analyzer func(language string) analysis.Analyzer) *Reader {
	return &Reader{vocabulary: v, analyzer: analyzer, tokenizers: make(map[analysis.Analyzer]*tokenizer)}
}

// Read returns the text of an article: its title, and its body up to 128 KiB.
func (r *Reader) Read(a *corpus.Article) Text {
	an := r.analyzer(a.Language)
	tk := r.tokenizers[an]
	if tk == nil {
		tk = &tokenizer{an.NewTokenizer(), make(map[string]uint32)}
		r.tokenizers[an] = tk
	}
	var t Text
	for p := range strings.SplitSeq(a.Title+"\n\n"+beginning(a.Body), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			t.paragraphs = append(t.paragraphs, r.paragraph(tk, p))
		}
	}
	return t
}

func beginning(body string) string {
	if len(body) <= maxRead {
		return body
	}
	n := maxRead
	for !utf8.RuneStart(body[n]) {
		n--
	}
	return body[:n]
}

func (r *Reader) paragraph(tk *tokenizer, s string) paragraph {
	r.tokens = tk.Tokens(r.tokens[:0], s)
	p := paragraph{digest: maphash.String(r.vocabulary.seed, s), words: make([]uint32, 0, len(r.tokens))}
	for i := range r.tokens {
		t := &r.tokens[i]
		id, ok := tk.known[t.Word]
		if !ok {
			if t.Stem != "" && strings.ContainsFunc(t.Word, unicode.IsLetter) && utf8.RuneCountInString(t.Word) > 1 {
				id = r.vocabulary.number(t.Word, t.Stem)
			}
			tk.known[strings.Clone(t.Word)] = id
		}
		if i > 0 && !touches(s[r.tokens[i-1].End:max(t.Start, r.tokens[i-1].End)]) {
			p.words = append(p.words, apart)
		}
		p.words = append(p.words, id)
	}
	return p
}

// touches reports whether what stands between two words leaves them one phrase: a blank, a
// hyphen, an ending of the genitive.
func touches(between string) bool {
	switch strings.TrimSpace(between) {
	case "", "-", "'s", "’s", "'", "’":
		return true
	}
	return false
}
