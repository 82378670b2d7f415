package main

import (
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// openSources returns the corpus at paths. Fields are the values of --map.
func (a *app) openSources(paths, fields []string) (corpus.Source, error) {
	opts := corpus.Options{Stdin: a.stdin}
	for _, f := range fields {
		from, to, ok := strings.Cut(f, "=")
		if from, to = strings.TrimSpace(from), strings.TrimSpace(to); !ok || from == "" || to == "" {
			return nil, usage("such as:  --map kicker=title", "--map needs FIELD=ARTICLE_FIELD, not %q", f)
		}
		if opts.Map == nil {
			opts.Map = make(map[string]string)
		}
		opts.Map[from] = to
	}
	src, err := opts.Open(paths...)
	if err == nil {
		return src, nil
	}
	// A path that isn't there, or a field that no article has, was asked for
	// wrongly.
	hint := ""
	var read *corpus.ReadError
	if errors.As(err, &read) {
		hint = read.Hint
		err = errors.New(read.Path + ": " + read.Err.Error())
	}
	return nil, &failure{err: err, hint: hint, code: exitUsage}
}
