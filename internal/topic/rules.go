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
//	    also: missile OR warhead         # optional: count toward min, and are not enough
//	    except: '"nuclear medicine"'     # optional: not counted
//	    label: Nuclear weapons    # optional
//	    iptc: medtop:20000635     # optional: its code in the IPTC Media Topics
//	  economy/fishing:
//	    query: Fischerei OR Kutter
//	    language: de      # of this rule
//	  sports:
//	    disabled: true    # leaves out a rule of those extended
//	languages: starter    # the built-in rules in other languages, which extends has
//	without: [economy]    # optional: topics that these don't give
//	iptc:                 # optional: codes of topics that have no rule in the file
//	  economy: medtop:04000000
//
// The key is the topic's path; levels of its hierarchy are parted by "/". A
// rule replaces the one of the same path among those extended. The query may
// use the whole language; dates in it must be absolute. Under min, the words
// and phrases that the query asks for must occur so many times, where the
// title counts thrice and headings twice; without it, a match is enough. The words and
// phrases under also count as well, in articles that match: words that much else has make
// no topic, and confirm one. Each occurrence of what is under except takes one off: a word
// doesn't count in a name that it is part of, as Mexico in New Mexico.
//
// The label is what people see; without it, it is made of the path's last level. The code
// in the IPTC Media Topics is for programs that know the topic by it; it may be written
// as its eight digits or its address.
//
// The words of a rule mostly are of one language, and may be others in another: folded
// in case and accents, the German über is the name Uber. A rule with a language gives
// topics to articles in that language, with its regional forms, and to those whose
// language isn't known. It may name several, "en, fr". "any" stands for all, as no
// language does, and undoes that of the file. The words are analysed in the language of
// the article.
//
// The built-in rules of the list are for English. Articles in a language of the folder
// starter have the built-in rules there, but for those of a topic for which the file has a
// rule of its own.
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
	Also  string // a query whose words count toward Min as well; may be empty
	// Except is a query whose words count off; may be empty.
	Except string
	Min    int // occurrences needed, see the package comment; at least 1
	Label  string
	IPTC   string // its code in the IPTC Media Topics, such as medtop:20000065; may be empty
	// Language is that of the articles that the rule is for: tags in the form of
	// match.LangTag with ", " between them; empty for all.
	Language string
}

// Rules is a set of rules, safe for concurrent use.
type Rules struct {
	ruleSet                    // for articles in English, or in what has no analyzer
	analyzer analysis.Analyzer // of English
	// analyzerOf returns the analyzer of a language.
	analyzerOf func(tag string) analysis.Analyzer
	languages  bool              // whether the built-in rules in other languages belong to it
	leftOut    []string          // the topics that these don't give
	codes      map[string]string // of the IPTC Media Topics, by path
	sets       languageSets
	yaml       func() []byte
}

// List returns the rules, ordered by path, without the built-in ones in other languages.
func (r *Rules) List() []Rule { return slices.Clone(r.list) }

// YAML returns the rules as a file that [Parse] reads to equal rules; what
// they extend is written out. Equal rules give equal files.
func (r *Rules) YAML() []byte { return bytes.Clone(r.yaml()) }

// Fingerprint returns a short digest of the rules: while it stays the same,
// so do the topics of an article.
func (r *Rules) Fingerprint() string {
	text := r.yaml()
	if r.languages {
		text = append(bytes.Clone(text), starterLanguagesDigest()...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

//go:embed starter.yaml
var starterYAML []byte

// Starter returns the built-in rules, for news analyses in English and in other languages.
// of returns the analyzer of a language, given by its tag. They are read anew at each call.
func Starter(of func(tag string) analysis.Analyzer) *Rules {
	f, err := parse(of(""), starterYAML, func() *Rules { return new(Rules) })
	if err != nil {
		panic(err) //house:allow the file is part of the program, and a test reads it
	}
	f.languages = true
	return newRules(of, f)
}

// newRules makes Rules of a file that has been checked.
func newRules(of func(tag string) analysis.Analyzer, f ruleFile) *Rules {
	a := of("")
	r := &Rules{ruleSet: *newRuleSet(a, f.checked), analyzer: a, analyzerOf: of, languages: f.languages, leftOut: f.leftOut}
	r.codes = allCodes(f.checked, f.codes)
	r.yaml = sync.OnceValue(func() []byte { return encode(r) })
	return r
}

// newRuleSet makes a set of rules that have been checked, with their plans.
func newRuleSet(a analysis.Analyzer, checked []checkedRule) *ruleSet {
	slices.SortFunc(checked, func(x, y checkedRule) int { return cmp.Compare(x.Path, y.Path) })
	s := &ruleSet{program: compile(a, checked)}
	for _, c := range checked {
		s.list = append(s.list, c.Rule)
		s.langs = append(s.langs, splitLanguages(c.Language))
	}
	return s
}

// ruleYAML is a rule as it stands in a file.
type ruleYAML struct {
	Query  string `yaml:"query"`
	Also   string `yaml:"also,omitempty"`
	Except string `yaml:"except,omitempty"`
	Min    int    `yaml:"min,omitempty"`
	Label  string `yaml:"label,omitempty"`
	IPTC   string `yaml:"iptc,omitempty"`
	// Language is left out where it is that of the file.
	Language string `yaml:"language,omitempty"`
}

// encode writes rules in canonical form, leaving out what is the default.
func encode(r *Rules) []byte {
	rules := r.list
	language := commonLanguage(rules)
	topics := make(map[string]ruleYAML, len(rules))
	for _, r := range rules {
		y := ruleYAML{Query: r.Query, Also: r.Also, Except: r.Except, IPTC: r.IPTC}
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
	if r.languages {
		file["languages"] = "starter"
		if len(r.leftOut) > 0 {
			file["without"] = r.leftOut
		}
	}
	if codes := r.codesWithoutRule(); len(codes) > 0 {
		file["iptc"] = codes
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
