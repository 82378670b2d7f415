// Package claim finds the sentences of an article that say what will be, what should be
// done, and what limits a claim.
//
// # The kinds
//
// A forecast says what will or may happen, in its author's words or in those of somebody
// who is quoted or reported: will, is likely to, is expected to, could lead to, "said it
// would", and what would be if something were, or if a bill became law. One made in the past
// is a forecast of its time. What somebody plans to do is one, too.
//
// A recommendation says what somebody should or must do, or that somebody asks or advises
// others to: should, must, needs to, ought to, urged to, it is time to.
//
// A caveat says how far a claim holds or that something is not known: it is unclear whether,
// there is no evidence, may not, remains to be seen, cautioned that, not yet confirmed.
//
// A sentence may be of several kinds. Questions, headings and what a page says of itself
// ("this story will be updated") are of none.
//
// # The rules
//
// A table of patterns over words, see [pattern], with exceptions: those of a trigger are
// tried first, and where one matches, that word makes no claim of this kind. A sentence has
// a kind if one of its words does. There is no parser and no model behind it, so that what
// was found can be read in the table.
//
// The rules are of English. In other languages nothing is found.
package claim
