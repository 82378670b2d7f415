package corpus

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/reader"
)

// format is a form in which articles are kept, and what reads it.
type format struct {
	name       string // as people call it
	group      string // of the table that newsq formats prints
	extensions []string
	types      []string // MIME types
	own        bool     // it is a program's own, see Format
	// version is raised whenever the reader would read the same bytes
	// differently. Then the stamps of its files change, and a sync reads these
	// files again and no others.
	version int
	// kinds are the kinds of bytes that its files may have.
	kinds reader.Kind
	// recognize reports by its content whether a file of one of kinds is in this
	// format, whatever it is called. It is nil for a format that other formats are
	// made of, such as plain text.
	recognize func(h *reader.Head) bool
	// sniff reports whether a file that no format recognizes, and whose extension
	// is not known, is in this format. It is nil for a format that is never told
	// so.
	sniff func(h *reader.Head) bool
	read  reader.Func
}

// formatTable is what can be read. Each extension may be followed by one of
// compressions. A folder walk reads files with these extensions, those without
// any that some format takes, and those with any other that some format
// recognizes.
//
// Rows are asked from the last to the first. So plain text, which anything may
// be, is asked after all others, and a program's own formats go before newsq's.
type formatTable []format

// newsqFormats is what newsq reads by itself. Nothing changes it.
var newsqFormats = slices.Concat(
	textFormats, tableFormats, scraperFormats, wireFormats, feedFormats, mailFormats, archiveFormats, pageFormats, publishingFormats,
	noteFormats, referenceFormats, officeFormats, pressFormats,
)

// articleVersion is raised whenever an article is made differently of what a
// reader of any format found, so that all files are read again.
const articleVersion = 3

// stamp returns what the stamp of a file tells of all that decides how its
// bytes are read, but for Options. F is the format of its extension; nil when
// content decides, so that any format may be meant that is told by content.
//
// Versions of newsq's formats only rise, and formats only join. So the sum of
// versions changes whenever one does.
func (t formatTable) stamp(f *format) (version int, own string) {
	version = articleVersion
	for i := range t {
		row := &t[i]
		switch {
		case !row.mayHold(f):
		case row.own:
			own += fmt.Sprintf(" format %q %d", row.name, row.version)
		case row.recognize != nil:
			version += row.version
		default:
			version += row.version - 1
		}
	}
	return version, own
}

// mayHold reports whether a file with the extension of f may be in the format of
// a row. With f nil it has no extension that is known.
func (row *format) mayHold(f *format) bool {
	switch {
	case row == f:
		return true
	case f == nil:
		return row.sniff != nil || row.recognize != nil
	case f.own:
		return false
	}
	return row.recognize != nil && (row.kinds&f.kinds != 0 ||
		slices.ContainsFunc(f.extensions, func(ext string) bool { return slices.Contains(row.extensions, ext) }))
}

// compressions are the extensions of compressed files.
var compressions = [...]string{".gz", ".zst", ".xz", ".bz2"}

// isCompression reports whether an extension tells a compression.
func isCompression(ext string) bool {
	return slices.ContainsFunc(compressions[:], func(c string) bool { return strings.EqualFold(c, ext) })
}

// ofFile finds the format of a file by its name. Ext is the extension that
// decides, empty when there is none; f is nil when none of the table has it.
// Stem is the name without all of it.
func (t formatTable) ofFile(name string) (f *format, ext, stem string) {
	stem = name
	for _, c := range compressions {
		if cut := len(stem) - len(c); cut > 0 && strings.EqualFold(stem[cut:], c) {
			stem = stem[:cut]
			break
		}
	}
	ext = filepath.Ext(stem)
	if !isExtension(ext) {
		return nil, "", stem
	}
	stem = strings.TrimSuffix(stem, ext)
	return t.named(ext), strings.ToLower(ext), stem
}

// isExtension reports whether what follows the last dot of a name tells a
// format, rather than being part of a title or a date.
func isExtension(ext string) bool {
	if len(ext) < 2 || len(ext) > 10 {
		return false
	}
	letter := false
	for _, r := range ext[1:] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	return letter
}

// named finds a format by extension, with or without its dot, or by MIME type;
// nil when there is none. Where several share one, as a download of a press
// database is called .txt, it is the one that content doesn't tell.
func (t formatTable) named(s string) *format {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "./") {
		s = "." + s
	}
	var told *format
	for i := len(t) - 1; i >= 0; i-- {
		f := &t[i]
		switch {
		case !slices.Contains(f.extensions, s) && !slices.Contains(f.types, s):
		case f.own || f.recognize == nil:
			return f
		case told == nil:
			told = f
		}
	}
	return told
}

// recognize finds the format that the content of a file tells, of those that
// don't go by its name; nil when there is none.
func (t formatTable) recognize(h *reader.Head) *format {
	for i := len(t) - 1; i >= 0; i-- {
		if f := &t[i]; f.recognize != nil && f.kinds&h.Kind != 0 && f.recognize(h) {
			return f
		}
	}
	return nil
}

// sniff finds the format of a file that no format recognizes and whose name does
// not tell; nil when it is no text, or markup other than HTML.
func (t formatTable) sniff(h *reader.Head) *format {
	for i := len(t) - 1; i >= 0; i-- {
		if f := &t[i]; f.sniff != nil && f.sniff(h) {
			return f
		}
	}
	return nil
}

// FormatInfo describes a format that newsq reads.
type FormatInfo struct {
	Name       string   // see Article.Form
	Group      string   // such as "press databases"
	Extensions []string // usual ones, with the dot
	Types      []string // MIME types
	ByContent  bool     // its files are known whatever they are called
}

// Formats lists the formats that newsq reads by itself, by groups.
func Formats() []FormatInfo {
	var list []FormatInfo
	for i := range newsqFormats {
		f := &newsqFormats[i]
		list = append(list, FormatInfo{
			Name: f.name, Group: f.group, Extensions: slices.Clone(f.extensions), Types: slices.Clone(f.types),
			ByContent: f.recognize != nil,
		})
	}
	return list
}

// isNeverText reports whether an extension is of files that lie beside articles
// and never hold any: a folder walk does not open them.
func isNeverText(ext string) bool {
	switch ext {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".tif", ".tiff", ".bmp", ".ico", ".svg", ".psd", ".ai",
		".mp3", ".m4a", ".wav", ".flac", ".ogg", ".opus", ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm",
		".ttf", ".otf", ".woff", ".woff2", ".eot", ".css", ".js", ".mjs", ".map", ".wasm",
		".exe", ".dll", ".so", ".dylib", ".o", ".a", ".class", ".pyc", ".jar", ".db", ".sqlite", ".sqlite3", ".lock", ".sum",
		".iso", ".dmg", ".deb", ".rpm", ".apk":
		return true
	}
	return false
}
