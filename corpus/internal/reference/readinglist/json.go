// Package readinglist reads what programs for reading later export, and lists of
// bookmarks in JSON: Pocket, Instapaper, Readwise Reader, Raindrop and Matter as
// tables; wallabag, Omnivore, Karakeep, Linkwarden, Readability, Pinboard,
// Delicious, Shaarli, linkding, Chrome and Firefox as JSON.
//
// wallabag and Linkwarden keep texts; those of Omnivore lie beside, in
// content/SLUG.html. Other entries are links. One with a description, a selection
// or a note has that for a summary; one without is a link and no more. The date is
// that of publication, else when the link was saved. Folders, and whether
// something was read, are left out.
package readinglist

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// all reports whether a head contains all marks.
func all(h *reader.Head, marks ...string) bool {
	for _, m := range marks {
		if !h.Contains(m) {
			return false
		}
	}
	return true
}

// RecognizeWallabag reports whether JSON is wallabag's, version 1 or 2.
func RecognizeWallabag(h *reader.Head) bool {
	return all(h, `"is_archived"`, `"is_starred"`, `"url"`) || all(h, `"is_archived"`, `"domain_name"`, `"url"`) || all(h, `"is_read"`, `"is_fav"`, `"url"`)
}

// RecognizeOmnivore reports whether JSON is Omnivore's.
func RecognizeOmnivore(h *reader.Head) bool {
	return all(h, `"slug"`, `"savedAt"`, `"readingProgress"`, `"url"`)
}

// RecognizeBookmarks reports whether JSON is a list of bookmarks.
func RecognizeBookmarks(h *reader.Head) bool {
	return all(h, `"roots"`, `"bookmark_bar"`) || // Chrome and its kin
		all(h, `"text/x-moz-place`, `"children"`) || // Firefox
		all(h, `"href"`, `"description"`, `"extended"`, `"tags"`) || // Pinboard
		all(h, `"article__url"`) || // Readability
		all(h, `"collections"`, `"links"`, `"collectionId"`, `"url"`) || // Linkwarden
		all(h, `"is_saved"`, `"created_at"`, `"url"`, `"tags"`) || // elCurator
		all(h, `"shorturl"`, `"private"`, `"url"`) || // Shaarli
		all(h, `"tag_names"`, `"date_added"`, `"url"`) || // linkding
		all(h, `"others"`, `"owner"`, `"private"`, `"url"`, `"tags"`) || // Delicious
		all(h, `"bookmarks"`, `"createdAt"`, `"tags"`, `"content"`, `"url"`, `"note"`) // Karakeep
}

// ReadJSON reads a list of links in JSON: a record for each object with an
// address.
func ReadJSON(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	w := walker{in: in, out: out, d: json.NewDecoder(strings.NewReader(s)), places: reference.Places{}, more: true}
	w.d.UseNumber()
	err = w.run()
	if !w.more {
		return nil
	}
	if err == nil && w.n == 0 {
		return record.ErrNoText
	}
	return err
}

// walker goes through JSON and emits what has an address.
type walker struct {
	in     *reader.Input
	out    reader.Output
	d      *json.Decoder
	places reference.Places
	n      int
	more   bool
}

func (w *walker) run() error {
	for w.more {
		t, err := w.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			switch t {
			case json.Delim('['):
				_, err = w.list(0)
			case json.Delim('{'):
				var o object
				if o, err = w.object(0); err == nil {
					w.emit(o)
				}
			}
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return fmt.Errorf("list of links: %w", err)
		}
	}
	return nil
}

// object is what an object states, by names: texts, numbers, and the texts in its
// lists. What is in an object within has the name of that before its own.
type object map[string][]string

// Bounds of what is held of one object. No honest one comes near.
const (
	maxDepth  = 200
	maxNames  = 500
	maxValues = 1000
)

// object reads an object that is open.
func (w *walker) object(depth int) (object, error) {
	o := object{}
	for w.more && w.d.More() {
		t, err := w.d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if name == "_links" { // of an interface, to itself
			var raw json.RawMessage
			if err := w.d.Decode(&raw); err != nil {
				return nil, err
			}
			continue
		}
		if t, err = w.d.Token(); err != nil {
			return nil, err
		}
		var values []string
		switch {
		case t == json.Delim('[') || t == json.Delim('{'):
			if depth == maxDepth {
				return nil, fmt.Errorf("%w: nested deeper than %d", reader.ErrTooLarge, maxDepth)
			}
			if t == json.Delim('[') {
				values, err = w.list(depth + 1)
				break
			}
			var inner object
			if inner, err = w.object(depth + 1); err == nil && !w.takeIn(o, name, inner) {
				w.emit(inner)
			}
		default:
			values = scalar(t)
		}
		if err != nil {
			return nil, err
		}
		if len(o) < maxNames && len(values) > 0 {
			o[name] = values
		}
	}
	return o, w.end()
}

// takeIn takes in what an object within states of the one around it, and reports
// whether it did.
func (w *walker) takeIn(o object, name string, inner object) bool {
	if name != "content" && name != "link" && name != "attributes" {
		return false
	}
	for k, v := range inner {
		if len(o) < maxNames {
			o[name+"."+k] = v
		}
	}
	return true
}

// end reads the end of a list or an object.
func (w *walker) end() error {
	if !w.more {
		return nil
	}
	_, err := w.d.Token()
	return err
}

// list reads a list that is open, and returns the texts in it: of objects their
// names.
func (w *walker) list(depth int) ([]string, error) {
	var values []string
	for w.more && w.d.More() {
		t, err := w.d.Token()
		if err != nil {
			return nil, err
		}
		if depth == maxDepth && (t == json.Delim('[') || t == json.Delim('{')) {
			return nil, fmt.Errorf("%w: nested deeper than %d", reader.ErrTooLarge, maxDepth)
		}
		var found []string
		switch t {
		case json.Delim('['):
			found, err = w.list(depth + 1)
		case json.Delim('{'):
			var o object
			if o, err = w.object(depth + 1); err == nil && !w.emit(o) {
				found = []string{o.first("name", "label", "title")}
			}
		default:
			found = scalar(t)
		}
		if err != nil {
			return nil, err
		}
		values = append(values, found[:min(len(found), maxValues-len(values))]...)
	}
	return values, w.end()
}

func scalar(t json.Token) []string {
	switch v := t.(type) {
	case string:
		return []string{v}
	case json.Number:
		return []string{v.String()}
	}
	return nil
}

// first returns the first text under one of the names.
func (o object) first(names ...string) string {
	for _, name := range names {
		if v := o[name]; len(v) > 0 && strings.TrimSpace(v[0]) != "" {
			return v[0]
		}
	}
	return ""
}

// emit makes a link of an object, and reports whether it is one.
func (w *walker) emit(o object) bool {
	address := o.first("url", "uri", "href", "article__url", "given_url", "content.url", "link.url", "resolved_url")
	if address == "" && o.first("content.text") == "" || !w.more {
		return address != ""
	}
	w.n++
	l := &reference.Link{}
	l.SetAddress("url", address)
	title := []string{"title", "name", "article__title", "content.title", "website_title", "resolved_title", "given_title"}
	if o["href"] != nil {
		title = []string{"title", "description", "name"} // Pinboard's
	}
	l.SetTitle("title", o.first(title...))
	w.fill(l, o)
	w.setText(l, o)
	rec := l.LinkRecord(w.n, 0, w.places)
	if slug := o.first("slug"); o["readingProgress"] != nil && isSlug(slug) {
		setSlug(rec, slug)
	}
	w.more = w.out.Emit(rec)
	return true
}

// fill takes what an object states beside title and address.
func (w *walker) fill(l *reference.Link, o object) {
	for _, name := range [...]string{"published_at", "publishedAt", "datePublished", "content.datePublished", "article__date_published"} {
		l.Date(0, name, o.first(name))
	}
	for _, name := range [...]string{"created_at", "savedAt", "createdAt", "time", "date_added", "dateAdded", "created", "time_added", "importDate", "added"} {
		if s := o.first(name); s != "" {
			l.Saved(name, s)
		}
	}
	for _, name := range [...]string{"author", "published_by", "content.author", "article__author"} {
		for _, s := range o[name] {
			l.Author(0, name, s)
		}
	}
	for _, name := range [...]string{"siteName", "domain_name", "content.publisher"} {
		l.Set(record.Source, 0, name, o.first(name))
	}
	for _, name := range [...]string{"extended", "article__excerpt", "excerpt", "summary", "note", "content.description", "description", "notes", "website_description"} {
		if name == "description" && o["href"] != nil && o["title"] == nil {
			continue // it is the title
		}
		l.Set(record.Summary, 0, name, o.first(name))
	}
	l.Set(record.Language, 0, "language", o.first("language", "itemLanguage"))
	for _, name := range [...]string{"tags", "labels", "labels.name", "tag_names"} {
		setTags(l, name, o[name], o["href"] != nil)
	}
}

// setTags takes tags, which are a list, or one text: Pinboard parts them with
// blanks.
func setTags(l *reference.Link, name string, tags []string, byBlanks bool) {
	switch {
	case len(tags) == 1 && byBlanks:
		tags = strings.Fields(tags[0])
	case len(tags) == 1:
		l.List(record.Topics, name, tags[0])
		return
	}
	for _, t := range tags[:min(len(tags), record.MaxValues)] {
		l.Set(record.Topics, 0, name, t)
	}
}

// setText takes the text of an article: that of wallabag is in the object, that of
// Omnivore in a file beside.
func (w *walker) setText(l *reference.Link, o object) {
	content := o.first("content", "content.htmlContent")
	if strings.HasPrefix(strings.TrimSpace(content), "wallabag can't retrieve contents") {
		return
	}
	l.SetHTML("content", content)
	l.SetText("textContent", o.first("textContent", "content.text"))
	slug := o.first("slug")
	if slug == "" || o["readingProgress"] == nil || strings.ContainsAny(slug, `/\`) {
		return
	}
	b, err := w.in.SiblingBytes("content/" + slug + ".html")
	if err == nil {
		l.SetHTML("content/"+slug+".html", strings.ToValidUTF8(string(b), "\ufffd"))
	} else if !errors.Is(err, reader.ErrNoSibling) {
		l.Problem(record.Body, "content/"+slug+".html", "", fmt.Errorf("%w: %w", record.ErrPartial, err))
	}
}
