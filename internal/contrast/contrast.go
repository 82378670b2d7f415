// Package contrast finds the words that one set of texts uses more than another.
//
// The measure is that of Burt L. Monroe, Michael P. Colaresi and Kevin M. Quinn, Fightin'
// Words: Lexical Feature Selection and Evaluation for Identifying the Content of Political
// Conflict (Political Analysis 16, 2008), section 3.5: the log-odds ratio with an
// informative Dirichlet prior. Of word w let y be how often one set has it and n how many
// words the set has, y' and n' the same of the other set, and a the prior of w, which sums
// to A over all words. Then
//
//	d   = ln( (y+a) / (n+A-y-a) ) - ln( (y'+a) / (n'+A-y'-a) )
//	var = 1/(y+a) + 1/(y'+a)
//	z   = d / sqrt(var)
//
// The prior is how often the texts of all sets together have the word, scaled so that A is
// a tenth of their words, see priorShare.
//
// A Reader makes a Text of an article, a Side counts those of a set, and a Contrast tells
// what one side uses more than the others.
//
// Words are counted by their stems, without stop words, single letters and what has no
// letter. What would distort is bounded: an article counts a word at most maxPerArticle
// times, and what several articles of a side have in the same paragraph, or in a row of
// eight words, counts once. So copies of one story count once, and so do bylines, appeals,
// credits and headlines that an outlet puts below or into all that it prints.
package contrast

import "math"

const (
	// priorShare is A as a part of the words of all texts. Monroe and others leave its size
	// to the purpose. With a thousandth, a word that one side alone has has a variance so
	// large that it is never found; with all of them, what is rare but telling is drawn to
	// nothing.
	priorShare = .1
	// maxPerArticle is how often an article counts a word. A single article about one man
	// has his name forty times, which says little of how the set is told.
	maxPerArticle = 4
)

// odds are the counts of a word that LogOdds compares.
type odds struct {
	count, words   float64 // y and n of one set
	others, otherN float64 // of the other
	prior, priors  float64 // a and A
}

// logOdds returns d and its variance, as the package says.
func (o odds) logOdds() (d, variance float64) {
	a, b := o.count+o.prior, o.others+o.prior
	d = math.Log(a/(o.words+o.priors-a)) - math.Log(b/(o.otherN+o.priors-b))
	return d, 1/a + 1/b
}
