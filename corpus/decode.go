package corpus

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// decodeBlocks reads what is marked up in blocks of which each is plain text or
// HTML. A heading stays one.
func decodeBlocks(blocks []extract.Block) []extract.Block {
	decoded := make([]extract.Block, 0, len(blocks))
	for _, b := range blocks {
		s, isHTML := decode(b.Text)
		if !isHTML {
			b.Text = s
			decoded = append(decoded, b)
			continue
		}
		parts := layout.HTMLBlocks(s)
		for i := range parts {
			parts[i].Page = b.Page
		}
		if b.Heading {
			b.Text = strings.ReplaceAll(joinBlocks(parts), "\n\n", " ")
			parts = []extract.Block{b}
		}
		decoded = append(decoded, parts...)
	}
	return decoded
}

// decode returns a text of JSON, and whether it is HTML. The entities of a plain
// text are decoded, once. Where that gives markup, the text is HTML that was
// escaped once too often.
func decode(s string) (text string, isHTML bool) {
	if layout.LooksHTML(s) {
		return s, true
	}
	text = layout.DecodeEntities(s)
	// Who merely names a tag does not close it.
	isHTML = len(text) < len(s) && layout.LooksHTML(text) && (strings.Contains(text, "</") || strings.Contains(text, "<br"))
	return text, isHTML
}

// withLead puts a first paragraph that stood apart where it is searched: it is
// the summary if there is no other, else the first paragraph, unless the text
// has it already, or the summary beside a text.
func withLead(a *Article, blocks []extract.Block, lead string) []extract.Block {
	switch {
	case lead == "" || lead == a.Summary && len(blocks) > 0:
		return blocks
	case len(blocks) > 0 && a.Summary == "":
		a.Summary = lead
		return blocks
	}
	words := strings.Join(strings.Fields(lead), " ")
	for i := range blocks {
		if strings.Contains(strings.Join(strings.Fields(blocks[i].Text), " "), words) {
			return blocks
		}
	}
	return append([]extract.Block{{Text: lead}}, blocks...)
}

// summary returns the summary of a record, which may be a list of points.
func summary(rec *record.Record) string {
	var points []string
	for _, v := range rec.Values(record.Summary) {
		if s := plainText(v.Text); s != "" && !slices.Contains(points, s) {
			points = append(points, s)
		}
	}
	return layout.Prefix(strings.Join(points, "\n"), record.MaxSummary)
}
