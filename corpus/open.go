package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/newsq/newsq/corpus/internal/fetch"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Options say how to read. The zero Options are good for most corpora.
type Options struct {
	// Map says which field of an article a field of JSON or front matter
	// goes to, where the name alone doesn't tell: {"kicker": "topics"}. A
	// field within another is named by its path, "meta.author"; a field
	// mapped to "-" is left out. Fields of articles go by their names in
	// JSON. Case doesn't matter.
	Map map[string]string
	// Stdin is what the path "-" reads; nil means os.Stdin.
	Stdin io.Reader
	// StdinName is what stands for "-" in keys and errors; empty means
	// "stdin".
	StdinName string
	// Format is the format of Stdin, and of what Parse is given, as an
	// extension or MIME type, such as "jsonl" or "text/html"; empty means that
	// the content tells, or the name that Parse is given.
	Format string
	// MaxFile is the most bytes of a file that is read as a whole, that is
	// all but JSON Lines, after decompression; 0 means 64 MB.
	MaxFile int64
	// MaxLine is the most bytes of a line of JSON Lines; 0 means 16 MB.
	MaxLine int64
	// Formats are what newsq shall read beside the formats of its own. They
	// go before these, the last first.
	Formats []Format
	// NoFollow makes a folder walk leave symbolic links alone.
	NoFollow bool
	// FullText fetches the page of each item of a feed that is given by its address,
	// for the whole text. Pages are fetched only of items that are new or changed,
	// as far as the server's robots.txt allows it, one a second of a host.
	FullText bool
	// Links makes articles of links without a text, as bookmarks and reading
	// lists are, of which there are but titles. Without it they are counted, see
	// [LinksError].
	Links bool
	// Absent lets paths be gone: such a path holds nothing, and is covered by the
	// source like any other. A sync that prunes then removes what came from there.
	Absent bool
}

// Defaults of Options. The largest articles are books of some megabytes; what
// is larger is an archive that is better read line by line.
const (
	defaultMaxFile = 64 << 20
	defaultMaxLine = 16 << 20
	defaultStdin   = "stdin"
)

// settings are checked Options.
type settings struct {
	mapping   *record.Mapping
	maxFile   int64
	maxLine   int64
	noFollow  bool
	fullText  bool
	links     bool
	absent    bool
	stdin     io.Reader
	stdinName string
	formats   formatTable
	format    *format // of stdin; nil when its content tells
	// digests are, by the format of a file's extension, of all that decides how
	// its bytes are read. Nil stands for content that tells the format.
	digests map[*format]string
}

func (o Options) settings() (*settings, error) {
	s := &settings{
		maxFile: o.MaxFile, maxLine: o.MaxLine, noFollow: o.NoFollow, fullText: o.FullText, links: o.Links, absent: o.Absent, stdin: o.Stdin, stdinName: o.StdinName,
	}
	if o.MaxFile < 0 || o.MaxLine < 0 {
		return nil, errors.New("corpus: a bound is negative")
	}
	if s.maxFile == 0 {
		s.maxFile = defaultMaxFile
	}
	if s.maxLine == 0 {
		s.maxLine = defaultMaxLine
	}
	if s.stdin == nil {
		s.stdin = os.Stdin
	}
	if s.stdinName == "" {
		s.stdinName = defaultStdin
	}
	s.formats = newsqFormats
	for i := range o.Formats {
		f := o.Formats[i] // a copy, which the caller cannot change
		if err := f.check(); err != nil {
			return nil, fmt.Errorf("corpus: %w", err)
		}
		s.formats = append(s.formats[:len(s.formats):len(s.formats)], f.row())
	}
	if o.Format != "" {
		if s.format = s.formats.named(o.Format); s.format == nil {
			return nil, fmt.Errorf("corpus: %w %q: use an extension or MIME type; %s", ErrUnknownFormat, o.Format, hintFormats)
		}
	}
	var err error
	if s.mapping, err = record.ParseMapping(o.Map); err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	s.digests = map[*format]string{nil: o.digest(s, nil)}
	for i := range s.formats {
		s.digests[&s.formats[i]] = o.digest(s, &s.formats[i])
	}
	return s, nil
}

// digest returns a digest of all that decides how the bytes of a file are
// read, whose extension is that of f; f is nil when its content tells the
// format.
func (o Options) digest(s *settings, f *format) string {
	var all strings.Builder
	version, own := s.formats.stamp(f)
	fmt.Fprintf(&all, "%d %d %d", version, s.maxFile, s.maxLine)
	for _, from := range slices.Sorted(maps.Keys(o.Map)) {
		fmt.Fprintf(&all, " %q=%q", from, o.Map[from])
	}
	all.WriteString(own)
	if s.links {
		all.WriteString(" links")
	}
	return DeriveID(all.String())
}

// Files is a source made of files, folders and standard input. It may be
// read by several goroutines at once, standard input by one and once.
type Files struct {
	set       *settings
	roots     []root
	given     map[string]bool                                 // the keys of roots but standard input; true for a folder
	only      []string                                        // keys of what is wanted, see Within; nil for all
	stdinRead atomic.Bool                                     // standard input was read
	known     atomic.Pointer[func(key string) (string, bool)] // see Know
}

// root is a path that was given.
type root struct {
	shown string // as given
	path  string // absolute; empty for standard input and addresses
	url   string // of what is on a web server; else empty
	key   string
	dir   bool
}

// Open returns a source of the articles in paths: files, folders with all
// they hold, addresses of feeds and files on web servers, and "-" for standard
// input. It is Options{}.Open.
func Open(paths ...string) (*Files, error) { return Options{}.Open(paths...) }

// Open returns a source of the articles in paths: files, folders with all
// they hold, addresses that begin with http:// or https://, and "-" for standard
// input. Nothing is read yet, but every path must exist unless Absent is set; when
// one does not, the error is a *ReadError whose hint names what is there by a
// similar name.
//
// At an address may be a feed, or a file in any form. It is fetched when entries are
// listed, if it changed, see [Files.Know]. An item that a feed has dropped stays
// in the index. An address may lead into a private network only if it was given
// itself.
//
// In folders, files are read that have an extension newsq knows, or none and
// text inside. Names that begin with a dot, folders called node_modules, and
// what .newsqignore files tell to leave out are passed over. So are folders that
// hold an index of newsq or a backup of one, which is told. A file that is given
// by its own path is read whatever it is called.
func (o Options) Open(paths ...string) (*Files, error) {
	if len(paths) == 0 {
		return nil, errors.New("corpus: no path to read")
	}
	set, err := o.settings()
	if err != nil {
		return nil, err
	}
	f := &Files{set: set, given: map[string]bool{}}
	stream := false
	for _, p := range paths {
		r, err := openRoot(p, set)
		if err != nil {
			return nil, err
		}
		_, twice := f.given[r.key]
		if r.path == "" && r.url == "" {
			twice, stream = stream, true
		} else {
			f.given[r.key] = r.dir
		}
		if !twice {
			f.roots = append(f.roots, r)
		}
	}
	return f, nil
}

func openRoot(p string, set *settings) (root, error) {
	if p == "-" {
		return root{shown: set.stdinName, key: set.stdinName}, nil
	}
	if p == "" {
		return root{}, errors.New("corpus: a path is empty")
	}
	if isAddress(p) {
		return openAddress(p)
	}
	path, err := filepath.Abs(p)
	if err != nil {
		return root{}, &ReadError{Path: p, Err: err}
	}
	info, err := os.Stat(path)
	if set.absent && isGone(err) {
		return root{shown: p, path: path, key: keyOf(path), dir: true}, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return root{}, &ReadError{Path: p, Err: noSuchFile{}, Hint: suggestPath(path)}
	}
	if err != nil {
		return root{}, &ReadError{Path: p, Err: withoutPath(err), Hint: hintFor(err)}
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return root{}, &ReadError{Path: p, Err: errIrregular(info.Mode()), Hint: `pass its content on standard input, as "-"`}
	}
	return root{shown: p, path: path, key: keyOf(path), dir: info.IsDir()}, nil
}

// keyOf returns the key of a file by its absolute, cleaned path.
func keyOf(path string) string { return filepath.ToSlash(path) }

// noSuchFile is fs.ErrNotExist in our words.
type noSuchFile struct{}

func (noSuchFile) Error() string { return "no such file or folder" }

func (noSuchFile) Is(target error) bool { return target == fs.ErrNotExist }

// withoutPath takes the path out of an error of package os: ours name it already.
func withoutPath(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

// Covers implements Source: it reports whether key lies under one of the
// paths. Standard input covers nothing, as what came through it before may
// not come again.
func (f *Files) Covers(key string) bool {
	if !f.isPart(key) {
		return false
	}
	if _, ok := f.given[key]; ok {
		return true
	}
	for at := key; ; {
		n := strings.LastIndexByte(at, '/')
		if n < 0 {
			return false
		}
		// The root of a file system is the only folder whose key ends in a
		// slash.
		if f.given[at[:n]] || f.given[at[:n+1]] {
			return true
		}
		at = at[:n]
	}
}

// Entries implements Source. Folders are walked in the order of their names.
// What can't be read is told by a *ReadError: a file in an unknown form, with
// ErrUnknownFormat; a folder that holds an index, with ErrIndexFolder; a folder
// that may not be entered; a symbolic link that leads nowhere or back; a folder
// without anything to read.
func (f *Files) Entries(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		w := walker{files: f, ctx: ctx, yield: yield}
		if addresses := f.Addresses(); len(addresses) > 0 {
			client := fetch.New(fetch.Options{Agent: agent, Given: addresses})
			w.pages = &pages{client: client}
			fetching, cancel := context.WithCancel(ctx)
			defer cancel()
			w.fetched = f.fetchAll(fetching, client)
		}
		for i := range f.roots {
			if f.wants(f.roots[i].key) && !w.root(&f.roots[i]) {
				return
			}
		}
	}
}

// stream returns the entry of standard input.
func (f *Files) stream(r *root) Entry {
	return Entry{Key: r.key, Size: -1, Articles: func(ctx context.Context) iter.Seq2[Article, error] {
		return func(yield func(Article, error) bool) {
			in := &reading{ctx: ctx, set: f.set, key: r.key, shown: r.shown, isStream: true, yield: yield}
			if f.stdinRead.Swap(true) {
				in.fail(errors.New("standard input was read already"))
				return
			}
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			in.stop = cancel
			in.read(newPatientReader(ctx, f.set.stdin), 0, f.set.format, nil)
		}
	}}
}

// file returns the entry of a file. Walked says that it was met in a folder, not
// given by its own path.
func (f *Files) file(path, shown string, info os.FileInfo, walked bool) Entry {
	key := keyOf(path)
	format, ext, name := f.set.formats.ofFile(info.Name())
	stamp := strconv.FormatInt(info.Size(), 10) + "." + strconv.FormatInt(info.ModTime().UnixNano(), 10) + "." + f.set.digests[format]
	done := new(atomic.Int64)
	return Entry{Key: key, Stamp: stamp, Size: info.Size(), Done: done.Load, Articles: func(ctx context.Context) iter.Seq2[Article, error] {
		return func(yield func(Article, error) bool) {
			in := &reading{
				ctx: ctx, set: f.set, key: key, path: path, shown: shown, name: name, file: info.Name(), ext: ext, walked: walked,
				beside: besideFile(path), yield: yield, stop: func() {},
			}
			file, info, err := openRegular(path)
			if err != nil {
				in.fail(withoutPath(err))
				return
			}
			defer file.Close() // nothing was written
			in.read(&countingReader{file, done}, info.Size(), nil, format)
		}
	}}
}

// countingReader adds up what is read.
type countingReader struct {
	r *os.File
	n *atomic.Int64
}

// ReadAt implements io.ReaderAt.
func (c *countingReader) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.r.ReadAt(b, at)
	c.n.Store(max(c.n.Load(), at+int64(n)))
	return n, err
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n.Add(int64(n))
	return n, err
}
