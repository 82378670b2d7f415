package json

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/wordset"
)

// Names of topics and the like stand as texts, as objects with a name, as
// pairs of a sort and a value, and in objects of lists by sort.

var (
	// labelKeys are the members of an object that may be its name, the best
	// first. Slug and key are what is left of some.
	labelKeys = []string{
		"name", "text", "value", "rendered", "main", "original", "label", "title", "headline", "term", "plain", "content", "displayname",
		"fullname", "prefname", "preflabel", "preferredlabel", "descriptor", "values", "slug", "oid", "href", "url", "id",
	}
	// sortKeys are the members that may say of what sort a label is.
	sortKeys = []string{"name", "label", "title", "type", "key", "kind", "scheme", "facet", "sort", "rel", "category", "vocabulary"}
	// valueKeys are those that hold the label beside a sort.
	valueKeys = []string{"value", "values", "term", "text", "label", "content", "keyword", "title"}
	// sortWords are sorts of labels. No topic of an article has such a name.
	sortWords = wordset.Of("subject", "subjects", "topic", "topics", "tag", "tags", "keyword", "keywords", "category", "categories", "theme", "themes",
		"glocation", "glocations", "location", "locations", "place", "places", "geo", "geography", "country", "countries", "region", "regions", "city",
		"person", "persons", "people", "organization", "organizations", "organisation", "organisations", "org", "orgs", "company", "companies",
		"creativework", "creativeworks", "section", "sections", "descriptor", "desfacet", "orgfacet", "perfacet", "geofacet", "type", "facet",
		"thema", "themen", "schlagwort", "stichwort", "ort", "orte", "personen", "organisation", "sujet", "lieu", "lieux", "personne", "personnes",
		"motcle", "organisme", "tema", "lugar", "persona", "personas", "etiqueta", "organizacion", "luogo", "argomento", "assunto", "pessoa",
		"local", "amne", "emne", "onderwerp", "plaats", "persoon")
)

// labelsOf returns the labels in a tree.
func labelsOf(n *node) []string {
	l := labels{}
	l.value(n, 0)
	return l.list
}

type labels struct {
	list []string
	// sorts says, of the list at hand, that its objects are pairs in which the
	// name is a sort: the same names come again with other values.
	sorts, counts bool
}

func (l *labels) value(n *node, depth int) {
	if depth > 2*maxTextDepth || len(l.list) > record.MaxValues {
		return
	}
	switch n.kind {
	case '"':
		l.list = append(l.list, n.text)
	case '[':
		sorts, counts := l.sorts, l.counts
		l.sorts, l.counts = sortsOf(n)
		for i := range n.kids {
			l.value(&n.kids[i], depth+1)
		}
		l.sorts, l.counts = sorts, counts
	case '{':
		l.object(n, depth)
	}
}

// object adds the label of an object, or those of the values in it.
func (l *labels) object(n *node, depth int) {
	if v := l.pair(n); v != nil {
		l.value(v, depth+1)
		return
	}
	for _, key := range labelKeys {
		m := n.member(key)
		if m == nil || m.kind == '0' || m.kind == '"' && strings.TrimSpace(m.text) == "" || isKeyOf(m, n.str("label")) {
			continue
		}
		before := len(l.list)
		if l.value(m, depth+1); len(l.list) > before {
			return
		}
	}
	if s := person(n); s != "" {
		l.list = append(l.list, s)
		return
	}
	for i := range n.kids {
		if m := &n.kids[i]; (m.kind == '{' || m.kind == '[') && !notText()[m.folded] && m.folded != "parent" && m.folded != "ancestors" {
			l.value(m, depth+1)
		}
	}
}

// pair returns the value of an object that is a pair of a sort and a value;
// nil for any other.
func (l *labels) pair(n *node) *node {
	name, value := sortAndValue(n)
	switch {
	case name == "" || value == nil:
		return nil
	case sortWords()[foldString(name)]:
		return value
	case value.folded != "value" && value.folded != "values" || n.str("name") == "":
		return nil // a name and something beside it
	case value.kind == '[':
		return value
	case l.sorts:
		return value
	case l.counts || isCode(value.text, name):
		return nil
	}
	return value
}

// sortAndValue returns the members of an object that may be a sort and its
// value.
func sortAndValue(n *node) (sort string, value *node) {
	at := ""
	for _, key := range sortKeys {
		if sort = n.str(key); sort != "" {
			at = key
			break
		}
	}
	if at == "" {
		return "", nil
	}
	for _, key := range valueKeys {
		if m := n.member(key); key != at && m != nil && isLabel(m) {
			return sort, m
		}
	}
	return sort, nil
}

// isLabel reports whether a value may be a label or hold some.
func isLabel(n *node) bool {
	switch n.kind {
	case '"':
		return strings.ContainsFunc(n.text, unicode.IsLetter) && !strings.Contains(n.text, "://")
	case '[':
		return slices.ContainsFunc(n.kids, func(k node) bool { return k.kind == '"' && isLabel(&k) })
	}
	return false
}

// sortsOf looks at a list of objects with a name and a value. Where names come
// again with other values they are sorts, where values come again with other
// names these are attributes, such as "high".
func sortsOf(n *node) (sorts, counts bool) {
	names, values := map[string]bool{}, map[string]bool{}
	pairs := 0
	for i := range n.kids {
		name, value := sortAndValue(&n.kids[i])
		if name == "" || value == nil || value.kind != '"' {
			continue
		}
		pairs++
		names[name], values[value.text] = true, true
	}
	if pairs < 2 {
		return false, false
	}
	return len(names) < len(values), len(values) < len(names)
}

// isKeyOf reports whether a member is the key beside a label.
func isKeyOf(m *node, label string) bool {
	return m.folded == "value" && m.kind == '"' && strings.TrimSpace(label) != "" && isCode(m.text, label)
}

// isCode reports whether value is a short form of name, or a key: "north-korea"
// or "PRK" beside "North Korea".
func isCode(value, name string) bool {
	v, n := foldString(value), foldString(name)
	if v == "" || n == "" {
		return strings.TrimSpace(value) == strings.TrimSpace(name)
	}
	// A key is one word in one case, or has digits; a name is not.
	key := !strings.ContainsAny(strings.TrimSpace(value), " ") &&
		(value == strings.ToLower(value) || value == strings.ToUpper(value) || strings.ContainsAny(value, "0123456789"))
	return v == n || key
}
