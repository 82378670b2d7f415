package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Above the title of a Markdown text there may stand a badge or a logo, a
// picture with its caption, the name of a column, a byline, a date, a row of
// links: short things, none of which is a paragraph of prose.

// beside is what a block is, where it is no text of its own.
type beside uint8

const (
	ordinary   beside = iota
	picture           // or pictures, perhaps with what is written below
	links             // and what parts them
	emphasised        // all of it, as captions and bylines are
)

// Bounds of what may stand above a title: blocks, pictures and links apart; of
// these; and runes of a line and of a caption.
const (
	maxLinesAbove   = 6
	maxBesideAbove  = 60
	maxLineAbove    = 120
	maxCaptionAbove = 300
	maxPlainCaption = 100 // below a picture, without a mark of its own
	maxCaptionWords = 30  // beside a picture, in its own paragraph
)

// titleOf returns the place of the heading that is the title of a text; -1
// when it has none. That is the first heading, if only short things stand
// above it. Where a heading of a higher rank follows at once, of which there
// is but one, the first is the name of a column.
func titleOf(blocks []Block, kinds []beside) int {
	first := nextHeading(blocks, kinds, 0)
	if first < 0 {
		return -1
	}
	if next := nextHeading(blocks, kinds, first+1); next >= 0 && blocks[next].Level < blocks[first].Level {
		same := 0
		for i := range blocks {
			if blocks[i].Heading && blocks[i].Level <= blocks[next].Level {
				same++
			}
		}
		if same == 1 {
			return next
		}
	}
	return first
}

// nextHeading returns the place of the first heading from a block on, with
// only short things before it; else -1.
func nextHeading(blocks []Block, kinds []beside, from int) int {
	lines, others := 0, 0
	for i := from; i < len(blocks); i++ {
		if blocks[i].Heading {
			return i
		}
		n := utf8.RuneCountInString(blocks[i].Text)
		belowPicture := i > from && kinds[i-1] == picture
		switch {
		case kinds[i] == links:
			others++
		case kinds[i] == picture && n <= maxCaptionAbove, kinds[i] == emphasised && n <= maxCaptionAbove && !hasSentences(blocks[i].Text):
			others++
		case belowPicture && (kinds[i] == emphasised && n <= maxCaptionAbove || n <= maxPlainCaption && !hasSentences(blocks[i].Text)):
			others++
		case n <= maxLineAbove && isHeadLine(blocks[i].Text):
			lines++
		default:
			return -1
		}
		if lines > maxLinesAbove || others > maxBesideAbove {
			return -1
		}
	}
	return -1
}

// hasSentences reports whether a text has several sentences.
func hasSentences(s string) bool { return len(sentenceEnd().FindAllStringIndex(s, 3)) > 1 }

var (
	sentenceEnd = pattern(`[.!?…][”"’»)*]*(?:\s|$)`)
	// headLineStart begins a line that tells who wrote, or when.
	headLineStart = pattern(`(?i)^(?:by|von|par|por|door|di|af|av|od|autor|author|text|words|photo|photos|foto|fotos|image|picture|published|posted|updated|` +
		`first published|date|veröffentlicht|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|publisert)\b[:\s]`)
	dayOrYear = pattern(`\d`)
)

// isHeadLine reports whether each line of a text is one that may stand above a
// title: it does not end as a sentence, or tells who wrote, or when.
func isHeadLine(s string) bool {
	const maxStatedWords, maxDateWords = 10, 5
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		words := len(strings.Fields(line))
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, "\"'”’»)]*_"))
		switch {
		case !strings.ContainsRune(".!?…。！？:;؟।", last):
		case last == ':' && words <= 3:
		case headLineStart().MatchString(line) && words <= maxStatedWords:
		case last == '.' && words <= maxDateWords && dayOrYear().MatchString(line):
		default:
			return false
		}
		if sentenceWithin().MatchString(line) && words > maxStatedWords {
			return false
		}
	}
	return true
}

// sentenceWithin matches the end of a sentence before another.
var sentenceWithin = pattern(`\p{Ll}{3,}[.!?]\s+\p{Lu}`)

// kindOf tells what a paragraph, an item or a cell is.
func (w *markdownWriter) kindOf(n ast.Node) beside {
	var c contents
	c.count(n, w.src, 0)
	switch {
	case c.pictures > 0 && c.text <= maxCaptionWords:
		return picture
	case c.links > 0 && c.text == 0:
		return links
	case c.emphasised > 0 && c.text == 0 && c.links == 0:
		return emphasised
	}
	return ordinary
}

// contents counts what inline nodes hold: pictures, and words in links, those
// that are emphasised, and all others. What parts links counts for nothing.
type contents struct{ pictures, links, emphasised, text int }

func (c *contents) count(n ast.Node, src []byte, depth int) {
	const maxDepth = 20
	if depth > maxDepth {
		c.text++
		return
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Image:
			c.pictures++
		case *ast.Link:
			var inner contents
			inner.count(child, src, depth+1)
			c.pictures += inner.pictures
			c.links += inner.text + inner.emphasised + inner.links
		case *ast.AutoLink:
			c.links++
		case *ast.Emphasis:
			var inner contents
			inner.count(child, src, depth+1)
			c.pictures += inner.pictures
			c.links += inner.links
			c.emphasised += inner.text + inner.emphasised
		case *ast.Text:
			c.text += writing(child.Value(src))
		case *ast.String:
			c.text += writing(child.Value)
		case *ast.RawHTML:
			if htmlPicture().Match(child.Segments.Value(src)) {
				c.pictures++
			}
		case *extast.TaskCheckBox:
		default:
			c.count(child, src, depth+1)
		}
	}
}

var htmlPicture = pattern(`(?i)<(?:img|picture|figure|figcaption|svg)\b`)

// writing counts the words of a text.
func writing(b []byte) int {
	return len(bytes.FieldsFunc(b, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}
