package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

func (a *app) translateCommand() *cobra.Command {
	var from string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "translate [flags] --from SYNTAX QUERY...",
		Short: "Say a query of Nexis, Factiva, ProQuest or Lucene in newsq's language",
		Long: `Say a query as it is typed for Nexis, Factiva, ProQuest or Lucene in newsq's
language. What newsq means otherwise, or has nothing for, is told with the words
that it is about and what was done instead. Nothing is searched.

  nexis     as Lexis+ and Nexis Uni read it. Words side by side are a phrase, in
            any form; OR binds first, then w/n, pre/n and not w/n from the
            smallest number, /s, /p, AND, and AND NOT at last. Lexis Library in
            the United Kingdom reads from left to right: use parentheses
  factiva   free text. Words side by side are a phrase; words are found as they
            are written, =word in newsq. adjn, w/n (in this order, too), nearn,
            same and /Nn/ bind first, then hd= and atleastn, NOT, AND, OR
  proquest  Words side by side are joined by AND; then PRE/n, NEAR/n, AND, OR,
            NOT. * is five characters at most, [*n] or $n as many as it says
  lucene    the classic parser, as query_string of Elasticsearch and OpenSearch.
            Words side by side are any of these. It has no precedence: AND and +
            make what they stand beside required, and the rest adds to scores

Fields become newsq's: headline(), hd=, TI() are title:, byline(), by=, AU()
author:, hlead() and hlp= title: or lead:, publication(), sn=, PUB() source:.
Subjects are looked for among newsq's topics. Codes of companies, industries and
subjects have no counterpart and are left out, each with a note.

"newsq search --syntax nexis" reads a query so, and searches.`,
		Example: `  newsq translate --from nexis 'hlead(sanction! w/5 oil) and not atleast3(gas)'
  newsq translate --from factiva 'hd=(rates or inflation) and wc>500 and la=en'
  newsq translate --from proquest 'TI(econom[*3] NEAR/5 growth) AND YR(>2022)'
  newsq translate --from lucene '+title:"interest rates" -date:2020' --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return usageError("such as:  "+a.programName()+" translate --from nexis 'sanction! w/5 oil'", "no query was given")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return a.translate(from, strings.Join(args, " "), asJSON)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&from, "from", "", "the `syntax` of the query: "+strings.Join(foreignSyntaxes(), ", "))
	f.BoolVar(&asJSON, "json", a.cfg.JSON, "print one JSON object")
	completeFlag(cmd, "from", foreignSyntaxes()...)
	return cmd
}

// foreignSyntaxes are the names of all languages but newsq's.
func foreignSyntaxes() []string { return index.SyntaxNames()[1:] }

// translate prints what a query is in newsq's language.
func (a *app) translate(from, text string, asJSON bool) error {
	if from == "" {
		return usageError("such as:  "+a.programName()+" translate --from nexis "+quoteArg(text), "--from is missing: which syntax the query is in")
	}
	s, t, err := translation("--from", from, text)
	if err != nil {
		return err
	}
	if asJSON {
		return render.TranslationJSON(a.stdout, s, text, t)
	}
	if _, err := fmt.Fprintln(a.stdout, t.Query); err != nil {
		return err
	}
	a.logTranslation(text, t)
	return nil
}

// translation returns what a query in the syntax that a flag names is in newsq's.
func translation(flag, name, text string) (index.Syntax, *index.Translation, error) {
	s, err := index.ParseSyntax(name)
	if err != nil {
		return s, nil, usageError("", "%s: %w", flag, err)
	}
	t, err := index.Translate(s, text)
	return s, t, err
}

// logTranslation logs the notes on a translation.
func (a *app) logTranslation(text string, t *index.Translation) {
	if len(t.Notes) == 0 {
		return
	}
	l := a.logger(a.stderr)
	for _, note := range render.TranslationNotes(text, t) {
		l.Info(render.Clean(note))
	}
}

// addSyntaxFlag adds the flag that says which language a query is in.
func (a *app) addSyntaxFlag(cmd *cobra.Command, o *searchOptions) {
	cmd.Flags().StringVar(&o.syntax, "syntax", a.cfg.Syntax, "the query is in the `language` of nexis, factiva, proquest or lucene; newsq says how it is read")
	completeFlag(cmd, "syntax", index.SyntaxNames()...)
}

// inSyntax sets the text of a query in the language that was asked for.
func (a *app) inSyntax(q *index.Query, o *searchOptions, form form) error {
	s, t, err := a.readIn(q.Text, o, form)
	if err != nil || t == nil {
		return err
	}
	if q.Syntax = s; o.nearEntity != "" { // goes on from a text in newsq's language
		q.Syntax, q.Text = index.SyntaxNewsq, t.Query
	}
	return nil
}

// inNewsq returns the text of a query in newsq's language.
func (a *app) inNewsq(text string, o *searchOptions, form form) (string, error) {
	_, t, err := a.readIn(text, o, form)
	if err != nil || t == nil {
		return text, err
	}
	return t.Query, nil
}

// readIn returns what a query in the language that was asked for is in newsq's; nil where
// it is in that. A person is told how it is read; an object in JSON has it.
func (a *app) readIn(text string, o *searchOptions, form form) (index.Syntax, *index.Translation, error) {
	s, err := index.ParseSyntax(o.syntax)
	if err != nil {
		return s, nil, usageError("", "--syntax: %w", err)
	}
	if s == index.SyntaxNewsq || strings.TrimSpace(text) == "" {
		return s, nil, nil
	}
	t, err := index.Translate(s, text)
	if err != nil {
		return s, nil, err
	}
	if form != asJSON {
		a.logger(a.stderr).Info("read as:  " + render.Clean(t.Query))
		a.logTranslation(text, t)
	}
	return s, t, nil
}
