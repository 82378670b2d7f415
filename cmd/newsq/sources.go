package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// openSources returns the corpus at paths. Fields are the values of --map.
func (a *app) openSources(paths, fields []string) (corpus.Source, error) {
	return a.openSourcesWith(corpus.Options{}, paths, fields)
}

// openSourcesWith is openSources with options.
func (a *app) openSourcesWith(opts corpus.Options, paths, fields []string) (corpus.Source, error) {
	opts.Stdin = a.stdin
	for _, f := range fields {
		from, to, ok := strings.Cut(f, "=")
		if from, to = strings.TrimSpace(from), strings.TrimSpace(to); !ok || from == "" || to == "" {
			return nil, usageError("such as:  --map kicker=title", "--map needs FIELD=ARTICLE_FIELD, not %q", f)
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
	// The path is not there, or the field is none of an article: the request was
	// wrong.
	hint := ""
	var read *corpus.ReadError
	if errors.As(err, &read) {
		hint = read.Hint
		if hint == "" {
			hint = missingPart(read.Path)
		}
		err = errors.New(read.Path + ": " + read.Err.Error())
	}
	return nil, &commandError{err: err, hint: hint, code: exitUsage}
}

// missingPart returns a sentence that names the first part of a path that does
// not exist; "" if all of it exists.
func missingPart(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	for name := ""; ; {
		if _, err := os.Lstat(path); err == nil {
			if name == "" {
				return ""
			}
			return "there is no " + name + " in " + path
		}
		above := filepath.Dir(path)
		if above == path {
			return ""
		}
		path, name = above, filepath.Base(path)
	}
}
