// Package sitemap reads sitemaps: those for news, which state title, date and
// outlet of each article. Plain ones and their indexes hold addresses alone:
// entries without a title are passed over, as there is nothing to find them by,
// and so are pictures and videos. A sitemap in plain text,
// an address a line, is told from no other list and is not read.
package sitemap

import (
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

// Recognize reports whether a file is a sitemap.
func Recognize(h *reader.Head) bool {
	root := strings.ToLower(h.Root())
	if _, name, ok := strings.Cut(root, ":"); ok {
		root = name
	}
	return root == "urlset" || root == "sitemapindex"
}

// Read reads a sitemap as a stream.
func Read(in *reader.Input, out reader.Output) error {
	n, untitled, more := 0, 0, true
	_, err := xmltree.Records(in, isEntry, func(e *xmltree.Node) bool {
		rec := record.Record{}
		if err := reader.Guard(func() error { fill(e, &rec); return nil }); err != nil {
			more = out.Fail(&reader.Fault{Line: e.Line, Err: err})
			return more
		}
		if !rec.Has(record.Title) {
			untitled++
			return true
		}
		n++
		rec.Number, rec.Line = n, e.Line
		more = out.Emit(&rec)
		return more
	})
	if err == nil && more && n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("the sitemap lists %d addresses without titles", untitled)}
	}
	return err
}

func isEntry(n *xmltree.Node) bool {
	return n.Is("url", "sitemap") && n.Parent.Is("urlset", "sitemapindex")
}

// fill takes what an entry says into a record. The address tells it from others,
// wherever in the list it stands.
func fill(e *xmltree.Node, rec *record.Record) {
	loc := e.Child("loc").OneLine()
	set := func(f record.Field, from, text string) {
		if text != "" {
			rec.Set(f, record.Mapped, []record.Value{{Text: text, From: from, Element: true}})
		}
	}
	set(record.URL, "loc", loc)
	rec.Place = loc
	set(record.Updated, "lastmod", e.Child("lastmod").OneLine())
	news := e.First("news:news", "news")
	if news == nil {
		return
	}
	set(record.Title, "news:title", news.Child("title").OneLine())
	set(record.Published, "news:publication_date", news.Child("publication_date").OneLine())
	publication := news.Child("publication")
	set(record.Source, "news:name", publication.Child("name").OneLine())
	set(record.Language, "news:language", publication.Child("language").OneLine())
	if text := news.Child("keywords").OneLine(); text != "" {
		rec.Set(record.Topics, record.Mapped, keywords(text))
	}
	for _, g := range strings.Split(news.Child("geo_locations").OneLine(), ";") {
		set(record.Places, "news:geo_locations", strings.TrimSpace(g))
	}
}

// keywords parts what stands in one element, with commas between.
func keywords(s string) []record.Value {
	var list []record.Value
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" && len(list) < record.MaxValues {
			list = append(list, record.Value{Text: part, From: "news:keywords", Element: true})
		}
	}
	return list
}
