package render

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/newsq/newsq/index/export"
	"github.com/newsq/newsq/internal/wire"
)

// ExportReport says what was written to a file.
func ExportReport(r *export.Report, path string, took time.Duration) string {
	return fmt.Sprintf("exported %s to %s: %s, in %s", Count(r.Articles, "article", "articles"), Clean(path), formatBytes(r.Bytes), Duration(took))
}

// EvidenceReport says what was written to a folder of evidence, and how to check it.
func EvidenceReport(r *export.EvidenceReport, dir, program string) string {
	return fmt.Sprintf("%s with %s in %s: %s, %s\nsum: %s\nnote the sum elsewhere: it stands for every byte of the folder. To check it later:\n  %s verify %s --sum %s\n",
		Count(r.Articles, "article", "articles"), Count(r.Passages, "passage", "passages"), Clean(dir), Count(r.Files, "file", "files"), formatBytes(r.Bytes),
		r.SHA256, program, Clean(dir), r.SHA256)
}

// Verification writes whether a folder of evidence is whole, and what became of its
// articles; c may be nil.
func Verification(w io.Writer, dir string, v *export.Verification, c *export.Comparison, opt Options) error {
	var b strings.Builder
	for _, d := range v.Damage {
		fmt.Fprintf(&b, "damaged: %s\n  %s\n", Clean(d.File), Clean(d.What))
	}
	if v.MoreDamage > 0 {
		fmt.Fprintf(&b, "damaged: and %s\n", Count(v.MoreDamage, "more place", "more places"))
	}
	what := fmt.Sprintf("%s, %s", Count(v.Hits, "article", "articles"), Count(v.Files, "file", "files"))
	switch {
	case v.Whole() && v.Noted:
		fmt.Fprintf(&b, "whole: %s is as it was made: %s\n", Clean(dir), what)
	case v.Whole():
		fmt.Fprintf(&b, "whole: %s agrees with its own sums: %s\n", Clean(dir), what)
	default:
		fmt.Fprintf(&b, "damage in %s of %s: %s\n", Count(len(v.Damage)+v.MoreDamage, "place", "places"), Clean(dir), what)
	}
	if m := &v.Manifest; m.Type != "" {
		fmt.Fprintf(&b, "made %s by newsq %s of generation %d: %s\n", Moment(m.Made, opt.Location), Clean(m.Newsq), m.Generation, Clean(m.Query))
	}
	fmt.Fprintf(&b, "sum: %s\n", v.SHA256)
	if v.Whole() && !v.Noted {
		b.WriteString("  compare it with the one that was noted when the folder was made, or give that as --sum\n")
	}
	if c != nil {
		writeComparison(&b, c)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeComparison tells what became of articles in the index.
func writeComparison(b *strings.Builder, c *export.Comparison) {
	for i, d := range c.Differences {
		if i == maxListedLosses {
			fmt.Fprintf(b, "and %s; --json names all\n", Count(len(c.Differences)-i, "more", "more"))
			break
		}
		fmt.Fprintf(b, "%s: %s  %s\n", d.State, Clean(d.ID), Clean(d.Title))
		switch {
		case d.State == export.Updated:
			fmt.Fprintf(b, "  %s; %d of %s still there\n", Clean(d.What), d.Standing, Count(d.Passages, "passage", "passages"))
		case d.What != "":
			fmt.Fprintf(b, "  %s\n", Clean(d.What))
		}
	}
	if len(c.Differences) == 0 {
		fmt.Fprintf(b, "index: it has each article as it is here\n")
	} else {
		fmt.Fprintf(b, "index: %s as here, %d not\n", Count(c.Unchanged, "article", "articles"), len(c.Differences))
	}
}

// VerificationJSON writes what a check of a folder of evidence found; c may be nil.
func VerificationJSON(w io.Writer, dir string, v *export.Verification, c *export.Comparison) error {
	out := wire.Verification{
		Format: wire.Format, Folder: dir, Whole: v.Whole(), SHA256: v.SHA256, Noted: v.Noted, Files: v.Files, Articles: v.Hits,
		Damage: []wire.EvidenceDamage{}, MoreDamage: v.MoreDamage, Newsq: v.Manifest.Newsq, Made: v.Manifest.Made, Query: v.Manifest.Query,
		ReadAs: v.Manifest.ReadAs, Generation: v.Manifest.Generation,
	}
	for _, d := range v.Damage {
		out.Damage = append(out.Damage, wire.EvidenceDamage(d))
	}
	if c != nil {
		out.Index = &wire.EvidenceComparison{Articles: c.Articles, Unchanged: c.Unchanged, Differences: []wire.EvidenceDifference{}}
		for _, d := range c.Differences {
			out.Index.Differences = append(out.Index.Differences, wire.EvidenceDifference{
				Rank: d.Rank, ID: d.ID, Title: d.Title, State: string(d.State), What: d.What, Passages: d.Passages, Standing: d.Standing,
			})
		}
	}
	return wire.Write(w, out)
}
