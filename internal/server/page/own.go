package page

import (
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
)

// The most notes that a hit and an article show: the last ones.
const (
	maxHitNotes   = 2
	maxShownNotes = 50
	// maxHitNote is the most characters of a note that a hit shows: some lines.
	maxHitNote = 300
	// maxShownTags is the most tags that either shows.
	maxShownTags = 50
)

// ownView is what somebody wrote about an article by hand.
type ownView struct {
	Tags  []choice
	Notes []noteView
	More  string // how many older notes there are
}

// noteView is a note, with when and by whom it was written.
type noteView struct {
	Text, About string
}

// ownOfHit is own for a hit: its last notes, and the beginnings of those.
func (p *page) ownOfHit(r *ask.Request, a *corpus.Article) ownView {
	v := p.own(r, a, maxHitNotes)
	for i := range v.Notes {
		if text := []rune(v.Notes[i].Text); len(text) > maxHitNote {
			v.Notes[i].Text = strings.TrimSpace(string(text[:maxHitNote])) + "…"
		}
	}
	return v
}

// own returns what was written about an article, with the addresses of searches by its tags.
func (p *page) own(r *ask.Request, a *corpus.Article, notes int) (v ownView) {
	n := a.Annotations
	if n == nil {
		return v
	}
	for _, t := range n.Tags[:min(len(n.Tags), maxShownTags)] {
		v.Tags = append(v.Tags, choice{topicName(t.Path), searchAddress(r.Toggle(index.FacetMyTag, t.Path)), r.Selected(index.FacetMyTag, t.Path)})
	}
	first := max(0, len(n.Notes)-notes)
	for _, note := range n.Notes[first:] {
		about := note.By
		if !note.Added.IsZero() {
			if about != "" {
				about += ", "
			}
			about += render.Moment(note.Added, p.zone(r))
		}
		if !note.Edited.IsZero() {
			if about != "" {
				about += ", "
			}
			about += "edited " + render.Moment(note.Edited, p.zone(r))
		}
		v.Notes = append(v.Notes, noteView{note.Text, about})
	}
	if first > 0 {
		v.More = "and " + humanize.Comma(int64(first)) + " older"
	}
	return v
}
