package extract

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// ErrBinary tells that bytes are not text in any character set.
var ErrBinary = errors.New("not text")

// Decode turns bytes into clean text and names the character set that they
// were in, by its WHATWG name such as "utf-8" or "windows-1252".
//
// Strong evidence comes before what is declared, and that before guessing: a
// byte order mark, zeros in every other byte, valid UTF-8; then the charset
// parameter of contentType, an XML declaration, a <meta> tag; then what
// [detect] makes of the bytes. contentType is the value of a Content-Type
// header, and may be empty.
//
// A text that is UTF-8 but for some lines or bytes is read as UTF-8, and those
// in the character set that they are in, see [mixture].
//
// Bytes that the character set has no character for become U+FFFD, and zero
// bytes become spaces. The error is [ErrBinary] for what isn't text at all.
func Decode(b []byte, contentType string) (s, cs string, err error) {
	if IsBinary(b) {
		return "", "", ErrBinary
	}
	name, stray := charsetOf(b, contentType)
	if !isWide(name) {
		b = spaceZeros(b)
	}
	if name == utf8Name {
		b = bytes.TrimPrefix(b, bomUTF8)
		if stray != "" {
			b = decodeMixture(b, stray)
		}
		return Clean(string(b)), name, nil
	}
	out, err := encodingOf(name).NewDecoder().Bytes(b)
	if err != nil {
		return "", name, fmt.Errorf("decode %s: %w", name, err)
	}
	return Clean(string(out)), name, nil
}

const utf8Name = "utf-8"

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
	bomUTF32LE = []byte("\xff\xfe\x00\x00")
	bomUTF32BE = []byte("\x00\x00\xfe\xff")
)

// encodingOf returns the encoding of a name that charsetOf returned. A byte
// order mark is no part of the text.
func encodingOf(name string) encoding.Encoding {
	switch name {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	}
	if e, _ := charset.Lookup(name); e != nil {
		return e
	}
	return encoding.Replacement
}

// isWide reports whether the characters of a set take two or four bytes.
func isWide(name string) bool {
	return strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32")
}

// charsetOf weighs the evidence for a character set. Stray is the one of the
// bytes that are not in it; it is empty when there are none.
func charsetOf(b []byte, contentType string) (name, stray string) {
	if name = wideCharset(b); isWide(name) {
		return name, ""
	}
	declared := declaredCharset(b, contentType)
	v := surveyUTF8(b)
	switch {
	case v.invalid == 0 && v.multi == 0: // ASCII, or what hides in it
		if name == "" && (declared == "iso-2022-jp" || bytes.Contains(b, []byte("\x1b$"))) {
			return "iso-2022-jp", ""
		}
		return utf8Name, ""
	case v.invalid == 0 && (name != "" || v.long > 0 || !eastAsian[declared]):
		// Text in another character set is valid UTF-8 by chance only where
		// it is a few characters long, and East Asian: there most of UTF-8
		// takes three bytes a character.
		return utf8Name, ""
	}
	stray, mixed := mixture(b, v, declared)
	switch {
	case name == utf8Name, mixed, v.invalid*20 <= v.multi, declared == utf8Name && v.invalid*3 <= v.multi:
		return utf8Name, cmp.Or(stray, fallback)
	case declared != "" && declared != utf8Name && fits(b, declared):
		return declared, ""
	}
	return detect(b), ""
}

// wideCharset recognizes characters of two and four bytes.
func wideCharset(b []byte) string {
	switch {
	case bytes.HasPrefix(b, bomUTF8):
		return utf8Name
	case bytes.HasPrefix(b, bomUTF32LE):
		return "utf-32le"
	case bytes.HasPrefix(b, bomUTF32BE):
		return "utf-32be"
	case bytes.HasPrefix(b, bomUTF16LE):
		return "utf-16le"
	case bytes.HasPrefix(b, bomUTF16BE):
		return "utf-16be"
	}
	// Without a mark: in texts of the West, and in markup of any language,
	// most of the high bytes are zero and hardly any of the low ones.
	b = b[:min(len(b), maxDeclarationBytes)&^1]
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i&1]++
		}
	}
	half := len(b) / 2
	switch {
	case zeros[1]*10 > half*4 && zeros[0]*20 <= half:
		return "utf-16le"
	case zeros[0]*10 > half*4 && zeros[1]*20 <= half:
		return "utf-16be"
	}
	return ""
}

// maxDeclarationBytes is how many bytes are looked at to tell text from other things.
const maxDeclarationBytes = 8 << 10

var (
	xmlDeclaration = pattern(`(?i)^\s*<\?xml[^>]{0,200}\sencoding\s*=\s*["']([a-z0-9_:.-]+)`)
	metaCharset    = pattern(`(?i)<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)`)
)

// declaredCharset returns the WHATWG name of the character set that the
// content type or the text itself declares; empty if there is none, or none
// that is known. What can be read as ASCII cannot be UTF-16, whatever it
// says.
func declaredCharset(b []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if name := known(params["charset"]); name != "" {
			return name
		}
	}
	head := b[:min(len(b), maxDeclarationBytes)]
	for _, re := range [...]*regexp.Regexp{xmlDeclaration(), metaCharset()} {
		if m := re.FindSubmatch(head); m != nil {
			if name := known(string(m[1])); name != "" {
				return name
			}
		}
	}
	return ""
}

func known(label string) string {
	e, name := charset.Lookup(label)
	if e == nil || e == encoding.Replacement || name == "utf-16le" || name == "utf-16be" || name == "x-user-defined" {
		return ""
	}
	return name
}

var eastAsian = map[string]bool{
	"gbk": true, "gb18030": true, "big5": true, "shift_jis": true, "euc-jp": true, "euc-kr": true,
}

// survey counts what utf8 makes of a text.
type survey struct {
	multi   int // characters of two bytes and more
	long    int // of these, of three and more
	invalid int // bytes that are no part of a character
}

func surveyUTF8(b []byte) survey {
	var v survey
	inWord := false // an ASCII letter stands before
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			inWord = isLetter(b[0] | 0x20)
			b = b[1:]
			continue
		}
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			if v.multi == 0 || inWord || utf8.FullRune(b) { // else the last character is cut off
				v.invalid++
			}
		default:
			v.multi++
			if size > 2 {
				v.long++
			}
		}
		b = b[size:]
	}
	return v
}

// fits reports whether b can be in a character set: next to none of its
// bytes are without a character.
func fits(b []byte, name string) bool {
	out, err := encodingOf(name).NewDecoder().Bytes(b[:min(len(b), maxDeclarationBytes)])
	return err == nil && bytes.Count(out, []byte("\ufffd"))*100 <= utf8.RuneCount(out)
}

// IsBinary reports whether b is something else than text, from its first
// bytes: the mark of a well-known format, or more control characters than any
// text has. A zero byte that is no part of UTF-16 is such a character. Texts
// that passed through a program may have one, what is no text is full of them.
func IsBinary(b []byte) bool {
	whole := len(b) <= maxDeclarationBytes
	b = b[:min(len(b), maxDeclarationBytes)]
	if len(b) == 0 {
		return false
	}
	for _, m := range magics {
		if len(b) >= m.at && bytes.HasPrefix(b[m.at:], []byte(m.mark)) {
			return true
		}
	}
	if wideCharset(b) != "" {
		return false
	}
	if text := bytes.TrimRight(b, "\x00"); whole && 2*len(text) >= len(b) {
		b = text // a block that the text did not fill
	}
	controls := 0
	for _, c := range b {
		if c < 0x20 && !(c >= '\b' && c <= '\r') && c != 0x1b || c == 0x7f {
			controls++
		}
	}
	// A short text may have one, whatever its share. More than one in a row is
	// a number of some program.
	return controls*maxControlShare > len(b) && (controls > 1 || b[0] == 0)
}

// maxControlShare is which part of a text may be control characters: one in so
// many.
const maxControlShare = 20

// magics are the first bytes of the formats that lie about among texts. Those
// that begin with a zero are told by that.
var magics = [...]struct {
	at   int
	mark string
}{
	{0, "PK\x03\x04"},
	{0, "PK\x05\x06"},
	{0, "PK\x07\x08"}, // zip, and what is zipped: docx, epub, jar
	{0, "%PDF-"},
	{0, "\x1f\x8b"},
	{0, "\x1f\x9d"},
	{0, "BZh1"},
	{0, "BZh9"},
	{0, "\xfd7zXZ"},
	{0, "\x28\xb5\x2f\xfd"},
	{0, "7z\xbc\xaf\x27\x1c"},
	{0, "Rar!\x1a\x07"},
	{257, "ustar"},
	{0, "\x89PNG"},
	{0, "\xff\xd8\xff"},
	{0, "GIF87a"},
	{0, "GIF89a"},
	{0, "II*\x00"},
	{0, "MM\x00*"},
	{8, "WEBP"},
	{8, "WAVE"},
	{8, "AVI "},
	{4, "ftyp"},
	{0, "OggS\x00"},
	{0, "ID3\x02"},
	{0, "ID3\x03"},
	{0, "ID3\x04"},
	{0, "fLaC"},
	{0, "\x7fELF"},
	{0, "\xca\xfe\xba\xbe"},
	{0, "\xcf\xfa\xed\xfe"},
	{0, "SQLite format 3\x00"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
	{0, "wOFF"},
	{0, "wOF2"},
	{0, "glTF"},
}
