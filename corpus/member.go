package corpus

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Enter implements [reader.Output]: it reads a file within the file at hand.
func (r *reading) Enter(m *reader.Member) bool {
	if r.depth >= reader.MaxDepth {
		return r.fail(&reader.Fault{Err: reader.ErrTooDeep, Hint: "unpack it first"})
	}
	place := m.Place
	if place == "" {
		place = m.Name
	}
	byName, ext, stem := r.set.formats.ofFile(path.Base(m.Name))
	inner := &reading{
		ctx: r.ctx, set: r.set, key: r.key + "#" + place, path: r.path, shown: r.shown + "/" + m.Name,
		name: stem, file: path.Base(m.Name), ext: ext, isStream: r.isStream, walked: true, depth: r.depth + 1,
		beside: m.Sibling, stop: r.stop, budget: r.budget,
	}
	inner.amend = func(rec *record.Record) {
		if m.Amend != nil {
			m.Amend(rec)
		}
		if m.URL != "" && rec.First(record.URL) == "" {
			rec.SetFinal(record.URL, record.Value{Text: label(m.URL, record.MaxStated), From: "the file around it"})
		}
		if r.amend != nil {
			r.amend(rec)
		}
	}
	inner.yield = func(a Article, err error) bool {
		if m.Quiet && errors.Is(err, ErrUnknownFormat) {
			return true
		}
		if links, ok := errors.AsType[*LinksError](err); ok {
			r.links += links.Links
			return true
		}
		return r.send(a, err)
	}
	if byName == nil && m.Type != "" {
		byName = r.set.formats.named(m.Type)
	}
	in := &reader.Input{Type: m.Type, Charset: m.Charset, URL: m.URL, Beside: m.Sibling}
	inner.readInput(in, m.Content, m.Size, nil, byName)
	return !r.stopped
}

// besideFile returns what opens files beside one, see [reader.Input.Sibling].
func besideFile(file string) func(name string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) {
		rest, _ := strings.CutPrefix(name, "../")
		if !filepath.IsLocal(rest) {
			return nil, reader.ErrNoSibling
		}
		f, _, err := openRegular(filepath.Join(filepath.Dir(file), filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, reader.ErrNoSibling
		}
		if err != nil {
			return nil, withoutPath(err)
		}
		return f, nil
	}
}
