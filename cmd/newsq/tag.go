package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// tagOptions are the flags of tag.
type tagOptions struct {
	query, by    string
	add, remove  []string
	dryRun, json bool
}

// tagArgs returns the arguments of newsq with those of tag that take a tag from an article,
// such as -draft, written as a flag: --remove=draft. A single hyphen is that of a flag where
// one letter follows, as in  -i DIR.
func tagArgs(args []string) []string {
	takesValue := func(s string) bool {
		return slices.Contains([]string{"-i", "--index", "--color", "--query", "--by", "--add", "--remove"}, s)
	}
	out, command := slices.Clone(args), ""
	for i := 0; i < len(out); i++ {
		switch arg := out[i]; {
		case arg == "--":
			return out
		case takesValue(arg):
			i++
		case command == "" && !strings.HasPrefix(arg, "-"):
			if command = arg; command != "tag" {
				return args
			}
		case command == "" || strings.HasPrefix(arg, "--") || !strings.HasPrefix(arg, "-"):
		case len(arg) > 2 && arg[2] != '=':
			out[i] = "--remove=" + arg[1:]
		}
	}
	return out
}

func (a *app) tagCommand() *cobra.Command {
	var o tagOptions
	cmd := &cobra.Command{
		Use:   "tag [flags] ID... +TAG -TAG",
		Short: "Tag articles with words of your own",
		Long: `Give articles tags of your own, with  +TAG,  and take them, with  -TAG. Without
either, show what you wrote about them. A tag may stand below another, as
trip/lima. Tags stay with an article when it is updated, moved, or removed and
brought back. In a query,  mytag:trip  finds what is tagged so, or below it.`,
		Example: `  newsq tag meridian-2024-02 +venezuela +trip/lima -draft
  newsq tag --query 'topic:economy since:2024' +reading
  newsq tag meridian-2024-02
  newsq search 'deterrence NOT mytag:draft'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, err := o.split(args)
			if err != nil {
				return err
			}
			return a.tag(cmd.Context(), ids, cmd.Flags().Changed("query"), &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.query, "query", "", "tag all articles that match `query`")
	f.StringArrayVar(&o.add, "add", nil, "give this `tag`, as +TAG does; may be repeated")
	f.StringArrayVar(&o.remove, "remove", nil, "take this `tag`, as -TAG does; may be repeated")
	f.StringVar(&o.by, "by", a.cfg.By, "your `name`, which is kept with tags that you give")
	f.BoolVar(&o.dryRun, "dry-run", a.cfg.DryRun, "only tell which articles would be looked at")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object; without tags, one an article")
	a.addEmbargoFlag(f)
	return cmd
}

// split takes the tags from the arguments, and returns the ids.
func (o *tagOptions) split(args []string) (ids []string, err error) {
	for _, arg := range args {
		switch {
		case strings.HasPrefix(arg, "+"):
			o.add = append(o.add, arg[1:])
		case strings.HasPrefix(arg, "-") && len(arg) > 1: // behind --
			o.remove = append(o.remove, arg[1:])
		default:
			ids = append(ids, arg)
		}
	}
	for _, tag := range append(slices.Clone(o.add), o.remove...) {
		if _, err := index.ParseTag(tag); err != nil {
			return nil, usageError("", "%v", err)
		}
	}
	return ids, nil
}

// tag changes the tags of articles, or shows what is written about them.
func (a *app) tag(ctx context.Context, ids []string, byQuery bool, o *tagOptions) error {
	changes := len(o.add)+len(o.remove) > 0
	switch {
	case byQuery && len(ids) > 0:
		return usageError("", "name ids or a query, not both")
	case byQuery && strings.TrimSpace(o.query) == "":
		return usageError("to tag all articles, write:  newsq tag --query '*' +TAG", "the query is empty")
	case byQuery && !changes, !byQuery && len(ids) == 0:
		return usageError("usage:  newsq tag ID +TAG -TAG\nor:     newsq tag --query QUERY +TAG", "no id was given, or no tag")
	case !changes:
		return a.showAnnotated(ctx, ids, o.json)
	}
	full, err := a.annotatedIDs(ctx, ids)
	if err != nil {
		return err
	}
	if o.dryRun {
		return a.tagDry(ctx, full, o)
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	change := index.TagChange{Add: o.add, Remove: o.remove, By: o.by}
	var r index.TagReport
	if byQuery {
		r, err = ix.TagMatching(ctx, change, index.Query{Text: o.query, Location: a.zone, IncludeEmbargoed: a.includeEmbargoed})
	} else {
		r, err = ix.Tag(ctx, change, full...)
	}
	if err = errors.Join(err, ix.Close()); err != nil {
		return a.searchError(err)
	}
	return a.reportTags(&r, o)
}

// reportTags prints what tagging did.
func (a *app) reportTags(r *index.TagReport, o *tagOptions) error {
	for _, s := range r.Similar {
		a.logger(a.stderr).Info(fmt.Sprintf("%s is a new tag, and nearly the same as %s", render.Clean(s.Tag), render.Clean(s.Like)))
	}
	var err error
	switch {
	case o.json:
		err = render.TagReportJSON(a.stdout, r, false)
	case r.Articles == 0:
		a.logger(a.stderr).Info("no article matches " + render.Clean(o.query))
	case r.Changed == r.Articles:
		_, err = fmt.Fprintln(a.stdout, "tagged "+render.Count(r.Changed, "article", "articles"))
	default:
		_, err = fmt.Fprintf(a.stdout, "tagged %s; %s so already\n", render.Count(r.Changed, "article", "articles"), render.Count(r.Articles-r.Changed, "was", "were"))
	}
	if err == nil && r.Articles == 0 {
		err = exitStatus(exitNoMatch)
	}
	return err
}

// tagDry tells which articles would be looked at.
func (a *app) tagDry(ctx context.Context, ids []string, o *tagOptions) error {
	found, total, err := a.toRemove(ctx, ids, &removeOptions{query: o.query})
	if err != nil {
		return err
	}
	switch {
	case o.json:
		err = render.TagReportJSON(a.stdout, &index.TagReport{Articles: total}, true)
	case total > 0:
		return a.listArticles(a.stdout, "would tag", found, total)
	default:
		a.logger(a.stderr).Info("no article matches " + render.Clean(o.query))
	}
	if err == nil && total == 0 {
		err = exitStatus(exitNoMatch)
	}
	return err
}

// annotated returns what is written about articles, whose ids may be cut short.
func (a *app) annotated(ctx context.Context, ids []string) ([]index.Annotated, error) {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	list := make([]index.Annotated, len(ids))
	for i, id := range ids {
		if list[i], err = ix.Annotations(ctx, id); err != nil {
			return nil, a.explainGetError(ctx, ix, id, err)
		}
		if list[i].Title == "" {
			if article, err := ix.Get(ctx, list[i].ID); err == nil {
				list[i].Title = article.Title
			}
		}
	}
	return list, nil
}

// annotatedIDs returns ids in full, each once.
func (a *app) annotatedIDs(ctx context.Context, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := a.annotated(ctx, ids)
	var full []string
	for i := range list {
		if !slices.Contains(full, list[i].ID) {
			full = append(full, list[i].ID)
		}
	}
	return full, err
}

// showAnnotated shows what is written about articles.
func (a *app) showAnnotated(ctx context.Context, ids []string, asJSON bool) error {
	list, err := a.annotated(ctx, ids)
	if err != nil {
		return err
	}
	nothing := true
	for i := range list {
		nothing = nothing && len(list[i].Tags)+len(list[i].Notes) == 0
	}
	if asJSON {
		for i := range list {
			if err := render.AnnotatedJSON(a.stdout, &list[i]); err != nil {
				return err
			}
		}
	} else if !nothing {
		err = a.printPaged(func(w io.Writer, opt render.Options) error {
			for i := range list {
				if i > 0 {
					if err := render.Separator(w, opt); err != nil {
						return err
					}
				}
				if err := render.Annotated(w, &list[i], opt); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err == nil && nothing {
		if !asJSON {
			a.logger(a.stderr).Info("nothing is written about it: no tag, no note")
		}
		return exitStatus(exitNoMatch)
	}
	return err
}
