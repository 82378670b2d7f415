package json

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/wordset"
)

// kind says what a node of a text is for its text.
type kind uint8

const (
	unknown   kind = iota
	inline         // part of a paragraph
	breaks         // a line break
	paragraph      // one block of text
	heading        // a heading
	quote          // a paragraph that may say who said it
	row            // of a table, with cells
	table          // of rows
	aside          // an image, a video: no text of its own, though there may be blocks within
	apart          // a caption, a byline: no part of the text
)

// kindWords are the words of the types that editors give their nodes. Of the
// words of a type the first that is here counts, but for those that strong
// names.
var kindWords = wordset.Table(map[kind]string{
	inline: "link hyperlink anchor a span strong bold b em emphasis italic i u s underline mark leaf fragment inline mention " +
		"sub sup strike strikethrough del ins abbr emoji textinline inlinetext",
	breaks:    "br hardbreak linebreak softbreak",
	paragraph: "paragraph para p unstyled listitem li item code codeblock preformatted pre verse lead lede intro standfirst html markdown dt dd td th cell tablecell tableheader",
	heading: "heading header headline title subtitle subhead subheading subheadline crosshead crossheading intertitle hed h h1 h2 h3 h4 h5 h6 " +
		"überschrift kop rubrik titre encabezado titulo",
	quote: "quote blockquote pullquote quotation citation",
	row:   "row tr tablerow",
	table: "table",
	aside: "image img photo picture figure gallery slideshow video audio media embed embedded asset map chart graphic infographic iframe " +
		"youtube instagram vimeo podcast player",
	apart: "caption figcaption credit credits byline author authors kicker ad ads advert advertisement advertising promo promotion newsletter signup " +
		"subscribe paywall divider delimiter separator rule hr thematicbreak spacer button related recirculation recommendations social share " +
		"script style thumbnail sponsor bookmark alt dateline date breadcrumb footer nav navigation",
})

// typeNames are the members that say what a node is, the most telling first.
var typeNames = [...]string{
	"style", "tag", "tagname", "subtype", "type", "typename", "nodetype", "blockname", "blocktype", "role", "kind", "element", "component", "acffclayout",
}

// kindOf returns what an object is, and the level of a heading; 0 where
// nothing says it.
func kindOf(n *node) (k kind, level int) {
	if n.member("innerblocks") != nil && n.str("blockname") == "" {
		k, level = kindOfType(n.str("name"))
	}
	for _, name := range typeNames {
		if s := n.str(name); s != "" {
			found, l := kindOfType(s)
			if stronger(found, k) {
				k = found
			}
			level = max(level, l)
		}
	}
	if k != heading {
		return k, 0
	}
	for _, name := range [...]string{"level", "attrs", "attributes", "data", "headingdata"} {
		if m := n.member(name); m != nil {
			level = max(level, levelOf(m))
		}
	}
	if level == 0 {
		level = 2
	}
	return k, level
}

// levelOf returns the level that a member states, or an object's member.
func levelOf(m *node) int {
	if m.kind == '{' {
		if m = m.member("level"); m == nil {
			return 0
		}
	}
	if len(m.text) == 1 && '1' <= m.text[0] && m.text[0] <= '6' {
		return int(m.text[0] - '0')
	}
	return 0
}

// stronger reports whether a kind goes before another where two members of an
// object tell different ones: a block of the style h2 is a heading, and text
// of the subtype paragraph a paragraph.
func stronger(a, b kind) bool {
	if b == inline {
		return a != unknown
	}
	return b == unknown
}

// kindOfType returns the kind of a type such as "heading_2", "core/paragraph",
// "EntryBodyList" or "h2".
func kindOfType(s string) (k kind, level int) {
	if len(s) > 64 {
		return unknown, 0
	}
	words := wordsOf(s)
	whole := strings.Join(words, "")
	if len(whole) == 2 && whole[0] == 'h' && '1' <= whole[1] && whole[1] <= '6' {
		return heading, int(whole[1] - '0')
	}
	if k := kindWords()[whole]; k != unknown {
		return k, 0
	}
	for i, w := range words {
		if i+1 < len(words) && kindWords()[w+words[i+1]] != unknown {
			w += words[i+1]
		}
		switch found := kindWords()[w]; {
		case found == unknown:
			level = max(level, levelWords[w])
		case k == unknown || k == aside && (found == inline || found == paragraph) || k == inline && found != aside:
			// An asset-hyperlink is a link, a text_heading a heading.
			k = found
		}
	}
	if k != heading {
		level = 0
	}
	return k, level
}

// levelWords are levels as types have them: header-two, heading_2.
var levelWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6,
}

// wordsOf parts a name at hyphens, underscores, slashes and capitals, and
// between letters and digits. The words are in lower case.
func wordsOf(s string) []string {
	var words []string
	start, last := 0, ' '
	runes := []rune(s)
	for i, r := range runes {
		isWord := unicode.IsLetter(r) || unicode.IsDigit(r)
		wasWord := unicode.IsLetter(last) || unicode.IsDigit(last)
		cut := !isWord || unicode.IsUpper(r) && !unicode.IsUpper(last) ||
			wasWord && unicode.IsDigit(r) != unicode.IsDigit(last) && !(i == 1 && unicode.IsDigit(r))
		if cut {
			if wasWord && i > start {
				words = append(words, strings.ToLower(string(runes[start:i])))
			}
			start = i
			if !isWord {
				start = i + 1
			}
		}
		last = r
	}
	if start < len(runes) {
		words = append(words, strings.ToLower(string(runes[start:])))
	}
	return words
}
