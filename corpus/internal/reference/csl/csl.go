// Package csl reads bibliographies in CSL-JSON, the form in which citation
// processors take entries and reference managers export them.
//
// A file is a list of items, or an object with the list under "items" (the answer
// of Crossref has it under "message", and its titles are lists). The outlet is
// the container, else the publisher: "source" is the catalogue that an item was
// taken from. The date is "issued"; when a page was looked at ("accessed") is
// not a date of the article. Of a range the first day counts, and a year may be
// a text.
package csl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether JSON is CSL: an item has a type, and a date or names
// in the form that only CSL has.
func Recognize(h *reader.Head) bool {
	if !h.Contains(`"type"`) || !h.Contains(`"title"`) {
		return false
	}
	if h.Contains(`"date-parts"`) {
		return h.Contains(`"issued"`) || h.Contains(`"accessed"`)
	}
	return h.Contains(`"container-title"`) || h.Contains(`"family"`) && h.Contains(`"given"`) && h.Contains(`"issued"`)
}

// Read reads a bibliography: a record for each item.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	w := walker{out: out, places: reference.Places{}, more: true}
	err = w.values(json.NewDecoder(strings.NewReader(s)))
	if !w.more {
		return nil
	}
	if err != nil {
		return fmt.Errorf("items of CSL: %w", err)
	}
	if w.n == 0 {
		return record.ErrNoText
	}
	return nil
}

// walker emits the items of a file.
type walker struct {
	out    reader.Output
	places reference.Places
	n      int
	depth  int
	more   bool
}

// maxDepth is how deep the list of items may lie in objects.
const maxDepth = 4

// values reads one value after the other: most files hold one.
func (w *walker) values(d *json.Decoder) error {
	for w.more {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case t == json.Delim('['):
			err = w.list(d)
		case t == json.Delim('{'):
			err = w.object(d)
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// list reads the items of a list that is open.
func (w *walker) list(d *json.Decoder) error {
	for w.more && d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		w.item(raw)
	}
	if !w.more {
		return nil
	}
	_, err := d.Token()
	return err
}

// object reads an object that is open: one with items, or an item.
func (w *walker) object(d *json.Decoder) error {
	fields := map[string]json.RawMessage{}
	var order []string
	for w.more && d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if w.depth < maxDepth && (name == "items" || name == "message" || name == "references") {
			w.depth++
			open, err := d.Token()
			switch {
			case err != nil:
				return err
			case open == json.Delim('['):
				err = w.list(d)
			case open == json.Delim('{'):
				err = w.object(d)
			}
			if err != nil {
				return err
			}
			w.depth--
			continue
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		fields[name] = raw
		order = append(order, name)
	}
	if !w.more {
		return nil
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if fields["title"] != nil && fields["type"] != nil {
		raw, err := json.Marshal(fields)
		if err != nil {
			return err
		}
		w.item(raw)
		return nil
	}
	for _, name := range order { // some keep items under their ids
		if raw := fields[name]; w.more && w.depth == 0 && raw[0] == '{' && bytes.Contains(raw, []byte(`"title"`)) && bytes.Contains(raw, []byte(`"type"`)) {
			w.item(raw)
		}
	}
	return nil
}

// item emits an item.
func (w *walker) item(raw json.RawMessage) {
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return
	}
	w.n++
	var it item
	if err := json.Unmarshal(raw, &it); err != nil {
		w.more = w.out.Fail(&reader.Fault{Err: fmt.Errorf("item %d: %w", w.n, err)})
		return
	}
	e := it.entry()
	w.more = w.out.Emit(e.Record(w.n, 0, w.places.Of(w.n, string(it.ID), string(it.DOI))))
}

// item is an entry.
type item struct {
	ID             text   `json:"id"`
	Title          text   `json:"title"`
	TitleShort     text   `json:"title-short"`
	Container      text   `json:"container-title"`
	ContainerShort text   `json:"container-title-short"`
	Journal        text   `json:"journalAbbreviation"`
	Collection     text   `json:"collection-title"`
	Publisher      text   `json:"publisher"`
	Authority      text   `json:"authority"`
	Abstract       text   `json:"abstract"`
	Note           text   `json:"note"`
	Annote         text   `json:"annote"`
	Keyword        text   `json:"keyword"`
	Language       text   `json:"language"`
	URL            text   `json:"URL"`
	DOI            text   `json:"DOI"`
	Author         names  `json:"author"`
	Director       names  `json:"director"`
	Interviewer    names  `json:"interviewer"`
	Editor         names  `json:"editor"`
	Issued         date   `json:"issued"`
	Published      date   `json:"published"`
	Available      date   `json:"available-date"`
	EventDate      date   `json:"event-date"`
	Subject        topics `json:"subject"`
}

func (it *item) entry() *reference.Entry {
	e := &reference.Entry{}
	e.Set(record.Title, 0, "title", string(it.Title))
	e.Set(record.Title, 1, "title-short", string(it.TitleShort))
	for i, f := range [...]struct {
		name string
		text text
	}{
		{"container-title", it.Container},
		{"container-title-short", it.ContainerShort},
		{"journalAbbreviation", it.Journal},
		{"publisher", it.Publisher},
		{"authority", it.Authority},
		{"collection-title", it.Collection},
	} {
		e.Set(record.Source, i, f.name, string(f.text))
	}
	for i, list := range [...]names{it.Author, it.Director, it.Interviewer, it.Editor} {
		for _, n := range list {
			e.Author(i, "author", n.String())
		}
	}
	for i, d := range [...]date{it.Issued, it.Published, it.Available, it.EventDate} {
		if d.text != "" {
			e.Date(i, [...]string{"issued", "published", "available-date", "event-date"}[i], d.text)
			break // what is less precise may be better: no other is looked at
		}
	}
	// Crossref has them in JATS, whose paragraphs are those of HTML.
	e.Set(record.Summary, 0, "abstract", strings.NewReplacer("<jats:", "<", "</jats:", "</").Replace(string(it.Abstract)))
	e.Note("note", string(it.Note))
	e.Note("annote", string(it.Annote))
	e.List(record.Topics, "keyword", string(it.Keyword))
	for _, s := range it.Subject {
		e.Set(record.Topics, 0, "subject", s)
	}
	e.Set(record.Language, 0, "language", string(it.Language))
	e.Set(record.URL, 0, "URL", string(it.URL))
	e.DOI("DOI", string(it.DOI))
	return e
}

// text is a text, a number, or the first of a list of texts.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	*t = text(textOf(v))
	return nil
}

// textOf returns a text or a number; empty for anything else.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// topics are texts in a list, or one text.
type topics []string

func (t *topics) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, v := range list {
		if s := textOf(v); s != "" {
			*t = append(*t, s)
		}
	}
	return nil
}

// names are names of people and organizations.
type names []person

type person struct {
	Family, Given, Suffix, Literal, Name text
	Particle                             text `json:"non-dropping-particle"`
	Dropping                             text `json:"dropping-particle"`
}

func (n *names) UnmarshalJSON(b []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		list = []json.RawMessage{b}
	}
	for _, raw := range list {
		var p person
		if err := json.Unmarshal(raw, &p); err != nil {
			_ = json.Unmarshal(raw, &p.Literal) // what is neither has no name
		}
		*n = append(*n, p)
	}
	return nil
}

// String returns a name as people say it.
func (p *person) String() string {
	for _, s := range [...]text{p.Literal, p.Name} {
		if s != "" {
			return string(s)
		}
	}
	family := strings.Join(strings.Fields(string(p.Dropping+" "+p.Particle+" "+p.Family)), " ")
	return reference.Name(string(p.Given), family, string(p.Suffix))
}

// date is a date or a range of two.
type date struct{ text string }

func (d *date) UnmarshalJSON(b []byte) error {
	var v struct {
		Parts   [][]text `json:"date-parts"`
		Raw     text     `json:"raw"`
		Literal text     `json:"literal"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		var list []struct{ Year, Month, Day text } // as older versions of pandoc have it
		if json.Unmarshal(b, &list) == nil && len(list) > 0 {
			d.set(list[0].Year, list[0].Month, list[0].Day)
			return nil
		}
		var s text
		_ = json.Unmarshal(b, &s) // what is neither is no date
		d.text = string(s)
		return nil
	}
	d.text = string(v.Raw + v.Literal)
	if len(v.Parts) > 0 {
		d.set(v.Parts[0]...)
	}
	return nil
}

// set takes a date of year, month and day, as far as they are known.
func (d *date) set(known ...text) {
	var parts []string
	for _, p := range known[:min(len(known), 3)] {
		if p = text(strings.TrimSpace(string(p))); p == "" || p == "0" {
			break
		}
		if len(p) == 1 {
			p = "0" + p
		}
		parts = append(parts, string(p))
	}
	if s := strings.Join(parts, "-"); s != "" {
		d.text = s
	}
}
