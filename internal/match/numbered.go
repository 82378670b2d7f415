package match

import (
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// Numbered is an analysed article in numbers: what a [Doc] says, flat, for
// code that counts. A token is the number of its word in a vocabulary.
type Numbered struct {
	Vocabulary text.Vocabulary
	Words      []uint32 // of all runs, one after the other
	Runs       []NumberedRun
	Values     map[Field][]string // as those of a Doc
	Published  time.Time
}

// NumberedRun is a run of tokens. The runs of a field are in order, and so
// are fields.
type NumberedRun struct {
	Field Field
	End   int // its last word's index in Words plus one
}

// Numberer makes [Numbered] articles. It serves one goroutine at a time.
type Numberer struct {
	analyzer func(language string) analysis.Analyzer
	// lexicons has one for each analyzer of the articles so far.
	lexicons map[analysis.Analyzer]*text.Lexicon
	lexicon  *text.Lexicon // of the article
	words    []uint32      // scratch
	runs     []NumberedRun
}

// NewNumberer returns a Numberer. analyzer gives the analyzer of an article in
// a language, as [analysis.Of] does.
func NewNumberer(analyzer func(language string) analysis.Analyzer) *Numberer {
	return &Numberer{analyzer: analyzer, lexicons: make(map[analysis.Analyzer]*text.Lexicon)}
}

// Number makes the Numbered of an article; its Doc is what Analyze says.
func (n *Numberer) Number(in Input) *Numbered {
	n.lexicon = n.lexiconFor(in.Lang)
	n.words, n.runs = n.words[:0], n.runs[:0]
	n.texts(Title, in.Title)
	n.texts(Heading, in.Headings...)
	n.texts(Body, in.Body...)
	n.texts(Summary, in.Summary)
	n.texts(Author, in.Authors...)
	n.texts(Source, in.Source)
	n.texts(Place, in.Places...)
	n.texts(Person, in.People...)
	n.texts(Org, in.Orgs...)
	n.texts(Path, in.Path)
	n.texts(URL, in.URL)
	d := &Numbered{
		Vocabulary: n.lexicon.Vocabulary(),
		Words:      append(make([]uint32, 0, len(n.words)), n.words...),
		Runs:       append(make([]NumberedRun, 0, len(n.runs)), n.runs...),
		Values:     in.values(),
		Published:  in.Published,
	}
	return d
}

// lexiconFor returns a lexicon that has room, for an article in a language.
func (n *Numberer) lexiconFor(language string) *text.Lexicon {
	a := n.analyzer(language)
	l := n.lexicons[a]
	if l == nil || l.Full() {
		l = a.NewLexicon()
		n.lexicons[a] = l
	}
	return l
}

// texts adds a run for each string that holds words.
func (n *Numberer) texts(f Field, texts ...string) {
	for _, s := range texts {
		before := len(n.words)
		if n.words = n.lexicon.Append(n.words, s); len(n.words) > before {
			n.runs = append(n.runs, NumberedRun{f, len(n.words)})
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
	return values
}

// Doc returns the article in the form that plans are evaluated over.
func (n *Numbered) Doc() *Doc {
	d := &Doc{Texts: make(map[Field][]Run), Values: n.Values, Published: n.Published}
	tokens := make(Run, len(n.Words))
	for i, w := range n.Words {
		tokens[i].Word = n.Vocabulary.Words[w]
		if s := n.Vocabulary.StemOf[w]; s > 0 {
			tokens[i].Stem = n.Vocabulary.Stems[s-1]
		}
	}
	start := 0
	for _, r := range n.Runs {
		d.Texts[r.Field] = append(d.Texts[r.Field], tokens[start:r.End:r.End])
		start = r.End
	}
	return d
}

// Field returns the words of a field, and its runs, whose ends count from the
// first of Words; start is where the field's words start.
func (n *Numbered) Field(f Field) (runs []NumberedRun, start int) {
	first := 0
	for first < len(n.Runs) && n.Runs[first].Field != f {
		first++
	}
	last := first
	for last < len(n.Runs) && n.Runs[last].Field == f {
		last++
	}
	if first > 0 {
		start = n.Runs[first-1].End
	}
	return n.Runs[first:last], start
}
