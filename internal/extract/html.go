package extract

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// Page is what an HTML page says: its main text, and the facts that it states
// about itself. What a page does not say is empty.
type Page struct {
	Title     string
	Summary   string
	Language  string // BCP 47
	URL       string // its own address, absolute where it can be made so
	Source    string // the outlet's name, else the host's
	Authors   []string
	Topics    []string // as the page words them
	Published time.Time
	// PublishedAs is Published as Date.String has it.
	PublishedAs string
	Updated     time.Time
	// Rights names the licence that the page states for its article. NoAI says
	// that the page reserves it from programs that learn or generate.
	Rights string
	NoAI   bool
	// From says where each field stood.
	From Origins
	// Unread are dates and authors that the page states and that could not be
	// read, where no other statement of them could.
	Unread []Unread
	// Blocks are the main text in reading order. The title is not among
	// them.
	Blocks []Block
	// LeftOut is set where most of what the page shows is not in Blocks.
	LeftOut LeftOut
}

// Unread is a statement of a page that could not be read.
type Unread struct {
	Field string // "published", "updated" or "authors"
	From  string // the place, as Origins names it
	Text  string // all of it, on one line
}

// Origins says, for each field of a page, where on the page it stood: the name
// of a meta tag, such as "og:title"; a property of JSON-LD, such as "JSON-LD
// headline"; or an element, such as "h1". It is empty for what the page does
// not say.
type Origins struct {
	Title, Summary, Language, URL, Source, Authors, Topics, Published, Updated string
}

// maxTags is how many tags a page may have for a tree to be made of it, in
// memory some hundred times as large as a tag. The largest news pages have
// some thirty thousand.
const maxTags = 1_000_000

// HTML takes the main text and the stated facts out of a page. pageURL is
// where it was found; it may be empty. A fragment without html and body
// elements is read as well as a whole page, and where no main text can be
// told from the rest, the text of the whole body is taken.
func HTML(page string, pageURL string) (Page, error) {
	if strings.Count(page, "<") > maxTags {
		return readTags(page, pageURL)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil { // elements nested too deep for a tree
		return readTags(page, pageURL)
	}
	f := newResolver(collectMetadata(doc), pageURL)
	p := f.page(pageURL)
	var shown int
	p.Blocks, shown = mainText(doc, f.base, p.Title, linkedString(f.articleData["articleBody"]))
	if len(p.Blocks) == 0 {
		// All there was looked like decoration; any text is better than none.
		if doc, err = html.Parse(strings.NewReader(page)); err == nil {
			settleSentences(doc)
			p.Blocks = trimTitle(blocks(cutRuns(doc)), p.Title)
		}
	}
	p.LeftOut = leftOut(page, shown, p.Blocks)
	day, change := dateline(p.Blocks, f.inLanguage, f.meta.othersTimes)
	switch {
	case day.Time.IsZero():
	case change && p.Updated.IsZero():
		p.Updated, p.From.Updated = day.Time, "dateline"
	case !change && p.Published.IsZero():
		p.Published, p.PublishedAs, p.From.Published = day.Time, day.String(), "dateline"
	}
	p.Unread = f.unread(&p)
	return p, nil
}

// dateline looks for a line above the text that says when it was written, or
// changed, as pages made by hand have it: "12 January 2026", "Do 25.04.24 |
// 14:07 Uhr". A heading is none: chronicles have a day above each part. others
// are times on the page that are known to be no such line.
func dateline(b []Block, language string, others []string) (d Date, change bool) {
	paragraphs := 0
	for _, line := range b[:min(len(b), 5)] {
		isOthers := func(s string) bool { return strings.Contains(line.Text, s) }
		if line.Heading || len(line.Text) < len("1.1.2024") || slices.ContainsFunc(others, isOthers) {
			continue
		}
		for s := line.Text; s != "" && len(line.Text) <= maxDate; {
			if d, ok := ReadDate(s, language); ok {
				return d, changeWords().MatchString(s)
			}
			i := strings.LastIndexAny(s, "|·•")
			s = s[:max(i, 0)]
		}
		if len(line.Text) >= 2*minProse {
			paragraphs++
		}
		if paragraphs == 2 { // the first may be a standfirst
			break
		}
	}
	return Date{}, false
}
