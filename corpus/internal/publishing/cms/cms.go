// Package cms reads what systems of newsrooms export in JSON, where fields lie so
// that a reader of any JSON does not find them: Tiny News, whose articles have
// title and text in translations, and Chorus.
//
// Translations that are not published are passed over.
package cms

import (
	stdjson "encoding/json"
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// RecognizeTinyNews reports whether a file holds articles of Tiny News.
func RecognizeTinyNews(h *reader.Head) bool {
	if !h.Contains(`"translations"`) || !h.Contains(`"headline"`) {
		return false
	}
	marks := 0
	for _, name := range [...]string{`"first_published_at"`, `"last_published_at"`, `"custom_byline"`, `"locale_code"`, `"search_description"`} {
		if h.Contains(name) {
			marks++
		}
	}
	return marks >= 2
}

// RecognizeChorus reports whether a file holds entries of Chorus.
func RecognizeChorus(h *reader.Head) bool {
	return h.Contains(`"uid"`) && (h.Contains(`"EntryBody`) || h.Contains(`"Entry:`) && h.Contains(`"communityGroups"`))
}

type (
	translation struct {
		Published *bool              `json:"published"`
		Headline  publishing.Word    `json:"headline"`
		First     publishing.Word    `json:"first_published_at"`
		Last      publishing.Word    `json:"last_published_at"`
		Locale    publishing.Word    `json:"locale_code"`
		Byline    publishing.Word    `json:"custom_byline"`
		Search    publishing.Word    `json:"search_description"`
		Content   stdjson.RawMessage `json:"content"`
	}
	titled struct {
		Title publishing.Word `json:"title"`
	}
	term struct {
		Title        publishing.Word         `json:"title"`
		Slug         publishing.Word         `json:"slug"`
		Translations publishing.List[titled] `json:"tag_translations"`
		Categories   publishing.List[titled] `json:"category_translations"`
	}
	article struct {
		ID       publishing.Word        `json:"id"`
		URL      publishing.Word        `json:"live_url"`
		Slug     publishing.Word        `json:"slug"`
		Category publishing.Loose[term] `json:"category"`
		Authors  publishing.List[struct {
			Author publishing.Loose[struct {
				First publishing.Word `json:"first_names"`
				Last  publishing.Word `json:"last_name"`
				Name  publishing.Word `json:"name"`
			}] `json:"author"`
		}] `json:"author"`
		Tags publishing.List[struct {
			Tag publishing.Loose[term] `json:"tag"`
		}] `json:"tags"`
		Translations publishing.List[translation] `json:"translations"`
	}
)

// ReadTinyNews reads articles of Tiny News: a list, or an answer around one.
func ReadTinyNews(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var articles publishing.List[article]
	err = eachObject([]byte(s), func(raw stdjson.RawMessage) error {
		var a article
		if err := stdjson.Unmarshal(raw, &a); err != nil {
			return err
		}
		articles = append(articles, a)
		return nil
	})
	if err != nil {
		return publishing.JSONFault(s, err)
	}
	n := 0
	for i := range articles {
		for j := range articles[i].Translations {
			t := &articles[i].Translations[j]
			if t.Published != nil && !*t.Published {
				continue
			}
			n++
			rec := record.Record{Number: n}
			if err := articles[i].fill(t, &rec); err != nil {
				if !out.Fail(&reader.Fault{Err: fmt.Errorf("article %d: %w", i+1, err)}) {
					return nil
				}
				continue
			}
			if !out.Emit(&rec) {
				return nil
			}
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d articles none is published", len(articles))}
	}
	return nil
}

// eachObject calls do for the object in a text, for each of a list, or for each
// of the first list within an object that has no translations itself.
func eachObject(b []byte, do func(raw stdjson.RawMessage) error) error {
	var list []stdjson.RawMessage
	if err := stdjson.Unmarshal(b, &list); err == nil {
		for _, raw := range list {
			if err := do(raw); err != nil {
				return err
			}
		}
		return nil
	}
	var object map[string]stdjson.RawMessage
	if err := stdjson.Unmarshal(b, &object); err != nil {
		return err
	}
	if _, ok := object["translations"]; ok {
		return do(b)
	}
	for _, name := range [...]string{"data", "articles"} {
		if inner, ok := object[name]; ok {
			return eachObject(inner, do)
		}
	}
	return do(b)
}

// fill takes a translation of an article into a record.
func (a *article) fill(t *translation, rec *record.Record) error {
	publishing.Set(rec, record.Title, "headline", string(t.Headline))
	publishing.Set(rec, record.Summary, "search_description", string(t.Search))
	publishing.Set(rec, record.Published, "first_published_at", string(t.First))
	publishing.Set(rec, record.Updated, "last_published_at", string(t.Last))
	publishing.Set(rec, record.URL, "live_url", string(a.URL))
	publishing.Set(rec, record.Source, "live_url", publishing.HostOf(string(a.URL)))
	publishing.Set(rec, record.Language, "locale_code", string(t.Locale))
	var names []string
	if t.Byline != "" {
		names = append(names, string(t.Byline))
	}
	for _, w := range a.Authors {
		name := strings.TrimSpace(string(w.Author.V.First + " " + w.Author.V.Last))
		if name == "" {
			name = string(w.Author.V.Name)
		}
		if t.Byline == "" {
			names = append(names, name)
		}
	}
	publishing.Set(rec, record.Authors, "author", names...)
	for _, g := range a.Tags {
		publishing.Set(rec, record.Topics, "tags", g.Tag.V.name())
	}
	publishing.Set(rec, record.Topics, "category", a.Category.V.name())
	rec.Place = string(a.ID)
	if len(a.Translations) > 1 {
		rec.Place += " " + string(t.Locale)
	}
	if strings.TrimSpace(rec.Place) == "" {
		rec.Place = fmt.Sprint(rec.Number)
	}
	if len(t.Content) == 0 || string(t.Content) == "null" {
		return nil
	}
	return json.NewParser(nil).Fields(fmt.Appendf(nil, `{"content":%s}`, t.Content), rec)
}

// name returns the name of a tag or a category.
func (t *term) name() string {
	for _, list := range [...]publishing.List[titled]{t.Translations, t.Categories} {
		if len(list) > 0 && list[0].Title != "" {
			return string(list[0].Title)
		}
	}
	if t.Title != "" {
		return string(t.Title)
	}
	return strings.ReplaceAll(string(t.Slug), "-", " ")
}

// more is what a reader of any JSON does not find in an entry of Chorus.
type more struct {
	UID     publishing.Word        `json:"uid"`
	URL     publishing.Word        `json:"url"`
	Author  publishing.Loose[user] `json:"author"`
	Profile publishing.Loose[struct {
		Name publishing.Word `json:"name"`
	}] `json:"authorProfile"`
	Contributors publishing.List[user] `json:"contributors"`
	Groups       publishing.List[struct {
		Name publishing.Word `json:"name"`
	}] `json:"communityGroups"`
	Hub publishing.Loose[struct {
		Name publishing.Word `json:"name"`
	}] `json:"community"`
	Published publishing.Word `json:"publishDate"`
}

type user struct {
	Name publishing.Word `json:"fullOrUserName"`
}

// ReadChorus reads entries of Chorus.
func ReadChorus(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var entries []stdjson.RawMessage
	err = eachObject([]byte(s), func(raw stdjson.RawMessage) error {
		entries = append(entries, raw)
		return nil
	})
	if err != nil {
		return publishing.JSONFault(s, err)
	}
	p := json.NewParser(in.Mapping)
	for i, raw := range entries {
		rec := record.Record{Number: i + 1}
		var m more
		err := p.Fields(raw, &rec)
		if err == nil {
			err = stdjson.Unmarshal(raw, &m)
		}
		if err != nil {
			if !out.Fail(&reader.Fault{Err: fmt.Errorf("entry %d: %w", i+1, err)}) {
				return nil
			}
			continue
		}
		m.fill(&rec)
		if !out.Emit(&rec) {
			return nil
		}
	}
	return nil
}

func (m *more) fill(rec *record.Record) {
	names := []string{string(m.Author.V.Name)}
	if names[0] == "" {
		names[0] = string(m.Profile.V.Name)
	}
	for _, c := range m.Contributors {
		names = append(names, string(c.Name))
	}
	publishing.Set(rec, record.Authors, "author", names...)
	for _, g := range m.Groups {
		publishing.Set(rec, record.Topics, "communityGroups", string(g.Name))
	}
	publishing.Set(rec, record.Published, "publishDate", string(m.Published))
	outlet := string(m.Hub.V.Name)
	if outlet == "" {
		outlet = publishing.HostOf(string(m.URL))
	}
	publishing.Set(rec, record.Source, "url", outlet)
	rec.Place = string(m.UID)
	publishing.Set(rec, record.ID, "uid", string(m.UID))
	if rec.Place == "" {
		rec.Place = fmt.Sprint(rec.Number)
	}
}
