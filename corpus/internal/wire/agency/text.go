package agency

import (
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// signOff finds a last line that only says who wrote and edited: "hh/ph/ts/hd",
// "dpa geh yyth a3 hgo", "AAP RTV ar", "==Kyodo", "(SDA/sj)", "/ritzau/".
var signOff = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[a-zäöüé0-9]{1,5}(?:[-/][a-zäöüé0-9]{1,5}){1,6}|[a-z]{2,6}(?: [a-zäöü0-9]{1,5}){1,8}|[A-Z]{2,5}(?: (?:[A-Z]{1,4}|[a-z]{1,4})){1,3}|=+ ?\p{Lu}[\pL ]{1,20}|\([\pL]{2,20}\\?(?:/[\pL]{2,6})*\)|/[\pL]{2,12}/|[#_*\s=-]+|-?(?i:ends?)-?|\^END)$`)
})

// maxSignOff bounds a sign-off, in bytes.
const maxSignOff = 60

// Tidy takes from a text what agencies write around it: the byline above, which
// is kept as the author when the record has none, and the sign-offs below. Lines
// that only part paragraphs go too.
func Tidy(rec *record.Record, blocks []extract.Block) []extract.Block {
	kept := blocks[:0:0]
	for _, b := range blocks {
		text := strings.TrimSpace(strings.ReplaceAll(b.Text, "\u00a0", " "))
		if text == "" || strings.Trim(text, "_*=-–— \n") == "" || isEmbed(text) {
			continue
		}
		b.Text = unwrapped(b.Text)
		kept = append(kept, b)
	}
	for n := 0; n < 2 && len(kept) > 1; n++ {
		if last := strings.TrimSpace(kept[len(kept)-1].Text); len(last) > maxSignOff || !signOff().MatchString(last) {
			break
		}
		kept = kept[:len(kept)-1]
	}
	if len(kept) > 1 && !kept[0].Heading {
		if name, ok := Byline(kept[0].Text); ok && takes(rec, name) {
			kept = kept[1:]
		}
	}
	return kept
}

// isEmbed reports whether a paragraph is nothing but the code of something that a
// page shows.
func isEmbed(s string) bool {
	return strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") && layout.LooksHTML(s) && strings.TrimSpace(layout.WithoutTags(s)) == ""
}

// The lengths of a line that was broken because a line of telex ends there, in
// bytes.
const (
	minWrapped = 40
	maxWrapped = 90
)

// unwrapped joins the lines of a paragraph that were broken at the end of a line
// of telex.
func unwrapped(s string) string {
	if !strings.Contains(s, "\n") || strings.Contains(s, " | ") {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if len(line) > maxWrapped || i+1 < len(lines) && len(line) < minWrapped {
			return s
		}
	}
	return strings.Join(lines, " ")
}

// takes reports whether a record has this author, or none so that it takes it.
func takes(rec *record.Record, name string) bool {
	if name == "" {
		return true
	}
	if !rec.Has(record.Authors) {
		rec.Set(record.Authors, record.Mapped, []record.Value{{Text: name, From: "the line above the text"}})
		return true
	}
	var stated strings.Builder
	for _, v := range rec.Values(record.Authors) {
		stated.WriteString(letters(layout.TrimByline(v.Text)))
	}
	s := letters(name)
	return strings.HasPrefix(stated.String(), s) || strings.HasPrefix(s, stated.String())
}

// initials are those of who wrote, in place of a name: "gr/bp".
var initials = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?[a-zäöü0-9]{1,5}(?:[-/ ,]+[a-zäöü0-9]{1,5})*\)?$`)
})

// maxByline bounds a line that names who wrote, in bytes.
const maxByline = 150

// Byline returns the names in a line that says who wrote, such as "By Ada Okoye"
// or "Von Jan de Wit, dpa", and reports whether it is such a line. It may name
// nobody: "By dpa correspondents".
func Byline(s string) (names string, ok bool) {
	s = oneLine(s)
	if len(s) > maxByline {
		return "", false
	}
	names = Names(s)
	trimmed := layout.TrimByline(s)
	if trimmed == s || strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "Jr.") || !isNames(names) {
		return "", false
	}
	return names, true
}

// maxNameWords bounds the words of a byline.
const maxNameWords = 12

// isNames reports whether a text can be names: each word but those between them
// begins with a capital.
func isNames(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "('\"’"))
		switch {
		case unicode.IsUpper(r) || r == '&' || !unicode.IsLower(r) && unicode.IsLetter(r):
		case strings.Contains(" and und et y e i og och en for de der den di da del della van von vom zu la le du des dos in of the al bin ", " "+strings.Trim(w, ",")+" "):
		default:
			return false
		}
	}
	return len(words) <= maxNameWords && !hasDigit(s)
}

// Names returns the names in a byline, without the word that begins it and the
// agency after it. Initials are no names.
func Names(s string) string {
	s = strings.Trim(oneLine(s), " =<^")
	s = strings.TrimSpace(layout.TrimByline(s))
	if before, after, ok := strings.Cut(s, ", "); ok && isAgency(after) {
		s = before
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, " - dpa"), " (dpa)")
	if before, after, ok := strings.Cut(s, " / "); ok && (isAgency(after) || strings.Contains(after, ".")) {
		s = before
	}
	lower := strings.ToLower(s)
	if strings.HasPrefix(lower, "the ") && isAgency(lower) || strings.HasSuffix(lower, " correspondents") || strings.HasSuffix(lower, " staff") {
		return ""
	}
	switch lower {
	case "staff reporter", "staff reporters", "staff writer", "staff writers", "staff", "newsroom", "our correspondent":
		return ""
	}
	if initials().MatchString(s) {
		return ""
	}
	return strings.Trim(s, " ,=")
}

// isAgency reports whether a part of a byline is the name of an agency or a job,
// rather than of a person.
func isAgency(s string) bool {
	if len(s) <= 6 && !strings.Contains(s, " ") {
		return true
	}
	lower := strings.ToLower(s)
	for _, word := range [...]string{"press", "news", "agency", "writer", "correspondent", "reuters", "dpa"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// WithoutOwn takes away an author who is the agency itself.
func WithoutOwn(rec *record.Record) {
	if v := rec.Values(record.Authors); len(v) == 1 && letters(v[0].Text) == letters(rec.First(record.Source)) {
		rec.Drop(record.Authors)
	}
}

// ToldOf returns the handling of a record, which it gets if it has none.
func ToldOf(rec *record.Record) *record.Handling {
	if rec.Handling == nil {
		rec.Handling = &record.Handling{}
	}
	return rec.Handling
}

// maxNotices bounds what is kept of notes to editors, and of terms, in bytes.
const maxNotices = 16 << 10

// Note adds what the sender says to editors to the notice of a record.
func Note(rec *record.Record, s string) {
	s = strings.TrimSpace(s)
	if s == "" || rec.Handling != nil && len(rec.Handling.Notice) > maxNotices {
		return
	}
	h := ToldOf(rec)
	if h.Notice != "" && !strings.Contains(h.Notice, s) {
		s = h.Notice + "\n" + s
	} else if h.Notice != "" {
		return
	}
	if len(s) <= record.MaxSummary {
		h.Notice = s
	} else {
		rec.Tell(record.NoField, record.Value{Text: s, From: "note to editors"}, record.ErrCut)
	}
}

// maxHeeded bounds a paragraph that may be a note, in bytes.
const maxHeeded = 200

// Heed takes from the notes to editors, the title and the first paragraph of a
// record whether it must wait, and whether it takes another back. Sent is when it
// was sent.
func Heed(rec *record.Record, language string, sent time.Time) {
	lines := []string{rec.First(record.Title)}
	if rec.Handling != nil {
		lines = append(lines, strings.Split(rec.Handling.Notice, "\n")...)
	}
	if len(rec.Blocks) > 0 && len(rec.Blocks[0].Text) <= maxHeeded {
		lines = append(lines, rec.Blocks[0].Text)
	}
	for _, line := range lines {
		if until, ok := Embargo(line, language, sent); ok && (rec.Handling == nil || !rec.Handling.Embargoed) {
			h := ToldOf(rec)
			h.Embargoed, h.EmbargoedUntil = true, until
			Note(rec, line)
		}
		_, back := TakesBack(line)
		if _, killed := Killed(line); back || killed {
			Note(rec, line)
		}
	}
}

// Sent returns when a record was sent, as far as its dates tell.
func Sent(rec *record.Record) time.Time {
	for _, f := range [...]record.Field{record.Updated, record.Published} {
		if t, ok := extract.ParseDate(rec.First(f)); ok {
			return t
		}
	}
	return time.Time{}
}

// Rights adds terms of use to a record, and what they say of programs that learn.
func Rights(rec *record.Record, terms ...string) {
	for _, s := range terms {
		if s = oneLine(s); s == "" {
			continue
		}
		h := ToldOf(rec)
		if ForbidsAI(s) {
			h.NoAI = true
		}
		if len(h.Rights) > maxNotices {
			return
		}
		if h.Rights == "" {
			h.Rights = s
		} else if !strings.Contains(h.Rights, s) && len(h.Rights)+len(s) < record.MaxSummary {
			h.Rights += "\n" + s
		}
	}
}

// Set gives a record the values of a field that are not empty.
func Set(rec *record.Record, f record.Field, from string, texts ...string) {
	var values []record.Value
	for _, s := range texts {
		if s = oneLine(s); s != "" {
			values = append(values, record.Value{Text: s, From: from, Element: f != record.Authors})
		}
	}
	if full := f.Gathers() && len(rec.Values(f)) >= record.MaxValues; full && len(values) > 0 {
		rec.Tell(f, values[0], record.ErrCut)
		return
	}
	rec.Set(f, record.Mapped, values)
}

// Withdraw notes that a record takes another back.
func Withdraw(rec *record.Record, ids ...string) {
	h := ToldOf(rec)
	for _, id := range ids {
		if id = strings.TrimSpace(id); id != "" && id != rec.First(record.ID) {
			h.Withdraws = append(h.Withdraws, id)
		}
	}
}
