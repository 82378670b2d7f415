// Package tagger finds the names of people, organisations and places in an article in
// English.
//
// It labels the tokens of each sentence with an averaged perceptron (Collins,
// Discriminative Training Methods for Hidden Markov Models, 2002): which token begins,
// continues or ends a name, and of which kind. The labels of a sentence are chosen
// together, by the Viterbi algorithm. A second pass over the article has what the first
// one found as features, so that a name is read alike wherever it stands (Krishnan and
// Manning, An Effective Two-Stage Model for Exploiting Non-Local Dependencies in Named
// Entity Recognition, 2006).
//
// The weights were learned by [Learn] from Reuters news of 1996 with marked names (the
// training part of CoNLL-2003, Tjong Kim Sang and De Meulder), and are no texts. Lists of
// known names are in the folder lists.
//
// Only a token with a capital letter or a digit, and small words between such tokens, can
// be part of a name: nothing is computed for the others.
package tagger

import (
	"slices"

	"github.com/newsq/newsq/internal/text"
)

// Kind is what a name is of.
type Kind uint8

// The kinds of names.
const (
	Person Kind = iota
	Organization
	Place
	// misc are other names, such as events and nationalities. They are learned since
	// they are told from the others by that, and they are not found.
	misc
)

const kinds = 4

// String returns the kind as one word in lower case.
func (k Kind) String() string {
	return [kinds]string{"person", "organization", "place", "misc"}[k]
}

// Field is a text of an article: its title, its summary or its body.
type Field struct {
	Text string
	// Sentences are those of Text, as [text.Sentences] cuts it; nil if they are to be
	// cut by the tagger.
	Sentences []text.Span
}

// Span is a name in a field.
type Span struct {
	Field      int // the index of the field
	Start, End int // bytes of its text
	Kind       Kind
	// Margin tells how sure the kind is: by how much the labels of the article's
	// sentence cost more if this is no name of this kind. It is at least
	// leastMargin, and of no unit. In texts kept aside, of the tenth of names with the least margin, up to 350,
	// half are right, and of the half with margins above 900 nearly all.
	Margin int32
}

// The passes over an article.
const (
	firstPass = iota
	secondPass
)

// Tagger finds names. It keeps its memory for the next article, so it serves one goroutine
// at a time; any number of them share the weights.
type Tagger struct {
	model   *model
	doc     document
	extract extractor
	decoder decoder
	// scores are the sums of weights of all tokens of runs, by pass. Features of the
	// first pass are looked up once for both.
	scores [2][]row
	sums   sums
	words  []wordSums
}

// New returns a tagger. The first one of a program reads the weights, which takes some
// milliseconds.
func New() *Tagger { return newTagger(shared()) }

func newTagger(m *model) *Tagger { return &Tagger{model: m, words: make([]wordSums, wordsKept)} }

// Tag appends to dst the names in the fields of one article: field by field, in order, apart
// from each other. The fields must be of one article, since what one place tells of a name
// is used in others.
func (t *Tagger) Tag(dst []Span, fields ...Field) []Span {
	d := &t.doc
	d.read(fields)
	t.extract.doc = d
	t.score()
	from := 0
	for _, r := range d.runs {
		n := int(r.end - r.first)
		style := d.sentences[r.sentence].style
		t.decoder.decode(d.labels[r.first:r.end], t.scores[firstPass][from:from+n], &t.model.steps[firstPass][style])
		from += n
	}
	d.countVotes()
	from = 0
	for i := range d.runs {
		r := &d.runs[i]
		n := int(r.end - r.first)
		dst = t.names(dst, r, t.scores[secondPass][from:from+n])
		from += n
	}
	d.fields = nil
	if len(d.tokens) > maxKept {
		t.doc, t.scores, t.decoder = document{}, [2][]row{}, decoder{}
	}
	return dst
}

// maxKept is how many tokens the memory of an article may be for that is used again. Nearly
// no article has as many; a book has.
const maxKept = 1 << 16

// score fills t.scores with what the features of the first pass weigh in both.
func (t *Tagger) score() {
	d := &t.doc
	t.scores[firstPass], t.scores[secondPass] = t.scores[firstPass][:0], t.scores[secondPass][:0]
	for j := range d.runs {
		r := &d.runs[j]
		p := place{d, &d.sentences[r.sentence], r, 0}
		for p.i = r.first; p.i < r.end; p.i++ {
			first, second := t.sum(&p).rows()
			if d.addressed(&p) {
				for _, part := range []label{begins, alone} {
					first[labelOf(Person, part)] += addressedBonus
					second[labelOf(Person, part)] += addressedBonus
				}
			}
			t.scores[firstPass] = append(t.scores[firstPass], first)
			t.scores[secondPass] = append(t.scores[secondPass], second)
		}
	}
}

// addressedBonus is added for a person behind Mr., Sen. and the like, which the texts that
// weights are learned from hardly have, as their agency left them out. It is more than the
// margin of a tenth of all names.
const addressedBonus = 400

// addressed reports whether a short title stands before a token, such as Mr, Sen. or Sir, and
// none is in its place: Lt. Gov. is no person.
func (d *document) addressed(p *place) bool {
	if p.i == p.s.first || d.tokens[p.i].form&hasUpper == 0 || d.marks[p.i]&isTitle != 0 {
		return false
	}
	title := &d.tokens[p.i-1]
	short := title.form&hasDot != 0 || title.end-title.start <= 3 && title.form&startsUpper != 0
	return short && d.marks[p.i-1]&(isTitle|isGiven) == isTitle
}

// sum returns what the features of the first pass weigh. Those of the word alone, which are
// a quarter of all, are added up once for all places where it stands.
func (t *Tagger) sum(p *place) *sums {
	tk := &p.d.tokens[p.i]
	if p.s.style != plain || tk.form&(beyondASCII|hasApostrophe) != 0 {
		t.sums = sums{} // letters don't follow from the hash there
		t.addFound(t.extract.first(p))
		return &t.sums
	}
	key := pair(tk.exact, uint64(tk.form))
	known := &t.words[key%wordsKept]
	if known.key != key {
		t.sums = sums{}
		t.addFound(t.extract.alone(p))
		known.key, known.sums = key, t.sums
	}
	t.sums = known.sums
	t.addFound(t.extract.inPlace(p))
	return &t.sums
}

func (t *Tagger) addFound(features []uint32) {
	for _, f := range features {
		if w := t.model.find(f); w != nil {
			t.sums.add(w)
		}
	}
}

// wordSums are what the features of a word alone weigh.
type wordSums struct {
	key  uint64 // of the word as written, and its form
	sums sums
}

// wordsKept is for how many words that is kept: a word has one place for it, and the last one
// has it. These are 200 KB, and three of four words
// with capital letters are there in news.
const wordsKept = 1 << 11

// names labels a run anew, with what the first pass found in the article, and appends its
// names.
func (t *Tagger) names(dst []Span, r *run, scores []row) []Span {
	d := &t.doc
	p := place{d, &d.sentences[r.sentence], r, 0}
	for p.i = r.first; p.i < r.end; p.i++ {
		t.sums = sums{}
		t.addFound(t.extract.second(&p))
		t.sums.addSecond(&scores[p.i-r.first])
	}
	labels := d.second[r.first:r.end]
	steps := &t.model.steps[secondPass][p.s.style]
	best := t.decoder.decode(labels, scores, steps)
	if !slices.ContainsFunc(labels, func(l label) bool { return l != outside }) {
		return dst
	}
	t.decoder.backward(scores, steps)
	return t.appendNames(dst, r, labels, best)
}

// leastMargin is what a name must have. Below it names are wrong more often than right: of
// texts kept aside, as many names that are right as wrong ones are left out.
const leastMargin = 120

// appendNames appends the names of a run that are not misc.
func (t *Tagger) appendNames(dst []Span, r *run, labels []label, best int32) []Span {
	d := &t.doc
	for i := 0; i < len(labels); i++ {
		if labels[i] == outside {
			continue
		}
		first, k := i, labels[i].kind()
		margin := t.decoder.margin(i, k, best)
		for labels[i].open() {
			i++
			margin = min(margin, t.decoder.margin(i, k, best))
		}
		if from, to := d.trim(r, r.first+int32(first), r.first+int32(i)+1, k); k != misc && from < to && margin >= leastMargin && !d.isFunction(from, to) {
			dst = append(dst, Span{
				Field:  d.sentences[r.sentence].field,
				Start:  int(d.tokens[from].start),
				End:    int(d.tokens[to-1].end),
				Kind:   k,
				Margin: margin,
			})
		}
	}
	return dst
}

// isFunction reports whether tokens[from:to] is a word that begins sentences and is no name
// that the lists know.
func (d *document) isFunction(from, to int32) bool {
	return to == from+1 && d.marks[from]&isFunction != 0 && d.marks[from]&(isGiven|isFamily|isOrgWord) == 0 && d.marks[from]>>16 == 0
}

// trim mends where the name of a person, tokens[from:to], begins and ends, by what is always
// so: Gov. is no part of a name, and Jr. is.
func (d *document) trim(r *run, from, to int32, k Kind) (int32, int32) {
	if k != Person {
		return from, to
	}
	for from < to && d.marks[from]&isTitle != 0 && d.tokens[from].form&hasDot != 0 {
		from++
	}
	if from < to && to < r.end && d.marks[to]&isNameEnding != 0 && d.second[to] == outside {
		to++
	}
	return from, to
}
