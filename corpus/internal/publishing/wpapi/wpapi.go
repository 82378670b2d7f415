// Package wpapi reads posts and pages as the REST interface of WordPress answers
// them: one, a list, or one a line.
//
// Names of authors and categories are only there where the answer embeds them.
// The outlet is the site's name where a plugin states it, else the host of the
// article's address. Drafts, media, texts behind a password and
// lists of people are passed over.
package wpapi

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

// Recognize reports whether a file holds such posts.
func Recognize(h *reader.Head) bool {
	if h.Whole && h.Contains(`"avatar_urls"`) && h.Contains(`"slug"`) && !h.Contains(`"rendered"`) {
		return true // those who write, which are no posts
	}
	return h.Contains(`"rendered"`) && h.Contains(`"title"`) && h.Contains(`"content"`) && h.Contains(`"link"`) &&
		(h.Contains(`"date_gmt"`) || h.Contains(`"modified_gmt"`) || h.Contains(`"wp:term"`) || h.Contains(`"excerpt"`))
}

// rendered is a text as it is shown.
type rendered struct {
	Rendered  publishing.Word `json:"rendered"`
	Protected bool            `json:"protected"`
}

// UnmarshalJSON takes a text alone as well, which some tools leave of it.
func (r *rendered) UnmarshalJSON(b []byte) error {
	type plain rendered
	if stdjson.Unmarshal(b, (*plain)(r)) != nil {
		return stdjson.Unmarshal(b, &r.Rendered)
	}
	return nil
}

type (
	named struct {
		Name     publishing.Word `json:"name"`
		Display  publishing.Word `json:"display_name"`
		Slug     publishing.Word `json:"slug"`
		Taxonomy publishing.Word `json:"taxonomy"`
	}
	embedded struct {
		Authors publishing.List[named]                  `json:"author"`
		Terms   publishing.List[publishing.List[named]] `json:"wp:term"`
	}
	// yoast is what a plugin tells search engines.
	yoast struct {
		Author publishing.Word `json:"author"`
		Site   publishing.Word `json:"og_site_name"`
		Locale publishing.Word `json:"og_locale"`
	}
	post struct {
		Name        publishing.Word            `json:"name"` // of a person or a category
		ID          publishing.Word            `json:"id"`
		GUID        rendered                   `json:"guid"`
		Date        publishing.Word            `json:"date"`
		DateGMT     publishing.Word            `json:"date_gmt"`
		Modified    publishing.Word            `json:"modified"`
		ModifiedGMT publishing.Word            `json:"modified_gmt"`
		Status      publishing.Word            `json:"status"`
		Type        publishing.Word            `json:"type"`
		Link        publishing.Word            `json:"link"`
		Title       rendered                   `json:"title"`
		Content     rendered                   `json:"content"`
		Excerpt     rendered                   `json:"excerpt"`
		Lang        publishing.Word            `json:"lang"`
		Embedded    publishing.Loose[embedded] `json:"_embedded"`
		Authors     publishing.List[named]     `json:"authors"`
		CoAuthors   publishing.List[named]     `json:"coauthors"`
		Yoast       publishing.Loose[yoast]    `json:"yoast_head_json"`
	}
)

// Read reads posts.
func Read(in *reader.Input, out reader.Output) error {
	in.DecodeUTF16()
	bounded := &publishing.Bounded{Input: in, Reader: in.Stream}
	d := stdjson.NewDecoder(bounded)
	n, number := 0, 0
	for {
		var posts publishing.List[stdjson.RawMessage]
		if err := d.Decode(&posts); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return &reader.Fault{Err: err, Hint: "what follows in this file was not read"}
		}
		bounded.Reset()
		for _, raw := range posts {
			number++
			var p post
			if err := stdjson.Unmarshal(raw, &p); err != nil {
				if !out.Fail(&reader.Fault{Err: fmt.Errorf("post %d: %w", number, err)}) {
					return nil
				}
				continue
			}
			if !p.isArticle() {
				continue
			}
			n++
			rec := record.Record{Number: n, Place: string(p.ID)}
			if rec.Place == "" {
				rec.Place = strconv.Itoa(n)
			}
			p.fill(&rec)
			if !out.Emit(&rec) {
				return nil
			}
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d posts none is published and open", number)}
	}
	return nil
}

func (p *post) isArticle() bool {
	if p.Name != "" && p.Title.Rendered == "" && p.Content.Rendered == "" {
		return false
	}
	return (p.Status == "" || p.Status == "publish") && p.Type != "attachment" && !p.Content.Protected
}

// fill takes what a post says into a record.
func (p *post) fill(rec *record.Record) {
	publishing.Set(rec, record.Title, "title.rendered", string(p.Title.Rendered))
	publishing.SetHTML(rec, "content.rendered", string(p.Content.Rendered))
	if s := html.UnescapeString(string(p.Excerpt.Rendered)); !p.Excerpt.Protected {
		publishing.Set(rec, record.Summary, "excerpt.rendered", s)
	}
	publishing.Set(rec, record.Published, "date", moment(p.Date, p.DateGMT))
	publishing.Set(rec, record.Updated, "modified", moment(p.Modified, p.ModifiedGMT))
	link := string(p.Link)
	publishing.Set(rec, record.URL, "link", link)
	outlet := string(p.Yoast.V.Site)
	if outlet == "" {
		outlet = strings.TrimPrefix(publishing.HostOf(link), "www.")
	}
	publishing.Set(rec, record.Source, "link", outlet)
	if id := string(p.GUID.Rendered); publishing.IsTrueID(id) {
		publishing.Set(rec, record.ID, "guid.rendered", id)
	}
	publishing.Set(rec, record.Authors, "author", p.authors()...)
	for _, list := range p.Embedded.V.Terms {
		for _, t := range list {
			if (t.Taxonomy == "category" || t.Taxonomy == "post_tag") && publishing.IsTopic(string(t.Slug)) && publishing.IsTopic(string(t.Name)) {
				publishing.Set(rec, record.Topics, "wp:term", string(t.Name))
			}
		}
	}
	language := string(p.Lang)
	if language == "" {
		language = string(p.Yoast.V.Locale)
	}
	publishing.SetLanguage(rec, language)
}

// authors returns the names of those who wrote: those that a plugin for several
// authors states go before the one that WordPress knows.
func (p *post) authors() []string {
	var names []string
	add := func(list []named) {
		for _, a := range list {
			name := string(a.Name)
			if a.Display != "" {
				name = string(a.Display)
			}
			if name != "" && !publishing.IsAccount(name) {
				names = append(names, name)
			}
		}
	}
	add(p.Authors)
	if len(names) == 0 {
		add(p.CoAuthors)
	}
	if len(names) == 0 {
		for _, list := range p.Embedded.V.Terms {
			if len(list) > 0 && list[0].Taxonomy == "author" {
				add(list)
			}
		}
	}
	if len(names) == 0 {
		add(p.Embedded.V.Authors)
	}
	if len(names) == 0 && p.Yoast.V.Author != "" {
		names = append(names, string(p.Yoast.V.Author))
	}
	return names
}

// moment returns a time with its zone, of how it is written at its place and in
// UTC. Either may be missing.
func moment(local, utc publishing.Word) string {
	if t := publishing.Zoned(strings.Replace(string(local), "T", " ", 1), strings.Replace(string(utc), "T", " ", 1)); t != "" {
		return t
	}
	return string(local)
}
