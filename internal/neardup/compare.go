package neardup

import (
	"cmp"
	"slices"
	"time"
)

// MinContainment is the share of the shorter text that a copy has in common with the
// longer one, as far as nothing speaks against it.
const MinContainment = .6

// What asks for more than MinContainment. The numbers are from reading pairs of
// Reuters-21578, in which short forms that are filled in each day are frequent.
const (
	// shortShingles: a text with fewer shingles is a form as likely as a story ("raises
	// its prime rate to 7-3/4 pct"), and needs shortContainment.
	shortShingles    = 30
	shortContainment = .8
	// tinyShingles: of one with fewer shingles, each must be there, and one with fewer than
	// minShingles says too little to be told from another.
	tinyShingles = 10
	minShingles  = 5
	// farDays: the same story is printed within some days. What comes later is the same
	// form, or printed again word for word, which farContainment wants.
	farDays        = 3
	farContainment = .9
	// formDays: a short text that comes so much later is the form again, although each word
	// is the same, and a tiny one after tinyHours.
	formDays  = 7
	tinyHours = 12
	// A text of which less than wholeContainment is that of the longer one is a copy if it
	// begins with words of it, leadContainment of its first ones: what is cut is cut from the
	// end. What begins anew and goes on with what was known is the next day's article.
	wholeContainment = .85
	leadContainment  = .5
	// alignShingles: a text with fewer shingles is looked at word by word, see saysOther.
	alignShingles = 150
	// A text is a report of figures if more than one word in figuresEvery is a number. Of
	// its numbers, figuresShare must be those of the other text; of those of a short text
	// that is none, numbersShare.
	figuresEvery = 10
	figuresShare = .9
	numbersShare = .7
)

// Comparison is what two texts have in common.
type Comparison struct {
	// Containment is the share of the shorter text's shingles that the longer one has,
	// from 0 to 1.
	Containment float64
	// Copy says that one is a copy of the other.
	Copy bool

	numbers float64 // the share of the shorter text's numbers that the longer one has
}

// Compare compares two texts that were published apart from each other; 0 where that is
// not known.
func Compare(a, b *Text, apart time.Duration) Comparison {
	if n := cmp.Compare(len(a.Shingles), len(b.Shingles)); n > 0 || n == 0 && slices.Compare(a.Shingles, b.Shingles) > 0 {
		a, b = b, a
	}
	c := Comparison{Containment: share(a.Shingles, b.Shingles), numbers: share(a.Numbers, b.Numbers)}
	needed := MinContainment
	short := len(a.Shingles) < alignShingles
	switch n := len(a.Shingles); {
	case n < minShingles:
		return c
	case n < tinyShingles:
		needed = 1
	case n < shortShingles:
		needed = shortContainment
	}
	switch apart := apart.Abs(); {
	case len(a.Shingles) < tinyShingles && apart > tinyHours*time.Hour, short && apart > formDays*day:
		return c
	case apart > farDays*day:
		needed = max(needed, farContainment)
	}
	c.Copy = c.Containment >= needed && (c.Containment >= wholeContainment || share(a.Lead, b.Shingles) >= leadContainment)
	if !c.Copy || short && (a.corrects() || b.corrects()) {
		return c // a correction changes numbers
	}
	switch {
	case len(a.Numbers) == 0:
	case a.hasFigures():
		c.Copy = c.numbers >= figuresShare
	case short:
		c.Copy = c.numbers >= numbersShare
	}
	c.Copy = c.Copy && (!short || !saysOther(a, b, c, apart.Abs()))
	return c
}

const day = 24 * time.Hour

// hasFigures reports whether a text is a report of figures.
func (t *Text) hasFigures() bool { return len(t.Numbers)*figuresEvery > len(t.Shingles) }

// share is the share of a that b has.
func share(a, b Set) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(Common(a, b)) / float64(len(a))
}
