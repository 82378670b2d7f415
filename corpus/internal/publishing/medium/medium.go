// Package medium reads posts as Medium exports them, a page each.
//
// The title stands above the text and again as its first heading, which is no
// part of the text, nor are the line above it and cards of other pages. A draft is one that its sender withholds: its page does not
// say when it appeared. Responses to posts of others are posts as well, and
// nothing tells them apart.
package medium

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

// Recognize reports whether a file is such a page.
func Recognize(h *reader.Head) bool {
	return h.Contains(`class="h-entry"`) && h.Contains(`<section data-field="`) && h.Contains(`data-field="body"`) && h.Contains(`class="p-name"`)
}

// Read reads a page: one record.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	if err := reader.Guard(func() error { fill(publishing.Parse(s), &rec); return nil }); err != nil {
		return err
	}
	if strings.HasPrefix(in.Name[strings.LastIndexAny(in.Name, `/\`)+1:], "draft_") {
		rec.Handling = publishing.Withheld()
	}
	out.Emit(&rec)
	return nil
}

func section(field string) func(n *html.Node) bool {
	return func(n *html.Node) bool { return n.Data == "section" && publishing.Attr(n, "data-field") == field }
}

// fill takes what a page says into a record.
func fill(page *html.Node, rec *record.Record) {
	title := publishing.Words(publishing.First(page, publishing.HasClass("p-name")))
	publishing.Set(rec, record.Title, "h1.p-name", title)
	body := publishing.First(page, section("body"))
	footer := publishing.First(page, func(n *html.Node) bool { return n.Data == "footer" })
	publishing.Remove(footer) // it may lie within an unclosed body
	leading := publishing.Find(body, publishing.HasClass("graf--title"))
	if len(leading) > 0 && (publishing.Words(leading[0]) == title || strings.HasPrefix(title, "Untitled")) {
		publishing.Remove(leading...)
	}
	summary := publishing.Words(publishing.First(page, section("subtitle")))
	if subtitle := publishing.First(body, publishing.HasClass("graf--subtitle")); subtitle != nil {
		whole := publishing.Words(subtitle)
		if start, cut := strings.CutSuffix(summary, "…"); summary == whole || cut && strings.HasPrefix(whole, start) {
			summary = whole
			publishing.Remove(subtitle)
		}
	}
	for _, class := range [...]string{"graf--kicker", "graf--mixtapeEmbed"} {
		publishing.Remove(publishing.Find(body, publishing.HasClass(class))...)
	}
	if start := strings.TrimRight(summary, "….—- "); start != "" && !strings.HasPrefix(publishing.Words(body), start) {
		publishing.Set(rec, record.Summary, "section subtitle", summary)
	}
	rec.SetBlocks(record.Mapped, layout.HTMLBlocks(publishing.Inner(body)))
	rec.Form = record.Plain
	publishing.Set(rec, record.Source, "Exported from", "Medium")
	canonical := publishing.Attr(publishing.First(footer, publishing.HasClass("p-canonical")), "href")
	publishing.Set(rec, record.URL, "a.p-canonical", canonical)
	publishing.Set(rec, record.Authors, "a.p-author", publishing.Words(publishing.First(footer, publishing.HasClass("p-author"))))
	at := publishing.First(footer, publishing.HasClass("dt-published"))
	publishing.Set(rec, record.Published, "time.dt-published", publishing.Attr(at, "datetime"))
	for _, tag := range publishing.Find(footer, publishing.HasClass("p-tag")) {
		publishing.Set(rec, record.Topics, "a.p-tag", publishing.Words(tag))
	}
	if at == nil && canonical == "" && footer != nil {
		rec.Handling = publishing.Withheld()
	}
}
