// Package extract turns bytes into text: it decodes character sets, cleans
// strings, and takes the main text and the stated facts out of HTML pages,
// Markdown files and their front matter. It knows nothing of articles; what
// it hands out is blocks of plain text in reading order.
//
// Every string that leaves the package has passed through [Clean]: valid
// UTF-8 in normal form C, without control characters other than newline and
// tab. No input makes it panic, and its work is bounded by the size of the
// input: deep nesting, long attributes and endless lists are cut, not
// followed.
package extract

import (
	"iter"
	"strings"
)

// Block is one paragraph, list item, table row or heading of a text.
type Block struct {
	Heading bool
	Level   int // of a heading, 1 to 6; 0 for other blocks
	// Text is clean and trimmed, never empty, and without blank lines. A
	// newline within it was a line break that the author set.
	Text string
	// Page is the page of the print that it begins on, "7", or the first and the last
	// that it goes over, "7-8"; empty when it is not known.
	Page string
}

// paragraphs yields the paragraphs of a text as blocks want them: clean,
// parted where a line is blank, trimmed, none empty.
func paragraphs(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest := strings.Trim(Clean(s), "\n")
		for rest != "" {
			p := rest
			if m := blankLines().FindStringIndex(rest); m != nil {
				p, rest = rest[:m[0]], rest[m[1]:]
			} else {
				rest = ""
			}
			if p = strings.TrimSpace(p); p != "" && !yield(p) {
				return
			}
		}
	}
}

var blankLines = pattern(`\n[ \t]*\n\s*`)
