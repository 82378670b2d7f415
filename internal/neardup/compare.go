package neardup

import "time"

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
	// tinyShingles: of one with fewer shingles, each must be there.
	tinyShingles = 10
	// farDays: the same story is printed within some days. What comes later is the same
	// form, or printed again word for word, which farContainment wants.
	farDays        = 3
	farContainment = .9
	// formShingles: a text with fewer shingles is a report of figures if it has numbers,
	// of which minNumbers must be those of the other text, and farNumbers after farDays.
	formShingles = 150
	minNumbers   = .7
	farNumbers   = .9
)

// Comparison is what two texts have in common.
type Comparison struct {
	// Containment is the share of the shorter text's shingles that the longer one has,
	// from 0 to 1.
	Containment float64
	// Copy says that one is a copy of the other.
	Copy bool
}

// Compare compares two texts that were published apart from each other; 0 where that is
// not known.
func Compare(a, b *Text, apart time.Duration) Comparison {
	if len(a.Shingles) > len(b.Shingles) {
		a, b = b, a
	}
	c := Comparison{Containment: share(a.Shingles, b.Shingles)}
	needed, numbers := MinContainment, minNumbers
	switch n := len(a.Shingles); {
	case n == 0:
		return Comparison{}
	case n < tinyShingles:
		needed = 1
	case n < shortShingles:
		needed = shortContainment
	}
	if apart.Abs() > farDays*24*time.Hour {
		needed, numbers = max(needed, farContainment), farNumbers
	}
	c.Copy = c.Containment >= needed
	if c.Copy && len(a.Shingles) < formShingles && len(a.Numbers) > 0 {
		c.Copy = share(a.Numbers, b.Numbers) >= numbers
	}
	return c
}

// share is the share of a that b has.
func share(a, b Set) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(Common(a, b)) / float64(len(a))
}
