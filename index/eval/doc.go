// Package eval measures how good a ranking is: it reads queries and the
// judgments of people in the forms of TREC, runs the queries, and scores what
// came back as trec_eval scores it, so that its figures can be set beside
// anyone's.
//
// [Rank] makes a [Run] with an index, [Evaluate] measures it by [Qrels], and
// [Compare] tells whether one run is better than another by more than chance.
//
// trec_eval's ways that matter to a figure, and that are kept here:
//
//   - Means are over all judged queries (its option -c). A query without an
//     answer counts 0, an answer to a query without judgments is ignored.
//   - The order of a ranking is made anew from its scores, in single
//     precision; ties go to the greater article id, byte by byte.
//   - Rankings are cut at 1,000 articles (its option -M 1000), as all of TREC
//     does.
//   - Grades above 0 are relevant. nDCG takes the grade itself as the gain;
//     the other measures don't tell grades apart.
package eval
