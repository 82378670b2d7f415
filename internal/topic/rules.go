// Package topic gives articles topics by rules. A rule is a query; an article
// that matches it, often enough, has the topic.
//
// Rules are kept in a YAML file:
//
//	extends: starter      # optional: begin with the built-in rules
//	language: en          # optional: of the rules below
//	topics:
//	  security/nuclear:
//	    query: '"nuclear weapons" OR denuclearization OR title:nuclear'
//	    min: 4            # optional
//	    label: Nuclear weapons    # optional
//	  economy/fishing:
//	    query: Fischerei OR Kutter
//	    language: de      # of this rule
//	  sports:
//	    disabled: true    # leaves out a rule of those extended
//
// The key is the topic's path; levels of its hierarchy are parted by "/". A
// rule replaces the one of the same path among those extended. The query may
// use the whole language; dates in it must be absolute. Under min, the words
// and phrases that the query asks for must occur so many times, where the
// title counts thrice and headings twice; without it, a match is enough. The
// label is what people see; without it, it is made of the path's last level.
//
// The words of a rule mostly are of one language, and may be others in another: folded
// in case and accents, the German über is the name Uber. A rule with a language gives
// topics to articles in that language, with its regional forms, and to those whose
// language isn't known. It may name several, "en, fr". "any" stands for all, as no
// language does, and undoes that of the file. The built-in rules are for English.
package topic

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/newsq/newsq/internal/analysis"
)

// Rule gives an article the topic Path.
type Rule struct {
	Path  string // in the form of query.TopicPath
	Query string // as written
	Min   int    // occurrences needed, see the package comment; at least 1
	Label string
	// Language is that of the articles that the rule is for: tags in the form of
	// match.LangTag with ", " between them; empty for all.
	Language string
}

// Rules is a set of rules, safe for concurrent use.
type Rules struct {
	list    []Rule     // by path
	langs   [][]string // by rule; nil for all languages
	program *program
	yaml    func() []byte
}

// List returns the rules, ordered by path.
func (r *Rules) List() []Rule { return slices.Clone(r.list) }

// YAML returns the rules as a file that [Parse] reads to equal rules; what
// they extend is written out. Equal rules give equal files.
func (r *Rules) YAML() []byte { return bytes.Clone(r.yaml()) }

// Fingerprint returns a short digest of the rules: while it stays the same,
// so do the topics of an article.
func (r *Rules) Fingerprint() string {
	sum := sha256.Sum256(r.yaml())
	return hex.EncodeToString(sum[:8])
}

//go:embed starter.yaml
var starterYAML []byte

// Starter returns the built-in rules, for news analyses in English; a analyses
// their queries. They are read anew at each call.
func Starter(a analysis.Analyzer) *Rules {
	rules, err := parse(a, starterYAML, func() *Rules { return new(Rules) })
	if err != nil {
		panic(err) //house:allow the file is part of the program, and a test reads it
	}
	return newRules(a, rules)
}

// newRules makes Rules of rules that have been checked, with their plans.
func newRules(a analysis.Analyzer, checked []checkedRule) *Rules {
	slices.SortFunc(checked, func(x, y checkedRule) int { return cmp.Compare(x.Path, y.Path) })
	r := &Rules{program: compile(a, checked)}
	for _, c := range checked {
		r.list = append(r.list, c.Rule)
		r.langs = append(r.langs, splitLanguages(c.Language))
	}
	r.yaml = sync.OnceValue(func() []byte { return encode(r.list) })
	return r
}

// ruleYAML is a rule as it stands in a file.
type ruleYAML struct {
	Query string `yaml:"query"`
	Min   int    `yaml:"min,omitempty"`
	Label string `yaml:"label,omitempty"`
	// Language is left out where it is that of the file.
	Language string `yaml:"language,omitempty"`
}

// encode writes rules in canonical form, leaving out what is the default.
func encode(rules []Rule) []byte {
	language := commonLanguage(rules)
	topics := make(map[string]ruleYAML, len(rules))
	for _, r := range rules {
		y := ruleYAML{Query: r.Query}
		if r.Min > 1 {
			y.Min = r.Min
		}
		if r.Label != DefaultLabel(r.Path) {
			y.Label = r.Label
		}
		if language == "" {
			y.Language = r.Language
		}
		topics[r.Path] = y
	}
	var buf bytes.Buffer
	e := yaml.NewEncoder(&buf)
	e.SetIndent(2)
	// Strings and numbers always encode, into a buffer without error.
	file := map[string]any{"topics": topics}
	if language != "" {
		file["language"] = language
	}
	_ = e.Encode(file)
	_ = e.Close()
	return buf.Bytes()
}

// DefaultLabel makes a label of a path: "security/press_freedom" is "Press
// freedom".
func DefaultLabel(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	name = strings.ReplaceAll(name, "_", " ")
	if name == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[n:]
}
