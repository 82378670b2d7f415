package cite

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/text"
)

// AppendBibTeX appends an item as an entry that BibTeX, biblatex and what reads
// their files take: @article with journal for an outlet, whose entrysubtype says
// that it is a newspaper, @online for what has but an address, else @misc.
//
//   - A title stands in two pairs of braces, so that no style changes its case.
//   - Names are parted by "and"; one that must stay whole has braces around it.
//   - What TeX would take for a command is escaped. A backslash does not keep
//     BibTeX from counting a brace, so those of a text in which they don't match
//     have names: \textbraceleft. Not all readers know these.
//   - Addresses are not escaped: styles set them verbatim.
//   - Months are the macros of all styles, without quotation marks.
func AppendBibTeX(b []byte, it *Item) []byte {
	b = fmt.Appendf(b, "@%s{%s", bibType(it.Kind), it.Key())
	field := func(name, value string) {
		if value != "" {
			b = fmt.Appendf(b, ",\n  %s = {%s}", name, value)
		}
	}
	field("author", bibNames(it.Authors))
	if it.Title != "" {
		field("title", "{"+bibText(it.Title)+"}")
	}
	field("journal", bibText(it.Container))
	if it.Kind == Newspaper {
		field("entrysubtype", "newspaper")
	}
	b = appendBibDate(b, it.Issued)
	field("pages", bibText(it.pages("--")))
	field("url", it.URL)
	if d := it.Accessed; d.Year > 0 {
		field("urldate", fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day))
	}
	field("langid", langID(it.Language))
	field("abstract", bibText(it.Abstract))
	field("keywords", bibText(joined(it.Keywords)))
	return append(b, "\n}\n\n"...)
}

func bibType(k Kind) string {
	switch k {
	case Newspaper:
		return "article"
	case Webpage:
		return "online"
	}
	return "misc"
}

// bibMonths are the macros that every style defines.
const bibMonths = "janfebmaraprmayjunjulaugsepoctnovdec"

func appendBibDate(b []byte, d Date) []byte {
	if d.Year > 0 {
		b = fmt.Appendf(b, ",\n  year = {%04d}", d.Year)
	}
	if d.Month >= 1 && d.Month <= 12 {
		b = fmt.Appendf(b, ",\n  month = %s", bibMonths[3*(d.Month-1):3*d.Month])
		if d.Day > 0 {
			b = fmt.Appendf(b, ",\n  day = {%d}", d.Day)
		}
	}
	return b
}

// bibNames returns names as BibTeX takes them: "von Last, First".
func bibNames(names []Name) string {
	out := make([]string, len(names))
	for i, n := range names {
		switch {
		case n.Whole != "":
			out[i] = "{" + bibText(n.Whole) + "}"
		default:
			out[i] = bibText(strings.TrimSpace(n.Particle+" "+n.Family)) + ", " + bibText(n.Given)
		}
	}
	return strings.Join(out, " and ")
}

// bibText escapes what TeX would take for a command, and braces, which BibTeX
// counts.
func bibText(s string) string {
	if !strings.ContainsAny(s, `\{}$&#_%~^`) {
		return s
	}
	open, closed := `\{`, `\}`
	if !bracesMatch(s) {
		open, closed = `\textbraceleft{}`, `\textbraceright{}`
	}
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, `{`, open, `}`, closed,
		`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
		`$`, `\$`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `%`, `\%`,
	).Replace(s)
}

// bracesMatch reports whether each brace in s that opens has one that closes.
func bracesMatch(s string) bool {
	depth := 0
	for i := 0; i < len(s) && depth >= 0; i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
	}
	return depth == 0
}

// langID returns the name that babel has for a language; empty for one that has
// none here.
func langID(tag string) string {
	tag = strings.ToLower(tag)
	switch tag {
	case "en-us":
		return "american"
	case "en-gb":
		return "british"
	case "pt-br":
		return "brazilian"
	}
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "en":
		return "english"
	case "de":
		return "german"
	case "fr":
		return "french"
	case "es":
		return "spanish"
	case "pt":
		return "portuguese"
	case "it":
		return "italian"
	case "nl":
		return "dutch"
	case "pl":
		return "polish"
	case "ru":
		return "russian"
	case "uk":
		return "ukrainian"
	case "tr":
		return "turkish"
	case "sv":
		return "swedish"
	case "da":
		return "danish"
	case "fi":
		return "finnish"
	case "cs":
		return "czech"
	case "hu":
		return "hungarian"
	case "el":
		return "greek"
	case "ro":
		return "romanian"
	}
	return ""
}

// maxKeyID is how long an id may be to stand in a key as it is, in bytes. A
// person types keys.
const maxKeyID = 40

// Key returns the name under which a text cites the item. It is made of the
// first author or outlet, the year and the id, so that it depends on the article
// alone, whatever else is exported, and no two articles of an index share one.
// BibTeX does not tell capitals apart in keys; an id with capitals, and one with
// characters that a key must not have, is in it as a digest.
func (it *Item) Key() string {
	id := it.ID
	if len(id) > maxKeyID || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		sum := sha256.Sum256([]byte(id))
		id = hex.EncodeToString(sum[:])[:16]
	}
	who := it.Container
	if len(it.Authors) > 0 {
		if who = it.Authors[0].Family; who == "" {
			who = it.Authors[0].Whole
		}
	}
	key := keyWord(who)
	if it.Issued.Year > 0 {
		key += fmt.Sprintf("%04d", it.Issued.Year)
	}
	if key == "" {
		key = "article"
	}
	return key + "_" + id
}

// maxKeyWord bounds the word before the year of a key, in letters.
const maxKeyWord = 16

// keyWord returns the letters of a name in a to z.
func keyWord(s string) string {
	var b strings.Builder
	for _, r := range text.Fold(s) {
		if r >= 'a' && r <= 'z' && b.Len() < maxKeyWord {
			b.WriteRune(r)
		} else if unicode.IsSpace(r) && b.Len() > 0 && b.Len() >= maxKeyWord/2 {
			break
		}
	}
	return b.String()
}

func joined(words []string) string { return strings.Join(words, ", ") }

// pages returns the first and the last page with a sign between them.
func (it *Item) pages(between string) string {
	if it.LastPage == it.FirstPage {
		return it.FirstPage
	}
	return it.FirstPage + between + it.LastPage
}
