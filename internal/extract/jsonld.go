package extract

import (
	"encoding/json"
	"errors"
	"html"
	"io"
	"slices"
	"strings"
	"unicode"
)

// JSON-LD is what search engines ask publishers for, so it is the most
// careful thing that most pages say about themselves. It comes as one object,
// as an array, as a @graph whose nodes point at each other by @id, or, where
// a template went wrong, as something that is nearly JSON.

// maxLinked bounds the nodes that are looked at in one page's JSON-LD, and
// maxLinkedDepth how deep they may nest.
const (
	maxLinked      = 5000
	maxLinkedDepth = 32
)

// linkedData is the JSON-LD of one page, flattened.
type linkedData struct {
	nodes []map[string]any // with a @type, in document order
	byID  map[string]map[string]any
	left  int
}

// add reads one script's content.
func (ld *linkedData) add(script string) {
	if ld.byID == nil {
		ld.byID = map[string]map[string]any{}
		ld.left = maxLinked
	}
	for _, v := range readJSON(script) {
		ld.flatten(v, 0)
	}
}

// flatten collects the nodes below v, outer ones first.
func (ld *linkedData) flatten(v any, depth int) {
	if depth > maxLinkedDepth || ld.left <= 0 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			ld.flatten(e, depth+1)
		}
	case map[string]any:
		ld.left--
		for key, e := range v {
			if short := strings.TrimPrefix(key, "schema:"); short != key && v[short] == nil {
				v[short] = e
			}
		}
		if _, ok := v["@type"]; ok {
			ld.nodes = append(ld.nodes, v)
		}
		if id, ok := v["@id"].(string); ok && len(v) > 1 && len(personNames(ld.byID[id])) == 0 {
			ld.byID[id] = v
		}
		for _, key := range nestedKeys {
			ld.flatten(v[key], depth+1)
		}
	}
}

// nestedKeys are the properties that may hold the article, or a node that it
// refers to by @id. Others, such as the list of related pieces, may hold
// articles too, but not this one.
var nestedKeys = [...]string{"@graph", "mainEntity", "mainEntityOfPage", "author", "creator", "publisher", "isPartOf"}

// resolve follows a reference by @id to the node that it names.
func (ld *linkedData) resolve(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	if id, ok := m["@id"].(string); ok && len(personNames(m)) == 0 {
		if full := ld.byID[id]; full != nil {
			return full
		}
	}
	return v
}

// article returns the node that describes the page's own article; nil if
// there is none. Where several do, the one that names the page's address or
// its title wins, then the first. isOther tells those of other pages.
func (ld *linkedData) article(isPage func(url string) bool, isOther func(n map[string]any) bool, title string) map[string]any {
	var best map[string]any
	bestScore := -1
	for _, n := range ld.nodes {
		if !ld.isArticle(n) {
			continue
		}
		score := 0
		switch {
		case slices.ContainsFunc(nodeURLs(n), isPage):
			score += 2
		case isOther(n):
			continue
		}
		if h := foldTitle(str(n["headline"])); h != "" && h == foldTitle(title) {
			score += 2
		}
		if n["datePublished"] != nil {
			score++
		}
		if score > bestScore {
			best, bestScore = n, score
		}
	}
	return best
}

// schemaType returns the name of a type without the address that it may stand
// in: "http://www.schema.org/NewsArticle", "schema:NewsArticle".
func schemaType(t string) string { return t[strings.LastIndexAny(t, "/#:")+1:] }

// nodeURLs returns the addresses that a node gives for itself.
func nodeURLs(n map[string]any) []string {
	return []string{linkedURL(n["url"]), linkedURL(n["mainEntityOfPage"]), linkedURL(n["@id"])}
}

func (ld *linkedData) isArticle(n map[string]any) bool {
	for _, t := range linkedStrings(n["@type"]) {
		switch t = schemaType(t); t {
		case "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "Report":
			return true
		}
		if strings.HasSuffix(t, "Article") {
			return true
		}
	}
	return false
}

// page returns the first node that describes the page as a whole.
func (ld *linkedData) pageNode() map[string]any {
	for _, n := range ld.nodes {
		for _, t := range linkedStrings(n["@type"]) {
			if t = schemaType(t); strings.EqualFold(t, "WebPage") || t == "ItemPage" {
				return n
			}
		}
	}
	return nil
}

// person is somebody who signs an article.
type person struct {
	name string
	org  bool // an organization rather than a human being
}

// people reads an author: a name, an object with one, or several of them.
func (ld *linkedData) people(v any) []person {
	switch v := ld.resolve(v).(type) {
	case string:
		return []person{{name: v}}
	case []any:
		var out []person
		for _, e := range v {
			if _, nested := e.([]any); !nested && len(out) < maxAuthors {
				out = append(out, ld.people(e)...)
			}
		}
		return out
	case map[string]any:
		if list, ok := v["@list"].([]any); ok {
			return ld.people(list)
		}
		org := false
		for _, t := range linkedStrings(v["@type"]) {
			org = org || strings.HasSuffix(strings.ToLower(t), "organization")
		}
		var out []person
		for _, name := range personNames(v) {
			out = append(out, person{name, org})
		}
		return out
	}
	return nil
}

// personNames returns the names of a person or an organization: one in parts
// is put together.
func personNames(v map[string]any) []string {
	if parts, ok := v["name"].(map[string]any); ok && parts["name"] == nil && parts["@value"] == nil {
		return personNames(parts)
	}
	if names := linkedStrings(v["name"]); len(names) > 0 {
		return names
	}
	given := strings.Join(append(linkedStrings(v["givenName"]), linkedStrings(v["additionalName"])...), " ")
	family := linkedString(v["familyName"])
	switch {
	case given == "" && family == "":
		return linkedStrings(v["alternateName"])
	case strings.ContainsFunc(family, isFamilyFirst):
		return []string{family + given}
	}
	return []string{strings.TrimSpace(given + " " + family)}
}

// isFamilyFirst reports whether r is of a script in which the family's name
// comes first.
func isFamilyFirst(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana) }

// linkedStrings returns the strings of a value that is one or a list of them.
// An object counts by its name.
func linkedStrings(v any) []string {
	switch v := v.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case map[string]any:
		for _, key := range [...]string{"@value", "name"} {
			if s := str(v[key]); s != "" {
				return []string{s}
			}
		}
	case []any:
		var out []string
		for _, e := range v {
			if _, nested := e.([]any); !nested {
				out = append(out, linkedStrings(e)...)
			}
		}
		return out
	}
	return nil
}

func linkedString(v any) string {
	if s := linkedStrings(v); len(s) > 0 {
		return s[0]
	}
	return ""
}

func linkedURL(v any) string {
	if m, ok := v.(map[string]any); ok {
		if s := str(m["@id"]); s != "" {
			return s
		}
		return str(m["url"])
	}
	return linkedString(v)
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

// readJSON reads the values of a script. What is not JSON is read as a careful
// person would, so that one stray mark does not cost the date.
func readJSON(s string) []any {
	s = trimScript(s)
	v, ok := decodeJSON(s)
	if ok {
		return v
	}
	switch start := s[:min(len(s), 64)]; {
	case strings.Contains(start, "{&quot;") || strings.Contains(start, "{&#34;"):
		s = html.UnescapeString(s)
	case strings.Contains(start, `{\"`): // a string of JavaScript
		s = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(s)
	}
	if mended := readBroken(s); len(mended) > 0 {
		return mended
	}
	return v
}

// trimScript cuts what templates wrap around JSON: comments, CDATA marks, a
// closing semicolon.
func trimScript(s string) string {
	s = strings.TrimSpace(s)
	for _, p := range [...]string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, p))
	}
	for _, p := range [...]string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, p))
	}
	return s
}

// decodeJSON reads one or more values from s. ok is false where s holds
// anything else; then the values are those before it.
func decodeJSON(s string) (out []any, ok bool) {
	dec := json.NewDecoder(strings.NewReader(s))
	for len(out) < maxLinked {
		var v any
		switch err := dec.Decode(&v); {
		case errors.Is(err, io.EOF):
			return out, len(out) > 0
		case err != nil:
			return out, false
		}
		out = append(out, v)
	}
	return out, true
}
