// Package paragraph says what passes between the rooms that take documents of
// office programs apart and the readers that make articles of them: paragraphs
// with what a person sees of their form, and what the document says of itself.
package paragraph

import "time"

// Paragraph is one paragraph of a document, in the order of reading. An empty one
// stands where the document has one.
type Paragraph struct {
	// Text is clean. A tab is "\t", and a line break that somebody set is "\n".
	Text string
	// Style is the name of the paragraph's style in lower case, such as "heading 1"
	// or "title"; empty when the document names none.
	Style string
	// Level is that of a heading in the outline, from 1; 0 for all other text.
	Level int
	// Bold, Italic and Centered say so of all of the text.
	Bold, Italic, Centered bool
	// Size is that of most of the text, in points; 0 when it is not stated.
	Size float64
	// List says that it is an item of a list. Its bullet or number is not in Text.
	List bool
	// Break says that a new page or section begins with it, or within it.
	Break bool
	// Page is the page that it stands on, as [extract.Block] has it; empty when the
	// document has none.
	Page string
	// Table counts the tables of the document, and Row and Cell those of the table
	// and the row, all from 1. They are 0 outside of tables. A cell may have several
	// paragraphs. What lies in a table within a cell is of that cell.
	Table, Row, Cell int
	Part             Part
	Links            []Link
	// Bookmarks are the names of the places that begin in it.
	Bookmarks []string
}

// Link is a link within a paragraph.
type Link struct {
	Text string
	// Target is an address, or "#" and the name of a bookmark.
	Target string
}

// Part is where a paragraph stands in a document.
type Part uint8

// The parts of a document.
const (
	Body Part = iota
	Note      // a footnote or an endnote; they follow the body
	Box       // a text box; it stands before or after the paragraph that it is tied to
)

// Properties are what a document says of itself.
type Properties struct {
	Title, Subject, Description, Language string
	Author                                string // who began the document
	LastAuthor                            string // who saved it last
	Company                               string
	Program                               string // that wrote the file
	Keywords                              []string
	// Created and Modified are those of the file, not of what is written in it. They
	// are zero when they are not stated.
	Created, Modified time.Time
}
