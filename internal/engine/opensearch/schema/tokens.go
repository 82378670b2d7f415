package schema

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/match"
)

// AppendTokens appends the words of an article in their order, from which [DecodeTokens]
// makes what plans are evaluated over. It is
//
//	the form, a byte: tokensForm
//	the time of publication, and that of being added: a string as JSON has it each, empty
//	    without
//	the whole values: how many, and of each the field and the value
//	the distinct words: how many, and of each the word; 0 for no stem, else 1 and how
//	    many bytes of the word its stem begins with; the rest of the stem
//	the runs: how many, and of each the field and the number of words
//	the words by number
//	the variants: how many, and of each how many tokens after the last one it stands,
//	    and the word's number
//	the marks: how many, and of each the mark, its first token, and how many have it
//	the tokens with which sentences start, and those with which paragraphs do: how many,
//	    and of each how many tokens after the last one it stands
//
// in which numbers are uvarints, and strings have their length before them.
func AppendTokens(b []byte, d *match.Encoded) []byte {
	b = append(b, tokensForm)
	b = appendTime(appendTime(b, d.Published), d.Added)
	b = appendValues(b, d.Values)
	numbers, words := numberWords(d)
	b = binary.AppendUvarint(b, uint64(len(words)))
	for _, w := range words {
		b = appendString(b, d.Vocabulary.Words[w])
		s := d.Vocabulary.StemOf[w]
		if s == 0 {
			b = append(b, 0)
			continue
		}
		common := commonPrefix(d.Vocabulary.Words[w], d.Vocabulary.Stems[s-1])
		b = binary.AppendUvarint(b, uint64(1+common))
		b = appendString(b, d.Vocabulary.Stems[s-1][common:])
	}
	b = binary.AppendUvarint(b, uint64(len(d.Runs)))
	start := 0
	for _, r := range d.Runs {
		b = binary.AppendUvarint(append(b, byte(r.Field)), uint64(r.End-start))
		start = r.End
	}
	for _, w := range d.TokenIDs {
		b = binary.AppendUvarint(b, uint64(numbers[w]))
	}
	b = binary.AppendUvarint(b, uint64(len(d.Variants.IDs)))
	last := uint32(0)
	for i, w := range d.Variants.IDs {
		b = binary.AppendUvarint(b, uint64(d.Variants.At[i]-last))
		b = binary.AppendUvarint(b, uint64(numbers[w]))
		last = d.Variants.At[i]
	}
	b = binary.AppendUvarint(b, uint64(len(d.Marks)))
	for _, m := range d.Marks {
		b = binary.AppendUvarint(appendString(b, m.Mark), uint64(m.First))
		b = binary.AppendUvarint(b, uint64(m.End-m.First))
	}
	return appendStarts(appendStarts(b, d.Sentences), d.Paragraphs)
}

func appendStarts(b []byte, starts []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(starts)))
	last := uint32(0)
	for _, i := range starts {
		b = binary.AppendUvarint(b, uint64(i-last))
		last = i
	}
	return b
}

// tokensForm begins what AppendTokens appends.
const tokensForm = 4

// numberWords numbers the distinct words of an article by where they occur first.
func numberWords(d *match.Encoded) (numbers map[uint32]int, words []uint32) {
	numbers = make(map[uint32]int, len(d.TokenIDs)/2)
	for _, ids := range [...][]uint32{d.TokenIDs, d.Variants.IDs} {
		for _, w := range ids {
			if _, ok := numbers[w]; !ok {
				numbers[w] = len(words)
				words = append(words, w)
			}
		}
	}
	return numbers, words
}

func appendValues(b []byte, values map[match.Field][]string) []byte {
	n := 0
	for _, v := range values {
		n += len(v)
	}
	b = binary.AppendUvarint(b, uint64(n))
	for f := match.Topic; f <= match.TopicBy; f++ { // the fields of whole values
		for _, v := range values[f] {
			b = appendString(append(b, byte(f)), v)
		}
	}
	return b
}

func appendTime(b []byte, t time.Time) []byte {
	at := ""
	if !t.IsZero() {
		if text, err := t.MarshalText(); err == nil { // see CheckDoc
			at = string(text)
		}
	}
	return appendString(b, at)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

var errTokens = errors.New("the words of an article are cut short or of no known form")

// DecodeTokens reads what AppendTokens made.
func DecodeTokens(b []byte) (*match.Doc, error) {
	if len(b) == 0 || b[0] != tokensForm {
		return nil, errTokens
	}
	d := tokenDecoder{b: string(b[1:])}
	doc := &match.Doc{Texts: make(map[match.Field][]match.Run), Values: make(map[match.Field][]string)}
	for _, t := range [...]*time.Time{&doc.Published, &doc.Added} {
		if at := d.string(); at != "" && t.UnmarshalText([]byte(at)) != nil {
			return nil, errTokens
		}
	}
	for range d.length() {
		f := d.field()
		doc.Values[f] = append(doc.Values[f], d.string())
	}
	words := d.words()
	tokens := d.runs(doc)
	for i := range tokens {
		if n := d.count(); n < len(words) && !d.failed {
			tokens[i] = words[n]
		} else {
			return nil, errTokens
		}
	}
	d.variants(tokens, words)
	d.marks(tokens)
	d.starts(tokens, match.StartsSentence)
	d.starts(tokens, match.StartsParagraph)
	if d.failed || d.b != "" {
		return nil, errTokens
	}
	return doc, nil
}

// tokenDecoder reads values one after the other. After one that cannot be read, failed
// is true, and what it returns means nothing.
type tokenDecoder struct {
	b      string // what is left
	failed bool
}

// count reads a number.
func (d *tokenDecoder) count() int {
	n := uint64(0)
	for i := 0; i < len(d.b) && i < binary.MaxVarintLen32; i++ {
		c := d.b[i]
		n |= uint64(c&0x7F) << (7 * i)
		if c < 0x80 {
			if d.b = d.b[i+1:]; n > math.MaxInt32 {
				break
			}
			return int(n)
		}
	}
	d.b, d.failed = "", true
	return 0
}

// length reads a number of things that take a byte each at least.
func (d *tokenDecoder) length() int {
	n := d.count()
	if n > len(d.b) {
		d.b, d.failed = "", true
		return 0
	}
	return n
}

func (d *tokenDecoder) string() string {
	n := d.length()
	s := d.b[:n]
	d.b = d.b[n:]
	return s
}

func (d *tokenDecoder) field() match.Field {
	if d.b == "" {
		d.failed = true
		return 0
	}
	f := match.Field(d.b[0])
	d.b = d.b[1:]
	return f
}

// words reads the distinct words, as tokens without variants.
func (d *tokenDecoder) words() []match.Token {
	words := make([]match.Token, d.length())
	for i := range words {
		w := d.string()
		words[i].Word = w
		common := d.count()
		if common == 0 {
			continue
		}
		rest := d.string()
		if common--; common > len(w) {
			d.failed = true
			return nil
		}
		if words[i].Stem = w[:common]; rest != "" {
			words[i].Stem += rest
		}
	}
	return words
}

// runs reads the runs, and gives doc those of their tokens, which are returned.
func (d *tokenDecoder) runs(doc *match.Doc) []match.Token {
	type run struct {
		field match.Field
		words int
	}
	runs := make([]run, d.length())
	total := 0
	for i := range runs {
		runs[i].field = d.field()
		runs[i].words = d.count()
		total += runs[i].words
	}
	if total > len(d.b) {
		d.failed = true
		return nil
	}
	tokens := make([]match.Token, total)
	start := 0
	for _, r := range runs {
		end := start + r.words
		doc.Texts[r.field] = append(doc.Texts[r.field], tokens[start:end:end])
		start = end
	}
	return tokens
}

// variants reads the variants, and gives them to their tokens.
func (d *tokenDecoder) variants(tokens, words []match.Token) {
	at := 0
	for range d.length() {
		at += d.count()
		n := d.count()
		if d.failed || at >= len(tokens) || n >= len(words) {
			d.failed = true
			return
		}
		t := &tokens[at]
		t.Variants = append(slices.Clip(t.Variants), words[n].Stem)
		slices.Sort(t.Variants)
	}
}

// marks reads the marks, and gives them to their tokens.
func (d *tokenDecoder) marks(tokens []match.Token) {
	for range d.length() {
		mark, first, n := d.string(), d.count(), d.count()
		if d.failed || first > len(tokens) || n > len(tokens)-first {
			d.failed = true
			return
		}
		for i := first; i < first+n; i++ {
			tokens[i].Marks = append(tokens[i].Marks, mark)
		}
	}
}

// starts reads the tokens with which something starts, and tells them so.
func (d *tokenDecoder) starts(tokens []match.Token, what match.Start) {
	at := 0
	for range d.length() {
		if at += d.count(); d.failed || at >= len(tokens) {
			d.failed = true
			return
		}
		tokens[at].Starts |= what
	}
}
