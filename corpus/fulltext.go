package corpus

import (
	"context"
	"errors"
	"io"
	"mime"
	"strings"

	"github.com/newsq/newsq/corpus/internal/fetch"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// pages fetches the pages of items, for their whole text.
type pages struct{ client *fetch.Client }

// complete gives an item of a feed the text of its page, where that says more.
func (p *pages) complete(ctx context.Context, set *settings, a *Article) error {
	res, err := p.client.GetPage(ctx, a.URL)
	if err != nil {
		return err
	}
	defer res.Body.Close() // nothing was written
	mediaType, params, err := mime.ParseMediaType(res.Type)
	if err != nil {
		mediaType = ""
	}
	page, err := readPage(ctx, set, &reader.Input{Type: mediaType, Charset: params["charset"], URL: res.URL}, res.Body)
	if err != nil {
		return err
	}
	a.join(page)
	return nil
}

// readPage reads a page that was fetched.
func readPage(ctx context.Context, set *settings, in *reader.Input, content io.Reader) (*Article, error) {
	var found *Article
	var failed error
	r := &reading{ctx: ctx, set: set, key: in.URL, shown: in.URL, file: "page", stop: func() {}}
	r.yield = func(a Article, err error) bool {
		switch {
		case err != nil && !errors.Is(err, ErrPartial):
			failed = err
		case err == nil && found == nil:
			found = &a
		}
		return true
	}
	limited := io.LimitReader(content, set.maxFile+1)
	r.readInput(in, limited, 0, nil, set.formats.named(in.Type))
	switch {
	case found != nil:
		return found, nil
	case failed != nil:
		if e, ok := errors.AsType[*ReadError](failed); ok {
			failed = e.Err
		}
		return nil, failed
	}
	return nil, errors.New("nothing was read")
}

// join completes an item of a feed by its page. What the feed states stands; the
// text is that of the page, unless the feed has more.
func (a *Article) join(page *Article) {
	if countWords(page.Body) > countWords(a.Body) {
		a.Body, a.Sections = page.Body, page.Sections
	}
	if a.Title == "" {
		a.Title = page.Title
	}
	if a.Summary == "" {
		a.Summary = page.Summary
	}
	if len(a.Authors) == 0 {
		a.Authors = page.Authors
	}
	if a.Source == "" {
		a.Source = page.Source
	}
	if a.Published.IsZero() {
		a.Published, a.PublishedAs = page.Published, page.PublishedAs
	}
	if a.Updated.IsZero() {
		a.Updated = page.Updated
	}
	if page.Language != "" {
		a.Language = page.Language
	}
	if len(a.Topics) == 0 {
		a.Topics = page.Topics
	}
}

// countWords counts what blanks part; of a script without blanks, characters would
// tell, and do in proportion.
func countWords(s string) int { return len(strings.Fields(s)) + len(s)/64 }
