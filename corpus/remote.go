package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/fetch"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// A path may be an address. What is there is fetched when entries are listed, if
// it changed since it was indexed: an entry's stamp has what the server calls a
// state of the file. A feed gives an entry for each of its items, as an item that
// the feed has dropped has not vanished: it is covered by nothing. Any other file
// is one entry.

// agent names newsq to servers.
const agent = "newsq/1 (+https://github.com/newsq/newsq)"

// maxRemote is the most bytes of a file that are fetched. What is larger is better
// fetched by hand.
const maxRemote = 4 << 30

// mostOf returns the most bytes that are fetched of a file of a type. A feed or a
// page is read as a whole, so that one without end, or one that a server goes on
// writing, is left where no more would be read of it.
func (s *settings) mostOf(mediaType string) int64 {
	if mediaType == "text/html" || strings.Contains(mediaType, "rss") || strings.Contains(mediaType, "atom") || strings.Contains(mediaType, "feed") {
		return s.maxFile
	}
	return maxRemote
}

// maxFetches is how many files are fetched at a time. Those of one host wait for
// each other.
const maxFetches = 8

// isAddress reports whether a path is that of a file on a web server.
func isAddress(p string) bool {
	scheme, _, ok := strings.Cut(p, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// addressKey returns the key of an address: without fragment, scheme and host in
// lower case.
func addressKey(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", errors.New("it is not an address")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), nil
}

func openAddress(p string) (root, error) {
	key, err := addressKey(p)
	if err != nil {
		return root{}, &ReadError{Path: p, Err: err, Hint: "an address is such as https://example.org/feed.xml"}
	}
	return root{shown: p, url: key, key: key}, nil
}

// Know tells f what an index knows of its entries: the stamp that the entry of a
// key had when it was read; false for one that was not. A sync calls it before
// Entries. What is on web servers is fetched only when it is not as known.
func (f *Files) Know(stamp func(key string) (string, bool)) {
	if stamp == nil {
		stamp = func(string) (string, bool) { return "", false }
	}
	f.known.Store(&stamp)
}

// knownStamp returns what Know told of an entry.
func (f *Files) knownStamp(key string) string {
	if ask := f.known.Load(); ask != nil {
		stamp, _ := (*ask)(key)
		return stamp
	}
	return ""
}

// remote is a file that was fetched, or the reason why there is none.
type remote struct {
	err       error
	unchanged bool
	stamp     string
	url       string // past all redirects
	mediaType string
	charset   string
	spool     *os.File // what was fetched; nil when unchanged
	size      int64
}

// close lets go of a file that was fetched.
func (r *remote) close() {
	if r.spool != nil {
		_ = r.spool.Close() // nothing that anybody wants was written
		_ = os.Remove(r.spool.Name())
		r.spool = nil
	}
}

// fetchAll starts to fetch what is at addresses, some at a time, and returns what
// waits for one of them. The caller closes what it got.
func (f *Files) fetchAll(ctx context.Context, client *fetch.Client) func(r *root) *remote {
	turns := make(chan struct{}, maxFetches)
	results := map[string]chan *remote{}
	for i := range f.roots {
		r := &f.roots[i]
		if r.url == "" || !f.wants(r.key) {
			continue
		}
		result := make(chan *remote, 1)
		results[r.key] = result
		stamp := f.knownStamp(r.key) // whoever told of it may be asked by one at a time
		go func() {
			select {
			case turns <- struct{}{}:
				defer func() { <-turns }()
				result <- f.fetch(ctx, client, r, stamp)
			case <-ctx.Done():
				result <- &remote{err: ctx.Err()}
			}
		}()
	}
	return func(r *root) *remote { return <-results[r.key] }
}

// fetch fetches what is at an address, if it is not as its stamp says.
func (f *Files) fetch(ctx context.Context, client *fetch.Client, r *root, stamp string) *remote {
	res, err := client.Get(ctx, r.url, f.set.stateOf(stamp))
	if err != nil {
		return &remote{err: err}
	}
	if res.Unchanged {
		return &remote{unchanged: true, stamp: stamp}
	}
	defer res.Body.Close() // nothing was written
	out := &remote{url: res.URL}
	var params map[string]string
	if out.mediaType, params, err = mime.ParseMediaType(res.Type); err != nil {
		out.mediaType = ""
	}
	out.charset = params["charset"]
	if out.spool, err = os.CreateTemp("", "newsq-fetch-*"); err != nil {
		return &remote{err: err}
	}
	sum := sha256.New()
	most := f.set.mostOf(out.mediaType)
	out.size, err = io.Copy(io.MultiWriter(out.spool, sum), io.LimitReader(res.Body, most+1))
	if err == nil && out.size > most {
		err = fmt.Errorf("%w: more than %s", ErrTooLarge, reader.SizeText(most))
	}
	if err != nil {
		out.close()
		return &remote{err: err}
	}
	out.stamp = f.set.remoteStamp(res.State, hex.EncodeToString(sum.Sum(nil)[:16]))
	if out.stamp == stamp {
		out.close()
		return &remote{unchanged: true, stamp: stamp}
	}
	return out
}

// remoteStamp returns the stamp of a file on a web server: what decides how it is
// read, the state that the server names, and, where it names none, a digest.
func (s *settings) remoteStamp(state fetch.State, digest string) string {
	if state != (fetch.State{}) {
		digest = ""
	}
	code := base64.RawURLEncoding
	return strings.Join([]string{
		"web", s.remoteDigest(), code.EncodeToString([]byte(state.ETag)), code.EncodeToString([]byte(state.LastModified)), digest,
	}, ".")
}

// remoteDigest is of all that decides how a file on a web server is read.
func (s *settings) remoteDigest() string { return s.digests[nil] }

// stateOf returns the state that a stamp has, if the file would be read as it was
// then.
func (s *settings) stateOf(stamp string) (state fetch.State) {
	parts := strings.Split(stamp, ".")
	if len(parts) != 5 || parts[0] != "web" || parts[1] != s.remoteDigest() {
		return state
	}
	tag, _ := base64.RawURLEncoding.DecodeString(parts[2])
	modified, _ := base64.RawURLEncoding.DecodeString(parts[3])
	return fetch.State{ETag: string(tag), LastModified: string(modified)}
}

// remote yields the entries of an address.
func (w *walker) remote(r *root) bool {
	got := w.fetched(r)
	if w.ctx.Err() != nil {
		got.close()
		return w.checkContext()
	}
	if got.err != nil {
		return w.fail(&ReadError{Path: r.shown, Key: r.key, Err: got.err, Hint: hintForFetch(got.err)})
	}
	if got.unchanged {
		return w.yield(Entry{Key: r.key, Stamp: got.stamp, Size: -1, Articles: noArticles}, nil)
	}
	if !w.files.isFeed(r, got) {
		return w.yield(w.files.remoteFile(r, got), nil)
	}
	return w.feed(r, got)
}

// noArticles are those of an entry that need not be read.
func noArticles(context.Context) iter.Seq2[Article, error] {
	return func(func(Article, error) bool) {}
}

// remoteReading returns what reads a file that was fetched.
func (f *Files) remoteReading(ctx context.Context, r *root, got *remote, yield func(Article, error) bool) (*reading, *format) {
	name := path.Base(r.url)
	if u, err := url.Parse(got.url); err == nil {
		name = path.Base(u.Path)
	}
	byName, ext, stem := f.set.formats.ofFile(name)
	if t := f.set.formats.named(got.mediaType); t != nil && got.mediaType != "text/plain" || byName == nil {
		byName = t
	}
	return &reading{
		ctx: ctx, set: f.set, key: r.key, shown: r.shown, name: stem, file: name, ext: ext, yield: yield, stop: func() {},
	}, byName
}

// isFeed reports whether what was fetched is a feed.
func (f *Files) isFeed(r *root, got *remote) bool {
	in, byName := f.remoteReading(context.Background(), r, got, nil)
	input := &reader.Input{Context: context.Background()}
	closing, err := input.Open(io.NewSectionReader(got.spool, 0, got.size), got.size)
	defer closing()
	if err != nil {
		return false
	}
	head, whole := input.Head()
	form := in.formatOf(head, whole, nil, byName)
	return form != nil && form.group == feedGroup
}

// feedGroup is the group of the formats that are feeds.
const feedGroup = "feeds"

// read reads a file that was fetched.
func (f *Files) readRemote(in *reading, byName *format, got *remote) {
	input := &reader.Input{Type: got.mediaType, Charset: got.charset, URL: got.url}
	in.readInput(input, io.NewSectionReader(got.spool, 0, got.size), got.size, nil, byName)
}

// remoteFile returns the entry of a file that was fetched and is no feed. It can
// be read once.
func (f *Files) remoteFile(r *root, got *remote) Entry {
	return Entry{Key: r.key, Stamp: got.stamp, Size: got.size, Articles: func(ctx context.Context) iter.Seq2[Article, error] {
		return func(yield func(Article, error) bool) {
			in, byName := f.remoteReading(ctx, r, got, yield)
			if got.spool == nil {
				in.fail(errors.New("it was read already"))
				return
			}
			defer got.close()
			f.readRemote(in, byName, got)
		}
	}}
}

// feed yields the entries of a feed: its own, which has what is wrong with it, and
// one for each item.
func (w *walker) feed(r *root, got *remote) bool {
	defer got.close()
	var items []Article
	var faults []error
	in, byName := w.files.remoteReading(w.ctx, r, got, func(a Article, err error) bool {
		if err != nil {
			faults = append(faults, err)
		} else {
			items = append(items, a)
		}
		return true
	})
	w.files.readRemote(in, byName, got)
	own := Entry{Key: r.key, Stamp: got.stamp, Size: got.size, Articles: func(context.Context) iter.Seq2[Article, error] {
		return func(yield func(Article, error) bool) {
			for _, err := range faults {
				if !yield(Article{}, err) {
					return
				}
			}
		}
	}}
	if !w.yield(own, nil) {
		return false
	}
	times := map[string]int{}
	for i := range items {
		a := &items[i]
		if a.Key == r.key { // the only one
			a.Key += "#1"
		}
		if times[a.Key]++; times[a.Key] > 1 {
			a.Key += "~" + strconv.Itoa(times[a.Key])
		}
		if !w.yield(w.item(a), nil) {
			return false
		}
	}
	return true
}

// item returns the entry of an item of a feed.
func (w *walker) item(a *Article) Entry {
	set := w.files.set
	text, _ := json.Marshal(a) // an article is strings, numbers and times
	stamp := "item." + set.remoteDigest() + "." + DeriveID(string(text))
	if set.fullText && a.URL != "" {
		stamp += ".full"
	}
	pages := w.pages
	return Entry{Key: a.Key, Stamp: stamp, Size: int64(len(text)), Articles: func(ctx context.Context) iter.Seq2[Article, error] {
		return func(yield func(Article, error) bool) {
			item := *a
			if set.fullText && a.URL != "" {
				if err := pages.complete(ctx, set, &item); err != nil {
					if ctx.Err() != nil {
						yield(Article{}, ctx.Err())
						return
					}
					told := &ReadError{Path: a.URL, Err: fmt.Errorf("%w: the feed's text is kept, as of the page %w", ErrPartial, err), Form: a.Form}
					if !yield(item, nil) || !yield(Article{}, told) {
						return
					}
					return
				}
			}
			yield(item, nil)
		}
	}}
}

const hintLater = "what came from there before stays; run newsq again later"

// hintForFetch says what to do about a file that was not fetched.
func hintForFetch(err error) string {
	status, ok := errors.AsType[*fetch.StatusError](err)
	switch {
	case errors.Is(err, fetch.ErrPrivate):
		return "give the address that it leads to, if you mean it"
	case !ok:
		return hintLater
	case status.After > 0:
		return "try again after " + status.After.String()
	case status.Code == 404 || status.Code == 410:
		return "look for its new address"
	case status.Code == 401 || status.Code == 403:
		return "it is not open to everybody"
	}
	return hintLater
}
