package corpus

import (
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// errExact tells that an article is not as newsq writes it.
var errExact = errors.New("the exported article was changed")

// exactArticle returns an article that newsq has made before, as it was. Nothing is
// derived, and only what it promises is checked, since anybody may have written it.
// Topics that were derived are left out: they are derived again.
func exactArticle(e *record.Exact) (Article, error) {
	a := Article{
		ID: statedID(e.ID), Title: extract.Clean(e.Title), Summary: extract.Clean(e.Summary), Body: e.Body,
		Authors: cleaned(e.Authors), Source: extract.Clean(e.Source), Published: inUTC(e.Published), Updated: inUTC(e.Updated),
		Language: extract.StatedLanguage(e.Language), Places: cleaned(e.Places), People: cleaned(e.People), Organizations: cleaned(e.Organizations),
		URL: extract.Clean(e.URL), Handling: exactHandling(e.Handling),
	}
	if extract.Clean(a.Body) != a.Body {
		return a, fmt.Errorf("%w: its text has control characters", errExact)
	}
	if d, ok := extract.ReadDate(e.PublishedAs, ""); ok && layout.IsPlausible(d.Time) && !a.Published.IsZero() {
		a.PublishedAs = e.PublishedAs
	}
	for _, t := range e.Topics {
		if path := TopicPath(t.Path); path != "" && (t.Origin == string(Stated) || t.Origin == "") {
			a.Topics = append(a.Topics, Topic{Path: path, Origin: Stated})
		}
	}
	at := 0
	for _, s := range e.Sections {
		if s.Start != at || s.End < s.Start || s.End > len(a.Body) {
			return a, fmt.Errorf("%w: its section %q does not follow the one before", errExact, extract.Clean(s.Heading))
		}
		at = s.End
		a.Sections = append(a.Sections, Section{Heading: extract.Clean(s.Heading), Level: s.Level, Start: s.Start, End: s.End})
	}
	if len(e.Sections) > 0 && at != len(a.Body) {
		return a, fmt.Errorf("%w: its sections do not reach the end of its body", errExact)
	}
	at = 0
	for _, p := range e.Pages {
		if p.Start < at || p.Start > len(a.Body) {
			return a, fmt.Errorf("%w: its page %q does not follow the one before", errExact, extract.Clean(p.Label))
		}
		at = p.Start
		a.Pages = append(a.Pages, Page{Label: extract.Clean(p.Label), Start: p.Start})
	}
	if a.Title == "" && a.Summary == "" && a.Body == "" && len(a.Sections) == 0 && a.Handling == nil {
		return a, record.ErrNoText
	}
	return a, nil
}

func exactHandling(h *record.ExactHandling) *Handling {
	if h == nil {
		return nil
	}
	out := &Handling{
		Version: max(h.Version, 0), Embargoed: h.Embargoed, EmbargoedUntil: h.EmbargoedUntil,
		Replaces: statedIDs(h.Replaces), Withdraws: statedIDs(h.Withdraws),
		Notice: extract.Clean(h.Notice), Rights: extract.Clean(h.Rights), NoAI: h.NoAI,
	}
	if out.EmbargoedUntil = h.EmbargoedUntil.UTC(); out.EmbargoedUntil.IsZero() {
		out.EmbargoedUntil = time.Time{}
	}
	switch status := Status(h.Status); status {
	case Canceled, Withdrawn, Withheld:
		out.Status = status
	}
	return out
}

func cleaned(list []string) []string {
	var out []string
	for _, s := range list {
		if s = extract.Clean(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
