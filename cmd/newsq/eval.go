package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/eval"
	"github.com/newsq/newsq/internal/render"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	queries, qrels      string
	run, from, baseline string
	rank                string
	perQuery            bool
	queryLanguage       bool
	json                bool
}

func (a *app) evalCommand() *cobra.Command {
	c := &a.cfg
	var o evalOptions
	cmd := &cobra.Command{
		Use:   "eval [flags]",
		Short: "Measure how good the ranking is, by judged queries",
		Long: `Run queries, hold what is found against judgments, and tell how good the order
is: mean average precision, nDCG@10, P@5, P@10, R-precision, mean reciprocal
rank, R@20 and R@100, as trec_eval defines them, over all judged queries and to
depth 1000. A query is taken as plain words, any of which may match.

A line of the queries is an id, a tab and the text; one of the judgments, in the
form of TREC, is query id, 0, article id and grade. "newsq judge" makes both.`,
		Example: `  newsq eval --queries queries.tsv --qrels qrels.tsv
  newsq eval --run today.run
  newsq eval --baseline yesterday.run --per-query
  newsq eval --from other-program.run --json`,
		Args: exactArgs(0, "eval takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.eval(cmd.Context(), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.queries, "queries", c.Queries, "`file` of queries")
	f.StringVar(&o.qrels, "qrels", c.Qrels, "`file` of judgments")
	f.StringVar(&o.run, "run", c.Run, "also write the ranking to a run `file` of TREC")
	f.StringVar(&o.from, "from", c.From, "measure the ranking in a run `file`, instead of running the queries")
	f.StringVar(&o.baseline, "baseline", c.Baseline, "compare with the ranking in a run `file`, by a paired randomization test")
	a.addRankFlag(cmd, &o.rank)
	f.BoolVar(&o.perQuery, "per-query", c.PerQuery, "also show the measures of each query")
	f.BoolVar(&o.queryLanguage, "query-language", c.QueryLanguage, "take queries as search does: all words must match, and operators work")
	f.BoolVar(&o.json, "json", c.JSON, "print one JSON object")
	return cmd
}

// eval measures a ranking.
func (a *app) eval(ctx context.Context, o *evalOptions) error {
	if o.from != "" && o.run != "" {
		return usageError("", "--run writes what the queries find, and with --from none are run")
	}
	qrels, err := eval.LoadQrels(o.qrels)
	if err == nil && len(qrels) == 0 {
		err = fmt.Errorf("%s: no judgments", o.qrels)
	}
	if err != nil {
		return evalFileError(err, "judge some first:  "+a.programName()+" judge --queries FILE --qrels FILE QUERY\nor name the file:  --qrels FILE")
	}
	run, warnings, err := a.rankingToMeasure(ctx, qrels, o)
	if err != nil {
		return err
	}
	report := eval.Evaluate(qrels, run)
	var against *eval.Contrast
	if o.baseline != "" {
		baseline, err := eval.LoadRun(o.baseline)
		if err != nil {
			return evalFileError(err, "a run file is what  --run FILE  writes")
		}
		warnings = append(warnings, unranked(qrels, baseline, o.baseline)...)
		if against, err = report.Against(eval.Evaluate(qrels, baseline)); err != nil {
			return err
		}
	}
	if o.json {
		return render.EvaluationJSON(a.stdout, &report, against, o.perQuery, warnings)
	}
	a.logQueryNotices(warnings, "")
	return a.printPaged(func(w io.Writer, opt render.Options) error {
		return render.Evaluation(w, &report, against, o.perQuery, opt)
	})
}

// rankingToMeasure returns the ranking of a run file, or that of the index, and what
// to know of it.
func (a *app) rankingToMeasure(ctx context.Context, qrels eval.Qrels, o *evalOptions) (eval.Run, []string, error) {
	if o.from != "" {
		run, err := eval.LoadRun(o.from)
		if err != nil {
			return nil, nil, evalFileError(err, "a run file is what  --run FILE  writes")
		}
		return run, unranked(qrels, run, o.from), nil
	}
	queries, err := eval.LoadQueries(o.queries)
	if err == nil && len(queries) == 0 {
		err = fmt.Errorf("%s: no queries", o.queries)
	}
	if err != nil {
		return nil, nil, evalFileError(err, "a line of it is an id, a tab and the text of a query; name it with  --queries FILE")
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer ix.Close()
	ranking, err := rankingNamed(o.rank)
	if err != nil {
		return nil, nil, err
	}
	run, err := eval.Rank(ctx, ix, queries, &eval.RankOptions{Syntax: o.queryLanguage, Query: index.Query{Location: a.zone, Rank: ranking}})
	if err != nil {
		return nil, nil, a.rankError(err)
	}
	if o.run != "" {
		if err := eval.SaveRun(o.run, run, "newsq"); err != nil {
			return nil, nil, err
		}
	}
	absent, err := eval.Absent(ctx, ix, qrels, run)
	if err != nil {
		return nil, nil, a.searchError(err)
	}
	var warnings []string
	if ids := eval.Unasked(qrels, queries); len(ids) > 0 {
		warnings = append(warnings, render.Count(len(ids), "judged query is not in "+o.queries+" and counts", "judged queries are not in "+o.queries+" and count")+" as 0: "+someOf(ids))
	}
	if len(absent) > 0 {
		warnings = append(warnings, render.Count(len(absent), "relevant article is", "relevant articles are")+" not in the index: "+someOf(absent))
	}
	return run, warnings, nil
}

// unranked says which judged queries have no ranking in a run file.
func unranked(qrels eval.Qrels, run eval.Run, file string) []string {
	ranked := make([]eval.Query, 0, len(run))
	for id := range run {
		ranked = append(ranked, eval.Query{ID: id})
	}
	ids := eval.Unasked(qrels, ranked)
	if len(ids) == 0 {
		return nil
	}
	return []string{render.Count(len(ids), "judged query has no ranking in "+file+" and counts", "judged queries have no ranking in "+file+" and count") + " as 0: " + someOf(ids)}
}

// someOf lists the first few of some ids.
func someOf(ids []string) string {
	const most = 5
	if len(ids) <= most {
		return strings.Join(ids, ", ")
	}
	return strings.Join(ids[:most], ", ") + " and " + render.Count(len(ids)-most, "more", "more")
}

// rankError returns an error of Rank. One of a query that can't be read keeps the id
// of the query, which a message on the query alone lacks.
func (a *app) rankError(err error) error {
	var syntax *index.SyntaxError
	if errors.As(err, &syntax) {
		return usageError("", "%s", err.Error())
	}
	return a.searchError(err)
}

// evalFileError returns what is wrong with a file of queries, judgments or a ranking.
// The hint says what it should be.
func evalFileError(err error, hint string) error {
	return &commandError{err: err, hint: hint, code: exitUsage}
}
