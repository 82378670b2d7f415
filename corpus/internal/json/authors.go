package json

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/wordset"
)

var (
	// personKeys are the members of an object that may be the name of a
	// person, the best first.
	personKeys = []string{"name", "displayname", "fullname", "fullorusername", "publicname", "byline", "original"}
	// aliasKeys are those that may be it where there are no parts of a name.
	aliasKeys = []string{
		"text", "value", "rendered", "main", "label", "literal", "title", "headline", "plain", "content",
		"nicename", "nickname", "username", "login", "screenname", "slug",
	}
	// personLists are the members that hold persons.
	personLists = wordset.Of("person", "persons", "people", "author", "authors", "by", "node", "nodes", "edges", "data", "attributes", "fields", "items",
		"profile", "user", "users", "creator", "creators", "contributors", "default", "list", "writers", "name")
	// The members that hold the parts of a name.
	givenKeys  = []string{"given", "givenname", "givennames", "first", "firstname", "firstnames", "forename", "forenames"}
	middleKeys = []string{"middle", "middlename", "middlenames", "additionalname"}
	familyKeys = []string{"family", "familyname", "last", "lastname", "lastnames", "surname"}
)

// authors reads the list or object at hand as those who wrote.
func (p *Parser) authors(name record.Name, from string) error {
	start := p.scan.i
	tree, _, err := p.tree()
	if err != nil {
		return err
	}
	var values []record.Value
	for _, s := range persons(nil, &tree, 0) {
		values = append(values, record.Value{Text: s, From: from, Element: true})
	}
	if len(values) == 0 && p.unnamed.Text == "" && saysSomething(&tree) {
		text := p.scan.b[start:min(len(p.scan.b), start+maxTag, p.scan.i)]
		p.unnamed = record.Value{Text: extract.Clean(string(text)), From: from}
	}
	p.rec.Set(record.Authors, name.Rank, values)
	return nil
}

// tellUnnamed tells of an author of whom no name was found, where there is no
// other.
func (p *Parser) tellUnnamed() {
	if p.unnamed.Text != "" && !p.rec.Has(record.Authors) {
		p.rec.Tell(record.Authors, p.unnamed, record.ErrNotUnderstood)
	}
}

// persons appends the names of persons in a tree.
func persons(names []string, n *node, depth int) []string {
	if depth > 2*maxTextDepth || len(names) > record.MaxValues {
		return names
	}
	switch n.kind {
	case '"':
		if s := strings.TrimSpace(n.text); s != "" {
			names = append(names, s)
		}
	case '[':
		for i := range n.kids {
			names = persons(names, &n.kids[i], depth+1)
		}
	case '{':
		if s := person(n); s != "" {
			return append(names, s)
		}
		for i := range n.kids {
			m := &n.kids[i]
			if (m.kind == '{' || m.kind == '[') && personLists()[m.folded] {
				names = persons(names, m, depth+1)
			}
		}
	}
	return names
}

// person returns the name of the person that an object is; "" if it has none.
func person(n *node) string {
	for _, key := range personKeys {
		if s := n.str(key); s != "" {
			return s
		}
	}
	var parts []string
	for _, keys := range [...][]string{givenKeys, middleKeys, familyKeys} {
		for _, key := range keys {
			if s := n.str(key); s != "" {
				parts = append(parts, s)
				break
			}
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, " ")
	}
	for _, key := range aliasKeys {
		if s := n.str(key); s != "" && !strings.Contains(s, "://") {
			return s
		}
	}
	return ""
}

// saysSomething reports whether a tree has a text that may tell who wrote.
func saysSomething(n *node) bool {
	if n.kind == '"' {
		return strings.ContainsFunc(n.text, unicode.IsLetter) && !notText()[n.folded]
	}
	for i := range n.kids {
		if saysSomething(&n.kids[i]) {
			return true
		}
	}
	return false
}
