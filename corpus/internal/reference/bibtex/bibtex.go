// Package bibtex reads bibliographies of BibTeX and biblatex.
//
//	@article{key, title = {A {Title}}, author = "Okoye, Ada and {News Desk}", month = jan # "~5", year = 2026}
//
// A value is in braces or quotes, a number, the name of a string that @string
// defines, or several of these joined with "#". Commands of LaTeX are undone:
// letters become what they stand for, and formatting goes. A name in braces is
// that of an organization. Entries of the kinds comment, preamble, xdata and set
// are no articles. An entry whose braces don't match is told, and reading goes on
// at the next that begins a line.
package bibtex

import (
	"bytes"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// Version is raised whenever the same file would be read differently.
const Version = 2

// Recognize reports whether a text is a bibliography: it begins with an entry or
// a comment, and has an entry with a title.
func Recognize(h *reader.Head) bool {
	if !h.HasPrefix("@") && !h.HasPrefix("%") {
		return false
	}
	for b := h.Text; ; {
		at := bytes.IndexByte(b, '@')
		if at < 0 {
			return false
		}
		atLine := at == 0 || b[at-1] == '\n' || b[at-1] == '\r'
		b = b[at+1:]
		kind := bytes.TrimLeft(b[:min(len(b), maxKind)], letters)
		if atLine && len(kind) < min(len(b), maxKind) {
			kind = bytes.TrimLeft(kind, " \t")
			if len(kind) > 0 && (kind[0] == '{' || kind[0] == '(') {
				return hasTitle(b)
			}
		}
	}
}

// hasTitle reports whether a text has a field for a title: the name stands behind a
// comma, and before a sign of equality.
func hasTitle(b []byte) bool {
	const tries = 64
	b = bytes.ToLower(b)
	for range tries {
		at := bytes.Index(b, []byte("title"))
		if at < 0 {
			return false
		}
		before, after := bytes.TrimRight(b[:at], " \t\r\n"), b[at+len("title"):]
		if bytes.HasSuffix(before, []byte("book")) { // the only one that some kinds have
			before = bytes.TrimRight(before[:len(before)-len("book")], " \t\r\n")
		}
		if bytes.HasSuffix(before, []byte(",")) && bytes.HasPrefix(bytes.TrimLeft(after, " \t\r\n"), []byte("=")) {
			return true
		}
		b = after
	}
	return false
}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	maxKind = 32 // bytes of the longest kind that anybody uses
)

var errOpen = errors.New("this entry of BibTeX is not closed")

// Read reads a bibliography: a record for each entry.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	p := &parser{s: s, lines: 1, strings: months(), left: maxStrings}
	n, places := 0, reference.Places{}
	for p.next() {
		start := p.line()
		e, ok := p.entry()
		if !ok {
			if !out.Fail(&reader.Fault{Line: start, Err: errOpen, Hint: "check its braces and quotes"}) {
				return nil
			}
			continue
		}
		if e == nil {
			continue
		}
		n++
		if !out.Emit(e.entry().Record(n, start, places.Of(n, e.key))) {
			return nil
		}
	}
	if n == 0 {
		return record.ErrNoText
	}
	return nil
}

// months are the strings that every style defines.
func months() map[string]string {
	m := map[string]string{}
	for _, name := range strings.Fields("January February March April May June July August September October November December") {
		m[strings.ToLower(name[:3])] = name
		m[strings.ToLower(name)] = name
	}
	m["sept"] = "September"
	return m
}

// entry is what stands in an entry, its values as they are written.
type entry struct {
	kind, key string
	fields    map[string]string
}

// entry takes the values of an entry.
func (b *entry) entry() *reference.Entry {
	e := &reference.Entry{}
	title := plain(b.fields["title"])
	if sub := plain(b.fields["subtitle"]); sub != "" && title != "" {
		title = strings.TrimRight(title, ": ") + ": " + sub
	}
	e.Set(record.Title, 0, "title", oneLine(title))
	for i, name := range [...]string{"booktitle", "shorttitle", "maintitle", "issuetitle", "eventtitle"} {
		e.Set(record.Title, i+1, name, oneLine(plain(b.fields[name])))
	}
	for i, name := range [...]string{"author", "editor", "organization"} {
		for _, a := range b.names(name) {
			e.Author(i, name, a)
		}
	}
	for i, name := range [...]string{"journaltitle", "journal", "booktitle", "maintitle", "eventtitle", "organization", "publisher", "institution", "school", "howpublished"} {
		if s := oneLine(plain(b.fields[name])); !strings.Contains(s, "://") && (name != "booktitle" || b.fields["title"] != "") {
			e.Set(record.Source, i, name, s)
		}
	}
	e.Date(0, "date", plain(b.fields["date"]))
	e.Date(1, "year", b.yearAndMonth())
	e.Set(record.Summary, 0, "abstract", plain(b.fields["abstract"]))
	for _, name := range [...]string{"keywords", "keyword"} {
		e.List(record.Topics, name, oneLine(plain(b.fields[name])))
	}
	for _, name := range [...]string{"url", "howpublished", "link"} {
		e.Set(record.URL, 0, name, verbatim(b.fields[name]))
	}
	e.DOI("doi", verbatim(b.fields["doi"]))
	for i, name := range [...]string{"langid", "language", "hyphenation"} {
		e.Set(record.Language, i, name, language(plain(b.fields[name])))
	}
	for _, name := range [...]string{"note", "annotation", "annote", "addendum"} {
		e.Note(name, plain(b.fields[name]))
	}
	return e
}

// yearAndMonth returns the date that classic BibTeX states in parts. The month
// may be a name, a number, and hold the day.
func (b *entry) yearAndMonth() string {
	year, month, day := oneLine(plain(b.fields["year"])), oneLine(plain(b.fields["month"])), oneLine(plain(b.fields["day"]))
	switch {
	case month == "" || year == "":
		return year
	case strings.Trim(month, "0123456789") == "" && len(month) <= 2:
		if day != "" {
			return year + "/" + month + "/" + day
		}
		return year + "/" + month + "/"
	}
	return strings.TrimSpace(strings.Join([]string{day, month, year}, " "))
}

// names returns the names of a field, as people say them.
func (b *entry) names(field string) []string {
	raw := b.fields[field]
	if raw == "" {
		return nil
	}
	if field == "organization" {
		return []string{plain(raw)}
	}
	var list []string
	for _, s := range partedAt(strings.TrimSuffix(strings.TrimSpace(raw), " and"), isAnd) {
		list = append(list, name(s))
	}
	return list
}

// name returns a name as people say it: of "van Berg, Jan", "van Berg, Jr., Jan",
// "family=Berg, given=Jan, prefix=van" and "{News Desk}".
func name(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") && isOneGroup(s) {
		return oneLine(plain(s))
	}
	parts := partedAt(s, func(s string) int {
		if s[0] == ',' {
			return 1
		}
		return 0
	})
	for i := range parts {
		parts[i] = oneLine(plain(parts[i]))
	}
	if strings.Contains(parts[0], "=") {
		return extended(parts)
	}
	switch len(parts) {
	case 1:
		return parts[0]
	case 2:
		return reference.Name(parts[1], parts[0], "")
	}
	return reference.Name(parts[2], parts[0], parts[1])
}

// extended returns a name that states which part is which.
func extended(parts []string) string {
	named := map[string]string{}
	for _, p := range parts {
		if key, value, ok := strings.Cut(p, "="); ok {
			named[strings.TrimSpace(strings.ToLower(key))] = strings.Trim(value, " \"")
		}
	}
	family := strings.TrimSpace(named["prefix"] + " " + named["family"])
	return reference.Name(named["given"], family, named["suffix"])
}

// language returns the name of a language that is known everywhere, of one that
// package babel has.
func language(s string) string {
	switch strings.ToLower(s) {
	case "american", "usenglish":
		return "en-US"
	case "british", "ukenglish":
		return "en-GB"
	case "australian", "canadian", "newzealand":
		return "en"
	case "ngerman", "germanb":
		return "de"
	case "austrian", "naustrian":
		return "de-AT"
	case "swissgerman", "nswissgerman":
		return "de-CH"
	case "francais", "frenchb":
		return "fr"
	case "acadian", "canadien":
		return "fr-CA"
	case "brazil", "brazilian":
		return "pt-BR"
	case "portuges":
		return "pt"
	case "polutonikogreek":
		return "el"
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
