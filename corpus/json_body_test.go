package corpus

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// laidOut writes a body with its headings, each paragraph on a line of its own.
func laidOut(a *Article) string {
	var lines []string
	add := func(s string) {
		for p := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
			if p != "" {
				lines = append(lines, p)
			}
		}
	}
	for _, s := range a.Sections {
		if s.Heading != "" {
			lines = append(lines, strings.Repeat("#", s.Level)+" "+s.Heading)
		}
		add(a.Body[s.Start:s.End])
	}
	if len(a.Sections) == 0 {
		add(a.Body)
	}
	return strings.Join(lines, "\n")
}

// Each editor has a tree of its own for a text. All of them tell a heading, a
// paragraph and what lies within one.
func TestJSONBodies(t *testing.T) {
	const text = "The ferries of Vessem stay in port, as the ice is thick.\n## Why now\nNobody knows; nobody asks."
	tests := []struct{ name, json, want string }{
		{"Editor.js", `{"title": "A", "content": {"time": 1, "version": "2.2", "blocks": [
			{"id": "x1", "type": "paragraph", "data": {"text": "The ferries of <b>Vessem</b> stay in port, as the ice is thick."}},
			{"id": "x2", "type": "header", "data": {"text": "Why now", "level": 2}},
			{"id": "x3", "type": "image", "data": {"caption": "A quay in the snow of last year", "file": {"url": "https://x.example/a.png"}}},
			{"id": "x4", "type": "paragraph", "data": {"text": "Nobody knows; nobody asks."}}]}}`, text},
		{"Draft.js", `{"title": "A", "body": {"entityMap": {"0": {"type": "LINK", "data": {"url": "https://x.example"}}}, "blocks": [
			{"key": "a", "text": "The ferries of Vessem stay in port, as the ice is thick.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [{"style": "BOLD"}]},
			{"key": "b", "text": "Why now", "type": "header-two", "data": {}},
			{"key": "c", "text": " ", "type": "atomic"},
			{"key": "d", "text": "Nobody knows; nobody asks.", "type": "unordered-list-item"}]}}`, text},
		{"ProseMirror", `{"title": "A", "body": {"type": "doc", "content": [
			{"type": "paragraph", "content": [{"type": "text", "text": "The ferries of "}, {"type": "text", "text": "Vessem", "marks": [{"type": "link", "attrs": {"href": "https://x.example", "title": "A tooltip of several words here"}}]},
				{"type": "text", "text": " stay in port, as the ice is thick."}]},
			{"type": "heading", "attrs": {"level": 2, "id": "why-now"}, "content": [{"type": "text", "text": "Why now"}]},
			{"type": "bullet_list", "content": [{"type": "list_item", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Nobody knows; nobody asks."}]}]}]},
			{"type": "figure", "content": [{"type": "image", "attrs": {"src": "a", "alt": "The quay of the town in snow"}}, {"type": "figcaption", "content": [{"type": "text", "text": "The quay of the town in snow"}]}]}]}}`, text},
		{"Slate", `{"title": "A", "content": [
			{"type": "paragraph", "children": [{"text": "The ferries of "}, {"type": "link", "url": "https://x.example", "children": [{"text": "Vessem", "bold": true}]}, {"text": " stay in port, as the ice is thick."}]},
			{"type": "h2", "children": [{"text": "Why now"}]},
			{"type": "ul", "children": [{"type": "li", "children": [{"text": "Nobody knows; nobody asks."}]}]}]}`, text},
		{"old Slate", `{"title": "A", "body": {"document": {"nodes": [
			{"object": "block", "type": "paragraph", "nodes": [{"object": "text", "leaves": [{"object": "leaf", "text": "The ferries of Vessem stay in port,", "marks": []}, {"object": "leaf", "text": " as the ice is thick.", "marks": []}]}]},
			{"object": "block", "type": "heading-two", "nodes": [{"object": "text", "text": "Why now"}]},
			{"object": "block", "type": "paragraph", "nodes": [{"object": "text", "text": "Nobody knows; nobody asks."}]}]}}}`, text},
		{"Lexical, as a text", `{"title": "A", "html": null, "lexical": "{\"root\":{\"children\":[{\"type\":\"paragraph\",\"version\":1,\"children\":[{\"type\":\"extended-text\",\"text\":\"The ferries of Vessem \",\"format\":1},{\"type\":\"extended-text\",\"text\":\"stay in port, as the ice is thick.\"}]},{\"type\":\"extended-heading\",\"tag\":\"h2\",\"children\":[{\"type\":\"extended-text\",\"text\":\"Why now\"}]},{\"type\":\"list\",\"listType\":\"bullet\",\"tag\":\"ul\",\"children\":[{\"type\":\"listitem\",\"children\":[{\"type\":\"text\",\"text\":\"Nobody knows; nobody asks.\"}]}]},{\"type\":\"image\",\"caption\":\"A quay in the snow of last year\"}]}}"}`, text},
		{"Contentful", `{"title": "A", "body": {"nodeType": "document", "data": {}, "content": [
			{"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": "The ferries of ", "marks": [], "data": {}}, {"nodeType": "hyperlink", "data": {"uri": "https://x.example"}, "content": [{"nodeType": "text", "value": "Vessem", "marks": []}]}, {"nodeType": "text", "value": " stay in port, as the ice is thick."}]},
			{"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "Why now", "marks": []}]},
			{"nodeType": "embedded-asset-block", "data": {"target": {"sys": {"id": "x"}}}, "content": []},
			{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "Nobody knows; nobody asks.", "marks": []}]}]}}`, text},
		{"Portable Text", `{"title": "A", "body": [
			{"_type": "block", "_key": "k1", "style": "normal", "markDefs": [{"_type": "link", "href": "https://x.example"}], "children": [{"_type": "span", "text": "The ferries of ", "marks": []}, {"_type": "span", "text": "Vessem", "marks": ["strong"]}, {"_type": "span", "text": " stay in port, as the ice is thick."}]},
			{"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "Why now"}]},
			{"_type": "image", "caption": "A quay in the snow of last year", "asset": {"_ref": "image-abc-200x200-png"}},
			{"_type": "block", "style": "normal", "listItem": "bullet", "level": 1, "children": [{"_type": "span", "text": "Nobody knows; nobody asks."}]}]}`, text},
		{"Notion", `{"title": "A", "blocks": [
			{"object": "block", "type": "paragraph", "paragraph": {"rich_text": [{"type": "text", "text": {"content": "The ferries of ", "link": null}, "annotations": {"bold": false, "color": "default"}, "plain_text": "The ferries of "}, {"type": "text", "text": {"content": "Vessem"}, "plain_text": "Vessem", "href": null}, {"type": "text", "text": {"content": " stay in port, as the ice is thick."}, "plain_text": " stay in port, as the ice is thick."}]}},
			{"object": "block", "type": "heading_2", "heading_2": {"rich_text": [{"type": "text", "text": {"content": "Why now"}, "plain_text": "Why now"}]}},
			{"object": "block", "type": "bulleted_list_item", "bulleted_list_item": {"rich_text": [{"type": "text", "text": {"content": "Nobody knows; nobody asks."}, "plain_text": "Nobody knows; nobody asks."}]}}]}`, text},
		{"Gutenberg, parsed", `{"title": "A", "blocks": [
			{"blockName": "core/paragraph", "attrs": {"align": "left"}, "innerBlocks": [], "innerHTML": "\n<p>The ferries of Vessem stay in port, as the ice is thick.</p>\n", "innerContent": ["\n<p>The ferries of Vessem stay in port, as the ice is thick.</p>\n"]},
			{"blockName": "core/group", "attrs": {}, "innerHTML": "<div class=\"wp-block-group\"></div>", "innerContent": ["<div class=\"wp-block-group\">", null, "</div>"], "innerBlocks": [
				{"blockName": "core/heading", "attrs": {"level": 2}, "innerBlocks": [], "innerHTML": "<h2>Why now</h2>", "innerContent": ["<h2>Why now</h2>"]},
				{"blockName": "core/image", "attrs": {"id": 3}, "innerBlocks": [], "innerHTML": "<figure><img src=\"a.png\"/><figcaption>A quay in the snow</figcaption></figure>", "innerContent": []}]},
			{"blockName": null, "attrs": [], "innerBlocks": [], "innerHTML": "\n\n", "innerContent": ["\n\n"]},
			{"blockName": "core/paragraph", "attrs": [], "innerBlocks": [], "innerHTML": "<p>Nobody knows; nobody asks.</p>", "innerContent": ["<p>Nobody knows; nobody asks.</p>"]}]}`, text},
		{"Gutenberg, in the editor", `{"title": "A", "blocks": [
			{"name": "core/paragraph", "attributes": {"content": "The ferries of <strong>Vessem</strong> stay in port, as the ice is thick.", "dropCap": false}, "innerBlocks": []},
			{"name": "core/heading", "attributes": {"content": "Why now", "level": 2}, "innerBlocks": []},
			{"name": "core/paragraph", "attributes": {"content": "Nobody knows; nobody asks."}, "innerBlocks": []}]}`, text},
		{"content elements", `{"title": "A", "content_elements": [
			{"_id": "AB", "type": "text", "content": "The ferries of <a href=\"x\">Vessem</a> stay in port, as the ice is thick."},
			{"type": "image", "url": "https://x.example/a.jpg", "caption": "A quay in the snow of last year", "subtitle": "The quay, seen from the sea side"},
			{"type": "header", "level": 2, "content": "Why now"},
			{"type": "list", "list_type": "unordered", "items": [{"type": "text", "content": "Nobody knows; nobody asks."}]}]}`, text},
		{"sanitized HTML", `{"title": "A", "contents": [
			{"type": "kicker", "content": "Opinion of the day", "mime": "text/plain"}, {"type": "title", "content": "A", "mime": "text/plain"}, {"type": "byline", "content": "By Ada Okoye"}, {"type": "date", "content": 1325376562000},
			{"type": "sanitized_html", "subtype": "paragraph", "content": "The ferries of Vessem stay in port, as the ice is thick.", "mime": "text/html"},
			{"type": "image", "fullcaption": "A quay in the snow of last year", "imageURL": "x"},
			{"type": "sanitized_html", "subtype": "subhead", "content": "Why now"},
			{"type": "sanitized_html", "subtype": "paragraph", "content": "Nobody knows; nobody asks."},
			{"type": "author_info", "bio": "Ada Okoye writes about ports and ships.", "name": "Ada Okoye"}]}`, text},
		{"components with roles", `{"title": "A", "components": [
			{"role": "title", "text": "A"}, {"role": "byline", "text": "By Ada Okoye, in the port of Vessem"},
			{"role": "container", "components": [{"role": "body", "format": "html", "text": "<p>The ferries of Vessem stay in port, as the ice is thick.</p>"}, {"role": "heading2", "text": "Why now"}]},
			{"role": "caption", "text": "A quay in the snow of last year"}, {"role": "body", "text": "Nobody knows; nobody asks."}]}`, text},
		{"models of blocks", `{"title": "A", "content": {"model": {"blocks": [{"type": "text", "model": {"blocks": [
			{"type": "paragraph", "model": {"text": "The ferries of Vessem stay in port, as the ice is thick.", "blocks": [
				{"type": "fragment", "model": {"text": "The ferries of Vessem stay", "attributes": ["bold"]}}, {"type": "fragment", "model": {"text": " in port, as the ice is thick.", "attributes": []}}]}},
			{"type": "subheadline", "model": {"level": 2, "blocks": [{"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": "Why now"}}]}}]}},
			{"type": "paragraph", "model": {"blocks": [{"type": "fragment", "model": {"text": "Nobody knows;"}}, {"type": "fragment", "model": {"text": " nobody asks."}}]}}]}}]}}}`, text},
		{"Delta", `{"title": "A", "content": {"ops": [{"insert": "The ferries of "}, {"insert": "Vessem", "attributes": {"bold": true}}, {"insert": " stay in port, as the ice is thick.\nWhy now"},
			{"insert": "\n", "attributes": {"header": 2}}, {"insert": {"image": "https://x.example/a.png"}}, {"insert": "Nobody knows; nobody asks.\n"}]}}`, text},
		{"Mobiledoc", `{"title": "A", "mobiledoc": "{\"version\":\"0.3.1\",\"atoms\":[[\"soft-return\",\"\",{}]],\"cards\":[[\"image\",{\"src\":\"a.png\",\"caption\":\"A quay in the snow of last year\"}],[\"markdown\",{\"markdown\":\"Nobody knows; nobody asks.\"}]],\"markups\":[[\"strong\"]],\"sections\":[[1,\"p\",[[0,[],0,\"The ferries of \"],[0,[0],1,\"Vessem\"],[0,[],0,\" stay in port, as the ice is thick.\"]]],[1,\"h2\",[[0,[],0,\"Why now\"]]],[10,0],[10,1]]}"}`, text},
		{"inlines with types of GraphQL", `{"title": "A", "sprinkledBody": {"content": [
			{"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": "The ferries of Vessem ", "formats": []}, {"__typename": "TextInline", "text": "stay in port, as the ice is thick.", "formats": [{"__typename": "LinkFormat", "url": "x", "title": "A tooltip of several words here"}]}]},
			{"__typename": "Heading2Block", "content": [{"__typename": "TextInline", "text": "Why now"}]},
			{"__typename": "ImageBlock", "media": {"caption": {"text": "A quay in the snow of last year"}}},
			{"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": "Nobody knows; nobody asks."}]}]}}`, text},
		{"sections with paragraphs", `{"title": "A", "body": {"sections": [{"paragraphs": ["The ferries of Vessem stay in port, as the ice is thick."]}, {"heading": "Why now", "paragraphs": [{"text": "Nobody knows; nobody asks."}]}]}}`, text},
		{"sections with titles", `{"title": "A", "sections": [{"text": "The ferries of Vessem stay in port, as the ice is thick."}, {"title": "Why now", "content": "<p>Nobody knows; nobody asks.</p>"}]}`, text},
		{"sections in sections", `{"title": "A", "content": {"chapters": [{"parts": [{"lines": "The ferries of Vessem stay in port, as the ice is thick."}], "sections": [{"header": "Why now", "body": {"text": "Nobody knows; nobody asks."}}]}]}}`, text},
		{
			"sections by their names", `{"title": "A", "body": {"intro": "The ferries of Vessem stay in port, as the ice is thick.", "Why now": "Nobody knows; nobody asks any more today."}}`,
			"The ferries of Vessem stay in port, as the ice is thick.\n## Why now\nNobody knows; nobody asks any more today.",
		},
		{
			"paragraphs that name their section", `{"title": "A", "body_text": [{"text": "The ferries of Vessem stay in port.", "section": "The ice", "cite_spans": [{"text": "[1]"}]}, {"text": "It is thick.", "section": "The ice"}, {"text": "Nobody knows.", "section": "Why now"}]}`,
			"## The ice\nThe ferries of Vessem stay in port.\nIt is thick.\n## Why now\nNobody knows.",
		},
		{
			"names in another language", `{"title": "A", "body": {"avsnitt": [{"rubrik": "Varför nu", "stycken": ["Färjorna i Vessem ligger kvar i hamnen."]}]}}`,
			"## Varför nu\nFärjorna i Vessem ligger kvar i hamnen.",
		},
		{
			"names in another script", `{"title": "A", "content": [{"小标题": "为什么是现在", "正文": "维瑟姆的渡轮停在港口，因为冰很厚。没有人知道为什么。"}]}`,
			"## 为什么是现在\n维瑟姆的渡轮停在港口，因为冰很厚。没有人知道为什么。",
		},
		{
			"a list of blocks under a name of lists", `{"title": "A", "items": [{"type": "paragraph", "text": "The ferries stay in port."}, {"type": "heading", "level": 3, "text": "Why now"}, {"type": "paragraph", "text": "Nobody knows."}]}`,
			"The ferries stay in port.\n### Why now\nNobody knows.",
		},
		{
			"a table", `{"title": "A", "body": {"blocks": [{"type": "table", "data": {"withHeadings": true, "content": [["Year", "Days"], ["2025", "14"]]}}, {"type": "paragraph", "data": {"text": "That is all."}}]}}`,
			"Year | Days\n2025 | 14\nThat is all.",
		},
		{
			"a table of nodes", `{"title": "A", "body": {"type": "doc", "content": [{"type": "table", "content": [{"type": "table_row", "content": [
			{"type": "table_cell", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "2025"}]}]}, {"type": "table_cell", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "14 days"}]}]}]}]}]}}`,
			"2025 | 14 days",
		},
		{
			"a quotation and who said it", `{"title": "A", "content": {"blocks": [{"type": "quote", "data": {"text": "Nobody knows.", "caption": "Ada Okoye, pilot", "alignment": "left"}}]}}`,
			"Nobody knows.\nAda Okoye, pilot",
		},
		{
			"a nested list", `{"title": "A", "content": {"blocks": [{"type": "list", "data": {"style": "ordered", "items": [{"content": "One stays", "items": [{"content": "Two go", "items": []}]}, {"content": "Three come", "items": []}]}}]}}`,
			"One stays\nTwo go\nThree come",
		},
		{
			"the same text as HTML and plain", `{"title": "A", "body": [{"html": "<p>The ferries of <b>Vessem</b> stay in port.</p>", "text": "The ferries of Vessem stay in port."}]}`,
			"The ferries of Vessem stay in port.",
		},
		{"pieces without types", `{"title": "A", "content": [{"text": "The ferries of "}, {"text": "Vessem"}, {"text": " stay."}]}`, "The ferries of Vessem stay."},
		{"a word with a mark within", `{"title": "A", "content": [{"type": "paragraph", "children": [{"text": "Un"}, {"text": "think", "italic": true}, {"text": "able, they say"}, {"type": "linebreak"}, {"text": "today."}]}]}`, "Unthinkable, they say\ntoday."},
		{"paragraphs without types", `{"title": "A", "content": [{"text": "The ferries stay."}, {"text": "Nobody asks."}]}`, "The ferries stay.\nNobody asks."},
		{"lists of paragraphs in a list", `{"title": "A", "body": [["The ferries stay.", "Nobody asks."], ["That is all."]]}`, "The ferries stay.\nNobody asks.\nThat is all."},
		{"ids, addresses and types are no text", `{"title": "A", "body": [{"id": "p-1f9", "type": "x-custom", "url": "https://x.example/a b c d e f", "lang": "en", "text": "The ferries stay."}]}`, "The ferries stay."},
		{"a field of a site's builder", `{"title": "A", "body": {"value": "<p>The ferries stay.</p>", "format": "full_html", "processed": "<p>The ferries stay in port.</p>", "summary": "No ferries."}}`, "The ferries stay."},
		{"values by language", `{"title": {"en": "A"}, "body": {"und": [{"value": "<p>The ferries stay.</p>", "safe_value": "<p>The ferries stay.</p>"}]}}`, "The ferries stay."},
		{"HTML with its type", `{"title": "A", "content": [{"type": "text/html", "base": "", "value": "<p>The ferries stay.</p><h2>Why now</h2><p>Nobody asks.</p>"}]}`, "The ferries stay.\n## Why now\nNobody asks."},
		{"elements of XML", `{"title": "A", "body": {"p": ["The ferries stay.", {"#text": "Nobody asks."}]}}`, "The ferries stay.\nNobody asks."},
		{
			"columns", `{"title": "A", "content": [{"acf_fc_layout": "heading", "heading": "Why now"}, {"acf_fc_layout": "two_columns", "left": "<p>The ferries of the town stay.</p>", "right": "<p>The pilots of the port too.</p>"}]}`,
			"## Why now\nThe ferries of the town stay.\nThe pilots of the port too.",
		},
		{
			"blocks with a text of theirs and its elements", `{"title": "A", "blocks": {"main": {"bodyHtml": "<figure><img></figure>"}, "body": [{"id": "x", "bodyHtml": "<p>The ferries stay.</p>", "bodyTextSummary": "The ferries stay.", "title": "", "elements": [{"type": "text", "textTypeData": {"html": "<p>The ferries stay.</p>"}}]}]}}`,
			"The ferries stay.",
		},
		{
			"names that are keys", `{"title": "A", "content": {"bodyModel": {"paragraphs": [{"name": "e1f0", "type": 1, "text": "The ferries stay.", "markups": [{"href": "x"}]}, {"name": "a2", "type": "H3", "text": "Why now"}, {"name": "a3", "type": "IMG", "text": "A quay in the snow of last year"}, {"name": "a4", "type": "P", "text": "Nobody asks."}]}}}`,
			"The ferries stay.\n### Why now\nNobody asks.",
		},
		{"questions and answers", `{"title": "A", "body": {"items": [{"question": "Why now?", "answer": "The ice is thick."}]}}`, "## Why now?\nThe ice is thick."},
		{"who speaks", `{"title": "A", "content": [{"speaker": "OKOYE", "text": "Why now?"}, {"speaker": "Smit:", "text": "The ice."}]}`, "OKOYE: Why now?\nSmit: The ice."},
		{
			"numbered paragraphs", `{"title": "A", "body": {"1": "The ferries of the town stay in port.", "2": "Nobody asks.", "3": "The ice of the sea is thick."}}`,
			"The ferries of the town stay in port.\nNobody asks.\nThe ice of the sea is thick.",
		},
		{"deep below unknown names", `{"title": "A", "body": {"a": {"b": [{"c": {"d": {"text": "The ferries stay."}}}]}}}`, "The ferries stay."},
		{
			"sentences", `{"title": "A", "body": [{"sentences": ["The ferries stay.", "Nobody asks."]}, {"sentences": [{"text": "That is all."}, {"text": "The end."}]}]}`,
			"The ferries stay. Nobody asks.\nThat is all. The end.",
		},
		{"words", `{"title": "A", "paragraphs": [["The", "ferries", ",", "they", "stay", "."]]}`, "The ferries, they stay."},
		{"short paragraphs among others", `{"title": "A", "body": {"absatz": [{"inhalt": "Die Fähren von Vessem bleiben im Hafen."}, {"inhalt": "Warum?"}]}}`, "Die Fähren von Vessem bleiben im Hafen.\nWarum?"},
		{"a plain text that begins as JSON does", `{"title": "A", "body": "[AFP, Vessem] The ferries stay."}`, "[AFP, Vessem] The ferries stay."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := parseOne(t, "json", tt.json)
			if diff := cmp.Diff(tt.want, laidOut(&a)); diff != "" || a.Title != "A" || len(a.Topics) > 0 {
				t.Error(a.Title, a.Topics, diff)
			}
		})
	}
}

// A text with the links of Markdown is Markdown, whether blank lines part its
// paragraphs or line breaks alone.
func TestJSONMarkdown(t *testing.T) {
	long := strings.Repeat("The ferries stay in port. ", 8)
	for _, tt := range []struct{ text, want string }{
		{"![](https://x.example/a.png)\\n\\nThe *ferries* of\\n[Vessem](https://x.example/) stay.\\n\\n## Why\\n\\nIce.", "The ferries of Vessem stay.\n## Why\nIce."},
		{"[Ferries](https://x.example/) stay.\\n" + long + "\\n" + long + "\\nIce.", "Ferries stay.\n" + strings.TrimSpace(long) + "\n" + strings.TrimSpace(long) + "\nIce."},
		{"The ferries stay.\\nSee [Vessem](https://x.example/).", "The ferries stay.\nSee Vessem."},
		{"The ferries *stay* [sic] in port.", "The ferries *stay* [sic] in port."},
	} {
		for _, name := range []string{"content", "markdown"} {
			a := parseOne(t, "json", `{"title": "A", "`+name+`": "`+tt.text+`"}`)
			if d := cmp.Diff(tt.want, laidOut(&a)); d != "" || a.Title != "A" {
				t.Error(name, a.Title, d)
			}
		}
	}
}
