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
	e := emitter{out: out}
	d := json.NewDecoder(strings.NewReader(s))
	for err == nil && !e.stopped {
		// Answers may follow each other, one a line.
		err = e.walk(d, 0)
	}
	e.end()
	switch {
	case e.stopped:
		return nil
	case !errors.Is(err, io.EOF):
		at := int(d.InputOffset())
		return &reader.Fault{Line: 1 + strings.Count(s[:min(at, len(s))], "\n"), Err: err, Hint: "the file is cut short or was changed; fetch it again"}
	case e.number == 0:
		return record.ErrNoText
	}
	return nil
}

// article is an article, or the chunks of one.
type article struct {
	id     string
	first  object // the thing that says what is known of it
	chunks []piece
}

// piece is a part of a text.
type piece struct {
	text     string
	position int
}

// emitter takes the things of an answer one at a time, and emits articles. It
// keeps those of chunks to the end, as any of theirs may follow.
type emitter struct {
	out     reader.Output
	number  int
	last    *article // that is to be emitted next: a single one is the file
	chunked []*article
	byID    map[string]*article
	stopped bool
}

// maxNesting bounds how deep an answer wraps things.
const maxNesting = 16

var errNested = errors.New("nested too deep")

// walk reads a value: it takes what has attributes, and looks for that in lists
// and in what "data" is.
func (e *emitter) walk(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil || depth > maxNesting {
		if err == nil {
			err = errNested
		} else if depth > 0 {
			err = whole(err)
		}
		return err
	}
	switch t {
	case json.Delim('['):
		for d.More() && !e.stopped {
			if err := e.walk(d, depth+1); err != nil {
				return err
			}
		}
	case json.Delim('{'):
		o := object{}
		for d.More() && !e.stopped {
			if err := e.member(d, o, depth); err != nil {
				return err
			}
		}
		if len(mapOf(o["attributes"])) > 0 {
			e.take(o)
		}
	default:
		return nil
	}
	if e.stopped {
		return nil
	}
	_, err = d.Token() // what ends it
	return whole(err)
}

// member reads a member of an object into o, but for what "data" is.
func (e *emitter) member(d *json.Decoder, o object, depth int) error {
	t, err := d.Token()
	if err != nil {
		return whole(err)
	}
	name, _ := t.(string) // a key is one
	if name == "data" {
		return e.walk(d, depth+1)
	}
	var v any
	if err := d.Decode(&v); err != nil {
		return whole(err)
	}
	o[name] = v
	return nil
}

// whole returns an error as that of a text that is cut short, if it is one.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// take takes a thing: an article, or a chunk of one.
func (e *emitter) take(o object) {
	id := lastOf(o.text("meta", "original_doc_id"))
	if id == "" {
		e.add(&article{id: lastOf(o.text("id")), first: o})
		return
	}
	a := e.byID[id]
	if a == nil {
		a = &article{id: id, first: o}
		if e.byID == nil {
			e.byID = map[string]*article{}
		}
		e.byID[id] = a
		e.chunked = append(e.chunked, a)
	}
	text := o.chunkText(oneLine(textOf(a.first.at("attributes", "headline"))))
	if !slices.ContainsFunc(a.chunks, func(c piece) bool { return c.text == text }) && len(a.chunks) < maxChunks {
		a.chunks = append(a.chunks, piece{text: text, position: o.position()})
	}
}

// maxChunks bounds the chunks of one document. A book has some hundred.
const maxChunks = 1000

// add adds an article, and emits the one before it.
func (e *emitter) add(a *article) {
	if e.last != nil {
		e.emit(e.last, true)
	}
	e.last = a
}

// end emits what is left.
func (e *emitter) end() {
	for _, a := range e.chunked {
		e.add(a)
	}
	if e.last != nil {
		e.emit(e.last, e.number > 0)
	}
}

func (e *emitter) emit(a *article, several bool) {
	if e.stopped {
		return
	}
	e.number++
	rec := a.record()
	if several {
		rec.Number, rec.Place = e.number, strconv.Itoa(e.number)
	}
	e.stopped = !e.out.Emit(rec)
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
	blocks := a.blocks()
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
func (a *article) blocks() []extract.Block {
	if len(a.chunks) == 0 {
		return paragraphsOf(a.first.at("attributes", "body"), nil)
	}
	slices.SortStableFunc(a.chunks, func(x, y piece) int { return x.position - y.position })
	var blocks []extract.Block
	for _, c := range a.chunks {
		for part := range strings.SplitSeq(c.text, "\n\n") {
			if part = strings.TrimSpace(part); part != "" {
				blocks = append(blocks, extract.Block{Text: part})
			}
		}
	}
	return blocks
}

// chunkText returns the text of a chunk, without the title that begins it.
func (o object) chunkText(title string) string {
	text := ""
	for _, name := range [...]string{"content", "body", "snippet"} {
		if text = textOf(o.at("attributes", name)); strings.TrimSpace(text) != "" {
			break
		}
	}
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), title))
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
