package alias

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/yamlnode"
)

// The limits of a file of names. They are far above what editors write, and
// keep a wrong file from taking the memory of the program that reads it.
const (
	maxFile  = 1 << 20 // bytes, also once written out with what it extends
	maxLines = 5000    // groups and one-way lines
	maxNames = 50      // in a line
	maxWords = 10      // of a name
	maxBytes = 200     // of a name
)

// Parse reads names from a YAML file of the form that the package comment
// shows; name is used in errors, which say the line, what is wrong there, and
// how to mend it. A file that holds nothing is a table without names. a analyses
// the names.
func Parse(a analysis.Analyzer, data []byte, name string) (*Table, error) {
	t, err := parse(a, data, Starter)
	if err != nil {
		return nil, yamlnode.InFile(name, err)
	}
	if len(t.YAML()) > maxFile {
		return nil, fmt.Errorf("%s: larger than %d KB once written out; leave out some names", name, maxFile>>10)
	}
	return t, nil
}

// parse reads names, which may extend those of starter.
func parse(a analysis.Analyzer, data []byte, starter func() *Table) (*Table, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("larger than %d KB; split off what is not searched for", maxFile>>10)
	}
	root, err := yamlnode.Document(data)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return newTable(nil, nil, nil), nil
	}
	keys, err := yamlnode.Keys(root, "aliases:", "extends", "without", "aliases", "one_way", "peoples", "languages")
	if err != nil {
		return nil, err
	}
	r := reader{analyzer: a}
	groups, err := r.groups(keys["aliases"])
	if err != nil {
		return nil, err
	}
	lines, err := r.oneWay(keys["one_way"])
	if err != nil {
		return nil, err
	}
	peoples, err := r.peoples(keys["peoples"])
	if err != nil {
		return nil, err
	}
	base, err := r.base(keys, starter)
	if err != nil {
		return nil, err
	}
	// Those of the file come first, as what is beyond a query's limits is
	// left out at the end.
	groups = append(groups, base.groups...)
	if lines, err = merge(lines, base.oneWay); err != nil {
		return nil, err
	}
	peoples = append(peoples, base.peoples...)
	if len(groups)+len(lines)+len(peoples) > maxLines {
		return nil, fmt.Errorf("more than %d groups, one-way lines and peoples in all; leave out some", maxLines)
	}
	t := newTable(groups, lines, peoples)
	t.world, t.leftOut = base.world, base.leftOut
	return t, nil
}

// reader reads names, with one analyzer for all of them.
type reader struct{ analyzer analysis.Analyzer }

// isNothing reports whether nothing is written after a key.
func isNothing(n *yaml.Node) bool { return n == nil || n.Tag == "!!null" && n.Value == "" }

// base reads what the file extends, without what it leaves out of that.
func (r *reader) base(keys map[string]*yaml.Node, starter func() *Table) (*Table, error) {
	extends, without := keys["extends"], keys["without"]
	if extends != nil && extends.Value != "starter" {
		return nil, yamlnode.Errorf(extends, "extends: there are no names called %q, only starter", extends.Value)
	}
	languages := keys["languages"]
	if languages != nil && languages.Value != "starter" {
		return nil, yamlnode.Errorf(languages, "languages: there are no names in other languages called %q, only starter", languages.Value)
	}
	base := new(Table)
	switch {
	case extends != nil:
		base = starter()
	case languages != nil:
		base.world = true
	case !isNothing(without):
		return nil, yamlnode.Errorf(without, `without: nothing is extended to leave names out of; add "extends: starter"`)
	}
	if isNothing(without) {
		return base, nil
	}
	return r.without(base, without)
}

// without returns base without the names that a list has.
func (r *reader) without(base *Table, without *yaml.Node) (*Table, error) {
	if without.Kind != yaml.SequenceNode {
		return nil, yamlnode.Errorf(without, "without: expected a list of names, such as [Pyongyang]")
	}
	if len(without.Content) > maxLines {
		return nil, yamlnode.Errorf(without, "without: more than %d names; leave out some", maxLines)
	}
	out := make(map[string]bool)
	var leftOut []string // of the names in other languages
	for _, item := range without.Content {
		n, err := r.name(yamlnode.Resolve(item))
		if err != nil {
			return nil, err
		}
		inWorld := base.world && isOfWorld(r.analyzer, n)
		if !inWorld && !base.has(n.key) {
			return nil, yamlnode.Errorf(item, "without: %q is not among the names of starter; remove it here", n.text)
		}
		if inWorld {
			leftOut = append(leftOut, n.key)
		}
		out[n.key] = true
	}
	slices.Sort(leftOut)
	rest := base.without(out)
	rest.world, rest.leftOut = base.world, slices.Compact(leftOut)
	return rest, nil
}

// has reports whether the name of this key stands anywhere in the table.
func (t *Table) has(key string) bool {
	return t.lookup(key) != nil || slices.ContainsFunc(t.oneWay, func(l oneWay) bool {
		return slices.ContainsFunc(l.to, func(n name) bool { return n.key == key })
	})
}

// without returns the table's lines without the names of these keys.
func (t *Table) without(out map[string]bool) *Table {
	isOut := func(n name) bool { return out[n.key] }
	rest := new(Table)
	for _, g := range t.groups {
		if g = slices.DeleteFunc(slices.Clone(g), isOut); len(g) > 1 {
			rest.groups = append(rest.groups, g)
		}
	}
	for _, l := range t.oneWay {
		l.to = slices.DeleteFunc(slices.Clone(l.to), isOut)
		if !isOut(l.from) && len(l.to) > 0 {
			rest.oneWay = append(rest.oneWay, l)
		}
	}
	for _, g := range t.peoples {
		if g = slices.DeleteFunc(slices.Clone(g), isOut); len(g) > 1 {
			rest.peoples = append(rest.peoples, g)
		}
	}
	return rest
}

func (r *reader) groups(n *yaml.Node) ([][]name, error) {
	if isNothing(n) {
		return nil, nil
	}
	if n.Kind != yaml.SequenceNode {
		return nil, yamlnode.Errorf(n, "aliases: expected a list of groups, each such as - [North Korea, DPRK]")
	}
	if len(n.Content) > maxLines {
		return nil, yamlnode.Errorf(n, "aliases: more than %d groups; leave out some", maxLines)
	}
	var groups [][]name
	for _, line := range n.Content {
		g, err := r.names(yamlnode.Resolve(line))
		if err != nil {
			return nil, err
		}
		if len(g) < 2 {
			return nil, yamlnode.Errorf(line, "a group of %d different names; write two or more, as in [North Korea, DPRK] (U.S. and us are one name)", len(g))
		}
		groups = append(groups, g)
	}
	return groups, nil
}

func (r *reader) oneWay(n *yaml.Node) ([]oneWay, error) {
	if isNothing(n) {
		return nil, nil
	}
	var lines []oneWay
	given := make(map[string]int) // key to line of the file
	err := yamlnode.EachKey(n, "North Korea: [Pyongyang]", func(key, value *yaml.Node) error {
		from, err := r.name(key)
		if err != nil {
			return err
		}
		if line, twice := given[from.key]; twice {
			return yamlnode.Errorf(key, "%q is given twice, first in line %d; join the two", from.text, line)
		}
		given[from.key] = key.Line
		if len(lines) == maxLines {
			return yamlnode.Errorf(key, "one_way: more than %d names; leave out some", maxLines)
		}
		to, err := r.names(value)
		if err != nil {
			return err
		}
		to = slices.DeleteFunc(to, func(n name) bool { return n.key == from.key })
		if len(to) == 0 {
			return yamlnode.Errorf(key, "%q finds no other name; write some, as in North Korea: [Pyongyang]", from.text)
		}
		lines = append(lines, oneWay{from, to})
		return nil
	})
	return lines, err
}

// peoples reads countries, each with the words for its people.
func (r *reader) peoples(n *yaml.Node) ([][]name, error) {
	if isNothing(n) {
		return nil, nil
	}
	var peoples [][]name
	err := yamlnode.EachKey(n, "Israel: [Israeli]", func(key, value *yaml.Node) error {
		country, err := r.name(key)
		if err != nil {
			return err
		}
		if len(peoples) == maxLines {
			return yamlnode.Errorf(key, "peoples: more than %d countries; leave out some", maxLines)
		}
		words, err := r.names(value)
		if err != nil {
			return err
		}
		line := distinct(append([]name{country}, words...))
		if len(line) < 2 {
			return yamlnode.Errorf(key, "%q has no word for its people; write some, as in Israel: [Israeli]", country.text)
		}
		peoples = append(peoples, line)
		return nil
	})
	return peoples, err
}

// merge returns lines followed by those of base, where lines that start with
// the same name are one.
func merge(lines, base []oneWay) ([]oneWay, error) {
	place := make(map[string]int)
	for i, l := range lines {
		place[l.from.key] = i
	}
	for _, b := range base {
		i, known := place[b.from.key]
		if !known {
			lines = append(lines, b)
			continue
		}
		l := &lines[i]
		if l.to = distinct(slices.Concat(l.to, b.to)); len(l.to) > maxNames {
			return nil, fmt.Errorf("one_way: %q finds more than %d names with those of starter; leave out some", l.from.text, maxNames)
		}
	}
	return lines, nil
}

// names reads a list of names, each kept once.
func (r *reader) names(n *yaml.Node) ([]name, error) {
	if n = yamlnode.Resolve(n); n.Kind != yaml.SequenceNode {
		return nil, yamlnode.Errorf(n, "expected a list of names here, such as [North Korea, DPRK]")
	}
	if len(n.Content) > maxNames {
		return nil, yamlnode.Errorf(n, "more than %d names in a line; make two lines of it", maxNames)
	}
	var names []name
	for _, item := range n.Content {
		read, err := r.name(yamlnode.Resolve(item))
		if err != nil {
			return nil, err
		}
		names = append(names, read)
	}
	return distinct(names), nil
}

// distinct returns names, of those with one key the first.
func distinct(names []name) []name {
	var kept []name
	for _, n := range names {
		if !slices.ContainsFunc(kept, func(k name) bool { return k.key == n.key }) {
			kept = append(kept, n)
		}
	}
	return kept
}

func (r *reader) name(n *yaml.Node) (name, error) {
	if n.Kind != yaml.ScalarNode {
		return name{}, yamlnode.Errorf(n, "expected a name here, not a list or mapping")
	}
	s := strings.Join(strings.Fields(n.Value), " ")
	switch {
	case len(s) > maxBytes:
		return name{}, yamlnode.Errorf(n, "a name is longer than %d bytes; shorten it", maxBytes)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return name{}, yamlnode.Errorf(n, "%q has control characters; remove them", s)
	case strings.ContainsAny(s, `*"`):
		return name{}, yamlnode.Errorf(n, `%q has * or " in it; write plain words, all forms of them`, s)
	}
	read := newName(r.analyzer, s)
	switch {
	case read.len() == 0:
		return name{}, yamlnode.Errorf(n, "%q has no letter or digit; write a name, or remove it", s)
	case read.len() > maxWords:
		return name{}, yamlnode.Errorf(n, "%q has %d words, more than %d; shorten it", s, read.len(), maxWords)
	}
	return read, nil
}

// encode writes lines in canonical form.
func encode(t *Table) []byte {
	groups, lines := t.groups, t.oneWay
	root := &yaml.Node{Kind: yaml.MappingNode}
	if len(groups) > 0 || len(lines)+len(t.peoples) == 0 && !t.world {
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, g := range groups {
			list.Content = append(list.Content, listNode(g))
		}
		root.Content = append(root.Content, stringNode("aliases"), list)
	}
	if len(lines) > 0 {
		m := &yaml.Node{Kind: yaml.MappingNode}
		for _, l := range lines {
			m.Content = append(m.Content, stringNode(l.from.text), listNode(l.to))
		}
		root.Content = append(root.Content, stringNode("one_way"), m)
	}
	if len(t.peoples) > 0 {
		m := &yaml.Node{Kind: yaml.MappingNode}
		for _, g := range t.peoples {
			m.Content = append(m.Content, stringNode(g[0].text), listNode(g[1:]))
		}
		root.Content = append(root.Content, stringNode("peoples"), m)
	}
	if t.world {
		root.Content = append(root.Content, stringNode("languages"), stringNode("starter"))
	}
	if len(t.leftOut) > 0 {
		list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, key := range t.leftOut {
			list.Content = append(list.Content, stringNode(key))
		}
		root.Content = append(root.Content, stringNode("without"), list)
	}
	var buf bytes.Buffer
	e := yaml.NewEncoder(&buf)
	e.SetIndent(2)
	// Strings always encode, into a buffer without error.
	_ = e.Encode(root)
	_ = e.Close()
	return buf.Bytes()
}

func listNode(names []name) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, n := range names {
		list.Content = append(list.Content, stringNode(n.text))
	}
	return list
}

func stringNode(s string) *yaml.Node {
	n := new(yaml.Node)
	n.SetString(s)
	return n
}
