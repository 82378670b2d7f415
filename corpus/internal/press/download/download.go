// Package download takes the downloads of press databases apart. A database
// offers the same articles as plain text, as a web page, as RTF and for Word;
// in all of them they are a row of paragraphs, of which the place on the page
// and the style tell what they are. So whoever knows a database reads
// paragraphs, and need not know the containers.
package download

import "strings"

// Para is a paragraph, or the mark of a place.
type Para struct {
	// Text is without white space at its ends. Lines that are broken on purpose
	// end in \n, cells of a table in \t.
	Text string
	Line int // where it starts in the file, from 1; 0 where lines don't tell
	// IsLine says that it is a line of a plain text, in which a paragraph may have
	// several.
	IsLine bool
	// Indent is how many blanks stand before it, in a plain text.
	Indent int
	// Centred says that it stands in the middle of the line.
	Centred bool
	// Heading says that it has the style of a title.
	Heading bool
	// Cell is the number of the table's column that it stands in, from 1; 0
	// outside of tables. Row tells the rows of a file from each other.
	Cell, Row int
	// Class and ID are the names that its element has in a page.
	Class, ID string
	// Mark tells of a place that has no text: it is a comment, the name of a
	// bookmark, or "start" for an element that Marks asks for.
	Mark string
}

// Each takes paragraphs in the order of the file. It returns false when no more
// are wanted.
type Each func(p *Para) bool

// Lines returns the lines of a paragraph's text.
func (p *Para) Lines() []string { return strings.Split(p.Text, "\n") }

// OneLine returns a text on one line.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
