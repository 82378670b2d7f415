package extract

import (
	"net/url"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"codeberg.org/readeck/go-readability/v2/render"
)

// Page is what an HTML page says: its main text and the facts it states
// about itself.
type Page struct {
	Title, Summary, Language, URL, Source string
	Authors, Topics                       []string
	Published, Updated                    time.Time
	Blocks                                []Block
}

// HTML takes the main text and the stated facts out of a page.
func HTML(html string, pageURL string) (Page, error) {
	u, err := url.Parse(pageURL)
	if err != nil {
		u = &url.URL{}
	}
	a, err := readability.FromReader(strings.NewReader(html), u)
	if err != nil {
		return Page{}, err
	}
	p := Page{
		Title: Clean(a.Title()), Summary: Clean(a.Excerpt()), Language: Clean(a.Language()),
		URL: pageURL, Source: Clean(a.SiteName()),
	}
	p.Published, _ = a.PublishedTime()
	p.Updated, _ = a.ModifiedTime()
	if a.Byline() != "" {
		p.Authors = []string{Clean(a.Byline())}
	}
	if a.Node != nil {
		for _, t := range strings.Split(Clean(render.InnerText(a.Node)), "\n") {
			if t = strings.TrimSpace(t); t != "" {
				p.Blocks = append(p.Blocks, Block{Text: t})
			}
		}
	}
	return p, nil
}
