package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// maxNamedLost is how many lost articles are named to a person; JSON has all.
const maxNamedLost = 50

// Check writes what a check found, and what came of a repair; repaired may be
// nil.
func Check(w io.Writer, r *index.CheckReport, repaired *index.Rebuilt) error {
	var b strings.Builder
	for _, d := range r.Damage {
		fmt.Fprintf(&b, "damaged: %s\n  %s\n", Clean(d.Path), Clean(d.Err.Error()))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", Clean(n))
	}
	checked := fmt.Sprintf("%s and %s in %s", Count(r.Files, "file", "files"), size(r.Bytes), Duration(r.Took))
	if r.Whole() {
		fmt.Fprintf(&b, "whole: %s; checked %s\n", Count(r.Articles, "article", "articles"), checked)
	} else {
		fmt.Fprintf(&b, "%s; checked %s\n", Count(len(r.Damage), "damage", "damages"), checked)
	}
	if repaired != nil {
		repair(&b, repaired)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// repair tells what came of a repair.
func repair(b *strings.Builder, r *index.Rebuilt) {
	how := "from the articles that could be read"
	if r.Whole {
		how = "from a state of it that was whole"
	}
	fmt.Fprintf(b, "repaired: %s, %s, in %s\n", Count(r.Articles, "article", "articles"), how, Duration(r.Took))
	for i, l := range r.Lost {
		if i == maxNamedLost {
			fmt.Fprintf(b, "lost: and %s; --json names all\n", Count(len(r.Lost)-i, "more", "more"))
			break
		}
		what := "article " + l.ID
		if l.ID == "" {
			what = "what could not be read of a file"
		}
		fmt.Fprintf(b, "lost: %s\n  %s: %s\n", Clean(what), Clean(l.File), Clean(fmt.Sprint(l.Err)))
	}
	if len(r.Lost) == 0 {
		b.WriteString("lost: nothing\n")
	}
	if r.Unsure {
		b.WriteString("note: which articles were deleted could not be read; some may be there again\n")
	}
	fmt.Fprintf(b, "the damaged index is at %s\n", Clean(r.Kept))
}

type checkJSON struct {
	Format   int          `json:"format"`
	Whole    bool         `json:"whole"`
	Articles int          `json:"articles"`
	Files    int          `json:"files"`
	Bytes    int64        `json:"bytes"`
	Damage   []damageJSON `json:"damage"`
	Notes    []string     `json:"notes,omitempty"`
	TookMS   float64      `json:"took_ms"`
	Repair   *repairJSON  `json:"repair,omitempty"`
}

type damageJSON struct {
	Path  string `json:"path"`
	Error string `json:"error"`
}

type repairJSON struct {
	Articles int        `json:"articles"`
	Copied   bool       `json:"copied"` // from a whole state
	Lost     []lostJSON `json:"lost"`
	Unsure   bool       `json:"deletions_unknown,omitempty"`
	Kept     string     `json:"damaged_at"`
	TookMS   float64    `json:"took_ms"`
}

type lostJSON struct {
	ID    string `json:"id,omitempty"`
	Path  string `json:"path"`
	Error string `json:"error"`
}

// CheckJSON is Check as one JSON object.
func CheckJSON(w io.Writer, r *index.CheckReport, repaired *index.Rebuilt) error {
	out := checkJSON{
		Format: formatVersion, Whole: r.Whole(), Articles: r.Articles, Files: r.Files, Bytes: r.Bytes,
		Damage: make([]damageJSON, len(r.Damage)), Notes: r.Notes, TookMS: milliseconds(r.Took),
	}
	for i, d := range r.Damage {
		out.Damage[i] = damageJSON{d.Path, d.Err.Error()}
	}
	if repaired != nil {
		out.Repair = &repairJSON{
			Articles: repaired.Articles, Copied: repaired.Whole, Lost: make([]lostJSON, len(repaired.Lost)),
			Unsure: repaired.Unsure, Kept: repaired.Kept, TookMS: milliseconds(repaired.Took),
		}
		for i, l := range repaired.Lost {
			out.Repair.Lost[i] = lostJSON{l.ID, l.File, fmt.Sprint(l.Err)}
		}
	}
	return writeJSON(w, out)
}

// Compacted returns the one sentence that tells what compacting came to.
func Compacted(c *index.Compacted) string {
	return fmt.Sprintf("compacted: %s, before %s; %s given back, in %s",
		size(c.After), size(c.Before), size(max(0, c.Before-c.After)), Duration(c.Took))
}

// CompactedJSON is Compacted as one JSON object.
func CompactedJSON(w io.Writer, c *index.Compacted) error {
	return writeJSON(w, struct {
		Format int     `json:"format"`
		Before int64   `json:"bytes_before"`
		After  int64   `json:"bytes_after"`
		TookMS float64 `json:"took_ms"`
	}{formatVersion, c.Before, c.After, milliseconds(c.Took)})
}

// BackedUp returns the sentence that tells what a backup or its restoration
// came to; what says which.
func BackedUp(what string, b *index.BackedUp) string {
	s := fmt.Sprintf("%s %s, %s, in %s", what, Count(b.Articles, "article", "articles"), size(b.Bytes), Duration(b.Took))
	if b.Kept != "" {
		s += "; the index before is at " + Clean(b.Kept)
	}
	return s
}

// BackedUpJSON is BackedUp as one JSON object.
func BackedUpJSON(w io.Writer, b *index.BackedUp) error {
	return writeJSON(w, struct {
		Format   int     `json:"format"`
		Articles int     `json:"articles"`
		Bytes    int64   `json:"bytes"`
		Kept     string  `json:"before_at,omitempty"`
		TookMS   float64 `json:"took_ms"`
	}{formatVersion, b.Articles, b.Bytes, b.Kept, milliseconds(b.Took)})
}

// size writes a number of bytes.
func size(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }
