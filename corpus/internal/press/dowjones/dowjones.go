// Package dowjones reads what the content services of Dow Jones answer in JSON:
// an article, a list of articles, or chunks of articles.
//
// An answer is JSON:API: "data" holds one thing or a list, each with "attributes"
// and "meta". A text is a tree of paragraphs, text items, entities and links; what
// an entity or a link says is part of the sentence. Chunks are parts of a text, made
// for language models. They name their document in meta.original_doc_id, begin with
// its title again, and come in the order of relevance; those of one document are one
// article here. It may lack a part that the answer does not hold.
//
// The day when the database took an article in or coded it again is no date of the
// article. Codes of information providers are left out.
package dowjones

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 2

// Recognize reports whether a file is such an answer.
func Recognize(h *reader.Head) bool {
	if !h.Contains(`"attributes"`) {
		return false
	}
	return h.Contains("drn:archive.newsarticle") || h.Contains("api.dowjones.com/content") || h.Contains(`"original_doc_id"`) && h.Contains(`"headline"`)
}

// Read reads an answer.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	// Answers may follow each other, one a line.
	var roots []any
	var fault error
	for d := json.NewDecoder(strings.NewReader(s)); fault == nil; {
		var root any
		if err := d.Decode(&root); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			at := int(d.InputOffset())
			fault = &reader.Fault{Line: 1 + strings.Count(s[:min(at, len(s))], "\n"), Err: err, Hint: "the file is cut short or was changed; fetch it again"}
			break
		}
		roots = append(roots, root)
	}
	articles := articlesOf(roots)
	if len(articles) == 0 {
		return cmp.Or(fault, record.ErrNoText)
	}
	for i, a := range articles {
		rec := a.record()
		if len(articles) > 1 {
			rec.Number, rec.Place = i+1, strconv.Itoa(i+1)
		}
		if !out.Emit(rec) {
			return nil
		}
	}
	return fault
}

// article is an article, or the chunks of one.
type article struct {
	id     string
	first  object // the thing that says what is known of it
	chunks []object
}

// articlesOf returns the articles of an answer, in order. Chunks of a document are
// where its first one is.
func articlesOf(root any) []*article {
	var all []*article
	byID := map[string]*article{}
	for _, o := range thingsOf(root) {
		id := lastOf(o.text("meta", "original_doc_id"))
		isChunk := id != ""
		if id == "" {
			id = lastOf(o.text("id"))
		}
		a := byID[id]
		if a == nil || id == "" || !isChunk {
			a = &article{id: id, first: o}
			all = append(all, a)
			byID[id] = a
		}
		if isChunk {
			a.chunks = append(a.chunks, o)
		}
	}
	return all
}

// thingsOf returns what has attributes: the root, what its data is, or what is in
// a list.
func thingsOf(v any) []object {
	switch v := v.(type) {
	case []any:
		var all []object
		for _, e := range v {
			all = append(all, thingsOf(e)...)
		}
		return all
	case map[string]any:
		if _, ok := v["attributes"].(map[string]any); ok {
			return []object{v}
		}
		if data, ok := v["data"]; ok {
			return thingsOf(data)
		}
	}
	return nil
}

// lastOf returns an accession number without what stands before it:
// "drn:archive.newsarticle.EXHE000020190920ef9k000jh".
func lastOf(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

// record returns the record of an article.
func (a *article) record() *record.Record {
	o := a.first
	rec := &record.Record{Form: record.Plain, IsFile: true}
	title := oneLine(textOf(o.at("attributes", "headline")))
	setOne(rec, record.ID, a.id, "id")
	setOne(rec, record.Title, title, "headline")
	setOne(rec, record.Source, o.firstText("attributes.sources.name", "meta.source.name", "attributes.source.name", "attributes.publisher.name", "meta.publisher.name"), "source")
	setOne(rec, record.Published, o.firstText("attributes.publication_time", "attributes.publication_datetime", "attributes.publication_date"), "publication_date")
	setOne(rec, record.Language, o.firstText("meta.language.code", "attributes.language.code", "meta.language"), "language")
	a.setAuthors(rec)
	a.setCodes(rec)
	if rights := oneLine(textOf(o.at("attributes", "copyright"))); rights != "" {
		rec.Handling = &record.Handling{Rights: rights}
	}
	blocks := a.blocks(title)
	if len(blocks) > 0 {
		rec.SetBlocks(record.Mapped, blocks)
		rec.Form = record.Plain
	}
	if len(a.chunks) == 0 {
		a.setSnippet(rec, blocks)
		a.checkLength(rec, blocks, title)
	}
	return rec
}

// setAuthors sets those who wrote: as a list, else as the line that names them.
func (a *article) setAuthors(rec *record.Record) {
	var names []record.Value
	for _, v := range listOf(a.first.at("attributes", "authors")) {
		if name := object(mapOf(v)).text("full_name"); name != "" {
			names = append(names, record.Value{Text: name, From: "authors", Element: true})
		}
	}
	if len(names) > 0 {
		rec.Set(record.Authors, record.Mapped, names)
		return
	}
	byline := oneLine(textOf(a.first.at("attributes", "byline")))
	setOne(rec, record.Authors, stated.Byline(byline, rec.First(record.Source)), "byline")
}

// setCodes sets subjects, places and names.
func (a *article) setCodes(rec *record.Record) {
	for _, v := range listOf(a.first.at("meta", "code_sets")) {
		set := object(mapOf(v))
		f := fieldOf(set.text("type"), set.text("id"))
		if f == record.NoField {
			continue
		}
		var values []record.Value
		for _, c := range listOf(set["codes"]) {
			code := object(mapOf(c))
			if name := code.text("descriptor"); name != "" && !stated.IsFilter(code.text("code")) {
				values = append(values, record.Value{Text: name, From: "code_sets", Element: true})
			}
		}
		rec.Set(f, record.Mapped, values)
	}
}

// fieldOf returns the field of a set of codes.
func fieldOf(kind, id string) record.Field {
	switch {
	case kind == "NewsSubject" || kind == "Industry" || id == "ns" || id == "in":
		return record.Topics
	case kind == "Region" || id == "re":
		return record.Places
	case kind == "People" || kind == "Person" || id == "pe":
		return record.People
	case kind == "Organization" || kind == "Company" || id == "co":
		return record.Organizations
	}
	return record.NoField
}

// setSnippet keeps the beginning that a list of results has, where there is no
// text.
func (a *article) setSnippet(rec *record.Record, blocks []extract.Block) {
	if len(blocks) == 0 {
		setOne(rec, record.Summary, textOf(a.first.at("attributes", "snippet")), "snippet")
	}
}

func (a *article) checkLength(rec *record.Record, blocks []extract.Block, title string) {
	n, ok := number(a.first.at("meta", "metrics", "word_count"))
	if !ok || len(blocks) == 0 {
		return
	}
	texts := make([]string, len(blocks))
	for i := range blocks {
		texts[i] = blocks[i].Text
	}
	l := stated.Length{N: n, Text: fmt.Sprintf("word_count: %d", n)}
	l.Check(rec, strings.Join(texts, "\n"), title)
}

// blocks returns the text.
func (a *article) blocks(title string) []extract.Block {
	if len(a.chunks) == 0 {
		return paragraphsOf(a.first.at("attributes", "body"), nil)
	}
	chunks := slices.Clone(a.chunks)
	slices.SortStableFunc(chunks, func(x, y object) int { return x.position() - y.position() })
	var blocks []extract.Block
	seen := map[string]bool{}
	for _, c := range chunks {
		text := ""
		for _, name := range [...]string{"content", "body", "snippet"} {
			if text = textOf(c.at("attributes", name)); strings.TrimSpace(text) != "" {
				break
			}
		}
		text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), title))
		if seen[text] {
			continue
		}
		seen[text] = true
		for part := range strings.SplitSeq(text, "\n\n") {
			if part = strings.TrimSpace(part); part != "" {
				blocks = append(blocks, extract.Block{Text: part})
			}
		}
	}
	return blocks
}

// position returns where a chunk stands in its document; 0 when it does not say.
func (o object) position() int {
	for _, name := range [...]string{"chunk_index", "chunk_number", "chunk_position", "sequence", "position", "order", "index"} {
		for _, place := range [...]string{"meta", "attributes"} {
			if n, ok := number(o.at(place, name)); ok {
				return n
			}
		}
	}
	return 0
}

// setOne sets a field to one value.
func setOne(rec *record.Record, f record.Field, text, from string) {
	if text = oneLine(text); text != "" {
		rec.Set(f, record.Mapped, []record.Value{{Text: text, From: from}})
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
