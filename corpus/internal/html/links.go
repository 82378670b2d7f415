package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What tells a page that only leads to others: how many links it has at least,
// which share of its text may stand outside of them, and how long a piece of
// such text may be, in bytes. The longest captions and notices stay below it,
// and no article does.
const (
	minLinks   = 3
	shareNot   = 4 // a quarter
	longestRun = 240
)

// IsLinkList reports whether a page is a list of links and nothing to read, as
// the contents of an archive are. Headings don't count.
func IsLinkList(page string) bool {
	z := html.NewTokenizer(strings.NewReader(page))
	var linked, other, links, skipped, headings int
	inLink := false
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return links >= minLinks && other*shareNot <= linked+other
		case html.TextToken:
			if skipped > 0 || headings > 0 && !inLink {
				continue
			}
			switch n := len(strings.TrimSpace(string(z.Text()))); {
			case inLink:
				linked += n
			case n > longestRun:
				return false
			default:
				other += n
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			tag, starts := atom.Lookup(name), kind == html.StartTagToken
			switch {
			case tag == atom.A:
				inLink = starts
				if starts {
					links++
				}
			case isAside(tag):
				skipped = max(skipped+step(starts), 0)
			case len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6':
				headings = max(headings+step(starts), 0)
			}
		}
	}
}

// isAside reports whether a browser shows no text of an element in the page.
func isAside(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Textarea:
		return true
	}
	return false
}

func step(starts bool) int {
	if starts {
		return 1
	}
	return -1
}
