package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// maxListedLosses is the most lost articles that a person is told of. JSON has
// all of them.
const maxListedLosses = 50

// CheckReport writes what a check found, and what came of a repair; repaired
// may be nil.
func CheckReport(w io.Writer, r *index.CheckReport, repaired *index.RebuildReport) error {
	var b strings.Builder
	for _, d := range r.Damage {
		fmt.Fprintf(&b, "damaged: %s\n  %s\n", Clean(d.Path), Clean(d.Err.Error()))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", Clean(n))
	}
	checked := fmt.Sprintf("%s and %s in %s", Count(r.Files, "file", "files"), formatBytes(r.Bytes), Duration(r.Took))
	if r.Whole() {
		fmt.Fprintf(&b, "whole: %s; checked %s\n", Count(r.Articles, "article", "articles"), checked)
	} else {
		fmt.Fprintf(&b, "damage in %s; checked %s\n", Count(len(r.Damage), "place", "places"), checked)
	}
	if repaired != nil {
		writeRepair(&b, repaired)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeRepair tells what came of a repair.
func writeRepair(b *strings.Builder, r *index.RebuildReport) {
	how := "from the articles that could be read"
	if r.Whole {
		how = "from its newest undamaged state"
	}
	fmt.Fprintf(b, "repaired: %s, %s, in %s\n", Count(r.Articles, "article", "articles"), how, Duration(r.Took))
	for i, d := range r.Lost {
		if i == maxListedLosses {
			fmt.Fprintf(b, "lost: and %s; --json names all\n", Count(len(r.Lost)-i, "more", "more"))
			break
		}
		what := "article " + d.ID
		if d.ID == "" {
			what = "what could not be read of a file"
		}
		fmt.Fprintf(b, "lost: %s\n  %s: %s\n", Clean(what), Clean(d.Path), Clean(fmt.Sprint(d.Err)))
	}
	if len(r.Lost) == 0 {
		b.WriteString("lost: nothing\n")
	}
	if r.Unsure {
		b.WriteString("note: the list of deleted articles could not be read; some of them may be back\n")
	}
	fmt.Fprintf(b, "the damaged index is at %s\n", Clean(r.Kept))
}

// LearnReport returns the sentence that tells what came of learning.
func LearnReport(r *index.LearnReport) string {
	if r.Embedded != nil {
		return embedReport(r)
	}
	return fmt.Sprintf("learned what %s mean from %s, %s, in %s",
		Count(r.Terms, "word", "words"), Count(r.Trained, "article", "articles"), formatBytes(r.Bytes), Duration(r.Took))
}

// embedReport is LearnReport of vectors by an endpoint.
func embedReport(r *index.LearnReport) string {
	e := r.Embedded
	s := fmt.Sprintf("%s have vectors by %s of %s, %s asked for now, in %s", Count(e.Articles, "article", "articles"),
		Clean(e.Model), Clean(e.URL), humanize.Comma(int64(e.Sent)), Duration(r.Took))
	for _, part := range []struct {
		n    int
		what string
	}{
		{e.Owed, "still to come"},
		{e.Refused, "refused"},
		{e.Forbidden, "not sent, as their rights forbid it"},
		{e.Embargoed, "not sent, as they are under embargo"},
		{e.Empty, "without text"},
	} {
		if part.n > 0 {
			s += fmt.Sprintf("; %s %s", humanize.Comma(int64(part.n)), part.what)
		}
	}
	if e.Refusal != "" {
		s += " (" + Clean(e.Refusal) + ")"
	}
	return s
}

// CompactReport returns the sentence that tells what compacting came to.
func CompactReport(c *index.CompactReport) string {
	return fmt.Sprintf("compacted: %s, before %s; %s given back, in %s",
		formatBytes(c.After), formatBytes(c.Before), formatBytes(max(0, c.Before-c.After)), Duration(c.Took))
}

// BackupReport returns the sentence that tells what a backup or its restoration
// came to. What is the verb: "backed up" or "restored".
func BackupReport(what string, b *index.BackupReport) string {
	s := fmt.Sprintf("%s %s, %s, in %s", what, Count(b.Articles, "article", "articles"), formatBytes(b.Bytes), Duration(b.Took))
	if b.Kept != "" {
		s += "; the index before is at " + Clean(b.Kept)
	}
	return s
}

// formatBytes writes a number of bytes.
func formatBytes(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }
