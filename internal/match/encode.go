package match

import (
	"slices"
	"sort"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// Encoded is an analysed article as token ids: what a [Doc] says, flat, for code
// that counts. The id of a token is that of its word in the vocabulary.
type Encoded struct {
	Vocabulary text.Vocabulary
	TokenIDs   []uint32 // of all runs, one after the other
	Runs       []EncodedRun
	Variants   EncodedVariants
	// Marks are in order of marks and then of tokens, and no two of one mark touch within
	// a run.
	Marks []TokenMark
	// Sentences and Paragraphs are the indexes in TokenIDs of the tokens with which
	// one starts in Body and Summary, in order, but for the first of runs, which start
	// both. What starts a paragraph starts a sentence.
	Sentences, Paragraphs []uint32

	StemTag   string             // of the stems of its language, see text.Language
	Values    map[Field][]string // as those of a Doc
	Published time.Time
	Added     time.Time // to the index
}

// EncodedVariants are variants of tokens, see [text.Variant], in the order of
// these: the ids of words in the vocabulary, and the indexes of their tokens in
// TokenIDs.
type EncodedVariants struct{ IDs, At []uint32 }

// EncodedRun is a run of tokens. The runs of a field are in order, and so
// are fields.
type EncodedRun struct {
	Field Field
	End   int // its last word's index in TokenIDs plus one
}

// Encoder makes [Encoded] articles. It serves one goroutine at a time.
type Encoder struct {
	analyzer func(language string) analysis.Analyzer
	// lexicons has one for each analyzer of the articles so far.
	lexicons map[analysis.Analyzer]*text.Lexicon
	lexicon  *text.Lexicon // of the article
	language analysis.Analyzer
	ids      []uint32 // scratch
	runs     []EncodedRun
	variants []text.TokenVariant
	starts   []uint32 // of tokens in their text
	cases    []Case   // of tokens, up to the last field that has them
	bounds   boundaries
	cutter   *analysis.Cutter // may be nil
	marker   marker
	base     int // where in the body the section starts that is encoded
}

// NewEncoder returns an Encoder. analyzer gives the analyzer of an article in
// a language, as [analysis.Of] does.
func NewEncoder(analyzer func(language string) analysis.Analyzer) *Encoder {
	return &Encoder{analyzer: analyzer, lexicons: make(map[analysis.Analyzer]*text.Lexicon)}
}

// UseCutter has articles cut into sentences by c, which others may have cut them with
// before.
func (e *Encoder) UseCutter(c *analysis.Cutter) { e.cutter = c }

// Encode encodes an article. The Doc of what it returns is what Analyze makes of
// the same article.
func (e *Encoder) Encode(in Input) *Encoded {
	e.lexicon = e.lexiconFor(in.Lang)
	e.ids, e.runs, e.variants, e.starts = e.ids[:0], e.runs[:0], e.variants[:0], e.starts[:0]
	e.cases, e.base = e.cases[:0], 0
	e.bounds.sentences, e.bounds.paragraphs = e.bounds.sentences[:0], e.bounds.paragraphs[:0]
	e.texts(Title, in.Title)
	e.texts(Heading, in.Headings...)
	for i, s := range in.Body {
		e.section(s, in.foreignIn(i))
	}
	e.texts(Summary, in.Summary)
	e.texts(Note, in.Notes...)
	e.texts(Author, in.Authors...)
	e.texts(Source, in.Source)
	e.texts(Place, in.Places...)
	e.texts(Person, in.People...)
	e.texts(Org, in.Orgs...)
	e.texts(Path, in.Path)
	e.texts(URL, in.URL)
	d := &Encoded{
		Vocabulary: e.lexicon.Vocabulary(),
		TokenIDs:   append(make([]uint32, 0, len(e.ids)), e.ids...),
		Runs:       append(make([]EncodedRun, 0, len(e.runs)), e.runs...),
		Variants:   e.encodedVariants(),
		StemTag:    e.language.StemTag(),
		Values:     in.values(),
		Published:  in.Published,
		Added:      in.Added,
	}
	d.Marks = e.marker.marks(in.Marked, d, e.starts, e.cases)
	both := append(append(make([]uint32, 0, len(e.bounds.sentences)+len(e.bounds.paragraphs)), e.bounds.sentences...), e.bounds.paragraphs...)
	d.Sentences, d.Paragraphs = both[:len(e.bounds.sentences):len(e.bounds.sentences)], both[len(e.bounds.sentences):]
	return d
}

func (e *Encoder) encodedVariants() (v EncodedVariants) {
	if len(e.variants) == 0 {
		return v
	}
	both := make([]uint32, 2*len(e.variants))
	v.IDs, v.At = both[:len(e.variants):len(e.variants)], both[len(e.variants):]
	for i, w := range e.variants {
		v.IDs[i], v.At[i] = w.ID, uint32(w.At)
	}
	return v
}

// lexiconFor returns a lexicon that has room, for an article in a language.
func (e *Encoder) lexiconFor(language string) *text.Lexicon {
	a := e.analyzer(language)
	e.language = a
	l := e.lexicons[a]
	if l == nil || l.Full() {
		l = a.NewLexicon()
		e.lexicons[a] = l
	}
	return l
}

// section adds the run of a section of the body.
func (e *Encoder) section(s string, foreign []ForeignPart) {
	before, from := len(e.ids), 0
	for _, part := range foreign {
		e.append(s[from:part.Start], from)
		start := len(e.ids)
		e.append(s[part.Start:part.End], part.Start)
		if b := part.Analyzer; b != e.language {
			e.variants = e.lexicon.AddStemsOf(e.variants, b, e.ids, start)
		}
		from = part.End
	}
	e.append(s[from:], from)
	e.endRun(Body, s, before)
	for i := range e.starts[before:] {
		e.starts[before+i] += uint32(e.base)
	}
	e.base += len(s)
}

// append adds the tokens of a part of a text that starts at an offset of it.
func (e *Encoder) append(s string, offset int) {
	first := len(e.starts)
	e.ids, e.variants, e.starts = e.lexicon.AppendStarts(e.ids, e.variants, e.starts, s)
	if offset > 0 {
		for i := range e.starts[first:] {
			e.starts[first+i] += uint32(offset)
		}
	}
}

// endRun adds the run of a text whose tokens were added from one on, if there are any.
func (e *Encoder) endRun(f Field, s string, first int) {
	if len(e.ids) == first {
		return
	}
	e.runs = append(e.runs, EncodedRun{f, len(e.ids)})
	if f.hasCase() {
		e.cases = appendCases(e.cases, s, e.starts[first:])
	}
	if f.hasSentences() {
		e.bounds.add(e.cutter.Sentences(e.language, s), s, e.starts[first:], first)
	}
}

// texts adds a run for each string that holds words.
func (e *Encoder) texts(f Field, texts ...string) {
	for _, s := range texts {
		before, variants := len(e.ids), len(e.variants)
		e.append(s, 0)
		e.endRun(f, s, before)
		if !f.varies() {
			e.variants = e.variants[:variants]
		}
	}
}

// values returns the whole values of an article.
func (in *Input) values() map[Field][]string {
	values := make(map[Field][]string, 3)
	// What is not known is no value.
	add := func(f Field, v string) {
		if v != "" {
			values[f] = append(values[f], v)
		}
	}
	for _, topic := range in.Topics {
		add(Topic, query.TopicPath(topic))
	}
	add(Lang, LangTag(in.Lang))
	add(ID, in.ID)
	for _, v := range in.Rights {
		add(Rights, v)
	}
	for _, tag := range in.MyTags {
		add(MyTag, query.TagPath(tag))
	}
	return values
}

// Doc returns the article in the form that plans are evaluated over.
func (d *Encoded) Doc() *Doc {
	doc := &Doc{Texts: make(map[Field][]Run), Values: d.Values, StemTag: d.StemTag, Published: d.Published, Added: d.Added}
	tokens := make(Run, len(d.TokenIDs))
	for i, w := range d.TokenIDs {
		tokens[i].Word = d.Vocabulary.Words[w]
		if s := d.Vocabulary.StemOf[w]; s > 0 {
			tokens[i].Stem = d.Vocabulary.Stems[s-1]
		}
	}
	for i, w := range d.Variants.IDs {
		t := &tokens[d.Variants.At[i]]
		t.Variants = append(t.Variants, d.Vocabulary.Stems[d.Vocabulary.StemOf[w]-1])
		slices.Sort(t.Variants)
	}
	addMarks(tokens, d.Marks)
	for _, i := range d.Sentences {
		tokens[i].Starts |= StartsSentence
	}
	for _, i := range d.Paragraphs {
		tokens[i].Starts |= StartsParagraph
	}
	start := 0
	for _, r := range d.Runs {
		doc.Texts[r.Field] = append(doc.Texts[r.Field], tokens[start:r.End:r.End])
		start = r.End
	}
	return doc
}

// Field returns the runs of a field, whose ends count from the first of
// TokenIDs; start is where the field's words start.
func (d *Encoded) Field(f Field) (runs []EncodedRun, start int) {
	first := 0
	for first < len(d.Runs) && d.Runs[first].Field != f {
		first++
	}
	last := first
	for last < len(d.Runs) && d.Runs[last].Field == f {
		last++
	}
	if first > 0 {
		start = d.Runs[first-1].End
	}
	return d.Runs[first:last], start
}

// Between returns the variants of the tokens from index first up to end.
func (v *EncodedVariants) Between(first, end int) EncodedVariants {
	i := sort.Search(len(v.At), func(i int) bool { return int(v.At[i]) >= first })
	j := i + sort.Search(len(v.At)-i, func(j int) bool { return int(v.At[i+j]) >= end })
	return EncodedVariants{v.IDs[i:j:j], v.At[i:j:j]}
}
