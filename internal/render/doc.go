// Package render prints what package index returns: as text with or without
// colour, as CSV, and as the JSON forms of package wire. It also has the
// sentences that tell a person what was done, what was found, and why nothing
// was. It decides nothing. Where a text names a command, the caller passes it.
//
// Two rules hold throughout. Text with and without colour differs only by escape
// sequences, so that a pipe gets what a person sees. And each text that comes
// from outside, such as an article, a query or a path, goes through clean before
// it is written, since a terminal obeys control characters.
package render
