// Package agency knows the customs of news agencies that their formats share:
// who sends, how a status is named, what a note to editors says of the use of an
// article, and what stands in a text that is no part of it.
//
// Of what a text says only the unmistakable counts: a note that stands where
// notes stand and begins as they do. An article on an oil embargo, or on
// somebody who was killed, is an article.
package agency
