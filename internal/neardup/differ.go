package neardup

import (
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/editdist"
)

// Short texts are looked at word by word: of a form that is filled in each day, and of an
// item of which one letter matters, nearly all is the same.
const (
	// shortBody: of a text with fewer words in its body the headline is a part of what
	// it says, so that two of them are copies only if their headlines agree.
	shortBody = 40
	// wordsToEdit is how many words a text has for each that an editor may have changed
	// for another one.
	wordsToEdit = 25
)

// A report of many figures that is sent again soon with few of them changed is mended: no
// form changes one figure in ten.
const (
	mendedNumbers     = 10 // different ones
	mendedShare       = figuresShare
	mendedContainment = .85
	mendedWithin      = 12 * time.Hour
)

// saysOther reports whether a short text says something that a longer one does not, or the
// other way round, although most of their words are the same: another number, name,
// negation or quoted word in the place of one, or more other words than an editor changes.
// What is cut and what is added is no difference of this kind.
func saysOther(a, b *Text, c Comparison, apart time.Duration) bool {
	words, others := a.body(), b.body()
	if len(words) == 0 || len(others) == 0 {
		return false // a title alone; its shingles say all
	}
	if min(len(words), len(others)) < shortBody && a.headlineLacks(b) && b.headlineLacks(a) {
		return true
	}
	lacksNumber := func(in *Text) func(w sequenceWord) bool {
		return func(w sequenceWord) bool { return w.is(isNumber) && !in.has(w) }
	}
	if slices.ContainsFunc(a.headline(), lacksNumber(b)) && slices.ContainsFunc(b.headline(), lacksNumber(a)) {
		return true
	}
	mended := isMended(a, c, apart)
	changed := 0
	for _, r := range differences(words, others) {
		other, n := regionDiffers(a, b, r)
		if other && !mended {
			return true
		}
		changed += n
	}
	return changed*wordsToEdit > len(words) || changed > 0 && len(words) < shortBody
}

// isMended reports whether a text may be another one with some figures mended.
func isMended(a *Text, c Comparison, apart time.Duration) bool {
	return len(a.Numbers) >= mendedNumbers && c.numbers >= mendedShare && c.Containment >= mendedContainment && apart <= mendedWithin
}

// corrects reports whether a text says that it is a correction of another one.
func (t *Text) corrects() bool {
	is := func(w sequenceWord) bool { return strings.HasPrefix(w.letters, "correct") }
	return slices.ContainsFunc(t.headline(), is) ||
		slices.ContainsFunc(t.body(), func(w sequenceWord) bool { return w.is(begins) && is(w) })
}

// shortHeadline is how many words a headline has of which each counts.
const shortHeadline = 2

// headlineLacks reports whether another text lacks a word that says something of this
// one's headline.
func (t *Text) headlineLacks(other *Text) bool {
	each := len(t.headline()) <= shortHeadline
	return slices.ContainsFunc(t.headline(), func(w sequenceWord) bool {
		like := func(x sequenceWord) bool { return isSame(w, x) || isOfOneStem(w, x) }
		if slices.ContainsFunc(other.headline(), like) {
			return false
		}
		return !w.isContent() && each || w.isContent() && !slices.ContainsFunc(other.body(), like)
	})
}

// regionDiffers reports whether what stands in a region makes two articles of the texts,
// and how many words were changed for others where it does not.
func regionDiffers(a, b *Text, r region) (differs bool, changed int) {
	words, others := a.body(), b.body()
	left, right := words[r.a0:r.a1], others[r.b0:r.b1]
	switch {
	case isWhole(words, r.a0, r.a1) && isWhole(others, r.b0, r.b1):
		return false, 0 // sentences that were cut or added
	case r.a1 == len(words) && len(left) == 1 && !left[0].is(significant):
		return false, 0 // cut within a word
	case len(left) == 0:
		return insertionDiffers(others, r.b0, r.b1), 0
	case len(right) == 0:
		return insertionDiffers(words, r.a0, r.a1), 0
	}
	right = right[:min(len(right), maxGap)]
	lost, n := lacking(left, right)
	gained, _ := lacking(right, left)
	switch m := func(w sequenceWord) bool { return w.is(isNumber | isNegation) }; {
	case slices.ContainsFunc(lost, m) && (len(gained) > 0 || slices.ContainsFunc(lost, isNegative)),
		slices.ContainsFunc(gained, m) && (len(lost) > 0 || slices.ContainsFunc(gained, isNegative)):
		return true, 0
	case len(lost) == 0 || len(gained) == 0:
		return false, n // a name, or what it is of, was added
	}
	// A name in the place of a pronoun, or the other way round, is one that the other text
	// has elsewhere.
	foreign := func(list []sequenceWord, in *Text) bool {
		return slices.ContainsFunc(list, func(w sequenceWord) bool { return !in.has(w) })
	}
	return foreign(lost, b) || foreign(gained, a) || hasSignificant(left) && hasSignificant(right), n
}

func isNegative(w sequenceWord) bool { return w.is(isNegation) }

func hasSignificant(list []sequenceWord) bool {
	return slices.ContainsFunc(list, func(w sequenceWord) bool { return w.is(significant) })
}

// lacking returns the significant words that are in a and not in b, and how many other
// ones that say something.
func lacking(a, b []sequenceWord) (list []sequenceWord, other int) {
	for _, w := range a {
		if slices.ContainsFunc(b, func(x sequenceWord) bool { return isSame(w, x) }) {
			continue
		}
		if w.is(significant) {
			list = append(list, w)
		} else if w.isContent() {
			other++
		}
	}
	return list, other
}

// insertionDiffers reports whether words that one text has more in a sentence than the
// other one make another article of it: a negation, or a part of a number.
func insertionDiffers(words []sequenceWord, from, to int) bool {
	if slices.ContainsFunc(words[from:to], isNegative) {
		return to-from <= maxNegated
	}
	return words[from].is(isNumber) && from > 0 && words[from-1].is(isNumber) ||
		words[to-1].is(isNumber) && to < len(words) && words[to].is(isNumber)
}

// maxNegated is how many words that were added within a sentence may turn it around by a
// negation. More of them are a clause of their own.
const maxNegated = 4

// isWhole reports whether words from one place to another are whole sentences, or none. So
// they are where the words behind them are those with which they begin, and the sentence
// begins between: runs are aligned at their first words.
func isWhole(words []sequenceWord, from, to int) bool {
	starts := func(i int) bool { return i == 0 || i == len(words) || words[i].is(begins) }
	if from == to || starts(from) && starts(to) {
		return true
	}
	for k := 1; k <= maxSlide && from-k >= 0 && words[from-k].hash == words[to-k].hash; k++ {
		if starts(from-k) && starts(to-k) {
			return true
		}
	}
	for k := 0; k < maxSlide && to+k < len(words) && words[from+k].hash == words[to+k].hash; k++ {
		if starts(from+k+1) && starts(to+k+1) {
			return true
		}
	}
	return false
}

// maxSlide is how many words two sentences may have in common at their ends.
const maxSlide = 8

// Words that differ in one letter are one word, misprinted in one text, if they are long
// enough: names are more alike than others.
const (
	misprintSize     = 5
	misprintNameSize = 8
)

// isSame reports whether two words are the same, or one is misprinted.
func isSame(a, b sequenceWord) bool {
	if a.hash == b.hash {
		return true
	}
	size := misprintSize
	if a.is(isName) && b.is(isName) {
		size = misprintNameSize
	}
	if a.is(isNumber|isNegation) || b.is(isNumber|isNegation) || min(len(a.letters), len(b.letters)) < size {
		return false
	}
	return editdist.Distance([]byte(a.letters), []byte(b.letters), 1) <= 1
}

// stemSize is how many letters words of one stem have in common at least, in bytes.
const stemSize = 5

// isOfOneStem reports whether two words begin alike: lowers, lowered.
func isOfOneStem(a, b sequenceWord) bool {
	n := min(len(a.letters), len(b.letters), stemSize)
	return n == stemSize && a.letters[:n] == b.letters[:n]
}

func hasWord(list []sequenceWord, w sequenceWord) bool {
	return slices.ContainsFunc(list, func(x sequenceWord) bool { return x.hash == w.hash })
}
