package feed

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Values of JSON Feed are what they should be, or not: a number for an id, an
// object for a list. Each is read as far as it can be.

// word is a text or a number; anything else is none.
type word string

func (w *word) UnmarshalJSON(b []byte) error {
	var s string
	switch {
	case stdjson.Unmarshal(b, &s) == nil:
		*w = word(extract.Clean(s))
	case len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9'):
		*w = word(b)
	}
	return nil
}

// list is a list, or its only element.
type list[T any] []T

func (l *list[T]) UnmarshalJSON(b []byte) error {
	var all []stdjson.RawMessage
	if stdjson.Unmarshal(b, &all) != nil {
		all = []stdjson.RawMessage{b}
	}
	for _, raw := range all {
		var one T
		if stdjson.Unmarshal(raw, &one) == nil {
			*l = append(*l, one)
		}
	}
	return nil
}

// author is an author: an object, or a name.
type author struct{ name string }

func (a *author) UnmarshalJSON(b []byte) error {
	var object struct {
		Name word `json:"name"`
	}
	var name word
	if stdjson.Unmarshal(b, &object) == nil {
		a.name = string(object.Name)
	} else if err := stdjson.Unmarshal(b, &name); err == nil {
		a.name = string(name)
	}
	return nil
}

type jsonFeed struct {
	Title    word                     `json:"title"`
	HomePage word                     `json:"home_page_url"`
	Language word                     `json:"language"`
	Author   author                   `json:"author"`
	Authors  list[author]             `json:"authors"`
	Items    list[stdjson.RawMessage] `json:"items"`
}

type jsonItem struct {
	ID          word         `json:"id"`
	URL         word         `json:"url"`
	ExternalURL word         `json:"external_url"`
	Title       word         `json:"title"`
	HTML        word         `json:"content_html"`
	Text        word         `json:"content_text"`
	Summary     word         `json:"summary"`
	Published   word         `json:"date_published"`
	Modified    word         `json:"date_modified"`
	Language    word         `json:"language"`
	Author      author       `json:"author"`
	Authors     list[author] `json:"authors"`
	Tags        list[word]   `json:"tags"`
}

// ReadJSON reads a JSON Feed.
func ReadJSON(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var feed jsonFeed
	if err := stdjson.Unmarshal([]byte(s), &feed); err != nil {
		return jsonFault(s, err)
	}
	names := namesOf(feed.Author, feed.Authors)
	if len(names) == 1 && sameName(names[0], string(feed.Title)) {
		names = nil
	}
	m := newMarker()
	for i, raw := range feed.Items {
		var it jsonItem
		if err := stdjson.Unmarshal(raw, &it); err != nil {
			if !out.Fail(&reader.Fault{Err: fmt.Errorf("item %d: %w", i+1, err)}) {
				return nil
			}
			continue
		}
		rec := record.Record{Number: i + 1}
		it.fill(&feed, names, &rec)
		m.mark(&rec, string(it.ID), "id", rec.First(record.URL))
		if !out.Emit(&rec) {
			return nil
		}
	}
	if len(feed.Items) == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "the feed has no items"}
	}
	return nil
}

// jsonFault tells where JSON could not be read.
func jsonFault(s string, err error) error {
	var syntax *stdjson.SyntaxError
	if errors.As(err, &syntax) {
		return &reader.Fault{Line: 1 + strings.Count(s[:min(int(syntax.Offset), len(s))], "\n"), Err: err}
	}
	return &reader.Fault{Err: err}
}

// namesOf returns the authors that are stated in a list, else the one beside it.
func namesOf(one author, all list[author]) []string {
	var names []string
	for _, a := range append(all, one) {
		if a.name == "" || len(names) > 0 && a == one {
			continue
		}
		found, _ := people(a.name)
		names = append(names, found...)
	}
	return names
}

func (it *jsonItem) fill(feed *jsonFeed, names []string, rec *record.Record) {
	set := func(f record.Field, from string, texts ...string) {
		var values []record.Value
		for _, t := range texts {
			values = append(values, record.Value{Text: t, From: from, Element: true})
		}
		rec.Set(f, record.Mapped, values)
	}
	set(record.Title, "title", string(it.Title))
	own := namesOf(it.Author, it.Authors)
	if len(own) == 0 {
		own = names
	}
	set(record.Authors, "authors", own...)
	set(record.Source, "feed title", string(feed.Title))
	for _, tag := range it.Tags {
		set(record.Topics, "tags", string(tag))
	}
	set(record.Published, "date_published", string(it.Published))
	set(record.Updated, "date_modified", string(it.Modified))
	switch {
	case it.HTML != "":
		rec.Form = record.HTML
		set(record.Body, "content_html", string(it.HTML))
	case it.Text != "":
		set(record.Body, "content_text", string(it.Text))
	}
	set(record.Summary, "summary", string(it.Summary))
	link := string(it.URL)
	if link == "" && isWeb(string(it.ID)) {
		link = string(it.ID)
	}
	if link == "" {
		link = string(it.ExternalURL)
	}
	if link != "" && !isWeb(link) {
		link = join(string(feed.HomePage), link)
	}
	set(record.URL, "url", link)
	language := string(it.Language)
	if language == "" {
		language = string(feed.Language)
	}
	setLanguage(rec, language)
	rec.IsLink = !rec.Has(record.Title) && !rec.Has(record.Body) && !rec.Has(record.Summary) && rec.Has(record.URL)
}
