package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/export"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// exportOptions are the flags of export.
type exportOptions struct {
	searchOptions
	format, output string
	accessed       string
	noText         bool
	first          int // 0 for all
	evidence       string
	withNotes      bool
}

func (a *app) exportCommand() *cobra.Command {
	c := &a.cfg
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export [flags] [QUERY...]",
		Short: "Write all that a query finds to a file: articles, documents, citations",
		Long: `Write every article that a query finds, in its order, as:

  jsonl   whole articles, which "newsq index" reads back without loss
  csv     a table for spreadsheets
  md      a document in Markdown, with passages and texts
  html    the same as a page that needs no other file, to read and to print
  epub    a book with a chapter for each article
  ris     citations, for Zotero, EndNote, Mendeley
  bibtex  citations, for LaTeX
  csl     citations in CSL-JSON, for pandoc and Zotero

The name of the file tells the format where --format doesn't. Without a query
and filters, all articles are written, the newest first. With a name that ends
with a slash, md and html become a new folder with a document for each article.

--evidence writes a folder instead, by which one can show later what was found,
and that nothing of it was changed since:  newsq verify FOLDER`,
		Example: `  newsq export sanctions -o sanctions.html
  newsq export 'title:deterrence' --since 2024 --format ris -o deterrence.ris
  newsq export --topic economy --format csv > economy.csv
  newsq export --format jsonl | zstd > all.jsonl.zst
  newsq export --sort added --limit 20 -o latest.epub
  newsq export --topic economy --format md -o notes/
  newsq export sanctions --since 2024 --evidence sanctions-2026`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.checkExclusions(); err != nil {
				return err
			}
			if o.evidence != "" {
				return a.writeEvidence(cmd.Context(), cmd, strings.Join(args, " "), &o)
			}
			return a.export(cmd.Context(), strings.Join(args, " "), &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.format, "format", c.Format, "write articles as `form`: jsonl, csv, md, html, epub, ris, bibtex or csl")
	f.StringVarP(&o.output, "output", "o", c.Output, "write to `file`, which is there when it is whole; - for standard output, NAME/ for a folder of documents")
	// The setting of this name is for pages of a search. An export that it cut
	// would look whole.
	f.IntVarP(&o.first, "limit", "n", 0, "only the first `N` articles; 0 for all")
	a.addFilterFlags(cmd, &o.searchOptions)
	a.addAsOfFlag(f, &o.searchOptions)
	a.addTopicsFromFlag(cmd, &o.topicsFrom)
	a.addMatchFlags(cmd, &o.searchOptions)
	a.addOrderFlags(cmd, &o.searchOptions)
	f.IntVar(&o.passages, "passages", c.Passages, "at most `N` passages of each article in documents and tables")
	f.BoolVar(&o.noText, "no-text", c.NoText, "only the passages of articles in documents, not their texts")
	f.BoolVar(&o.withNotes, "with-notes", c.WithNotes, "add your own tags and notes, to jsonl and csv")
	f.StringVar(&o.accessed, "accessed", c.Accessed, "say in citations that you looked at the addresses on `day`: 2026-03-05, today")
	f.StringVar(&o.evidence, "evidence", c.Evidence, "write a `folder` that shows later what was found: articles, passages and their sums")
	a.addEmbargoFlag(f)
	completeFlag(cmd, "format", formatNames()...)
	cmd.ValidArgsFunction = a.completeQuery
	return cmd
}

func formatNames() (names []string) {
	for _, f := range export.Formats() {
		names = append(names, string(f))
	}
	return names
}

// export writes what a query finds.
func (a *app) export(ctx context.Context, text string, o *exportOptions) error {
	form, err := a.exportFormat(o)
	if err != nil {
		return err
	}
	if o.withNotes && form != export.JSONL && form != export.CSV {
		return usageError("leave out --with-notes, or write jsonl or csv", "--with-notes is for jsonl and csv, and not for %s", form)
	}
	about := export.About{Query: text, Made: a.now(), Location: a.zone, NoText: o.noText, Notes: o.withNotes}
	if about.Accessed, err = a.dayOfAccess(o.accessed); err != nil {
		return err
	}
	// Without words to look for, passages are how texts begin, which stand below.
	asked := strings.TrimSpace(text) != "" || o.noText || form == export.CSV
	q, err := a.exportQuery(text, o, asked && form.ShowsPassages())
	if err != nil {
		return err
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	return a.explainExportError(ix.ReadAll(ctx, q, func(found *index.Found) error {
		if err := a.tellFound(ctx, ix, q, found, o); err != nil {
			return err
		}
		found.First(o.first)
		about.Total = found.Total
		if o.output == "" || o.output == "-" {
			_, err := export.Write(a.stdout, form, found.Hits, &about)
			return err
		}
		start, write := time.Now(), export.WriteFile
		if namesFolder(o.output) {
			write = export.WriteFolder
		}
		report, err := write(o.output, form, found.Hits, &about)
		if errors.Is(err, fs.ErrExist) {
			return &commandError{err: err, hint: "name a folder that is not there yet", code: exitUsage}
		}
		if err == nil {
			_, err = fmt.Fprintln(a.stdout, render.ExportReport(&report, o.output, time.Since(start)))
		}
		return err
	}))
}

// namesFolder reports whether an output is a folder of documents: its name ends as
// that of a folder.
func namesFolder(output string) bool {
	return output != "" && os.IsPathSeparator(output[len(output)-1])
}

// exportQuery returns the query of package index for a text and the flags.
func (a *app) exportQuery(text string, o *exportOptions, passages bool) (index.Query, error) {
	if o.first < 0 {
		return index.Query{}, usageError("", "--limit must not be negative")
	}
	o.copies, o.facetLimit, o.limit = "all", 1, 1 // that have no flag here
	everything := strings.TrimSpace(text) == "" && len(o.filters()) == 0 && o.since == "" && o.until == ""
	if everything {
		text = "*"
	}
	if !passages {
		o.passages = 0
	}
	q, err := a.query(text, &o.searchOptions, asJSONL)
	if everything {
		q.Text = ""
		if q.Sort == index.Relevance {
			q.Sort = index.Newest
		}
	}
	return q, err
}

// exportFormat returns the format that the flags ask for.
func (a *app) exportFormat(o *exportOptions) (export.Format, error) {
	if o.format != "" {
		f, err := export.ParseFormat(o.format)
		if err != nil {
			hint := ""
			if near := config.Nearest(o.format, formatNames()); near != "" {
				hint = "did you mean:  --format " + near
			}
			return "", usageError(hint, "%w", err)
		}
		if _, _, terminal := terminalSize(a.stdout); terminal && (o.output == "" || o.output == "-") && f == export.EPUB {
			return "", usageError("name a file:  -o FILE.epub", "a book is not for a terminal")
		}
		if namesFolder(o.output) && !f.HasFolders() {
			return "", usageError("name a file, without "+o.output[len(o.output)-1:]+" at its end", "a folder has documents of md or html, and not of %s", f)
		}
		return f, nil
	}
	if f, ok := export.OfFile(o.output); ok {
		return f, nil
	}
	hint := "say which:  --format html  or name a file that tells:  -o FILE.html\nthere are: " + strings.Join(formatNames(), ", ")
	if o.output == "" || o.output == "-" {
		return "", usageError(hint, "no format was given")
	}
	if namesFolder(o.output) {
		return "", usageError("say which:  --format md  or  --format html", "no format was given for the documents of the folder %s", o.output)
	}
	return "", usageError(hint, "no format was given, and the name %s tells none", o.output)
}

// dayOfAccess reads the flag; zero where it is not given.
func (a *app) dayOfAccess(day string) (time.Time, error) {
	switch day {
	case "":
		return time.Time{}, nil
	case "today":
		return a.now(), nil
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return t, usageError("write it as 2026-03-05, or today", "--accessed needs a day, not %q", day)
	}
	return t, nil
}

// tellFound tells a person what to know of a query before its hits. Where nothing
// was found, it says why, and the error is the exit code.
func (a *app) tellFound(ctx context.Context, ix *index.Index, q index.Query, found *index.Found, o *exportOptions) error {
	if found.Total > 0 {
		if found.Relaxed {
			a.explainRelaxed(ctx, ix, q)
		}
		a.logQueryNotices(found.Warnings, found.DidYouMean)
		return nil
	}
	res := &index.Results{DidYouMean: found.DidYouMean, Warnings: found.Warnings, Aliases: found.Aliases}
	a.explainNoResults(ctx, ix, q, res, &o.searchOptions)
	return exitStatus(exitNoMatch)
}

// explainExportError returns an error of an export with what to do about it.
func (a *app) explainExportError(err error) error {
	var status exitStatus
	var failed *commandError
	var link *os.LinkError
	switch {
	case err == nil, errors.As(err, &status), errors.As(err, &failed):
		return err
	case errors.Is(err, export.ErrTooManyArticles):
		return &commandError{err: err, hint: "narrow the query, by  --since  and  --until  for instance, and make several", code: exitUsage}
	case errors.As(err, &link): // the file could not get its name
		return err
	}
	return a.searchError(err)
}
