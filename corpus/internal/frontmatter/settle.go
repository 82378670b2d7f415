package frontmatter

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/record"
)

// settle brings values under the names that package record knows, and into the
// form that it takes: fields of containers come up, links of notebooks become
// names, and a source that is an address is parted into address and outlet.
func settle(values map[string]any, m *record.Mapping) {
	for name, v := range values {
		inner, ok := v.(map[string]any)
		if !ok || !containers[fold(name)] || m.At([]byte(name)) != nil {
			continue
		}
		for k, v := range inner {
			if _, stated := values[k]; !stated && lookup(k) != record.NoField {
				values[k] = v
			}
		}
	}
	linkedSource(values)
	settleSite(values)
	for name, v := range values {
		f := m.At([]byte(name)).Field()
		if f == record.NoField {
			f = lookup(name)
		}
		values[name] = unlink(v, f, 0)
	}
	rename(values, m)
	splitSource(values)
}

// settleSite reads values as generators of sites mean them: a date without a time,
// which YAML has at midnight, is a day; and where a layout is named, as Jekyll has
// it, tags and categories in one text are parted by spaces.
func settleSite(values map[string]any) {
	for name, v := range values {
		if t, ok := v.(time.Time); ok && t.Location() == time.UTC && t.Equal(t.Truncate(24*time.Hour)) {
			values[name] = t.Format(time.DateOnly)
		}
	}
	if _, ok := values["layout"]; !ok {
		return
	}
	for _, name := range [...]string{"tags", "categories"} {
		if s, ok := values[name].(string); ok && !strings.ContainsAny(s, ",;|[#") && s == strings.ToLower(s) {
			var list []any
			for _, word := range strings.Fields(s) {
				list = append(list, word)
			}
			values[name] = list
		}
	}
}

// rename gives the values of other names the best name of their field, unless
// the field is stated.
func rename(values map[string]any, m *record.Mapping) {
	stated := map[record.Field]bool{}
	for name, v := range values {
		if f := record.Lookup(record.Fold(nil, []byte(name))).Field; v != nil && v != "" {
			stated[f] = true
		}
	}
	var others []string
	for name := range values {
		if m.At([]byte(name)).Field() == record.NoField && record.Lookup(record.Fold(nil, []byte(name))).Field == record.NoField &&
			otherNames()[fold(name)] != record.NoField {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	for _, name := range others {
		f := otherNames()[fold(name)]
		if !stated[f] || f.Gathers() {
			values[freeName(values, f)] = values[name]
			stated[f] = true
		}
		delete(values, name)
	}
}

// freeName returns a name of a field that no value has.
func freeName(values map[string]any, f record.Field) string {
	name := f.String()
	for i := 0; i < len(values); i++ {
		if _, taken := values[name]; !taken {
			break
		}
		name += "-" // folds to the same
	}
	return name
}

// splitSource parts a source that is an address: the article's address, if it
// states no other, and its outlet, which is the host. Programs that save pages
// write it so, and "created" is when they saved it.
func splitSource(values map[string]any) {
	stated := false
	for name, v := range values {
		s, _ := v.(string)
		if record.Lookup(record.Fold(nil, []byte(name))).Field == record.URL && s != "" {
			stated = true
		}
	}
	for name, v := range values {
		s, ok := v.(string)
		if !ok || record.Lookup(record.Fold(nil, []byte(name))).Field != record.Source {
			continue
		}
		address, host := parseAddress(s)
		if host == "" {
			continue
		}
		values[name] = host
		if !stated {
			values[record.URL.String()], stated = address, true
		}
		for name := range values {
			switch fold(name) {
			case "created", "datecreated", "createdat", "clipped", "saved", "datesaved":
				delete(values, name)
			}
		}
	}
}

// linkedSource takes the address from a source that is a link, for the article
// if it states no other.
func linkedSource(values map[string]any) {
	address := ""
	for name, v := range values {
		s, _ := v.(string)
		switch lookup(name) {
		case record.URL:
			if s != "" {
				return
			}
		case record.Source:
			if link := markdownLink().FindString(s); link != "" && link == strings.TrimSpace(s) {
				_, address, _ = strings.Cut(link, "](")
				address, _, _ = strings.Cut(strings.TrimSuffix(address, ")"), " ")
			}
		}
	}
	if _, host := parseAddress(address); host != "" {
		values[record.URL.String()] = address
	}
}

// parseAddress reads an address with its scheme, or one that begins with a
// host and goes on, and returns it with its host; host is empty for all else.
func parseAddress(s string) (address, host string) {
	s = strings.Trim(strings.TrimSpace(s), "<>")
	if strings.ContainsAny(s, " \t\n") {
		return "", ""
	}
	scheme, _, found := strings.Cut(s, "://")
	switch {
	case found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")):
	case found:
		return "", ""
	case bareAddress().MatchString(s):
		s = "https://" + s
	default:
		return "", ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return "", ""
	}
	return s, strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

var (
	bareAddress  = pattern(`^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/\S+$`)
	noteLink     = pattern(`\[\[([^\[\]]+)\]\]`)
	markdownLink = pattern(`\[([^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)`)
	joined       = pattern(`^(?i:[\s,;&/|+·]|\b(?:and|und|et|y|e|en|og|och|i)\b)*$`)
)

func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// maxDepth bounds how deep values are looked at.
const maxDepth = 8

// unlink takes the brackets of links off a value: of [[Ada Okoye]] and
// [Ada Okoye](https://...) the name stays. A text that is nothing but links
// becomes the list of their names. In YAML without quotation marks [[Ada
// Okoye]] is a list within a list.
func unlink(v any, f record.Field, depth int) any {
	if depth > maxDepth {
		return v
	}
	switch v := v.(type) {
	case string:
		if depth == 0 && (f == record.Topics || f == record.Places) {
			return unlink(partList(v), f, 1)
		}
		return unlinkText(v, f)
	case []any:
		if inner, ok := onlyList(v); ok && len(inner) == 1 {
			if s, isText := inner[0].(string); isText {
				return nameOfLink(s)
			}
		}
		out := make([]any, 0, len(v))
		for _, e := range v {
			switch e := unlink(e, f, depth+1).(type) {
			case []any:
				out = append(out, e...)
			default:
				out = append(out, e)
			}
		}
		return out
	case map[string]any:
		for k := range v {
			v[k] = unlink(v[k], f, depth+1)
		}
	}
	return v
}

// partList parts a list that is written as one text. Fields that gather the
// values of several names must know it for a list before.
func partList(s string) any {
	for _, mark := range [...]string{";", "|", ","} {
		if strings.Contains(s, mark) && !strings.Contains(s, "[[") {
			var list []any
			for part := range strings.SplitSeq(s, mark) {
				if part = strings.TrimSpace(part); part != "" && len(list) <= record.MaxValues {
					list = append(list, part)
				}
			}
			return list
		}
	}
	return s
}

// onlyList returns the list that is the only element of another.
func onlyList(v []any) (inner []any, ok bool) {
	if len(v) != 1 {
		return nil, false
	}
	inner, ok = v[0].([]any)
	return inner, ok
}

func unlinkText(s string, f record.Field) any {
	if strings.Contains(s, "[[") {
		if links := noteLink().FindAllStringSubmatch(s, -1); len(links) > 1 && joined().MatchString(noteLink().ReplaceAllString(s, "")) {
			list := make([]any, len(links))
			for i, l := range links {
				list[i] = nameOfLink(l[1])
			}
			return list
		}
		s = noteLink().ReplaceAllStringFunc(s, func(link string) string { return nameOfLink(link[2 : len(link)-2]) })
	}
	if f != record.URL && strings.Contains(s, "](") {
		s = markdownLink().ReplaceAllString(s, "$1")
	}
	if f == record.Authors && strings.Contains(s, "@") {
		s = withoutMail(s)
	}
	return s
}

// nameOfLink returns the name that a notebook's link stands for: the page, or
// what is shown in its place behind a bar. Of two names of a person the fuller
// one is taken, since what is shown is often short.
func nameOfLink(s string) string {
	page, shown, found := strings.Cut(s, "|")
	page, shown = strings.TrimSpace(page), strings.TrimSpace(shown)
	page, _, _ = strings.Cut(page, "#")
	if i := strings.LastIndexByte(page, '/'); i >= 0 && !strings.Contains(page, "://") {
		page = page[i+1:]
	}
	page = strings.TrimPrefix(page, "@")
	switch {
	case !found || shown == "":
		return page
	case isFullName(page) && (!isFullName(shown) || utf8.RuneCountInString(page) > utf8.RuneCountInString(shown)):
		return page
	}
	return shown
}

// isFullName reports whether s is several words, the first and last of which
// begin with capitals, and has none of the signs of a file's name.
func isFullName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || strings.ContainsAny(s, ",_()[]0123456789") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return !unicode.IsLower(first) && !unicode.IsLower(last)
}
