package tagger

import (
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/marked"
)

var markedKinds = map[string]Kind{"PER": Person, "ORG": Organization, "LOC": Place, "MISC": misc}

// How the weights are learned. The second pass must see what the first one finds in texts
// that it was not learned from, so the first is learned as often as there are folds, each
// time without one of them. More rounds than these don't find more in texts kept aside.
const (
	folds   = 5
	rounds  = 16 // over all texts
	minSeen = 3  // how often a feature of the first pass must stand in the texts
)

// Learn returns weights in the form in which the program has them. The same texts in the
// same order give the same bytes on every machine, as all numbers are integers.
func Learn(texts []marked.Article) ([]byte, error) {
	c := corpus{index: map[uint32]int32{}}
	for i := range texts {
		if err := c.addStyles(&texts[i], i%folds); err != nil {
			return nil, fmt.Errorf("text %d: %w", i, err)
		}
	}
	c.dropRare()
	first := c.learn(firstPass, func(*lesson) bool { return true })
	for fold := range folds {
		p := c.learn(firstPass, func(l *lesson) bool { return l.fold != fold })
		for _, l := range c.lessons {
			if l.fold == fold {
				c.predict(l, p)
			}
		}
	}
	second := c.learn(secondPass, func(*lesson) bool { return true })
	return c.write(first, second)
}

// lesson is a text that is learned from.
type lesson struct {
	fold int
	doc  document
	runs []lessonRun
}

type lessonRun struct {
	run      int // in the document
	gold     []label
	style    style
	features [2][][]int32 // of each token, by pass
}

// learned returns where the features begin that are learned from a run: in a sentence in
// another style than the plain one, those of the style, which follow as many others.
func (r *lessonRun) firstLearned(features []int32) int {
	if r.style != plain {
		return len(features) / 2
	}
	return 0
}

// corpus are all lessons, with their features as numbers from 0 on.
type corpus struct {
	lessons []*lesson
	index   map[uint32]int32
	keys    []uint32
	rare    []bool // of features that were seen too seldom
	extract extractor
}

// addStyles adds a text, and its first line in other styles.
func (c *corpus) addStyles(m *marked.Article, fold int) error {
	if err := c.add(m, len(m.Text), fold); err != nil {
		return err
	}
	for _, s := range []style{titled, capitals} {
		other := *m
		line := 0
		if other.Text, line = recased(m.Text, s); line > 0 {
			if err := c.add(&other, line, fold); err != nil {
				return err
			}
		}
	}
	return nil
}

// add adds a text, of which what begins before until is learned.
func (c *corpus) add(m *marked.Article, until, fold int) error {
	l := &lesson{fold: fold}
	l.doc.read([]Field{{Text: m.Text}})
	gold, err := l.doc.gold(m.Marks)
	if err != nil {
		return err
	}
	c.extract.doc = &l.doc
	for i := range l.doc.runs {
		r := &l.doc.runs[i]
		if int(l.doc.tokens[r.first].start) >= until {
			break
		}
		lr := lessonRun{run: i, gold: gold[r.first:r.end], style: l.doc.sentences[r.sentence].style}
		closeLabels(lr.gold)
		for j := r.first; j < r.end; j++ {
			p := place{&l.doc, &l.doc.sentences[r.sentence], r, j}
			lr.features[firstPass] = append(lr.features[firstPass], c.numbers(c.extract.first(&p)))
		}
		l.runs = append(l.runs, lr)
	}
	c.lessons = append(c.lessons, l)
	return nil
}

// numbers returns the numbers of features.
func (c *corpus) numbers(hashes []uint32) []int32 {
	n := make([]int32, len(hashes))
	for i, h := range hashes {
		k, ok := c.index[h]
		if !ok {
			k = int32(len(c.keys))
			c.index[h] = k
			c.keys = append(c.keys, h)
		}
		n[i] = k
	}
	return n
}

// gold returns the labels of the tokens. A name of which no token is its first or last is
// left out.
func (d *document) gold(names []marked.Mark) ([]label, error) {
	labels := make([]label, len(d.tokens))
	i := 0
	for _, n := range names {
		k, ok := markedKinds[n.Label]
		if !ok {
			return nil, fmt.Errorf("a name is of kind %q: want PER, ORG, LOC or MISC", n.Label)
		}
		for i < len(d.tokens) && int(d.tokens[i].start) < n.Start {
			i++
		}
		j := i
		for j < len(d.tokens) && int(d.tokens[j].end) < n.End {
			j++
		}
		if j >= len(d.tokens) || int(d.tokens[i].start) != n.Start || int(d.tokens[j].end) != n.End {
			continue
		}
		setName(labels[i:j+1], k)
		i = j + 1
	}
	return labels, nil
}

// setName labels the tokens of a name.
func setName(labels []label, k Kind) {
	for i := range labels {
		labels[i] = labelOf(k, inside)
	}
	labels[0], labels[len(labels)-1] = labelOf(k, begins), labelOf(k, ends)
	if len(labels) == 1 {
		labels[0] = labelOf(k, alone)
	}
}

// closeLabels takes out names that begin before a run or go on behind it.
func closeLabels(labels []label) {
	before := outside
	for i, l := range labels {
		if !l.follows(before) {
			labels[i] = outside
		}
		before = labels[i]
	}
	for i := len(labels) - 1; i >= 0 && labels[i].open(); i-- {
		labels[i] = outside
	}
}

// learn learns the weights of a pass from the lessons that use says.
func (c *corpus) learn(pass int, use func(*lesson) bool) *perceptron {
	p := newPerceptron(len(c.keys))
	p.rare = c.rare
	var lessons []*lesson
	for _, l := range c.lessons {
		if use(l) {
			lessons = append(lessons, l)
		}
	}
	random := uint64(1)
	for range rounds {
		for i := len(lessons) - 1; i > 0; i-- {
			random = nextRandom(random)
			j := int(random >> 33 % uint64(i+1))
			lessons[i], lessons[j] = lessons[j], lessons[i]
		}
		for _, l := range lessons {
			for i := range l.runs {
				p.learn(&l.runs[i], pass)
			}
		}
	}
	p.average()
	return p
}

// predict has the first pass label a lesson, and adds the features of the second.
func (c *corpus) predict(l *lesson, p *perceptron) {
	d := &l.doc
	for i := range l.runs {
		r := &d.runs[l.runs[i].run]
		copy(d.labels[r.first:r.end], p.predict(&l.runs[i], firstPass))
	}
	d.countVotes()
	c.extract.doc = d
	for i := range l.runs {
		lr := &l.runs[i]
		r := &d.runs[lr.run]
		for j := r.first; j < r.end; j++ {
			at := place{d, &d.sentences[r.sentence], r, j}
			first, second := lr.features[firstPass][j-r.first], c.numbers(c.extract.second(&at))
			a, b := lr.firstLearned(first), lr.firstLearned(second)
			features := slices.Concat(first[:a], second[:b], first[a:], second[b:])
			lr.features[secondPass] = append(lr.features[secondPass], features)
		}
	}
}

// dropRare marks features of the first pass that were seen less than minSeen times.
func (c *corpus) dropRare() {
	seen := make([]int32, len(c.keys))
	for _, l := range c.lessons {
		for _, r := range l.runs {
			for _, fs := range r.features[firstPass] {
				for _, f := range fs {
					seen[f]++
				}
			}
		}
	}
	c.rare = make([]bool, len(c.keys))
	for i, n := range seen {
		c.rare[i] = n < minSeen
	}
}
