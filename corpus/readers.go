package corpus

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/newsq/newsq/internal/extract"
)

// readText reads a plain text: one article.
func readText(in *input) {
	s, err := in.document()
	if err != nil {
		in.fail(err, hintFor(err))
		return
	}
	b := newBuilder(in.set)
	var a Article
	rest, note := b.front(&a, s)
	if note != nil && !errors.Is(note, ErrPartial) {
		rest, note = s, nil // a text that merely starts with a line of dashes
	}
	if len(rest) == len(s) {
		if rec, below := headerFields(s); rec != nil {
			b.stated(&a, rec)
			rest = below
		}
	}
	in.one(a, b.finish(&a, b.plainBlocks(&a, rest), in.stem), note)
}

// readMarkdown reads a Markdown text, with or without front matter: one
// article. Its title is that of the front matter, else its first heading.
func readMarkdown(in *input) {
	s, err := in.document()
	if err != nil {
		in.fail(err, hintFor(err))
		return
	}
	b := newBuilder(in.set)
	var a Article
	rest, note := b.front(&a, s)
	err = guard(func() error {
		blocks := extract.Markdown(rest)
		if a.Title == "" && len(blocks) > 0 && blocks[0].Heading {
			a.Title, blocks = blocks[0].Text, blocks[1:]
		}
		return b.finish(&a, blocks, in.stem)
	})
	in.one(a, err, note)
}

// readHTML reads a web page: one article.
func readHTML(in *input) {
	s, err := in.document()
	if err != nil {
		in.fail(err, hintFor(err))
		return
	}
	var a Article
	err = guard(func() error {
		page, err := extract.HTML(s, "")
		if err != nil {
			return err
		}
		a = Article{
			Title: page.Title, Summary: page.Summary, Authors: page.Authors, Source: page.Source,
			Published: page.Published, Updated: page.Updated, Language: page.Language, URL: page.URL,
		}
		a.addTopics(page.Topics)
		if len(page.Blocks) == 0 {
			return errNoText
		}
		return newBuilder(in.set).finish(&a, page.Blocks, in.stem)
	})
	in.one(a, err, nil)
}

// one hands on the only article of a file, or why there is none. Note tells
// what was left out of it.
func (in *input) one(a Article, err, note error) {
	if err != nil {
		in.fail(err, "")
		return
	}
	in.identify(&a, "")
	if in.emit(a, nil) && note != nil {
		if !errors.Is(note, ErrPartial) {
			note = fmt.Errorf("%w: %w", ErrPartial, note)
		}
		in.fail(note, "")
	}
}

// front takes the fields that front matter states, and returns the text that
// follows it. When the front matter can't be read, note says why.
func (b *builder) front(a *Article, s string) (rest string, note error) {
	meta, rest, err := extract.FrontMatter(s)
	if err != nil {
		return rest, err
	}
	if len(meta) == 0 {
		return rest, nil
	}
	// JSON is the one form from which records are made; front matter is small
	// enough to be written so.
	text, err := json.Marshal(meta)
	if err != nil {
		return rest, fmt.Errorf("front matter: %w", err)
	}
	rec, err := b.json.fields(text)
	if err != nil {
		return rest, fmt.Errorf("front matter: %w", err)
	}
	b.stated(a, rec)
	if rec.cut {
		return rest, errCut
	}
	return rest, nil
}

// guard turns a panic of f into an error. Parsers of other people's markup
// have had bugs, and one bad page must not end the reading of a million.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reader failed: %v", r)
		}
	}()
	return f()
}
