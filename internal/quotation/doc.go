// Package quotation finds who said what: the direct quotations of an article, and
// their speakers.
//
// # What is quoted
//
// Quoted text is what stands between quotation marks, of any language and as typed;
// what stands in marks within it belongs to it. Of a quotation that goes over several
// paragraphs, each with a mark at its start, the part in each paragraph is one; so are
// the parts before and behind "he said". A mark that is never closed quotes nothing. Two
// apostrophes on both sides, as some databases print a mark, are not read as one, since the
// articles that the weights are of have nothing marked there.
//
// Not all quoted text is a quotation: titles of works, words that the writer keeps at
// a distance, names. What it is, a linear model tells from its length, its words and
// marks, and what stands around it. It says yes where that is likelier than not.
//
// # Who said it
//
// Candidates are the names, pronouns and nouns for people and documents outside of
// quoted text, near the quotation. A second linear model gives each a score, by where
// it stands and what its sentence says: whether a verb of saying is near, and on which
// side; what parts the two; who said what stands before. One candidate is nobody.
// Scores are turned into probabilities; where the best candidate's is low, nobody is
// named, as a wrong speaker does more harm than none.
//
// A name is that of the article's entity where one is mentioned there, else the
// longest form of the name in the article. A pronoun stands for the person named
// before it that fits in gender, where there is one.
//
// # The weights
//
// Both models are in weights.tsv, which [Learn] makes of articles whose quotations are
// marked. Those here were learned from the training part of PolNeAR 1.0 (news of seven
// outlets in the United States, 2015 and 2016; Newell, Margolin and Ruths, LREC 2018).
// Only numbers were learned, no names: all features are of grammar and layout.
//
// # Other languages
//
// In other languages, quoted text of four words or more is a quotation, and a speaker is
// named where a name and a verb of saying, which are known of twelve languages, stand
// right beside it.
package quotation
