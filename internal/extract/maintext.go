package extract

import (
	"net/url"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The main text of a page is found in three steps. First prune unlinks what
// stands beside any article. Then readability, which scores the elements of a
// page by how much they read like prose, chooses among the blocks that are left.
// At last its choice is corrected by what readability doesn't see: blocks in the
// same surroundings as many chosen ones belong to them, and a block that is
// all link leads elsewhere.

// maxScored is how many elements readability is given. Its time grows faster
// than the page; real pages have some thousands.
const maxScored = 50_000

// mainText returns the blocks of the page's article. It takes doc apart.
// title is the article's, which is not repeated; stated is the text that the
// page's JSON-LD gives for it, if any. shown is how much text the page shows
// that may be the article's.
func mainText(doc *html.Node, base *url.URL, title, stated string) (taken []Block, shown int) {
	settleSentences(doc)
	settleHeadings(doc)
	ws := weights{}
	ws.measure(doc, false)
	all := isPlain(ws[doc], len(ws)) || len(ws) > maxScored
	shown = ws.shown(doc, ws[doc].prose)
	host := ""
	if base != nil {
		host = base.Host
	}
	prune(doc, ws, host)
	runs := cutRuns(doc)
	if !all && chooseRuns(runs, doc, base) {
		correctChoice(runs)
		runs = slices.DeleteFunc(runs, func(r run) bool { return !r.kept })
	}
	if textSize(runs)*2 < textLen(stated) {
		return statedText(stated), shown
	}
	return trimTitle(blocks(runs), title), shown
}

// isPlain reports whether a page is too plain to have anything beside its
// article: few links, and few elements for its text, as in pages written by
// hand or made from Markdown. News pages have some ten bytes of text to an
// element, articles alone a hundred and more.
func isPlain(w weight, elements int) bool {
	return w.links*10 <= w.text && (elements <= 50 || w.text/elements >= 120)
}

// chooseRuns marks the runs of which readability takes most, and reports whether
// there are any. It takes doc apart.
func chooseRuns(runs []run, doc *html.Node, base *url.URL) (found bool) {
	// Readability is a line by line port from a language without types. One
	// page in a million that trips it must not end a run over the million.
	defer func() {
		if recover() != nil {
			found = false
		}
	}()
	ps := readability.NewParser()
	ps.DisableJSONLD = true
	ps.KeepClasses = true
	a, err := ps.ParseAndMutate(doc, base)
	if err != nil || a.Node == nil {
		return false
	}
	// Elements are rewrapped on the way, but text nodes stay as they are.
	taken := map[string]int{}
	for n := range a.Node.Descendants() {
		if n.Type == html.TextNode {
			taken[strings.TrimSpace(n.Data)]++
		}
	}
	for i := range runs {
		n := 0
		for _, s := range runs[i].parts {
			if taken[s] > 0 {
				taken[s]--
				n += textLen(s)
			}
		}
		runs[i].kept = 2*n >= runs[i].text || runs[i].goesOn && runs[i-1].kept
		found = found || runs[i].kept
	}
	return found
}

// correctChoice corrects what readability chose.
func correctChoice(runs []run) {
	chosen, paths := map[surroundings]int{}, map[path]int{}
	size, sizes, within := 0, map[path]int{}, map[*html.Node]int{}
	for i := range runs {
		if r := &runs[i]; r.kept && r.isParagraph() {
			chosen[r.surroundings]++
			paths[r.path]++
			size += r.text
			sizes[r.path] += r.text
			within[r.article] += r.text
		}
	}
	// A short article has few paragraphs to judge by. Then a path is the
	// article's where most of the choice has it, or where it lies in the
	// element that says that it is the article.
	isOurs := func(r *run) bool {
		return paths[r.path] >= 3 || sizes[r.path]*2 > size || paths[r.path] > 0 && r.article != nil && within[r.article]*2 > size
	}
	for i := range runs {
		r := &runs[i]
		switch {
		case r.links*10 >= r.text*8 && r.surroundings.tag != atom.Tr:
			r.kept = false
		case r.kept:
		case chosen[r.surroundings] >= 3, isOurs(r):
			r.kept = r.isParagraph() || r.surroundings.tag == atom.P && r.links == 0
		}
	}
	chooseHeadings(runs)
}

// chooseHeadings keeps the headings of text that is kept. One above all text
// may belong to something else: it is kept where others like it are.
func chooseHeadings(runs []run) {
	first := slices.IndexFunc(runs, func(r run) bool { return r.kept })
	text := false // there is some below
	like := map[path]bool{}
	for i := len(runs) - 1; i >= 0; i-- {
		r := &runs[i]
		if !r.Heading {
			text = text || r.kept
			continue
		}
		var next run
		if i+1 < len(runs) {
			next = runs[i+1]
		}
		switch {
		case !next.kept && next.leadsAway():
			r.kept = false // that of a list of other stories
		case r.kept:
			r.kept = text
		default:
			r.kept = next.kept && r.links == 0 && (i > first || like[r.path])
		}
		like[r.path] = like[r.path] || r.kept
	}
}

// leadsAway reports whether r is an item of a list that is all link.
func (r *run) leadsAway() bool {
	return r.surroundings.tag == atom.Li && r.links*10 >= r.text*8 && r.links > 0
}

// isParagraph reports whether r reads like a paragraph.
func (r *run) isParagraph() bool { return !r.Heading && isProse(r.text, r.links) }

// textSize returns how many bytes of text runs hold.
func textSize(runs []run) int {
	n := 0
	for i := range runs {
		n += runs[i].text
	}
	return n
}

// statedText cuts the text that JSON-LD gives for an article. It is believed
// only where the page shows much less, because it comes without headings and
// often without paragraphs.
func statedText(s string) []Block {
	if strings.Contains(s, "</") {
		if doc, err := html.Parse(strings.NewReader(s)); err == nil {
			return blocks(cutRuns(doc))
		}
	}
	var out []Block
	for line := range strings.Lines(s) {
		if line = tidy(line); line != "" && len(out) < maxBlocks {
			out = append(out, Block{Text: line})
		}
	}
	return out
}

// trimTitle removes the title where it is repeated above the text.
func trimTitle(b []Block, title string) []Block {
	title = foldTitle(title)
	for i := range min(len(b), 5) {
		if title != "" && foldTitle(b[i].Text) == title {
			return slices.Delete(b, i, i+1)
		}
	}
	return b
}
