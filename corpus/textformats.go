package corpus

import (
	"bytes"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/plaintext"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/scraper"
)

// textFormats are those that other formats are made of. A file is in one of them
// by its extension, or when no other format knows its content.
var textFormats = formatTable{
	{
		name:       "plain text",
		group:      "text",
		extensions: []string{".txt", ".text"},
		types:      []string{"text/plain"},
		kinds:      reader.Text | reader.RTF,
		version:    plaintext.Version,
		sniff:      isPlainText,
		read:       scraper.ReadPlain,
	},
	{
		name:       "Markdown",
		group:      "text",
		extensions: []string{".md", ".markdown", ".mdown", ".mkd", ".mkdn"},
		types:      []string{"text/markdown"},
		kinds:      reader.Text,
		version:    markdown.Version,
		sniff:      isMarkdown,
		read:       markdown.Read,
	},
	{
		name:       "HTML",
		group:      "text",
		extensions: []string{".html", ".htm", ".xhtml"},
		types:      []string{"text/html", "application/xhtml+xml"},
		kinds:      reader.Markup,
		version:    html.Version,
		sniff:      isHTML,
		read:       html.Read,
	},
	{
		name:      "HTML with front matter",
		group:     "text",
		kinds:     reader.Text,
		version:   markdown.Version,
		recognize: markdown.RecognizePage,
		read:      markdown.ReadPage,
	},
	{
		name:       "JSON",
		group:      "text",
		extensions: []string{".json"},
		types:      []string{"application/json", "application/feed+json", "application/ld+json"},
		kinds:      reader.JSON,
		version:    json.Version,
		sniff:      isJSON,
		read:       json.Read,
	},
	{
		name:       "JSON Lines",
		group:      "text",
		extensions: []string{".jsonl", ".ndjson"},
		types:      []string{"application/x-ndjson", "application/jsonl", "application/json-lines", "application/x-jsonlines"},
		kinds:      reader.JSON,
		version:    json.Version,
		read:       json.ReadLines,
	},
}

func isJSON(h *reader.Head) bool { return h.Kind == reader.JSON }

func isHTML(h *reader.Head) bool {
	return h.Kind != reader.Binary && !isOtherXML(h) && isHTMLStart(h)
}

// isOtherXML reports whether a text is XML and not an XHTML page.
func isOtherXML(h *reader.Head) bool {
	return h.HasPrefix("<?xml") && !bytes.Contains(bytes.ToLower(h.Text[:min(len(h.Text), 1024)]), []byte("<html"))
}

func isMarkdown(h *reader.Head) bool {
	for _, mark := range [...]string{"---\n", "---\r\n", "# "} {
		if bytes.HasPrefix(h.Text, []byte(mark)) {
			return true
		}
	}
	return false
}

func isPlainText(h *reader.Head) bool {
	return h.Kind&(reader.Text|reader.Markup|reader.JSON) != 0 && !isOtherXML(h)
}

// isHTMLStart reports whether a text starts as an HTML page or a part of one
// does.
func isHTMLStart(h *reader.Head) bool {
	for _, tag := range [...]string{
		"<!doctype html", "<?xml", "<html", "<head", "<body", "<!--", "<article", "<main", "<section", "<div", "<p>", "<p ",
		"<h1", "<h2", "<meta", "<title",
	} {
		if h.HasPrefix(tag) {
			return true
		}
	}
	return false
}
