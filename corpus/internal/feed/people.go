package feed

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/wordset"
)

// authorsOf returns the names of those who wrote an item or a feed, and the
// places that stand behind them.
func authorsOf(s *scanned, from string) (names, places []record.Value) {
	for _, key := range [...]string{"author", "dc:creator", "itunes:author", "dc:author"} {
		for _, n := range s.all[key] {
			text := n.OneLine()
			if hasMarkup(n) {
				text = n.Child("name").OneLine()
			}
			found, place := people(text)
			for _, name := range found {
				names = append(names, record.Value{Text: name, From: from + nameOf(n), Element: true})
			}
			if place != "" {
				places = append(places, record.Value{Text: place, From: from + nameOf(n), Element: true})
			}
		}
		if len(names) > 0 {
			break
		}
	}
	return names, places
}

// sourceAuthors returns the authors of an item that states none: those of the
// feed that it was taken from, else those of the feed.
func (f *feed) sourceAuthors(s *scanned) []record.Value {
	for _, n := range s.all["source"] {
		source := scan(n)
		if names, _ := authorsOf(&source, "source "); len(names) > 0 {
			return names
		}
		if hasMarkup(n) {
			return nil
		}
	}
	if len(s.all["source"]) > 0 {
		return nil // of another outlet
	}
	return f.about.authors
}

var (
	// jane@example.org (Jane Roe)
	mailAndName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`[^\s,;()<>]+@[^\s,;()<>]+\s*\(([^()]*)\)`)
	})
	mailAddress = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`[<(\[]?\s*(?:mailto:)?[^\s,;()<>"]+@[^\s,;()<>"]+\.[^\s,;()<>"]+\s*[>)\]]?`)
	})
	behind = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*\S)\s*\(([^()]+)\)$`) })
)

// maxPeople is longer than any honest list of authors, in bytes.
const maxPeople = 8 << 10

// people returns the names in what a feed says of its authors, without their
// addresses, and a place that stands behind a name.
func people(s string) (names []string, place string) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxPeople || publishing.IsWeb(s) {
		return nil, ""
	}
	if strings.Contains(s, "@") {
		rest := mailAndName().ReplaceAllStringFunc(s, func(m string) string {
			if name := strings.TrimSpace(mailAndName().FindStringSubmatch(m)[1]); name != "" {
				names = append(names, name)
			}
			return ""
		})
		s = strings.Trim(mailAddress().ReplaceAllString(rest, ""), " \t\"',;")
	}
	if m := behind().FindStringSubmatch(s); m != nil {
		s = m[1]
		if isPlace(m[2]) {
			place = m[2]
		}
	}
	if strings.ContainsFunc(s, unicode.IsLetter) {
		names = append(names, s)
	}
	return names, place
}

// notPlaces are words that stand behind names in brackets as well.
var notPlaces = wordset.Of("reuters", "bloomberg", "dpa", "afp", "ap", "staff", "editor", "author", "guest", "admin", "contributor", "photographer",
	"reporter", "correspondent", "press", "news", "times", "post", "agency", "redaktion", "writer", "blog", "team", "host", "columnist", "media")

// isPlace reports whether what stands behind a name may be a place: few words
// with capitals, none of which is a part somebody plays.
func isPlace(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	for _, w := range words {
		r := []rune(w)
		if !unicode.IsUpper(r[0]) || len(r) < 3 || !unicode.IsLower(r[1]) || notPlaces()[strings.ToLower(strings.Trim(w, ",."))] {
			return false
		}
	}
	return true
}

// setWire takes what an agency states of an entry in elements of its own: the
// text, of which the entry has a dummy at most, people, places and topics.
func setWire(entry, meta *xmltree.Node, rec *record.Record) {
	if title := meta.Child("title"); title.OneLine() != "" {
		set(rec, record.Title, titleText(title), title)
	}
	var parts []record.Value
	for _, name := range [...]string{"first_line", "body"} {
		if n := meta.Child(name); n.OneLine() != "" {
			parts = append(parts, record.Value{Text: n.Content(), From: name})
		}
	}
	if len(parts) > 0 {
		rec.Drop(record.Body)
		rec.Form = record.Either
		rec.Set(record.Body, record.Mapped, parts)
	}
	tag := func(f record.Field, text string, n *xmltree.Node) {
		if text != "" {
			rec.Set(f, record.Mapped, []record.Value{{Text: text, From: n.Name, Element: true}})
		}
	}
	for _, n := range meta.Find("tag") {
		f := record.Topics
		switch kind := n.Attr("type_value"); {
		case kind == "Place":
			f = record.Places
		case strings.Contains(kind, "Celebrity"), strings.Contains(kind, "Person"):
			f = record.People
		}
		tag(f, n.Attr("value"), n)
	}
	for _, n := range meta.Find("catagory", "category") {
		tag(record.Topics, n.Attr("value"), n)
	}
	manage := entry.First("newsmanagement")
	for name, f := range map[string]record.Field{"published": record.Published, "updated": record.Updated} {
		if n := manage.Child(name); n.OneLine() != "" {
			rec.Drop(f)
			rec.Set(f, record.Mapped, []record.Value{{Text: n.OneLine(), From: name}})
		}
	}
	switch status := strings.ToLower(manage.Child("publishing_status").OneLine()); {
	case status == "", status == "published":
	case strings.Contains(status, "delet"), strings.Contains(status, "cancel"), strings.Contains(status, "kill"):
		rec.Handling = &record.Handling{Status: "canceled"}
	case strings.Contains(status, "draw"), strings.Contains(status, "unpublish"):
		rec.Handling = &record.Handling{Status: "withdrawn"}
	default:
		rec.Handling = &record.Handling{Status: "withheld"}
	}
}
