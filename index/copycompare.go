package index

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"math/bits"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// articleSum is a sum over articles, which come in any order: their number, and the sum
// of the digests of what they state and of the entries that they came from.
type articleSum struct {
	articles int
	high     uint64
	low      uint64
}

// add adds an article by its version, which is a digest in hex.
func (s *articleSum) add(version string) {
	var b [16]byte
	_, _ = hex.Decode(b[:], []byte(version[:min(len(version), 2*len(b))])) // versions are hex
	var carry uint64
	for i, word := range []*uint64{&s.low, &s.high} {
		var n uint64
		for _, c := range b[8*i : 8*i+8] {
			n = n<<8 | uint64(c)
		}
		*word, carry = bits.Add64(*word, n, carry)
	}
	s.articles++
}

// comparedAs returns the digest, in hex, of what is compared of an article in a version: what
// people wrote about it as well.
func comparedAs(version string, a *corpus.Article) (string, error) {
	if a.Annotations == nil {
		return version, nil
	}
	b, err := json.Marshal(a.Annotations)
	return digestOf(version, string(b)), err
}

// compare holds the target, as it is now, to the source, whose articles have a sum.
func (c *copying) compare(ctx context.Context, want articleSum) (err error) {
	snap, err := c.to.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = snap.Close(context.WithoutCancel(ctx)) }()
	var got articleSum
	b := newDocBuilder(c.stages)
	for a, err := range snap.Articles(ctx) {
		if err != nil {
			return err
		}
		version, err := b.version(&a.Article, a.Entry)
		if err != nil {
			return err
		}
		digest, err := comparedAs(version, &a.Article)
		if err != nil {
			return err
		}
		got.add(digest)
		c.step()
	}
	switch {
	case got.articles != want.articles || snap.Len() != want.articles || c.from.Len() != want.articles:
		return fmt.Errorf("%w: it has %d articles, and should have %d", ErrCopy, got.articles, want.articles)
	case got != want:
		return fmt.Errorf("%w: it has all %d articles, of which some state something else", ErrCopy, got.articles)
	}
	c.report.Articles = got.articles
	c.report.Sources, err = compareStreams("files", ofSources(c.from.Entries(ctx)), ofSources(snap.Entries(ctx)), func(a, b engine.Entry) bool { return a == b })
	if err != nil {
		return err
	}
	c.report.Notes, err = compareStreams("notes", c.from.Notes(ctx, "", false), withoutCopyNote(snap.Notes(ctx, "", false)), func(a, b engine.Note) bool {
		return a.Key == b.Key && a.Entry == b.Entry && bytes.Equal(a.Value, b.Value)
	})
	return err
}

// ofSources returns the records of files and other sources.
func ofSources(entries iter.Seq2[engine.Entry, error]) iter.Seq2[engine.Entry, error] {
	return keeping(recorded(entries), func(e engine.Entry) bool { return e.Key != derivedKey })
}

// compareStreams holds a stream to another one, and returns the number of their values.
func compareStreams[T any](what string, want, got iter.Seq2[T, error], equal func(a, b T) bool) (n int, err error) {
	next, stop := iter.Pull2(got)
	defer stop()
	for w, err := range want {
		if err != nil {
			return n, err
		}
		g, err, ok := next()
		switch {
		case err != nil:
			return n, err
		case !ok || !equal(w, g):
			return n, fmt.Errorf("%w: what it knows of %s differs from the %dth on", ErrCopy, what, n+1)
		}
		n++
	}
	if _, err, ok := next(); err != nil {
		return n, err
	} else if ok {
		return n, fmt.Errorf("%w: it knows of more %s than %d", ErrCopy, what, n)
	}
	return n, nil
}
