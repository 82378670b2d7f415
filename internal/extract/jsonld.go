package extract

import (
	"encoding/json"
	"html"
	"strings"
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
		if _, ok := v["@type"]; ok {
			ld.nodes = append(ld.nodes, v)
		}
		if id, ok := v["@id"].(string); ok && len(v) > 1 && ld.byID[id] == nil {
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
	if id, ok := m["@id"].(string); ok && len(m) <= 2 && m["name"] == nil {
		if full := ld.byID[id]; full != nil {
			return full
		}
	}
	return v
}

// article returns the node that describes the page's own article; nil if
// there is none. Where several do, the one that names the page's address or
// its title wins, then the first.
func (ld *linkedData) article(isPage func(url string) bool, title string) map[string]any {
	var best map[string]any
	bestScore := -1
	for _, n := range ld.nodes {
		if !ld.isArticle(n) {
			continue
		}
		score := 0
		if isPage(linkedURL(n["url"])) || isPage(linkedURL(n["mainEntityOfPage"])) || isPage(linkedURL(n["@id"])) {
			score += 2
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

func (ld *linkedData) isArticle(n map[string]any) bool {
	for _, t := range linkedStrings(n["@type"]) {
		t = strings.TrimPrefix(strings.TrimPrefix(t, "https://schema.org/"), "http://schema.org/")
		switch t {
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
			if strings.EqualFold(t, "WebPage") || t == "ItemPage" {
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
		org := false
		for _, t := range linkedStrings(v["@type"]) {
			org = org || strings.HasSuffix(strings.ToLower(t), "organization")
		}
		var out []person
		for _, name := range linkedStrings(v["name"]) {
			out = append(out, person{name, org})
		}
		return out
	}
	return nil
}

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

// readJSON reads the values of a script. What cannot be read as JSON even
// after mending is searched for the few properties that matter, so that one
// stray comma does not cost the date.
func readJSON(s string) []any {
	s = trimScript(s)
	if v, ok := decodeJSON(s); ok {
		return v
	}
	if strings.HasPrefix(s, "{&quot;") || strings.HasPrefix(s, "[{&quot;") {
		s = html.UnescapeString(s)
	}
	if v, ok := decodeJSON(mendJSON(s)); ok {
		return v
	}
	if v := salvageJSON(s); v != nil {
		return []any{v}
	}
	return nil
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

// decodeJSON reads one or more values from s. It is content with the values
// before the first error.
func decodeJSON(s string) ([]any, bool) {
	dec := json.NewDecoder(strings.NewReader(s))
	var out []any
	for len(out) < maxLinked && dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			return out, len(out) > 0
		}
		out = append(out, v)
	}
	return out, len(out) > 0
}

// mendJSON repairs what is broken most often: line breaks and tabs within
// strings, backslashes that escape nothing, and commas before a bracket.
func mendJSON(s string) string {
	b := make([]byte, 0, len(s))
	inString := false
	comma := -1 // where the last comma outside of strings was written, while only space follows it
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case inString && c == '\\' && i+1 < len(s):
			i++
			if strings.IndexByte(`"\/bfnrtu`, s[i]) < 0 {
				b = append(b, s[i])
				continue
			}
			b = append(b, c, s[i])
			continue
		case inString && c < 0x20:
			c = ' '
		case c == '"':
			inString = !inString
			comma = -1
		case inString:
		case c == ',':
			comma = len(b)
		case c == '}' || c == ']':
			if comma >= 0 {
				b[comma] = ' '
			}
			comma = -1
		case c > ' ':
			comma = -1
		}
		b = append(b, c)
	}
	return string(b)
}

// salvaged finds the string properties worth saving from broken JSON.
var salvaged = pattern(`"(@type|headline|datePublished|dateModified|description|inLanguage|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"`)

func salvageJSON(s string) map[string]any {
	out := map[string]any{}
	for _, m := range salvaged().FindAllStringSubmatch(s, 50) {
		var v string
		if json.Unmarshal([]byte(mendJSON(`"`+m[2]+`"`)), &v) == nil && out[m[1]] == nil {
			out[m[1]] = v
		}
	}
	if out["headline"] == nil && out["datePublished"] == nil {
		return nil
	}
	out["@type"] = "Article" // that type decided which nodes have these properties
	return out
}
