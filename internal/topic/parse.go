package topic

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/yamlnode"
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
// the line and the topic. of returns the analyzer of a language, given by its tag.
func Parse(of func(tag string) analysis.Analyzer, data []byte, name string) (*Rules, error) {
	f, err := parse(of(""), data, func() *Rules { return Starter(of) })
	if err != nil {
		return nil, yamlnode.InFile(name, err)
	}
	return newRules(of, f), nil
}

// ruleFile is what a file of rules says.
type ruleFile struct {
	checked   []checkedRule
	languages bool              // whether the built-in rules in other languages belong to it
	leftOut   []string          // the topics that these don't give, sorted
	codes     map[string]string // of the IPTC Media Topics, of topics without a rule, by path
}

// checkedRule is a rule that can be applied.
type checkedRule struct {
	Rule
	plan match.Plan
	// also has the words that count as well, and except those that count off; nil for none.
	also, except match.Plan
}

// parse reads rules, which may extend those of starter.
func parse(a analysis.Analyzer, data []byte, starter func() *Rules) (f ruleFile, err error) {
	if len(data) > maxFile {
		return f, fmt.Errorf("larger than %d KB", maxFile>>10)
	}
	root, err := yamlnode.Document(data)
	if err != nil {
		return f, err
	}
	if root == nil {
		return f, errors.New("the file is empty")
	}
	keys, err := yamlnode.Keys(root, "topics:", "extends", "language", "topics", "languages", "without", "iptc")
	if err != nil {
		return f, err
	}
	rules := make(map[string]checkedRule)
	if n := keys["extends"]; n != nil {
		if n.Value != "starter" {
			return f, yamlnode.Errorf(n, "extends: there are no rules named %q, only starter", n.Value)
		}
		base := starter()
		for i, r := range base.list {
			rules[r.Path] = checkedRule{r, base.program.plans[i], base.program.also[i], base.program.except[i]}
		}
		f.languages, f.codes = true, base.codesWithoutRule()
	}
	if err := f.readLanguages(keys["languages"], keys["without"]); err != nil {
		return f, err
	}
	language, err := readLanguage(keys["language"], "")
	if err != nil {
		return f, err
	}
	var given []string
	if n := keys["topics"]; n != nil {
		given, err = addTopics(a, rules, n, language)
		if err != nil {
			return f, err
		}
		if keys["extends"] != nil { // else the file lists what is left out
			f.leftOut = append(f.leftOut, given...)
		}
	} else if keys["extends"] == nil {
		return f, yamlnode.Errorf(root, "there are no topics")
	}
	if err := f.readCodes(keys["iptc"], rules, given); err != nil {
		return f, err
	}
	slices.Sort(f.leftOut)
	f.leftOut = slices.Compact(f.leftOut)
	for _, r := range rules {
		f.checked = append(f.checked, r)
	}
	return f, nil
}

// readLanguages reads whether the built-in rules in other languages belong to a file, and
// the topics that they don't give.
func (f *ruleFile) readLanguages(languages, without *yaml.Node) error {
	if languages != nil {
		if languages.Value != "starter" {
			return yamlnode.Errorf(languages, "languages: there are no rules in other languages named %q, only starter; language names that of rules", languages.Value)
		}
		f.languages = true
	}
	if without == nil {
		return nil
	}
	if !f.languages {
		return yamlnode.Errorf(without, "without: there are no built-in rules to leave out; add \"languages: starter\"")
	}
	if without.Kind != yaml.SequenceNode || len(without.Content) > maxRules {
		return yamlnode.Errorf(without, "without: expected a list of topics, %d at most, such as [sports]", maxRules)
	}
	for _, n := range without.Content {
		path := query.TopicPath(n.Value)
		if n.Kind != yaml.ScalarNode || checkPath(path) != nil {
			return yamlnode.Errorf(n, "without: expected topics, such as [sports]")
		}
		f.leftOut = append(f.leftOut, path)
	}
	return nil
}

// readLanguage reads the value of language; without one, it is that above it.
func readLanguage(n *yaml.Node, above string) (string, error) {
	if n == nil {
		return above, nil
	}
	text := n.Value
	if n.Kind == yaml.SequenceNode {
		var tags []string
		if n.Decode(&tags) != nil || len(tags) == 0 {
			return "", yamlnode.Errorf(n, "language: expected tags such as en")
		}
		text = strings.Join(tags, ",")
	} else if n.Kind != yaml.ScalarNode {
		return "", yamlnode.Errorf(n, "language: expected a plain value or a list")
	}
	language, err := parseLanguage(text)
	if err != nil {
		return "", yamlnode.Errorf(n, "%w", err)
	}
	return language, nil
}

// addTopics reads the value of topics into rules, which are for a language unless they
// say otherwise, and returns their paths.
func addTopics(a analysis.Analyzer, rules map[string]checkedRule, topics *yaml.Node, language string) ([]string, error) {
	given := make(map[string]int) // path to line
	err := yamlnode.EachKey(topics, "economy/trade:", func(key, value *yaml.Node) error {
		if key.Kind != yaml.ScalarNode {
			return yamlnode.NoPlainKey(key)
		}
		path := query.TopicPath(key.Value)
		if err := checkPath(path); err != nil {
			return yamlnode.Errorf(key, "topic %q: %w", key.Value, err)
		}
		if line, twice := given[path]; twice {
			return yamlnode.Errorf(key, "topic %s is given twice, first in line %d", path, line)
		}
		given[path] = key.Line
		rule, err := readRule(a, path, value, language)
		if err != nil {
			var inner *yamlnode.Error
			line := key.Line
			if errors.As(err, &inner) {
				line = inner.Line
			}
			return &yamlnode.Error{Line: line, Err: fmt.Errorf("topic %s: %w", path, err)}
		}
		if rule == nil {
			delete(rules, path)
			return nil
		}
		rules[path] = *rule
		if len(rules) > maxRules {
			return yamlnode.Errorf(key, "more than %d topics", maxRules)
		}
		return nil
	})
	return slices.Collect(maps.Keys(given)), err
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
func readRule(a analysis.Analyzer, path string, n *yaml.Node, language string) (*checkedRule, error) {
	keys, err := yamlnode.Keys(n, "query: tariffs", "query", "also", "except", "min", "label", "iptc", "language", "disabled")
	if err != nil {
		return nil, err
	}
	for name, value := range keys {
		if value.Kind != yaml.ScalarNode && name != "language" {
			return nil, yamlnode.Errorf(value, "%s: expected a plain value", name)
		}
	}
	r := Rule{Path: path, Min: 1, Label: DefaultLabel(path)}
	if n := keys["disabled"]; n != nil {
		var disabled bool
		if n.Decode(&disabled) != nil {
			return nil, yamlnode.Errorf(n, "disabled is true or false, not %q", n.Value)
		}
		if disabled {
			return nil, nil
		}
	}
	if n := keys["label"]; n != nil {
		r.Label = strings.TrimSpace(n.Value)
		if r.Label == "" || len(r.Label) > maxLabel || checkText(r.Label) != nil {
			return nil, yamlnode.Errorf(n, "label must be a text of at most %d bytes", maxLabel)
		}
	}
	if r.IPTC, err = readIPTC(keys["iptc"]); err != nil {
		return nil, err
	}
	if r.Language, err = readLanguage(keys["language"], language); err != nil {
		return nil, err
	}
	if n := keys["min"]; n != nil {
		if r.Min, err = strconv.Atoi(n.Value); err != nil || r.Min < 1 || r.Min > maxMin {
			return nil, yamlnode.Errorf(n, "min is a number from 1 to %d, not %q", maxMin, n.Value)
		}
	}
	q := keys["query"]
	if q == nil {
		return nil, yamlnode.Errorf(n, "there is no query")
	}
	r.Query = strings.Join(strings.Fields(q.Value), " ")
	return checkQuery(a, r, q, keys)
}

// checkQuery reads the query of a rule, at the node q, and what counts beside it.
func checkQuery(a analysis.Analyzer, r Rule, q *yaml.Node, keys map[string]*yaml.Node) (*checkedRule, error) {
	c := checkedRule{Rule: r}
	var err error
	if c.plan, err = readQuery(a, r); err != nil {
		return nil, yamlnode.Errorf(q, "%w", err)
	}
	for _, key := range []struct {
		name, use string
		query     *string
		plan      *match.Plan
	}{{"also", "count toward", &c.Also, &c.also}, {"except", "don't count toward", &c.Except, &c.except}} {
		n := keys[key.name]
		if n == nil {
			continue
		}
		if r.Min == 1 {
			return nil, yamlnode.Errorf(n, "%s has words that %s min; give a min above 1", key.name, key.use)
		}
		*key.query = strings.Join(strings.Fields(n.Value), " ")
		if *key.plan, err = readCounted(a, *key.query, r.Min); err != nil {
			return nil, yamlnode.Errorf(n, "%s: %w", key.name, err)
		}
	}
	return &c, nil
}
