package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// SyncReport returns the sentence that tells what a sync did.
func SyncReport(c *index.SyncReport) string {
	articles := c.Added + c.Updated + c.Unchanged
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{c.Added, "added"}, {c.Updated, "updated"}, {c.Unchanged, "unchanged"}, {c.Removed, "removed"}} {
		if part.n > 0 {
			parts = append(parts, humanize.Comma(int64(part.n))+" "+part.what)
		}
	}
	s := "indexed " + Count(articles, "article", "articles")
	if len(parts) > 0 {
		s += ": " + strings.Join(parts, ", ")
	}
	s += " in " + Duration(c.Took)
	if c.Bytes > 0 {
		s += ", " + formatRate(c.Bytes, c.Took)
	}
	if c.Retagged > 0 {
		s += "; " + Count(c.Retagged, "article has", "articles have") + " other topics by the new rules"
	}
	if len(c.Unreadable) > 0 {
		s += "; " + countPlaces(c.Unreadable) + " could not be read"
	}
	if len(c.Partial) > 0 {
		s += "; " + countPlaces(c.Partial) + wasOrWere(len(c.Partial)) + "read in part"
	}
	if c.Links > 0 {
		s += "; " + linksText(c.Links)
	}
	if c.Skipped > 0 {
		s += "; " + skippedText(c.Skipped, c.SkippedAs) + wasOrWere(c.Skipped) + "skipped"
	}
	if n := len(c.IndexFolders); n > 0 {
		s += "; " + Count(n, "folder of a newsq index", "folders of newsq indexes") + wasOrWere(n) + "skipped"
	}
	if c.Moved > 0 {
		s += "; " + Count(c.Moved, "article was moved and keeps its id", "articles were moved and keep their ids")
	}
	if c.Superseded > 0 {
		s += "; " + Count(c.Superseded, "version doesn't stand", "versions don't stand") + " beside a later one"
	}
	if c.Withdrawn > 0 {
		s += "; " + Count(c.Withdrawn, "article is", "articles are") + " gone, taken back by the sender"
	}
	if c.Withheld > 0 {
		s += "; " + Count(c.Withheld, "article that was removed stays out", "articles that were removed stay out")
	}
	return s
}

// linksText tells of links without text.
func linksText(n int) string {
	return Count(n, "link without text", "links without text") + " (--links indexes their titles)"
}

// SourcePath returns the line that tells of a path that is gone.
func SourcePath(p index.SourcePath) string {
	return Clean(p.Path) + ": " + Count(p.Articles, "article", "articles")
}

func wasOrWere(n int) string {
	if n == 1 {
		return " was "
	}
	return " were "
}

// countPlaces counts files, and apart from them records of files, which have a
// line: the rest of such a file was read. A file of which several records
// without a line are told counts once.
func countPlaces(errs []*corpus.ReadError) string {
	records := 0
	files := map[string]bool{}
	for _, e := range errs {
		if e.Line > 0 {
			records++
		} else {
			files[e.Path] = true
		}
	}
	var parts []string
	if len(files) > 0 {
		parts = append(parts, Count(len(files), "file", "files"))
	}
	if records > 0 {
		parts = append(parts, Count(records, "record", "records"))
	}
	return strings.Join(parts, " and ")
}

// Unreadable returns the line that tells what could not be read, or not as a
// whole: the place, the cause, and what to do.
func Unreadable(e *corpus.ReadError) string { return Clean(e.Error()) }

// Progress returns a line of at most width columns that tells how far a sync
// has come after the time elapsed. What names the work, such as "indexing".
func Progress(what string, at index.Progress, elapsed time.Duration, width int, color bool) string {
	articles := at.Report.Added + at.Report.Updated + at.Report.Unchanged
	facts := []string{Count(articles, "article", "articles")}
	switch {
	case at.LearningTopics > 0:
		facts = append(facts, "learning topics", strconv.Itoa(at.LearningTopics)+" %")
	case at.Learning > 0:
		facts = append(facts, "learning what words mean", strconv.Itoa(at.Learning)+" %")
	case at.BytesDone > 0 && elapsed > 0:
		facts = append(facts, formatRate(at.BytesDone, elapsed))
	case elapsed >= time.Second:
		facts = append(facts, humanize.Comma(int64(float64(articles)/elapsed.Seconds()))+" a second")
	}
	done := 0.0
	if at.BytesTotal > 0 { // a bar that stands still would worry
		done = float64(at.BytesDone) / float64(at.BytesTotal)
	}
	return progressLine(what, facts, done, at.Path, elapsed, width, color)
}

// CopyProgress returns a line of at most width columns that tells how far the copy of an
// index has come after the time elapsed. done of total counts each article twice: when it
// is copied, and when it is compared.
func CopyProgress(done, total int, elapsed time.Duration, width int, color bool) string {
	facts := []string{Count(done/2, "article", "articles")}
	if articles := float64(done/2) / elapsed.Seconds(); elapsed >= time.Second {
		facts = append(facts, humanize.Comma(int64(articles))+" a second")
	}
	return progressLine("copying", facts, float64(done)/float64(max(total, 1)), "", elapsed, width, color)
}

// progressLine returns a line with a bar, where some part of the work is done, or else with
// the name of the work.
func progressLine(what string, facts []string, done float64, path string, elapsed time.Duration, width int, color bool) string {
	p := newPage(io.Discard, Options{Color: color})
	lead, columns := what+" ", len(what)+1
	if done > 0 {
		done = min(1, done)
		const size = 20
		full := int(done * size)
		lead = styled(p.bar, strings.Repeat("━", full)) + styled(p.faint, strings.Repeat("─", size-full)) +
			fmt.Sprintf(" %3.0f %%  ", done*100)
		columns = size + len(" 100 %  ")
		if left, ok := timeLeft(done, elapsed); ok {
			facts = append(facts, left+" left")
		}
	}
	line := truncate(strings.Join(facts, " · "), width-columns)
	used := columns + columnsOf(line)
	// The end of a path tells more than its beginning.
	if room := width - used - len("  "); path != "" && room >= 12 {
		line += styled(p.faint, "  "+truncateStart(Clean(path), room))
	}
	return lead + line
}

// timeLeft estimates the time left. There is no estimate in the first second
// and the first two per cent, since it would change at every moment, and none of
// less than a second: what was read is still to be written, which takes its time.
func timeLeft(done float64, elapsed time.Duration) (string, bool) {
	if done < 0.02 || done >= 1 || elapsed < time.Second {
		return "", false
	}
	left := time.Duration(float64(elapsed) * (1 - done) / done).Round(time.Second)
	if left < time.Second {
		return "", false
	}
	if left >= time.Hour {
		return fmt.Sprintf("%d:%02d:%02d", int(left.Hours()), int(left.Minutes())%60, int(left.Seconds())%60), true
	}
	return fmt.Sprintf("%d:%02d", int(left.Minutes()), int(left.Seconds())%60), true
}

// Watched returns the sentence that tells what one of many syncs did.
func Watched(c *index.SyncReport) string {
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{c.Added, "added"}, {c.Updated - c.Moved, "updated"}, {c.Moved, "moved"}, {c.Removed, "removed"}, {c.Withdrawn, "taken back by the sender"}, {c.Superseded, "older"}} {
		if part.n > 0 {
			parts = append(parts, humanize.Comma(int64(part.n))+" "+part.what)
		}
	}
	if len(parts) == 0 {
		return Count(c.Unchanged, "article", "articles") + ", unchanged"
	}
	return strings.Join(parts, ", ") + " in " + Duration(c.Took)
}
