package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/eval"
	"github.com/newsq/newsq/internal/judge"
	"github.com/newsq/newsq/internal/render"
)

// judgeOptions are the flags of judge.
type judgeOptions struct {
	queries, qrels string
	limit          int
	pool           []string
	rank           string
	queryLanguage  bool
}

func (a *app) judgeCommand() *cobra.Command {
	c := &a.cfg
	var o judgeOptions
	cmd := &cobra.Command{
		Use:   "judge [flags] [QUERY...]",
		Short: "Judge articles found for queries, for eval",
		Long: `Go through the first articles found for each query and give each a grade by one
key: 0 not relevant, 1 a little, 2 relevant, 3 exactly what was asked for. u
takes the last grade back, s skips an article, v shows all of it, q ends. Each
grade is kept at once; the next time, what is judged already is left out.

A QUERY is added to the file of queries, and is the only one judged then.`,
		Example: `  newsq judge oil sanctions
  newsq judge --queries queries.tsv --qrels qrels.tsv -n 20
  newsq judge --pool yesterday.run --pool other-program.run`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.limit < 1 || o.limit > eval.Depth {
				return usageError("", "--limit must be 1 to %d", eval.Depth)
			}
			return a.judge(cmd.Context(), strings.Join(args, " "), &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.queries, "queries", c.Queries, "`file` of queries")
	f.StringVar(&o.qrels, "qrels", c.Qrels, "`file` to keep judgments in")
	f.IntVarP(&o.limit, "limit", "n", c.Limit, "judge the first `N` articles of each ranking")
	f.StringArrayVar(&o.pool, "pool", c.Pool, "also judge what the ranking in a run `file` has first; repeat for several")
	a.addRankFlag(cmd, &o.rank)
	f.BoolVar(&o.queryLanguage, "query-language", c.QueryLanguage, "take queries as search does: all words must match, and operators work")
	return cmd
}

// judge lets a person judge what queries find.
func (a *app) judge(ctx context.Context, text string, o *judgeOptions) error {
	ranking, err := rankingNamed(o.rank)
	if err != nil {
		return err
	}
	queries, err := queriesToJudge(text, o.queries)
	if err != nil {
		return evalFileError(err, "a line of it is an id, a tab and the text of a query; one query:  "+a.programName()+" judge QUERY")
	}
	runs := make([]eval.Run, len(o.pool))
	for i, path := range o.pool {
		if runs[i], err = eval.LoadRun(path); err != nil {
			return evalFileError(err, "a run file is what  "+a.programName()+" eval --run FILE  writes")
		}
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	own, err := eval.Rank(ctx, ix, queries, &eval.RankOptions{Depth: o.limit, Syntax: o.queryLanguage, Query: index.Query{Location: a.zone, Rank: ranking}})
	if err != nil {
		return a.rankError(err)
	}
	var items []judge.Item
	for _, q := range queries {
		rankings := [][]eval.Scored{own[q.ID]}
		for _, r := range runs {
			rankings = append(rankings, r[q.ID])
		}
		for _, id := range judge.Pool(o.limit, rankings...) {
			items = append(items, judge.Item{Query: q, Article: id})
		}
	}
	s, err := judge.Start(o.qrels, items)
	if err != nil {
		return evalFileError(err, "a line of judgments is query id, 0, article id and grade; name another file with  --qrels FILE")
	}
	if s.Left() == 0 {
		a.logger(a.stderr).Info(nothingToJudge(len(items)))
		return exitStatus(exitNoMatch)
	}
	return a.judgeAll(ctx, ix, s, o)
}

func nothingToJudge(found int) string {
	if found == 0 {
		return "nothing was found for these queries"
	}
	return "all " + render.Count(found, "article", "articles") + " found for these queries are judged already"
}

// queriesToJudge returns the queries of a file, or the one of a text, which is added
// to the file if it isn't there.
func queriesToJudge(text, path string) ([]eval.Query, error) {
	queries, err := eval.LoadQueries(path)
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "" && err == nil && len(queries) == 0:
		return nil, fmt.Errorf("%s: no queries", path)
	case text == "", err != nil && !errors.Is(err, fs.ErrNotExist):
		return queries, err
	}
	if i := slices.IndexFunc(queries, func(q eval.Query) bool { return q.Text == text }); i >= 0 {
		return queries[i : i+1], nil
	}
	last := 0
	for _, q := range queries {
		if n, err := strconv.Atoi(q.ID); err == nil {
			last = max(last, n)
		}
	}
	q := eval.Query{ID: strconv.Itoa(last + 1), Text: text}
	return []eval.Query{q}, eval.SaveQueries(path, append(queries, q))
}

// judgeAll shows one article after the other until all have a grade, or the person
// ends it.
func (a *app) judgeAll(ctx context.Context, ix *index.Index, s *judge.Session, o *judgeOptions) error {
	shown := judge.Item{}
	for it, ok := s.Current(); ok; it, ok = s.Current() {
		if it != shown {
			if err := a.showToJudge(ctx, ix, s, it, o); err != nil {
				return err
			}
			shown = it
		}
		key, err := a.nextKey(ctx)
		if errors.Is(err, io.EOF) || key == 'q' {
			break
		}
		if err != nil {
			return errors.Join(err, a.tellJudged(s))
		}
		if err := a.obeyKey(ctx, ix, s, it, key); err != nil {
			return judgeError(err)
		}
	}
	return a.tellJudged(s)
}

// judgeError returns an error of a grade with what to do.
func judgeError(err error) error {
	if errors.Is(err, judge.ErrChanged) {
		return &commandError{err: err, hint: "the last key was not kept; start again, which goes on from what the file has now"}
	}
	return err
}

// obeyKey does what a key says.
func (a *app) obeyKey(ctx context.Context, ix *index.Index, s *judge.Session, it judge.Item, key byte) error {
	switch key {
	case '0', '1', '2', '3':
		return s.Grade(int(key - '0'))
	case 's', ' ':
		s.Skip()
	case 'u':
		undone, err := s.Undo()
		if err == nil && !undone {
			a.talk("nothing to take back")
		}
		return err
	case 'v':
		article, err := ix.Get(ctx, it.Article)
		if err != nil {
			return err
		}
		return render.Article(a.stdout, &article, nil, a.renderOptions(a.stdout))
	case '\r', '\n', '\t': // between keys that are piped
	default:
		a.talk("0 not relevant, 1 a little, 2 relevant, 3 exactly; u undo, s skip, v view all, q quit")
	}
	return nil
}

func (a *app) talk(line string) { fmt.Fprintln(a.stderr, line) }

// tellJudged says what came of a session.
func (a *app) tellJudged(s *judge.Session) error {
	_, err := fmt.Fprintf(a.stdout, "judged %s; %s left\n", render.Count(s.Judged(), "article", "articles"), render.Count(s.Left(), "is", "are"))
	return err
}

// showToJudge shows an article with the passages that a query finds in it.
func (a *app) showToJudge(ctx context.Context, ix *index.Index, s *judge.Session, it judge.Item, o *judgeOptions) error {
	hit, err := hitOf(ctx, ix, it, o.queryLanguage)
	if err != nil {
		return a.explainGetError(ctx, ix, it.Article, err)
	}
	hit.Rank = s.Judged() + 1
	a.talk("query " + render.Clean(it.Query.ID) + ": " + render.Clean(it.Query.Text))
	found := func(yield func(index.Hit, error) bool) { yield(hit, nil) }
	if err := render.Hits(a.stdout, found, a.renderOptions(a.stdout)); err != nil {
		return err
	}
	a.talk("0 1 2 3, u undo, s skip, v view all, q quit; " + render.Count(s.Left(), "is", "are") + " left")
	return nil
}

// hitOf returns an article as the query of an item finds it, or as it is where the
// query doesn't find it, as one from the run of another program.
func hitOf(ctx context.Context, ix *index.Index, it judge.Item, syntax bool) (index.Hit, error) {
	text := it.Query.Text
	if !syntax {
		text = strings.Join(strings.Fields(eval.Words(text)), " OR ")
	}
	if text != "" && !strings.ContainsAny(it.Article, `"\`) {
		res, err := ix.Search(ctx, index.Query{Text: "(" + text + `) AND id:"` + it.Article + `"`, Limit: 1, Passages: 4, NoNear: true})
		var syntaxError *index.SyntaxError // what the article is shown without
		if err != nil && !errors.As(err, &syntaxError) {
			return index.Hit{}, err
		}
		if err == nil && len(res.Hits) > 0 && res.Hits[0].ID == it.Article {
			return res.Hits[0], nil
		}
	}
	article, err := ix.Get(ctx, it.Article)
	return index.Hit{ID: article.ID, Article: &article}, err
}
