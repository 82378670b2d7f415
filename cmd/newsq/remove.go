package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// removeOptions are the flags of remove.
type removeOptions struct {
	query             string
	yes, dryRun, json bool
}

func (a *app) removeCommand() *cobra.Command {
	var o removeOptions
	cmd := &cobra.Command{
		Use:   "remove [flags] ID...",
		Short: "Remove articles from the index",
		Long: `Remove articles from the index: those of the ids, or all that match a query. The
files that they came from are left as they are. What was removed stays out, also
when "newsq index" reads its file anew, until  newsq index --bring-back PATH.`,
		Example: `  newsq remove 3f9a0c2
  newsq remove --query 'source:"Northern Ledger" before:2020' --dry-run
  newsq search --ids sanctions --until 2019 | xargs newsq remove`,
		Args: func(cmd *cobra.Command, args []string) error {
			asked := cmd.Flags().Changed("query")
			switch {
			case asked && len(args) > 0:
				return usageError("", "name ids or a query, not both")
			case asked && strings.TrimSpace(o.query) == "":
				return usageError("to remove all articles, write:  newsq remove --query '*'", "the query is empty")
			case !asked && len(args) == 0:
				return usageError("usage:  newsq remove ID\nor:     newsq remove --query QUERY", "no id and no query was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.remove(cmd.Context(), args, &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.query, "query", "", "remove all articles that match `query`")
	f.BoolVar(&o.dryRun, "dry-run", a.cfg.DryRun, "only tell what would be removed")
	f.BoolVarP(&o.yes, "yes", "y", a.cfg.Yes, "don't ask before articles are removed by a query")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print what was removed as one JSON object")
	a.addEmbargoFlag(f)
	return cmd
}

// remove removes the articles of ids, or those of a query.
func (a *app) remove(ctx context.Context, ids []string, o *removeOptions) error {
	found, total, err := a.toRemove(ctx, ids, o)
	if err != nil {
		return err
	}
	if total == 0 {
		if o.json {
			err = render.RemoveReportJSON(a.stdout, 0, nil, o.dryRun)
		} else {
			a.logger(a.stderr).Info("no article matches " + render.Clean(o.query))
		}
		return errors.Join(err, exitStatus(exitNoMatch))
	}
	full := make([]string, len(found))
	for i := range found {
		full[i] = found[i].ID
	}
	if o.dryRun {
		if o.json {
			return render.RemoveReportJSON(a.stdout, total, full, true)
		}
		return a.listArticles(a.stdout, "would remove", found, total)
	}
	if o.query != "" && !o.yes && a.canAsk() {
		if err := a.listArticles(a.stderr, "to be removed:", found, total); err != nil {
			return err
		}
		if ok, err := a.ask("remove " + render.Count(total, "article", "articles") + "?"); err != nil || !ok {
			return a.declined(err)
		}
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	if o.query != "" {
		total, err = ix.DeleteMatching(ctx, a.removeQuery(o))
	} else {
		err = ix.Delete(ctx, full...)
	}
	if err = errors.Join(err, ix.Close()); err != nil {
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if o.json {
		return render.RemoveReportJSON(a.stdout, total, full, false)
	}
	_, err = fmt.Fprintln(a.stdout, "removed "+render.Count(total, "article", "articles"))
	return err
}

func (a *app) removeQuery(o *removeOptions) index.Query {
	return index.Query{Text: o.query, Location: a.zone, Match: index.MatchStrict, Passages: -1, IncludeEmbargoed: a.includeEmbargoed}
}

// toRemove returns articles that are to be removed, all that are named and the first
// ones of a query, and how many there are in all.
func (a *app) toRemove(ctx context.Context, ids []string, o *removeOptions) (found []corpus.Article, total int, err error) {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer ix.Close()
	if o.query == "" {
		seen := map[string]bool{}
		for _, id := range ids {
			article, err := ix.Get(ctx, id)
			if err != nil {
				return nil, 0, a.explainGetError(ctx, ix, id, err)
			}
			if !seen[article.ID] {
				seen[article.ID] = true
				found = append(found, article)
			}
		}
		return found, len(found), nil
	}
	q := a.removeQuery(o)
	q.Limit, q.ExactTotal = maxListed, true
	res, err := ix.Search(ctx, q)
	if err != nil {
		return nil, 0, a.searchError(err)
	}
	for i := range res.Hits {
		found = append(found, *res.Hits[i].Article)
	}
	return found, res.Total, nil
}

// listArticles lists the first of some articles.
func (a *app) listArticles(w io.Writer, what string, articles []corpus.Article, total int) error {
	if _, err := fmt.Fprintln(w, what+" "+render.Count(total, "article", "articles")); err != nil {
		return err
	}
	if err := render.Candidates(w, articles, a.renderOptions(w)); err != nil {
		return err
	}
	if more := total - len(articles); more > 0 {
		_, err := fmt.Fprintln(w, "  and "+render.Count(more, "more", "more"))
		return err
	}
	return nil
}

// canAsk reports whether there is a person to ask: on a terminal.
func (a *app) canAsk() bool {
	f, ok := a.stdin.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// ask asks a question that is answered with y or n; anything else is a no.
func (a *app) ask(question string) (bool, error) {
	if _, err := fmt.Fprint(a.stderr, question+" [y/N] "); err != nil {
		return false, err
	}
	answer, err := bufio.NewReader(a.stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	return false, nil
}

// declined returns how a command ends that a person didn't allow to go on.
func (a *app) declined(err error) error {
	if err != nil {
		return err
	}
	a.logger(a.stderr).Info("nothing was removed")
	return exitStatus(exitNoMatch)
}
