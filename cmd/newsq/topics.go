package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// topicsOptions are the flags of topics.
type topicsOptions struct {
	query string
	json  bool
}

func (a *app) topicsCommand() *cobra.Command {
	var o topicsOptions
	cmd := &cobra.Command{
		Use:   "topics [flags]",
		Short: "List topics, and how many articles each has",
		Long: `List the topics of the articles, with how many articles each has. Topics come
from the articles themselves and from rules, which are queries; write your own
with "topics rules" and "topics test", and give them to "newsq index --topics".`,
		Example: `  newsq topics
  newsq topics --query sanctions
  newsq topics rules > my-topics.yaml
  newsq topics test my-topics.yaml`,
		Args: exactly(0, "topics takes a command or flags"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.topics(cmd.Context(), &o) },
	}
	cmd.Flags().StringVar(&o.query, "query", a.cfg.Query, "count only articles that match `query`")
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	cmd.AddCommand(a.topicsTestCommand(), a.topicsRulesCommand())
	return cmd
}

// topics lists topics.
func (a *app) topics(ctx context.Context, o *topicsOptions) error {
	ix, err := a.open()
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Search(ctx, index.Query{
		Text: o.query, Location: a.zone, Match: index.MatchStrict, Facets: []string{"topic"}, FacetLimit: -1, Limit: -1, Passages: -1,
	})
	if err != nil {
		return a.searchError(err)
	}
	var values []index.FacetValue
	for _, f := range res.Facets {
		values = append(values, f.Values...)
	}
	if o.json {
		if err := render.TopicsJSON(a.stdout, o.query, res.Total, values); err != nil {
			return err
		}
	} else if err := a.page(func(w io.Writer, opt render.Options) error {
		return render.Topics(w, values, opt.Timing, opt)
	}); err != nil {
		return err
	}
	if len(values) == 0 {
		if !o.json {
			a.log(a.stderr).Info("none of " + render.Count(res.Total, "article", "articles") + " has a topic")
		}
		return silent(exitNothing)
	}
	return nil
}

func (a *app) topicsRulesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "Print the built-in rules, to start your own from",
		Long: `Print the rules for topics that are built in, as YAML: a start for a file of
your own, which "newsq topics test" tries out and "newsq index --topics" uses.`,
		Example: "  newsq topics rules > my-topics.yaml",
		Args:    exactly(0, "topics rules takes no arguments"),
		RunE: func(*cobra.Command, []string) error {
			_, err := a.stdout.Write(index.StarterTopics().YAML())
			return err
		},
	}
}

func (a *app) topicsTestCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "test [flags] FILE [PATH...]",
		Short: "Try out rules: what each of them catches",
		Long: `Show for each rule in FILE how many articles it catches, and the titles of the
first few, without changing anything. The articles are those of the index, or
of the files and folders named.`,
		Example: `  newsq topics test my-topics.yaml
  newsq topics test my-topics.yaml ~/analyses/2026`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("usage:  newsq topics test FILE\nbegin:  "+a.program()+" topics rules > my-topics.yaml", "which file of rules?")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.testTopics(cmd.Context(), args[0], args[1:], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// testTopics tries the rules in file on the articles at paths, or on those of
// the index.
func (a *app) testTopics(ctx context.Context, file string, paths []string, asJSON bool) error {
	rules, err := readTopics(file)
	if err != nil {
		return err
	}
	p := a.newProgress("trying rules on", asJSON)
	defer p.done()
	t := newTrial(rules)
	try := func(article corpus.Article) {
		t.try(article)
		p.paint(index.Progress{Changes: index.Changes{Unchanged: t.articles}})
	}
	if len(paths) > 0 {
		err = a.eachAt(ctx, paths, p, try)
	} else {
		err = a.eachIndexed(ctx, try)
	}
	if err != nil {
		return err
	}
	p.done()
	if asJSON {
		return render.RulesJSON(a.stdout, t.caught, t.articles)
	}
	return a.page(func(w io.Writer, opt render.Options) error { return render.Rules(w, t.caught, t.articles, opt) })
}

// trial gathers what each rule catches.
type trial struct {
	rules    *index.TopicRules
	articles int
	caught   []render.Rule
	place    map[string]int // of a topic in caught
}

func newTrial(rules *index.TopicRules) *trial {
	t := &trial{rules: rules, place: make(map[string]int)}
	for i, topic := range rules.Paths() {
		t.caught = append(t.caught, render.Rule{Topic: topic})
		t.place[topic] = i
	}
	return t
}

// examples is how many titles are shown of what a rule catches.
const examples = 3

func (t *trial) try(article corpus.Article) {
	t.articles++
	for _, topic := range t.rules.Assign(article) {
		i, ok := t.place[topic.Path]
		if !ok {
			continue
		}
		r := &t.caught[i]
		if r.Count++; len(r.Examples) < examples {
			r.Examples = append(r.Examples, article)
		}
	}
}

// eachIndexed calls f with every article of the index.
func (a *app) eachIndexed(ctx context.Context, f func(corpus.Article)) error {
	ix, err := a.open()
	if err != nil {
		return err
	}
	defer ix.Close()
	for hit, err := range ix.All(ctx, index.Query{Passages: -1}) {
		if err != nil {
			return err
		}
		f(hit.Article)
	}
	return nil
}

// eachAt calls f with every article at paths, and names what can't be read.
func (a *app) eachAt(ctx context.Context, paths []string, p *progress, f func(corpus.Article)) error {
	src, err := a.openSources(paths, nil)
	if err != nil {
		return err
	}
	l := a.log(a.stderr)
	// one tells whether err concerns one place, so that the rest can be read.
	one := func(err error) bool {
		var e *corpus.ReadError
		if !errors.As(err, &e) {
			return false
		}
		switch {
		case errors.Is(e, corpus.ErrUnknownFormat): // index would skip it too
		case errors.Is(e, corpus.ErrPartial):
			p.say(func() { l.Info(render.Unreadable(e)) })
		default:
			p.say(func() { l.Warn(render.Unreadable(e)) })
		}
		return true
	}
	for entry, err := range src.Entries(ctx) {
		if one(err) {
			continue
		}
		if err != nil {
			return err
		}
		for article, err := range entry.Articles(ctx) {
			switch {
			case err == nil:
				f(article)
			case !one(err):
				return err
			}
		}
	}
	return nil
}

// readTopics reads a file of rules.
func readTopics(path string) (*index.TopicRules, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &failure{err: fmt.Errorf("read topic rules: %w", err), code: exitUsage}
	}
	defer f.Close()
	rules, err := index.ParseTopics(f, path)
	if err != nil {
		hint := ""
		if !strings.Contains(err.Error(), path) {
			hint = "in " + path
		}
		return nil, &failure{err: err, hint: hint, code: exitUsage}
	}
	return rules, nil
}
