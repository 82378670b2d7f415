package topic

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/newsq/newsq/internal/match"
)

// anyLanguage stands for all languages in a file of rules.
const anyLanguage = "any"

// maxLanguages bounds how many languages a rule is for.
const maxLanguages = 20

// parseLanguage reads the value of language in a file of rules; see Rule.Language.
func parseLanguage(s string) (string, error) {
	if strings.EqualFold(strings.TrimSpace(s), anyLanguage) {
		return "", nil
	}
	var tags []string
	for part := range strings.SplitSeq(s, ",") {
		tag := match.LangTag(part)
		if parsed, err := language.Parse(tag); err != nil || parsed.IsRoot() {
			return "", errors.New("language is a tag such as en or pt-BR, several with commas between them, or any, not \"" + s + "\"")
		}
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	if len(tags) > maxLanguages {
		return "", errors.New("language names more languages than a rule is likely to be for; write any")
	}
	slices.Sort(tags)
	return strings.Join(tags, ", "), nil
}

// splitLanguages returns the tags of a rule; nil for all languages.
func splitLanguages(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

// commonLanguage returns the language that all rules have; empty where they differ.
func commonLanguage(rules []Rule) string {
	if len(rules) == 0 {
		return ""
	}
	common := rules[0].Language
	for _, r := range rules {
		if r.Language != common {
			return ""
		}
	}
	return common
}

// isFor reports whether a rule for these languages is for an article in one of others:
// where either is not known, it is.
func isFor(langs, article []string) bool {
	if langs == nil {
		return true
	}
	known := false
	for _, tag := range article {
		if tag == "" || tag == "und" {
			continue
		}
		known = true
		for _, l := range langs {
			if tag == l || strings.HasPrefix(tag, l+"-") {
				return true
			}
		}
	}
	return !known
}
