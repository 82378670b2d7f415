package letters

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// RecognizeBeehiiv reports whether a file is the table of beehiiv.
func RecognizeBeehiiv(h *reader.Head) bool {
	return publishing.HasColumns(h, "web_title", "content_html") || publishing.HasColumns(h, "web_title", "web_subtitle", "status")
}

// ReadBeehiiv reads the table of beehiiv.
func ReadBeehiiv(in *reader.Input, out reader.Output) error {
	return readRows(in, out, func(row publishing.Row, rec *record.Record) error {
		publishing.Set(rec, record.Title, "web_title", row.First("web_title", "title", "email_subject_line"))
		publishing.Set(rec, record.Summary, "web_subtitle", row.First("web_subtitle", "subtitle", "email_preview_text", "meta_default_description"))
		publishing.SetHTML(rec, "content_html", row.First("content_html"))
		publishing.Set(rec, record.Published, "created_at", row.First("published_at", "publish_date", "displayed_date", "created_at"))
		publishing.Set(rec, record.Updated, "updated_at", row["updated_at"])
		link := row.First("url", "web_url")
		publishing.Set(rec, record.URL, "url", link)
		publishing.Set(rec, record.Source, "url", publishing.HostOf(link))
		for _, list := range [...]string{row["content_tags"], row["tags"]} {
			for tag := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ';' || r == ',' }) {
				publishing.Set(rec, record.Topics, "content_tags", strings.TrimSpace(tag))
			}
		}
		rec.Set(record.Authors, record.Mapped, []record.Value{{Text: row.First("authors", "author"), From: "authors"}})
		if rec.Place = row.First("id", "post_id"); rec.Place == "" {
			rec.Place = link
		}
		return nil
	})
}

// RecognizeBeehiivJSON reports whether a file is an answer of beehiiv's interface.
func RecognizeBeehiivJSON(h *reader.Head) bool {
	return h.Contains(`"web_url"`) && h.Contains(`"content_tags"`) && h.Contains(`"publish_date"`) && h.Contains(`"audience"`)
}

// issue is a letter of beehiiv. Its text is there for readers who pay and those
// who don't, and for pages, mail and feeds.
type issue struct {
	ID        publishing.Word                                                           `json:"id"`
	Title     publishing.Word                                                           `json:"title"`
	Subtitle  publishing.Word                                                           `json:"subtitle"`
	Authors   publishing.List[publishing.Word]                                          `json:"authors"`
	Status    publishing.Word                                                           `json:"status"`
	Published publishing.Word                                                           `json:"publish_date"`
	Displayed publishing.Word                                                           `json:"displayed_date"`
	Created   publishing.Word                                                           `json:"created"`
	URL       publishing.Word                                                           `json:"web_url"`
	Tags      publishing.List[publishing.Word]                                          `json:"content_tags"`
	Content   publishing.Loose[map[string]publishing.Loose[map[string]publishing.Word]] `json:"content"`
}

// ReadBeehiivJSON reads letters as beehiiv's interface answers them: one, or a
// list.
func ReadBeehiivJSON(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var answer struct {
		Data publishing.List[issue] `json:"data"`
	}
	issues := publishing.List[issue]{}
	if strings.HasPrefix(strings.TrimSpace(s), "[") {
		err = json.Unmarshal([]byte(s), &issues)
	} else {
		err = json.Unmarshal([]byte(s), &answer)
		issues = answer.Data
	}
	if err != nil {
		return publishing.JSONFault(s, err)
	}
	n := 0
	for i := range issues {
		if !isSent(string(issues[i].Status)) {
			continue
		}
		n++
		rec := record.Record{Number: n, Place: string(issues[i].ID)}
		if !emit(&rec, out, func() error { issues[i].fill(&rec); return nil }) {
			return nil
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d letters none was sent", len(issues))}
	}
	return nil
}

func (p *issue) fill(rec *record.Record) {
	publishing.Set(rec, record.ID, "id", string(p.ID))
	publishing.Set(rec, record.Title, "title", string(p.Title))
	publishing.Set(rec, record.Summary, "subtitle", string(p.Subtitle))
	for _, at := range [...]publishing.Word{p.Displayed, p.Published, p.Created} {
		if at != "" && !rec.Has(record.Published) {
			publishing.Set(rec, record.Published, "publish_date", string(at))
		}
	}
	publishing.Set(rec, record.URL, "web_url", string(p.URL))
	publishing.Set(rec, record.Source, "web_url", publishing.HostOf(string(p.URL)))
	var names []string
	for _, a := range p.Authors {
		names = append(names, string(a))
	}
	publishing.Set(rec, record.Authors, "authors", names...)
	for _, tag := range p.Tags {
		publishing.Set(rec, record.Topics, "content_tags", string(tag))
	}
	for _, readers := range [...]string{"premium", "free"} {
		for _, form := range [...]string{"rss", "web", "email"} {
			if text := p.Content.V[readers].V[form]; text != "" && !rec.Has(record.Body) {
				publishing.SetHTML(rec, "content."+readers+"."+form, string(text))
			}
		}
	}
}
