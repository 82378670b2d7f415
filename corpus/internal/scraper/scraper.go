// Package scraper reads what programs that take articles from the web, and the
// services that offer such articles, put out in forms of their own. Where their
// output is plain JSON with the usual names, package json reads it.
//
//   - The Guardian's Open Platform: keywords among tags are topics, contributors
//     authors.
//   - The APIs of The New York Times: keywords are sorted by their kind.
//   - NewsAPI: texts are cut after 200 characters, which is told. An error answer
//     is no article, nor is what stands in place of one that was removed.
//   - fundus: a summary, and sections with headlines; a list, or each under a key.
//   - Onclusive: planned events, by title and day.
//   - Media Cloud: sentences by story, put together to one text a story.
//   - Objects with an article under each key, as benchmarks of extraction have.
//   - Mozilla's Readability: metadata in one file, with the text beside it in
//     expected.html, or content.html.
//   - trafilatura: XML with the metadata as attributes, and TEI.
package scraper

import (
	stdjson "encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

// shape says how the articles of a service are found in its answers.
type shape struct {
	lists []string // members that hold articles, or an object around them
	keyed bool     // each member of an object may be an article
	is    func(o jsonvalue.Object) bool
	fill  func(rec *record.Record, o jsonvalue.Object)
}

// read reads the articles of a service.
func (s *shape) read(in *reader.Input, out reader.Output) error {
	w := walker{shape: s, out: out, mapping: in.Mapping}
	err := jsonvalue.Each(in, out, func(o jsonvalue.Object, at jsonvalue.Place) bool {
		w.at = at
		return w.object(o, 0)
	})
	if err == nil && w.articles == 0 && w.faults == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "it holds no article"}
	}
	return err
}

type walker struct {
	shape            *shape
	mapping          *record.Mapping
	out              reader.Output
	at               jsonvalue.Place
	articles, faults int
}

// maxNesting is how deep articles lie: response, docs.
const maxNesting = 3

func (w *walker) object(o jsonvalue.Object, depth int) bool {
	if w.shape.is(o) {
		return w.article(o)
	}
	if depth >= maxNesting {
		return true
	}
	for _, name := range w.shape.lists {
		for _, e := range o.List(name) {
			w.at.Alone = false
			if !w.object(e, depth+1) {
				return false
			}
		}
	}
	return !w.shape.keyed || depth > 0 || w.members(o)
}

// members takes the articles that are members of an object, in the order of their
// keys.
func (w *walker) members(o jsonvalue.Object) bool {
	w.at.Alone = false
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if e := o.Object(key); e != nil && w.shape.is(e) && !w.article(e) {
			return false
		}
	}
	return true
}

func (w *walker) article(o jsonvalue.Object) bool {
	rec := &record.Record{Line: w.at.Line}
	err := reader.Guard(func() error {
		w.shape.fill(rec, o)
		setOther(rec, o)
		if w.mapping == nil {
			return nil
		}
		return json.Overlay(w.mapping, o.Bytes(), rec)
	})
	if err != nil {
		w.faults++
		return w.out.Fail(&reader.Fault{Line: w.at.Line, Err: err})
	}
	w.articles++
	if w.at.Alone {
		rec.IsFile = true
		return w.out.Emit(rec)
	}
	if w.at.Line == 0 {
		rec.Number = w.articles
	}
	if rec.Place = rec.First(record.ID); rec.Place == "" {
		rec.Place = strconv.Itoa(max(w.at.Line, w.articles))
	}
	return w.out.Emit(rec)
}

// setOther takes a text that somebody added to what a service answers, as it is
// more than twice as long as what the service gives.
func setOther(rec *record.Record, o jsonvalue.Object) {
	size := len(rec.Text())
	for i := range rec.Blocks {
		size += len(rec.Blocks[i].Text)
	}
	for _, name := range [...]string{"body", "text", "full_text", "fulltext", "article_text", "article_body", "articleBody", "content"} {
		if s, ok := o.Get(name).(string); ok && len(s) > 2*size && !cutMark().MatchString(s) {
			setText(rec, name, extract.Clean(s))
			return
		}
	}
}

// set gives a record the values of a field that are not empty.
func set(rec *record.Record, f record.Field, from string, texts ...string) {
	var values []record.Value
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			values = append(values, record.Value{Text: s, From: from, Element: f != record.Authors})
		}
	}
	rec.Set(f, record.Mapped, values)
}

// setHTML makes a piece of HTML the text.
func setHTML(rec *record.Record, s string) {
	rec.Blocks, rec.Form = layout.HTMLBlocks(s), record.Plain
	if len(rec.Blocks) == 0 {
		rec.Blocks = nil
	}
}

// setText makes plain text the text, or HTML that stands in its place.
func setText(rec *record.Record, from, s string) {
	if strings.TrimSpace(s) != "" {
		rec.Set(record.Body, record.Mapped, []record.Value{{Text: s, From: from}})
		rec.Form = record.Either
	}
}

var dayInAddress = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`/((?:19|20)\d\d)/([01]\d)/([0-3]\d)/`) })

// dayOf returns the day that an address has in it; empty when it has none.
func dayOf(address string) string {
	if m := dayInAddress().FindStringSubmatch(address); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	return ""
}

// keyed reads an object that has an article under each key, one after another.
func keyed(in *reader.Input, out reader.Output, fill func(rec *record.Record, key string, value stdjson.RawMessage) error) error {
	in.DecodeUTF16()
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	n := 0
	err = members(b, func(key string, value stdjson.RawMessage) bool {
		n++
		rec := &record.Record{Number: n, Place: key}
		set(rec, record.ID, "key", key)
		err := reader.Guard(func() error {
			if err := fill(rec, key, value); err != nil || value[0] != '{' {
				return err
			}
			return json.Overlay(in.Mapping, value, rec)
		})
		if err != nil {
			return out.Fail(&reader.Fault{Err: err})
		}
		return out.Emit(rec)
	})
	if err != nil {
		return &reader.Fault{Err: err, Hint: "what follows in this file was not read"}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "it holds no article"}
	}
	return nil
}
