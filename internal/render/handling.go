package render

import (
	"io"
	"strconv"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Moment writes a time to the minute, in a location; nil is that of the system.
func Moment(t time.Time, loc *time.Location) string {
	if loc == nil {
		loc = time.Local
	}
	return t.In(loc).Format("2 Jan 2006 15:04 MST")
}

// published writes when an article appeared.
func (p *page) published(a *corpus.Article) string { return Published(a, p.opt.Location) }

// Published writes when an article appeared, as precisely as its source says it: a year, a
// month, a day in a location, of which nil is that of the system.
func Published(a *corpus.Article, loc *time.Location) string {
	const year, month = len("2014"), len("2014-05")
	switch len(a.PublishedAs) {
	case year:
		return a.Published.UTC().Format("2006")
	case month:
		return a.Published.UTC().Format("Jan 2006")
	}
	return Day(a.Published, loc)
}

// embargo says until when an article is under embargo; empty if it isn't, or not any
// more.
func (p *page) embargo(a *corpus.Article) string {
	if !index.IsEmbargoed(a, time.Now()) {
		return ""
	}
	until, _ := index.EmbargoOf(a)
	switch {
	case !until.IsZero():
		return "embargoed until " + Moment(until, p.opt.Location)
	case a.Handling.Status == corpus.Withheld:
		return "withheld by its sender"
	}
	return "embargoed, nothing says until when"
}

// writeHandling writes what is known of an article's form, and what its sender says of
// its use.
func (p *page) writeHandling(a *corpus.Article) {
	if len(a.PublishedAs) > len("2006-01-02") {
		p.writeList("published", []string{a.PublishedAs})
	}
	p.writeList("form", nonEmpty(a.Form))
	h := a.Handling
	if h == nil {
		return
	}
	if h.Version > 0 {
		p.writeList("version", []string{strconv.Itoa(h.Version)})
	}
	p.writeList("status", nonEmpty(string(h.Status)))
	if s := p.embargo(a); s != "" {
		p.writeList("embargo", []string{s})
	} else if !h.EmbargoedUntil.IsZero() {
		p.writeList("embargo", []string{"ended " + Moment(h.EmbargoedUntil, p.opt.Location)})
	}
	p.writeList("replaces", h.Replaces)
	p.writeList("withdraws", h.Withdraws)
	p.writeList("notice", nonEmpty(h.Notice))
	p.writeList("rights", nonEmpty(h.Rights))
	if h.NoAI {
		p.writeList("no AI", []string{"its sender forbids use by programs that learn or generate"})
	}
}

// Versions writes the versions of an article, the one that stands first.
func Versions(w io.Writer, list []index.Version, opt Options) error {
	p := newPage(w, opt)
	for i := range list {
		v := &list[i]
		name := "no number"
		if v.Number > 0 {
			name = "version " + strconv.Itoa(v.Number)
		}
		p.writeWrapped(styled(p.faint, pad(name, metadataIndent)), metadataIndent, text{
			s: titleOf(&corpus.Article{Title: v.Title}), base: p.title,
		})
		why := "stands"
		if !v.Stands {
			why = Clean(v.Why)
		}
		facts := []item{{s: why, style: p.plain}}
		at := v.Published
		if v.Updated.After(at) {
			at = v.Updated
		}
		if !at.IsZero() {
			facts = append(facts, item{separator: " · ", s: Moment(at, p.opt.Location), style: p.faint})
		}
		for _, s := range [...]string{v.Notice, v.ID, v.Path} {
			if s = Clean(s); s != "" {
				facts = append(facts, item{separator: " · ", s: s, style: p.faint})
			}
		}
		p.writeItems(pad("", metadataIndent), metadataIndent, facts)
	}
	return p.err
}

// Withdrawn writes the articles that their senders took back.
func Withdrawn(w io.Writer, list []index.Withdrawal, opt Options) error {
	p := newPage(w, opt)
	for i := range list {
		v := &list[i]
		title := v.Title
		if title == "" {
			title = "(an article that never came)"
		}
		p.writeWrapped("", 2, text{s: title, base: p.title})
		facts := []item{{s: Clean(v.ID), style: p.id}, {separator: " · ", s: string(v.Status), style: p.plain}}
		add := func(s string) {
			if s = Clean(s); s != "" {
				facts = append(facts, item{separator: " · ", s: s, style: p.faint})
			}
		}
		if !v.At.IsZero() {
			add(Moment(v.At, p.opt.Location))
		}
		if v.By != v.ID {
			add("by " + v.By)
		}
		add(v.Path)
		p.writeItems("  ", 2, facts)
		if v.Reason != "" && v.Reason != v.Title {
			p.writeWrapped("  ", 2, text{s: v.Reason, base: p.plain})
		}
	}
	return p.err
}
