package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// Bounds of a document. PDFium runs in a sandbox of its own: what it reads can
// harm nothing outside of it, and neither files nor the network are open to it.
const (
	memoryPages = 3072 // of 64 KB that PDFium may take for a document: 192 MB, twice that while it grows
	maxTime     = 4 * time.Minute
	enoughTime  = 3 * time.Minute // after which no further page is begun
	maxPages    = 5000
	maxChars    = 100_000 // of a page
	maxParallel = 2       // documents at a time, as each takes its memory
)

// start compiles PDFium when the first PDF is met, which takes some 6 seconds of a
// processor, or loads what was compiled before from the user's folder for caches,
// which takes a tenth of one. It stays until the program ends.
var start = sync.OnceValues(func() (pdfium.Pool, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return compile("") // each time
	}
	return cached(filepath.Join(dir, "newsq", "pdfium"), compile)
})

// cached compiles PDFium with a folder for the cache. Where that is damaged or full it
// is emptied, to be filled another time, and nothing is kept this time.
func cached(dir string, compile func(dir string) (pdfium.Pool, error)) (pdfium.Pool, error) {
	pool, err := compile(dir)
	if err == nil {
		return pool, nil
	}
	_ = os.RemoveAll(dir) // if it stays, the next run does without it too
	return compile("")
}

// compile compiles PDFium, or loads it from a folder. Without one, or where nothing can
// be written, it is compiled each time.
func compile(dir string) (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(true)
	if dir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(dir); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxTotal: min(maxParallel, runtime.GOMAXPROCS(0)),
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard, RuntimeConfig: config,
	})
}

var (
	errPassword = errors.New("a PDF that is encrypted with a password")
	errDamaged  = errors.New("a PDF that cannot be read")
	errSlow     = fmt.Errorf("a PDF that takes more than %s to read", maxTime)
)

// file is a PDF that is open.
type file struct {
	pdfium pdfium.Pdfium
	doc    references.FPDF_DOCUMENT
	pages  int
}

// read opens a PDF and calls use. When the context ends, or it takes too long, the
// sandbox is ended.
func read(ctx context.Context, content []byte, use func(f *file) error) error {
	pool, err := start()
	if err != nil {
		return fmt.Errorf("PDFium: %w", err)
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("PDFium: %w", err)
	}
	bounded, cancel := context.WithTimeout(ctx, maxTime)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-bounded.Done()
		if errors.Is(bounded.Err(), context.DeadlineExceeded) || ctx.Err() != nil {
			_ = instance.Kill() // what was read so far is dropped
		}
	}()
	err = reader.Guard(func() error { return open(instance, content, use) })
	late := bounded.Err()
	cancel()
	<-ended
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case late != nil:
		return errSlow
	}
	_ = instance.Close() // of a document of which all is read
	return err
}

func open(instance pdfium.Pdfium, content []byte, use func(f *file) error) error {
	doc, err := instance.OpenDocument(&requests.OpenDocument{File: &content})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return &reader.Fault{Err: errPassword, Hint: "save it without a password:  qpdf --decrypt --password=... IN.pdf OUT.pdf"}
	case err != nil:
		return &reader.Fault{Err: fmt.Errorf("%w: %w", errDamaged, err), Hint: "fetch or write it again, or mend it:  qpdf IN.pdf OUT.pdf"}
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return use(&file{pdfium: instance, doc: doc.Document, pages: count.PageCount})
}

// properties returns what the document says of itself.
func (f *file) properties() *paragraph.Properties {
	p := &paragraph.Properties{}
	if meta, err := f.pdfium.GetMetaData(&requests.GetMetaData{Document: f.doc}); err == nil {
		for _, tag := range meta.Tags {
			v := strings.TrimSpace(extract.Clean(strings.ToValidUTF8(strings.Trim(tag.Value, "\x00"), "\ufffd")))
			switch tag.Tag {
			case "Title":
				p.Title = v
			case "Author":
				p.Author = v
			case "Subject":
				p.Subject = v
			case "Keywords":
				for k := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ',' || r == ';' }) {
					if k = strings.TrimSpace(k); k != "" {
						p.Keywords = append(p.Keywords, k)
					}
				}
			case "Creator":
				p.Program = v + " " + p.Program
			case "Producer":
				p.Program += v
			case "CreationDate":
				p.Created = timeOf(v)
			case "ModDate":
				p.Modified = timeOf(v)
			}
		}
	}
	if lang, err := f.pdfium.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: f.doc}); err == nil {
		p.Language = lang.Language
	}
	return p
}

// timeOf reads a date of a PDF, D:YYYYMMDDHHmmSS+HH'mm', of which all behind the
// year may be missing; zero when it is none.
func timeOf(s string) time.Time {
	s = strings.TrimPrefix(s, "D:")
	digits := 0
	for digits < len(s) && digits < 14 && '0' <= s[digits] && s[digits] <= '9' {
		digits++
	}
	const layout = "20060102150405"
	if digits%2 != 0 || digits < 4 || digits > len(layout) {
		return time.Time{}
	}
	t, err := time.Parse(layout[:digits], s[:digits])
	if err != nil {
		return time.Time{}
	}
	zone := strings.ReplaceAll(s[digits:], "'", "")
	if len(zone) >= 5 && (zone[0] == '+' || zone[0] == '-') {
		if z, err := time.Parse("-0700", zone[:5]); err == nil {
			_, offset := z.Zone()
			t = t.Add(-time.Duration(offset) * time.Second)
		}
	}
	return t
}

// char is a character of a page, with its box in points. Up is larger.
type char struct {
	r                        rune
	index                    int // among the characters of the page
	left, right, top, bottom float64
	angle                    float64 // in degrees, 0 to 360
}

// look is what a font says of the looks of a character.
type look struct {
	size         float64 // of its line, in points
	bold, italic bool
}

// page is a page of a PDF.
type page struct {
	number        int // from 1
	width, height float64
	chars         []char
	hasObjects    bool
	look          func(index int) look
}

// page reads a page, and calls use with it.
func (f *file) page(number int, use func(p *page)) error {
	at := requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: number - 1}}
	size, err := f.pdfium.GetPageSize(&requests.GetPageSize{Page: at})
	if err != nil {
		return err
	}
	p := &page{number: number, width: size.Width, height: size.Height}
	if n, err := f.pdfium.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: at}); err == nil {
		p.hasObjects = n.Count > 0
	}
	text, err := f.pdfium.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return err
	}
	defer f.pdfium.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) //nolint:errcheck // nothing was written
	if count, err := f.pdfium.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage}); err != nil {
		return err
	} else if count.Count > maxChars {
		return fmt.Errorf("%w: more than %d characters", reader.ErrTooLarge, maxChars)
	}
	structured, err := f.pdfium.GetPageTextStructured(&requests.GetPageTextStructured{Page: at, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return err
	}
	for i, c := range structured.Chars {
		for _, r := range c.Text {
			b := &c.PointPosition
			p.chars = append(p.chars, char{
				r: r, index: i, angle: math.Mod(c.Angle*180/math.Pi+360, 360),
				left: min(b.Left, b.Right), right: max(b.Left, b.Right), top: max(b.Top, b.Bottom), bottom: min(b.Top, b.Bottom),
			})
		}
	}
	p.look = func(index int) look { return f.lookOf(text.TextPage, index) }
	use(p)
	return nil
}

// boldWeight is how heavy bold letters are at least.
const boldWeight = 600

// lookOf asks for the looks of a character.
func (f *file) lookOf(text references.FPDF_TEXTPAGE, index int) look {
	var l look
	if box, err := f.pdfium.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: index}); err == nil {
		w, h := math.Abs(float64(box.Rect.Right-box.Rect.Left)), math.Abs(float64(box.Rect.Top-box.Rect.Bottom))
		l.size = max(h, min(w, h))
	}
	if info, err := f.pdfium.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: index}); err == nil {
		const italicFlag, boldFlag = 1 << 6, 1 << 18
		name := strings.ToLower(info.FontName)
		l.bold = info.Flags&boldFlag != 0 || strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") ||
			strings.HasPrefix(name, "cmbx")
		l.italic = info.Flags&italicFlag != 0 || strings.Contains(name, "italic") || strings.Contains(name, "oblique")
	}
	if weight, err := f.pdfium.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: text, Index: index}); err == nil && weight.FontWeight >= boldWeight {
		l.bold = true
	}
	return l
}
