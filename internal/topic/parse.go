package topic

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// The limits of a file of rules.
const (
	maxFile  = 1 << 20 // bytes
	maxRules = 2000
	maxPath  = 200 // bytes of a topic's path
	maxDepth = 8   // levels of a path
	maxLabel = 100 // bytes
	maxMin   = 1000
)

// Parse reads rules from a YAML file; name is used in errors. An error names
// the line and the topic. a analyses the queries of rules.
func Parse(a analysis.Analyzer, data []byte, name string) (*Rules, error) {
	checked, err := parse(a, data, func() *Rules { return Starter(a) })
	if err != nil {
		var at *lineError
		if errors.As(err, &at) {
			return nil, fmt.Errorf("%s:%d: %w", name, at.line, at.err)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return newRules(a, checked), nil
}

// lineError is what is wrong in a line of the file.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return e.err.Error() }

func at(n *yaml.Node, format string, args ...any) error {
	return &lineError{line: n.Line, err: fmt.Errorf(format, args...)}
}

// checkedRule is a rule that can be applied.
type checkedRule struct {
	Rule
	plan match.Plan
}

// parse reads rules, which may extend those of starter.
func parse(a analysis.Analyzer, data []byte, starter func() *Rules) ([]checkedRule, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("larger than %d KB", maxFile>>10)
	}
	root, err := document(data)
	if err != nil {
		return nil, err
	}
	keys, err := mapping(root, "extends", "topics")
	if err != nil {
		return nil, err
	}
	rules := make(map[string]checkedRule)
	if n := keys["extends"]; n != nil {
		if n.Value != "starter" {
			return nil, at(n, "extends: there are no rules named %q, only starter", n.Value)
		}
		base := starter()
		for i, r := range base.list {
			rules[r.Path] = checkedRule{r, base.program.plans[i]}
		}
	}
	if n := keys["topics"]; n != nil {
		if err := addTopics(a, rules, n); err != nil {
			return nil, err
		}
	} else if keys["extends"] == nil {
		return nil, at(root, "there are no topics")
	}
	checked := make([]checkedRule, 0, len(rules))
	for _, r := range rules {
		checked = append(checked, r)
	}
	return checked, nil
}

// document returns the root of the one document that data holds.
func document(data []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty")
	case err != nil:
		return nil, fmt.Errorf("not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more than one YAML document")
	}
	return doc.Content[0], nil
}

// mapping returns the values of a mapping that may have these keys.
func mapping(n *yaml.Node, allowed ...string) (map[string]*yaml.Node, error) {
	values := make(map[string]*yaml.Node)
	err := eachKey(n, func(key, value *yaml.Node) error {
		switch {
		case !slices.Contains(allowed, key.Value):
			return at(key, "there is no key %q; there are %s", key.Value, strings.Join(allowed, ", "))
		case values[key.Value] != nil:
			return at(key, "%s is given twice", key.Value)
		}
		values[key.Value] = value
		return nil
	})
	return values, err
}

// eachKey calls f for every key of a mapping.
func eachKey(n *yaml.Node, f func(key, value *yaml.Node) error) error {
	if n = resolve(n); n.Kind != yaml.MappingNode {
		return at(n, "expected keys with values here")
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := resolve(n.Content[i])
		if key.Kind != yaml.ScalarNode {
			return at(key, "expected a plain key here")
		}
		if err := f(key, resolve(n.Content[i+1])); err != nil {
			return err
		}
	}
	return nil
}

// resolve returns the node that an alias (*name) stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// addTopics reads the value of topics into rules.
func addTopics(a analysis.Analyzer, rules map[string]checkedRule, topics *yaml.Node) error {
	given := make(map[string]int) // path to line
	return eachKey(topics, func(key, value *yaml.Node) error {
		path := query.TopicPath(key.Value)
		if err := checkPath(path); err != nil {
			return at(key, "topic %q: %w", key.Value, err)
		}
		if line, twice := given[path]; twice {
			return at(key, "topic %s is given twice, first in line %d", path, line)
		}
		given[path] = key.Line
		rule, err := readRule(a, path, value)
		if err != nil {
			var inner *lineError
			line := key.Line
			if errors.As(err, &inner) {
				line = inner.line
			}
			return &lineError{line: line, err: fmt.Errorf("topic %s: %w", path, err)}
		}
		if rule == nil {
			delete(rules, path)
			return nil
		}
		rules[path] = *rule
		if len(rules) > maxRules {
			return at(key, "more than %d topics", maxRules)
		}
		return nil
	})
}

func checkPath(path string) error {
	switch {
	case path == "":
		return errors.New("it has no name")
	case len(path) > maxPath:
		return fmt.Errorf("its path is longer than %d bytes", maxPath)
	case strings.Count(path, "/") >= maxDepth:
		return fmt.Errorf("its path has more than %d levels", maxDepth)
	}
	return checkText(path)
}

func checkText(s string) error {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return errors.New("it has control characters")
	}
	return nil
}

// readRule reads the rule of a topic; nil means that the topic is disabled.
func readRule(a analysis.Analyzer, path string, n *yaml.Node) (*checkedRule, error) {
	keys, err := mapping(n, "query", "min", "label", "disabled")
	if err != nil {
		return nil, err
	}
	for name, value := range keys {
		if value.Kind != yaml.ScalarNode {
			return nil, at(value, "%s: expected a plain value", name)
		}
	}
	r := Rule{Path: path, Min: 1, Label: defaultLabel(path)}
	if n := keys["disabled"]; n != nil {
		var disabled bool
		if n.Decode(&disabled) != nil {
			return nil, at(n, "disabled is true or false, not %q", n.Value)
		}
		if disabled {
			return nil, nil
		}
	}
	if n := keys["label"]; n != nil {
		r.Label = strings.TrimSpace(n.Value)
		if r.Label == "" || len(r.Label) > maxLabel || checkText(r.Label) != nil {
			return nil, at(n, "label must be a text of at most %d bytes", maxLabel)
		}
	}
	if n := keys["min"]; n != nil {
		if r.Min, err = strconv.Atoi(n.Value); err != nil || r.Min < 1 || r.Min > maxMin {
			return nil, at(n, "min is a number from 1 to %d, not %q", maxMin, n.Value)
		}
	}
	q := keys["query"]
	if q == nil {
		return nil, at(n, "there is no query")
	}
	r.Query = strings.Join(strings.Fields(q.Value), " ")
	plan, err := readQuery(a, r)
	if err != nil {
		return nil, at(q, "%w", err)
	}
	return &checkedRule{r, plan}, nil
}

// readQuery returns the plan of a rule's query.
func readQuery(a analysis.Analyzer, r Rule) (match.Plan, error) {
	node, err := query.Parse(r.Query)
	if err != nil {
		return nil, err
	}
	plan, err := match.Lower(node, match.Context{Analyzer: a, Now: time.Unix(0, 0), Location: time.UTC})
	if err != nil {
		var syntax *query.SyntaxError
		if errors.As(err, &syntax) {
			syntax.Text = r.Query
		}
		return nil, err
	}
	if dependsOnToday(a, node, plan) {
		return nil, errors.New("a date counts from today; write one such as 2024-03")
	}
	switch p := plan.(type) {
	case match.All:
		return nil, errors.New("the query matches every article")
	case match.None:
		return nil, errors.New(p.Reason)
	}
	counts := func(l match.Leaf) bool { return ranked(l.Field) }
	if r.Min > 1 && !slices.ContainsFunc(match.Leaves(plan), counts) {
		return nil, errors.New("min counts words of title, headings and body, and the query asks for none")
	}
	return plan, nil
}

// dependsOnToday reports whether plan, which node meant on one day, is another
// on another day.
func dependsOnToday(a analysis.Analyzer, node query.Node, plan match.Plan) bool {
	dated := false
	query.Walk(node, func(n query.Node) bool {
		_, isRange := n.(query.Range)
		dated = dated || isRange
		return true
	})
	if !dated {
		return false
	}
	other, err := match.Lower(node, match.Context{Analyzer: a, Now: time.Unix(1e9, 0), Location: time.UTC})
	return err != nil || !reflect.DeepEqual(plan, other)
}
