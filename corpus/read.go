package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// The causes that callers of this package may want to tell apart, with
// errors.Is on what a source yields.
var (
	// ErrUnknownFormat tells of a file that is in no form newsq reads. In a
	// folder that is common, and no reason to worry.
	ErrUnknownFormat = reader.ErrUnknownFormat
	// ErrPartial tells that an article was read, but not whole, or not as it
	// was written. It stands beside the article.
	ErrPartial = record.ErrPartial
	// ErrTooLarge tells of a file or record beyond the bounds in Options.
	ErrTooLarge = reader.ErrTooLarge
)

// reading is one file or stream while it is read. It takes what the reader of
// its format finds, makes articles of it, and yields them.
type reading struct {
	ctx      context.Context
	set      *settings
	key      string // of the entry
	path     string // for Article.Path
	shown    string // for people
	name     string // the file's name without extensions
	file     string // the file's name, without the extension of a compression
	ext      string // the extension that decides, see formatTable.ofFile
	form     *format
	depth    int // how many files this one lies in
	amend    func(*record.Record)
	beside   func(name string) (io.ReadCloser, error)
	isStream bool // a stream, which cannot be read again
	walked   bool // it was met in a folder, or in an archive
	yield    func(Article, error) bool
	budget   *reader.Budget // of archives, shared by all files within one
	stopped  bool           // yield returned false
	stop     func()         // ends a read from the stream that is waiting

	builder builder // of articles that are not made in batches
	faults  int     // records that could not be read, told or suppressed
	partial int     // and those that were read in part
	links   int     // records that are links, and not asked for
}

// read reads the content of r, of size bytes (0 when not known). Given is the
// format that the file is said to be in, and goes before its content; byName is
// that of its name, which content goes before. Both may be nil.
func (r *reading) read(content io.Reader, size int64, given, byName *format) {
	r.readInput(&reader.Input{Beside: r.beside}, content, size, given, byName)
}

// readInput is read with an input that states what stands outside of the
// content.
func (r *reading) readInput(in *reader.Input, content io.Reader, size int64, given, byName *format) {
	in.Context, in.Name, in.Mapping = r.ctx, r.shown, r.set.mapping
	if r.budget == nil {
		r.budget = reader.NewBudget(size)
	}
	in.Budget = r.budget
	in.Limits = reader.Limits{MaxFile: r.set.maxFile, MaxLine: r.set.maxLine}
	closing, err := in.Open(content, size)
	defer closing()
	if err != nil {
		r.fail(err)
		return
	}
	head, whole := in.Head()
	if len(head) == 0 {
		if _, err := in.Stream.ReadByte(); err != nil && !errors.Is(err, io.EOF) {
			r.fail(err)
			return
		}
		if r.isForeign() {
			r.fail(r.unknown())
		} else {
			r.fail(errors.New("it is empty"))
		}
		return
	}
	if r.form = r.formatOf(head, whole, given, byName); r.form == nil {
		r.fail(r.unknown())
		return
	}
	if err := r.form.read(in, r); err != nil {
		r.fail(err)
	}
	r.reportSuppressed()
	r.tellLinks()
}

// formatOf returns the format of a file that begins with head; nil when it is
// not known.
func (r *reading) formatOf(head []byte, whole bool, given, byName *format) *format {
	if given != nil {
		return given
	}
	if byName != nil && byName.own {
		return byName
	}
	h := reader.NewHead(r.file, head, whole)
	if f := r.set.formats.recognize(h); f != nil {
		return f
	}
	if byName != nil {
		return byName
	}
	if r.isForeign() {
		return nil
	}
	return r.set.formats.sniff(h)
}

// isForeign reports whether a file was met in a folder, and its extension is that
// of no format: then its content must tell for sure.
func (r *reading) isForeign() bool {
	return r.walked && r.ext != "" && r.set.formats.named(r.ext) == nil
}

// hintFormats says where the formats are listed.
const hintFormats = "newsq formats lists what it reads"

// unknown tells that the format of the file is not known.
func (r *reading) unknown() error {
	if r.isForeign() {
		return &reader.Fault{Err: fmt.Errorf("%w %s", ErrUnknownFormat, extract.Clean(r.ext))}
	}
	return &reader.Fault{Err: fmt.Errorf("%w: it is not text, and nothing that newsq knows", ErrUnknownFormat), Hint: hintFormats}
}

// maxFaults bounds the errors of one file that are told one by one, of each of
// two kinds: past that, it is the file that is wrong.
const maxFaults = 1000

// send hands on an article or an error. It reports whether more is wanted.
func (r *reading) send(a Article, err error) bool {
	if r.stopped {
		return false
	}
	if r.ctx.Err() != nil {
		r.stopped = true
		r.yield(Article{}, r.ctx.Err())
		return false
	}
	if err == errLink {
		r.links++
		return true
	}
	if err != nil {
		n := &r.faults
		if errors.Is(err, ErrPartial) {
			n = &r.partial
		}
		if *n++; *n > maxFaults {
			return true
		}
	}
	r.stopped = !r.yield(a, err)
	return !r.stopped
}

// reportSuppressed tells of the errors that were not told one by one.
func (r *reading) reportSuppressed() {
	if n := r.faults - maxFaults; n > 0 {
		r.faults = 0
		r.fail(fmt.Errorf("%d more records could not be read", n))
	}
	if n := r.partial - maxFaults; n > 0 {
		r.partial = 0
		r.fail(fmt.Errorf("%w: %d more records as well", ErrPartial, n))
	}
}

// fail hands on that the file could not be read, or not to its end.
func (r *reading) fail(err error) bool { return r.send(Article{}, r.readError(err)) }

// Fail implements [reader.Sink].
func (r *reading) Fail(f *reader.Fault) bool { return r.fail(f) }

// readError returns what is told of an error of reading the file.
func (r *reading) readError(err error) *ReadError {
	e := &ReadError{Path: r.shown, Err: err, Form: r.formName()}
	var fault *reader.Fault
	if errors.As(err, &fault) {
		e.Line, e.Err, e.Hint = fault.Line, fault.Err, fault.Hint
	}
	if e.Hint == "" {
		e.Hint = hintFor(e.Err)
	}
	return e
}

// Emit implements [reader.Sink].
func (r *reading) Emit(rec *record.Record) bool {
	made := r.article(&r.builder, rec)
	if made.err == nil {
		r.send(made.article, nil)
	} else {
		r.send(Article{}, made.err)
	}
	if made.partial != nil {
		r.send(Article{}, made.partial)
	}
	return !r.stopped
}

// made is what became of a record: an article, or the reason why there is
// none. Note tells what was left out of the article.
type made struct {
	article Article
	err     error
	partial error
}

// article makes an article of a record.
func (r *reading) article(b *builder, rec *record.Record) (m made) {
	if r.amend != nil {
		r.amend(rec)
	}
	if rec.IsLink && !r.set.links {
		return made{err: errLink}
	}
	name := ""
	if rec.IsFile {
		name = r.name
	}
	a, err := b.article(rec, name)
	if err != nil {
		e := r.recordError(rec, err)
		if errors.Is(err, record.ErrNoText) && rec.Names != nil {
			e.Hint = strangeHint(rec.Names())
		}
		return made{err: e}
	}
	r.identify(&a, rec.Place)
	m.article = a
	// One error tells of all that was left out of an article.
	if err := rec.Partial(); err != nil {
		m.partial = r.recordError(rec, err)
	}
	return m
}

// recordError returns what is told of a record.
func (r *reading) recordError(rec *record.Record, err error) *ReadError {
	if rec.Line == 0 && rec.Number > 0 {
		err = fmt.Errorf("record %d: %w", rec.Number, err)
	}
	return &ReadError{Path: r.shown, Line: rec.Line, Err: err, Form: r.formName()}
}

// formName returns the name of the file's format; empty while it is not known.
func (r *reading) formName() string {
	if r.form == nil {
		return ""
	}
	return r.form.name
}

// identify gives a its key and id. Place tells the record's place in its
// entry; it is empty for the only one.
func (r *reading) identify(a *Article, place string) {
	a.Path, a.Form = r.path, r.formName()
	a.Key = r.key
	switch {
	case place == "" && !r.isStream:
	case a.ID != "":
		a.Key += "#" + a.ID
	case r.isStream:
		// A stream has no place that would be stable: the text itself is.
		a.Key += "#" + DeriveID(a.Title+"\n"+a.Body)
	default:
		a.Key += "#" + place
	}
	if a.ID == "" {
		a.ID = DeriveID(a.Key)
	}
}

// hintFor says what to do about an error of reading a file.
func hintFor(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "check its permissions"
	case errors.Is(err, fs.ErrNotExist):
		return "it was removed while newsq was reading"
	case errors.Is(err, reader.ErrWindow):
		return "decompress it first"
	case errors.Is(err, reader.ErrBomb):
		return "unpack it first, if it is meant to be like that"
	case errors.Is(err, ErrTooLarge):
		return "split it, write it as JSON Lines, or raise the bound"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the file is cut short; fetch or write it again"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch),
		errors.Is(err, zstd.ErrMagicMismatch), errors.Is(err, reader.ErrDamaged):
		return "the file is damaged; fetch or write it again"
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return "decompress it first with zstd -d --long=31, or compress it with a window of at most 128 MB"
	case errors.Is(err, zstd.ErrUnknownDictionary):
		return "newsq has no dictionary; decompress the file first:  zstd -d -D DICTIONARY FILE"
	case errors.Is(err, extract.ErrBinary):
		return "it holds no text"
	}
	return ""
}

// strangeHint says what to do about a record without a text, whose fields have
// these names.
func strangeHint(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("its fields are %s; map the one that holds the text to body", strings.Join(names, ", "))
}
