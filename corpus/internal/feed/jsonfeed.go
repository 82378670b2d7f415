package feed

import (
	stdjson "encoding/json"
	"fmt"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// author is an author: an object, or a name.
type author struct{ name string }

func (a *author) UnmarshalJSON(b []byte) error {
	var object struct {
		Name publishing.Word `json:"name"`
	}
	var name publishing.Word
	if stdjson.Unmarshal(b, &object) == nil {
		a.name = string(object.Name)
	} else if err := stdjson.Unmarshal(b, &name); err == nil {
		a.name = string(name)
	}
	return nil
}

type jsonFeed struct {
	Title    publishing.Word                     `json:"title"`
	HomePage publishing.Word                     `json:"home_page_url"`
	Language publishing.Word                     `json:"language"`
	Author   author                              `json:"author"`
	Authors  publishing.List[author]             `json:"authors"`
	Items    publishing.List[stdjson.RawMessage] `json:"items"`
}

type jsonItem struct {
	ID          publishing.Word                  `json:"id"`
	URL         publishing.Word                  `json:"url"`
	ExternalURL publishing.Word                  `json:"external_url"`
	Title       publishing.Word                  `json:"title"`
	HTML        publishing.Word                  `json:"content_html"`
	Text        publishing.Word                  `json:"content_text"`
	Summary     publishing.Word                  `json:"summary"`
	Published   publishing.Word                  `json:"date_published"`
	Modified    publishing.Word                  `json:"date_modified"`
	Language    publishing.Word                  `json:"language"`
	Author      author                           `json:"author"`
	Authors     publishing.List[author]          `json:"authors"`
	Tags        publishing.List[publishing.Word] `json:"tags"`
}

// ReadJSON reads a JSON Feed.
func ReadJSON(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var feed jsonFeed
	if err := stdjson.Unmarshal([]byte(s), &feed); err != nil {
		return publishing.JSONFault(s, err)
	}
	if home := string(feed.HomePage); !publishing.IsWeb(home) {
		feed.HomePage = publishing.Word(join(in.URL, home))
	}
	names := namesOf(feed.Author, feed.Authors)
	if len(names) == 1 && sameName(names[0], string(feed.Title)) {
		names = nil
	}
	var m publishing.Marker
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
		m.Mark(&rec, string(it.ID), "id", rec.First(record.URL))
		if !out.Emit(&rec) {
			return nil
		}
	}
	if len(feed.Items) == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "the feed has no items"}
	}
	return nil
}

// namesOf returns the authors that are stated in a list, else the one beside it.
func namesOf(one author, all publishing.List[author]) []string {
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
	if link == "" && publishing.IsWeb(string(it.ID)) {
		link = string(it.ID)
	}
	if link == "" {
		link = string(it.ExternalURL)
	}
	if link != "" && !publishing.IsWeb(link) {
		link = join(string(feed.HomePage), link)
	}
	set(record.URL, "url", link)
	language := string(it.Language)
	if language == "" {
		language = string(feed.Language)
	}
	publishing.SetLanguage(rec, language)
	rec.IsLink = !rec.Has(record.Title) && !rec.Has(record.Body) && !rec.Has(record.Summary) && rec.Has(record.URL)
}
