package corpus

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
)

// Parse returns the articles in b, which is the content of a file called
// name. It is Options{}.Parse.
func Parse(name string, b []byte) ([]Article, error) { return Options{}.Parse(name, b) }

// Parse returns the articles in b, which is the content of a file called
// name: for a program that has the bytes, and no file. The extension of name
// tells the format, unless o.Format does; without either the content tells.
// B may be compressed.
//
// The keys of articles are made of name as those of files are of their paths,
// and from the keys their ids. With an empty name, ids are derived from what
// the articles say.
//
// The error joins a *[ReadError] for each place that could not be read. The
// articles that could be read are returned beside it.
func (o Options) Parse(name string, b []byte) ([]Article, error) {
	set, err := o.settings()
	if err != nil {
		return nil, err
	}
	byName, ext, fileName := set.formats.ofFile(filepath.Base(name))
	var (
		articles []Article
		errs     []error
	)
	r := &reading{ctx: context.Background(), set: set, key: name, shown: name, name: fileName, file: filepath.Base(name), ext: ext, isStream: name == "", stop: func() {}}
	if name == "" {
		r.shown, r.name = "text", ""
	}
	r.yield = func(a Article, err error) bool {
		if err != nil {
			errs = append(errs, err)
		} else {
			articles = append(articles, a)
		}
		return true
	}
	r.read(bytes.NewReader(b), int64(len(b)), set.format, byName)
	return articles, errors.Join(errs...)
}
