package topic

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/analysis"
)

// Articles that are not analysed as English have rules of their own: words have other
// stems in each language. They are those of the file that are for the language or for
// all, as its analyzer reads them, and the built-in ones of the language, in the folder
// starter. They are read when an article in the language comes first.

//go:embed starter/*.yaml
var starterLanguages embed.FS

// starterLanguagesDigest tells versions of the built-in rules in other languages apart.
var starterLanguagesDigest = sync.OnceValue(func() string {
	sum := sha256.New()
	files, _ := starterLanguages.ReadDir("starter")
	for _, f := range files {
		file, _ := starterLanguages.ReadFile("starter/" + f.Name())
		_, _ = sum.Write(file)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
})

// ruleSet is the rules for articles that one analyzer analyses.
type ruleSet struct {
	list    []Rule     // by path
	langs   [][]string // by rule; nil for all languages
	program *program
}

// languageSets has the sets of rules that were made, by analyzer.
type languageSets struct {
	mu sync.Mutex
	of map[analysis.Analyzer]*ruleSet
}

// setFor returns the rules for articles in a language.
func (r *Rules) setFor(tags []string) *ruleSet {
	if len(tags) == 0 {
		return &r.ruleSet
	}
	a := r.analyzerOf(tags[0])
	if a == r.analyzer {
		return &r.ruleSet
	}
	r.sets.mu.Lock()
	defer r.sets.mu.Unlock()
	s := r.sets.of[a]
	if s == nil {
		s = r.newSet(a)
		if r.sets.of == nil {
			r.sets.of = make(map[analysis.Analyzer]*ruleSet)
		}
		r.sets.of[a] = s
	}
	return s
}

// newSet makes the rules for articles that a analyses.
func (r *Rules) newSet(a analysis.Analyzer) *ruleSet {
	var checked []checkedRule
	for i, rule := range r.list {
		if !isFor(r.langs[i], []string{a.Tag()}) && !hasRegion(r.langs[i], a.Tag()) {
			continue
		}
		// A query of which the language leaves no word finds nothing in it.
		plan, err := readQuery(a, rule)
		if err != nil {
			continue
		}
		c := checkedRule{Rule: rule, plan: plan}
		if also, err := readCounted(a, rule.Also, rule.Min); err == nil {
			c.also = also
		}
		if except, err := readCounted(a, rule.Except, rule.Min); err == nil {
			c.except = except
		}
		checked = append(checked, c)
	}
	if r.languages {
		for _, rule := range starterIn(a) {
			if !slices.Contains(r.leftOut, rule.Path) {
				checked = append(checked, rule)
			}
		}
	}
	return newRuleSet(a, checked)
}

// hasRegion reports whether one of langs is a regional form of a language.
func hasRegion(langs []string, tag string) bool {
	return slices.ContainsFunc(langs, func(l string) bool { return isFor([]string{tag}, []string{l}) })
}

// starterIn returns the built-in rules for the language of an analyzer.
func starterIn(a analysis.Analyzer) []checkedRule {
	file, err := starterLanguages.ReadFile("starter/" + a.Tag() + ".yaml")
	if err != nil {
		return nil // there are none
	}
	rules, err := parse(a, file, func() *Rules { return new(Rules) })
	if err != nil {
		panic(err) //house:allow the files are part of the program, and a test reads them
	}
	return rules.checked
}
