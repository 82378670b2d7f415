package schema

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// maxTerm bounds a value of a keyword field, in bytes; Lucene takes no longer term.
const maxTerm = 32_766

// Writer makes the JSON of documents. It keeps scratch space, and serves one goroutine
// at a time.
type Writer struct {
	b      []byte // the document
	tokens []byte // scratch of AppendTokens
	words  tokenWriter
	// freqs has the doubled frequency of each stem of the open document, and touched
	// those that are not 0.
	freqs   []uint32
	touched []uint32
}

// AppendArticle appends the JSON of an article's document, on one line.
func (w *Writer) AppendArticle(dst []byte, d *engine.Doc) ([]byte, error) {
	a := &d.Article
	if key := Key(a.ID); len(key) > maxTerm {
		return dst, fmt.Errorf("article %.40q...: its id is longer than OpenSearch takes, %d bytes", a.ID, maxTerm)
	}
	if key := Key(d.Entry); len(key) > maxTerm {
		return dst, fmt.Errorf("article %q: the key of its entry is longer than OpenSearch takes, %d bytes", a.ID, maxTerm)
	}
	w.b = append(dst, `{"kind":"article"`...)
	w.string(FieldID, Key(a.ID))
	if d.Entry != "" {
		w.string(FieldEntry, Key(d.Entry))
	}
	w.string(FieldVersion, d.Version)
	if d.Embargoed {
		w.number(FieldEmbargo, embargoEnd(d.EmbargoedUntil))
	}
	if !a.Published.IsZero() {
		w.number(FieldTime, Micros(a.Published))
		w.number(FieldMillis, a.Published.UnixMilli())
		w.member(FieldMidnight)
		w.b = strconv.AppendBool(w.b, match.IsDayAlone(a.Published))
	}
	if !a.Added.IsZero() {
		w.number(FieldAdded, Micros(a.Added))
	}
	w.number(FieldLength, int64(bm25f.Length(d.Text)))
	w.number(FieldTokenCount, int64(tokenCount(d.Text)))
	if runs, start := d.Text.Field(match.Body); len(runs) > 0 {
		w.number(FieldFirstRun, int64(runs[0].End-start))
	}
	w.facets(d)
	w.list(FieldStory, []string{d.Story}, "")
	w.shared(d.Keys)
	w.ranks(d.Text)
	w.texts(d.Text)
	w.tokens = AppendTokens(w.tokens[:0], d.Text)
	w.base64(FieldTokens, w.tokens)
	w.member(FieldArticle)
	var err error
	if w.b, err = engine.AppendJSON(w.b, a); err != nil {
		return w.b, fmt.Errorf("encode article %q: %w", a.ID, err)
	}
	return append(w.b, '}'), nil
}

// CheckDoc returns an error when the engine cannot keep an article.
func CheckDoc(d *engine.Doc) error {
	a := &d.Article
	for _, at := range [...]time.Time{a.Published, a.Updated, a.Added} {
		if _, err := at.MarshalJSON(); err != nil {
			return fmt.Errorf("encode article %q: %w", a.ID, err)
		}
	}
	return nil
}

// embargoEnd is what FieldEmbargo has of an embargo that ends at a time, or nobody
// knows when, for the zero time.
func embargoEnd(until time.Time) int64 {
	if until.IsZero() {
		return math.MaxInt64
	}
	return Micros(until)
}

// State is what the document of the generation keeps beside the number.
type State struct {
	Generation uint64 `json:"generation"`
	// Written says that something was written since that generation.
	Written bool `json:"written,omitempty"`
	// Time is when the generation was published, in microseconds.
	Time int64 `json:"time"`
}

// GenerationID is the id of the document of the generation.
const GenerationID = "g:"

// Generation returns the JSON of the document of a generation.
func Generation(s State) []byte {
	b := strconv.AppendUint([]byte(`{"kind":"generation","generation":`), s.Generation, 10)
	b = strconv.AppendUint(append(b, `,"state":{"generation":`...), s.Generation, 10)
	b = strconv.AppendInt(append(b, `,"time":`...), s.Time, 10)
	b = strconv.AppendBool(append(b, `,"written":`...), s.Written)
	return append(b, "}}"...)
}

// AppendRecord appends the JSON of the record of an entry.
func (w *Writer) AppendRecord(dst []byte, e engine.Entry) []byte {
	w.b = append(dst, `{"kind":"record"`...)
	w.string(FieldKey, Key(e.Key))
	w.string(FieldStamp, Key(e.Stamp))
	return append(w.b, '}')
}

// AppendNote appends the JSON of a note.
func (w *Writer) AppendNote(dst []byte, n *engine.Note) []byte {
	w.b = append(dst, `{"kind":"note"`...)
	w.string(FieldKey, Key(n.Key))
	if n.Entry != "" {
		w.string(FieldEntry, Key(n.Entry))
	}
	w.base64(FieldValue, n.Value)
	return append(w.b, '}')
}

// member appends the name of a member, which is plain.
func (w *Writer) member(name string) {
	w.b = append(append(append(w.b, `,"`...), name...), `":`...)
}

func (w *Writer) string(name, value string) {
	w.member(name)
	w.b = engine.AppendString(w.b, value)
}

func (w *Writer) number(name string, n int64) {
	w.member(name)
	w.b = strconv.AppendInt(w.b, n, 10)
}

func (w *Writer) base64(name string, value []byte) {
	w.member(name)
	w.b = append(base64.StdEncoding.AppendEncode(append(w.b, '"'), value), '"')
}

// facets appends the fields of whole values.
func (w *Writer) facets(d *engine.Doc) {
	a, values := &d.Article, d.Text.Values
	w.list(FieldTopic, values[match.Topic], "")
	w.list(FieldTopicUp, values[match.Topic], "/")
	w.list(FieldTopicBy, values[match.TopicBy], "")
	w.list(FieldLang, values[match.Lang], "")
	w.list(FieldLangUp, values[match.Lang], "-")
	w.list(FieldRights, values[match.Rights], "")
	w.list(FieldMyTag, values[match.MyTag], "")
	w.list(FieldMyTagUp, values[match.MyTag], "/")
	w.list(FieldSource, []string{a.Source}, "")
	w.list(FieldAuthor, a.Authors, "")
	w.list(FieldPlace, a.Names(corpus.Place), "")
	w.list(FieldPerson, a.Names(corpus.Person), "")
	w.list(FieldOrg, a.Names(corpus.Organization), "")
}

// shared appends the keys that copies of the article have some of.
func (w *Writer) shared(keys []uint32) {
	values := make([]string, len(keys))
	for i, k := range keys {
		values[i] = SharedKey(k)
	}
	w.list(FieldShared, values, "")
}

// list appends the values that are not empty, and with a separator also all that lie
// above them.
func (w *Writer) list(name string, values []string, separator string) {
	before := byte('[')
	add := func(v string) {
		if before == '[' {
			w.member(name)
		}
		w.b = engine.AppendString(append(w.b, before), cut(v))
		before = ','
	}
	for _, v := range values {
		if v == "" {
			continue
		}
		if separator != "" {
			for i := range len(v) {
				if strings.HasPrefix(v[i:], separator) && i > 0 {
					add(v[:i])
				}
			}
		}
		add(v)
	}
	if before == ',' {
		w.b = append(w.b, ']')
	}
}

// cut bounds a value to what is found of it. One that is cut ends in a mark, so that who
// sees it among counts sees that it goes on.
func cut(v string) string {
	const mark, replaced = "\u2026", len("\uFFFD") // what a byte that is no UTF-8 becomes
	if replaced*len(v) <= maxTerm {
		return v
	}
	size, end := 0, 0 // as Lucene keeps it; of v, up to which the mark has room
	for i, r := range v {
		n := replaced
		if r != utf8.RuneError {
			n = utf8.RuneLen(r)
		}
		if size+n > maxTerm {
			return v[:end] + mark
		}
		if size+len(mark) <= maxTerm {
			end = i
		}
		size += n
	}
	return v
}

// ranks appends the fields that rank: of each stem its doubled frequency.
func (w *Writer) ranks(d *match.Encoded) {
	w.count(d, match.Title, match.Heading, match.Body)
	w.freqField(FieldRank, &d.Vocabulary)
	w.count(d, match.Title)
	w.freqField(FieldRankTitle, &d.Vocabulary)
	w.count(d, match.Heading)
	w.freqField(FieldRankHeading, &d.Vocabulary)
}

// count counts the stems of some fields.
func (w *Writer) count(d *match.Encoded, fields ...match.Field) {
	if n := len(d.Vocabulary.Stems); n > len(w.freqs) {
		w.freqs = append(w.freqs, make([]uint32, n-len(w.freqs))...)
	}
	add := func(word, weight uint32) {
		stem := d.Vocabulary.StemOf[word]
		if stem == 0 {
			return
		}
		if w.freqs[stem-1] == 0 {
			w.touched = append(w.touched, stem-1)
		}
		w.freqs[stem-1] += weight
	}
	for _, f := range fields {
		first, end := span(d, f)
		for _, word := range d.TokenIDs[first:end] {
			add(word, uint32(bm25f.Weight(f)))
		}
		for _, word := range d.Variants.Between(first, end).IDs {
			add(word, uint32(bm25f.Weight(f)-bm25f.VariantDiscount))
		}
	}
}

// freqField appends what count has counted, and forgets it.
func (w *Writer) freqField(name string, v *text.Vocabulary) {
	if len(w.touched) == 0 {
		return
	}
	w.member(name)
	before := byte('"')
	for _, stem := range w.touched {
		w.b = appendWord(append(w.b, before), v.Stems[stem])
		w.b = strconv.AppendUint(append(w.b, '|'), uint64(w.freqs[stem]), 10)
		w.freqs[stem] = 0
		before = ' '
	}
	w.b = append(w.b, '"')
	w.touched = w.touched[:0]
}

// texts appends the fields of words with positions.
func (w *Writer) texts(d *match.Encoded) {
	w.words.start(d)
	start := 0
	for i, r := range d.Runs {
		if i == 0 || r.Field != d.Runs[i-1].Field {
			if i > 0 {
				w.b = append(w.b, ']')
			}
			w.member(WordField(r.Field))
			w.b = append(w.b, '[')
		} else {
			w.b = append(w.b, ',')
		}
		w.b = append(w.words.append(append(w.b, '"'), start, r.End), '"')
		start = r.End
	}
	if len(d.Runs) > 0 {
		w.b = append(w.b, ']')
	}
}

// tokenWriter writes the tokens of a document in their order.
type tokenWriter struct {
	doc     *match.Encoded
	variant int // the next one
	marks   tokenMarks
}

func (w *tokenWriter) start(d *match.Encoded) {
	w.doc, w.variant = d, 0
	w.marks.fill(d)
}

// append appends the tokens from first up to end, as the analyzers take them apart. A
// stem stands at a position once, or it would occur twice there.
func (w *tokenWriter) append(b []byte, first, end int) []byte {
	v, variants := &w.doc.Vocabulary, &w.doc.Variants
	for i := first; i < end; i++ {
		if i > first {
			b = append(b, ' ')
		}
		word := w.doc.TokenIDs[i]
		stem := v.StemOf[word]
		b = append(appendWord(b, v.Words[word]), '|')
		if stem > 0 {
			b = appendWord(b, v.Stems[stem-1])
		}
		from := w.variant
		for ; w.variant < len(variants.At) && int(variants.At[w.variant]) == i; w.variant++ {
			other := v.StemOf[variants.IDs[w.variant]]
			if other == 0 || other == stem || w.before(from, other) {
				continue
			}
			b = appendWord(append(b, '|'), v.Stems[other-1])
		}
		for _, mark := range w.marks.of(i) {
			b = appendWord(append(b, "|="...), mark)
		}
	}
	return b
}

// before reports whether one of the variants from an index up to the present one has a
// stem.
func (w *tokenWriter) before(from int, stem uint32) bool {
	for _, id := range w.doc.Variants.IDs[from:w.variant] {
		if w.doc.Vocabulary.StemOf[id] == stem {
			return true
		}
	}
	return false
}

// appendWord appends a word as a part of a JSON string. Words have letters, digits and
// a few signs: none that needs an escape in JSON.
func appendWord(b []byte, word string) []byte { return append(b, word...) }

// span returns the tokens of a field, from first up to end.
func span(d *match.Encoded, f match.Field) (first, end int) {
	runs, start := d.Field(f)
	if len(runs) == 0 {
		return 0, 0
	}
	return start, runs[len(runs)-1].End
}

// tokenCount returns the number of words in title, headings and body.
func tokenCount(d *match.Encoded) (n int) {
	for _, f := range [...]match.Field{match.Title, match.Heading, match.Body} {
		first, end := span(d, f)
		n += end - first
	}
	return n
}
