package render

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// SurveyJSON writes what a source would be read as.
func SurveyJSON(ctx context.Context, w io.Writer, src corpus.Source) error {
	var files []wire.SurveyedFile
	report, err := index.Survey(ctx, src, func(f *index.SurveyedFile) error {
		files = append(files, wire.NewSurveyedFile(f))
		return nil
	})
	if err != nil {
		return err
	}
	return wire.Write(w, wire.NewSurvey(&report, files))
}

// FormatsJSON writes the forms that newsq reads.
func FormatsJSON(w io.Writer, formats []corpus.FormatInfo) error {
	return wire.Write(w, wire.NewFormats(formats))
}

// Formats writes the forms that newsq reads, by groups.
func Formats(w io.Writer, formats []corpus.FormatInfo, opt Options) error {
	p := newPage(w, opt)
	widest, extensions := 0, 0
	for i := range formats {
		widest = max(widest, min(columnsOf(formats[i].Name), maxFormName))
		extensions = max(extensions, min(columnsOf(strings.Join(formats[i].Extensions, " ")), maxExtensions))
	}
	group := ""
	for i := range formats {
		f := &formats[i]
		if f.Group != group {
			if group != "" {
				p.writeLine()
			}
			group = f.Group
			p.writeLine(styled(p.title, group))
		}
		how := strings.Join(f.Extensions, " ")
		if !f.ByContent {
			how = pad(how, extensions) + styled(p.faint, "  by the name")
		}
		p.writeLine("  ", pad(f.Name, widest), "  ", how)
	}
	return p.err
}

// maxFormName and maxExtensions are the widest name and list of extensions that
// others are aligned with, in columns: with "by the name" behind them, 80 are
// enough.
const (
	maxFormName   = 38
	maxExtensions = 24
)

// padLeft fills a text up to a number of columns, before it.
func padLeft(s string, columns int) string {
	return strings.Repeat(" ", max(0, columns-columnsOf(s))) + s
}

// SurveyedFile writes what a file would be read as: a line, and one for each of
// the first things that are wrong with it.
func SurveyedFile(w io.Writer, f *index.SurveyedFile, shown string, opt Options) error {
	p := newPage(w, opt)
	forms := strings.Join(f.Forms, ", ")
	if forms == "" {
		forms = "not read"
	}
	held := Count(f.Articles, "article", "articles")
	if f.Links > 0 {
		held += ", " + Count(f.Links, "link", "links")
	}
	p.writeLine(Clean(shown), styled(p.faint, "  "+forms+"  "+held))
	for i, e := range f.Errors {
		if i == maxSurveyErrors {
			p.writeLine("  ", styled(p.faint, "and "+Count(len(f.Errors)-i+f.More, "more", "more")+"; --json names all"))
			break
		}
		what := e.Err.Error()
		if e.Hint != "" {
			what += " (" + e.Hint + ")"
		}
		p.writeWrapped("  ", 2, text{s: what})
	}
	return p.err
}

// maxSurveyErrors is how many errors of a file a person is told of.
const maxSurveyErrors = 3

// Survey writes what a source would be read as, in all.
func Survey(w io.Writer, r *index.SurveyReport, opt Options) error {
	p := newPage(w, opt)
	s := "would index " + Count(r.Articles, "article", "articles") + " from " + Count(r.Files, "file", "files")
	if r.Links > 0 {
		s += "; " + linksText(r.Links)
	}
	if r.Skipped > 0 {
		s += "; " + skippedText(r.Skipped, r.SkippedAs) + wasOrWere(r.Skipped) + "skipped"
	}
	p.writeSummary(s)
	p.writeForms(r.Forms)
	return p.err
}

// Synced writes what a sync did, and what was read by form where that is more
// than one.
func Synced(w io.Writer, c *index.SyncReport, opt Options) error {
	p := newPage(w, opt)
	p.writeSummary(SyncReport(c))
	if c.Learned != nil {
		p.writeSummary(LearnReport(c.Learned))
	}
	if c.Topics != nil {
		p.writeSummary(TopicsLearned(c.Topics))
	}
	if len(c.Forms) > 1 && slices.ContainsFunc(c.Forms, func(f index.FormReport) bool { return f.Articles > 0 }) {
		p.writeForms(c.Forms)
	}
	return p.err
}

// writeSummary writes what was done as one line, which a terminal gets wrapped.
func (p *page) writeSummary(s string) {
	if p.opt.Width == 0 {
		p.writeLine(s)
		return
	}
	p.writeWrapped("", 0, text{s: s})
}

// writeForms writes a table of forms.
func (p *page) writeForms(forms []index.FormReport) {
	if len(forms) == 0 {
		return
	}
	rows := [][]string{{"", "files", "articles", "in part", "unreadable"}}
	for _, f := range forms {
		rows = append(rows, []string{f.Form, number(f.Files), number(f.Articles), number(f.Partial), number(f.Unreadable)})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for i, row := range rows {
		line := pad(row[0], widths[0])
		for j := 1; j < len(row); j++ {
			line += "  " + padLeft(row[j], widths[j])
		}
		if i == 0 {
			line = styled(p.faint, line)
		}
		p.writeLine("  ", line)
	}
}

// number writes a count; nothing for none.
func number(n int) string {
	if n == 0 {
		return "-"
	}
	return humanize.Comma(int64(n))
}

// maxSkippedKinds is how many extensions of skipped files are named.
const maxSkippedKinds = 4

// skippedText tells how many files are in other forms, and in which.
func skippedText(n int, as []index.SkippedFiles) string {
	var kinds []string
	for i, k := range as {
		if k.Extension == "" {
			continue
		}
		if i == maxSkippedKinds {
			kinds = append(kinds, "...")
			break
		}
		kinds = append(kinds, Clean(k.Extension))
	}
	s := Count(n, "file in another form", "files in other forms")
	if len(kinds) > 0 {
		s += " (" + strings.Join(kinds, " ") + ")"
	}
	return s
}
