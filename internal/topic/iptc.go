package topic

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/yamlnode"
)

// A topic may have a code of the IPTC Media Topics, by which agencies and their clients
// know it. The codes are eight digits: 17 broad topics from 01000000 to 17000000, and all
// others from 20000002 on. They don't say what lies below what; the list does.
//
// The list has some 1,100 topics in use, changes each quarter, and is not in the program,
// so that a code is held to the form alone. The form does tell the Media Topics from the
// older Subject Codes, such as 11003000, that files of agencies have beside them.

const (
	// iptcScheme is how NewsML-G2 and ninjs write the list's name before a code.
	iptcScheme = "medtop:"
	// iptcAddress begins the address of each code on the web.
	iptcAddress = "cv.iptc.org/newscodes/mediatopic/"
	// iptcBroad is the number of broad topics.
	iptcBroad = 17
)

// parseIPTC reads a code as people and files write it: medtop:20000065, 20000065, or its
// address. It returns it in the first of these forms.
func parseIPTC(s string) (string, error) {
	code := strings.TrimSpace(s)
	for _, prefix := range []string{"https://", "http://", iptcAddress, iptcScheme} {
		if len(code) >= len(prefix) && strings.EqualFold(code[:len(prefix)], prefix) {
			code = code[len(prefix):]
		}
	}
	if len(code) != 8 || strings.Trim(code, "0123456789") != "" {
		return "", fmt.Errorf("iptc is a code of the IPTC Media Topics such as medtop:20000065, not %q", s)
	}
	broad := code[2:] == "000000" && code[:2] >= "01" && code[:2] <= fmt.Sprint(iptcBroad)
	if narrow := code[:2] == "20" && code > "20000001"; !broad && !narrow {
		return "", fmt.Errorf("iptc: the Media Topics have no code such as %s, only 01000000 to %d000000 and from 20000002 on; Subject Codes are another list", code, iptcBroad)
	}
	return iptcScheme + code, nil
}

// readIPTC reads the value of iptc of one topic; n is nil where there is none.
func readIPTC(n *yaml.Node) (string, error) {
	if n == nil {
		return "", nil
	}
	if n.Kind != yaml.ScalarNode {
		return "", yamlnode.Errorf(n, "iptc: expected one code such as medtop:20000065")
	}
	code, err := parseIPTC(n.Value)
	if err != nil {
		return "", yamlnode.Errorf(n, "%w", err)
	}
	return code, nil
}

// readCodes reads the codes that stand beside the rules, by path: of topics that have no
// rule, and of rules that the file extends. given are the topics of the file's own rules.
func (f *ruleFile) readCodes(n *yaml.Node, rules map[string]checkedRule, given []string) error {
	if n == nil {
		return nil
	}
	if f.codes == nil {
		f.codes = make(map[string]string)
	}
	lines := make(map[string]int)
	return yamlnode.EachKey(n, "economy: medtop:04000000", func(key, value *yaml.Node) error {
		if key.Kind != yaml.ScalarNode {
			return yamlnode.NoPlainKey(key)
		}
		path := query.TopicPath(key.Value)
		if err := checkPath(path); err != nil {
			return yamlnode.Errorf(key, "iptc: topic %q: %w", key.Value, err)
		}
		rule, has := rules[path]
		if line, twice := lines[path]; twice {
			return yamlnode.Errorf(key, "iptc: topic %s is given twice, first in line %d", path, line)
		}
		if has && rule.IPTC != "" && slices.Contains(given, path) {
			return yamlnode.Errorf(key, "iptc: the rule of topic %s has a code; leave one out", path)
		}
		lines[path] = key.Line
		code, err := readIPTC(value)
		if err != nil {
			return err
		}
		if has {
			rule.IPTC = code
			rules[path] = rule
		} else {
			f.codes[path] = code
		}
		if len(lines) > maxRules {
			return yamlnode.Errorf(key, "iptc: more than %d topics", maxRules)
		}
		return nil
	})
}

// IPTC returns the code of a topic in the IPTC Media Topics, such as medtop:20000065, as
// the rules have it, for topics of other languages and those that articles state too;
// empty where they have none.
func (r *Rules) IPTC(path string) string { return r.codes[path] }

// allCodes joins the codes of rules to those of topics without a rule.
func allCodes(rules []checkedRule, others map[string]string) map[string]string {
	codes := make(map[string]string, len(rules)+len(others))
	maps.Copy(codes, others)
	for _, r := range rules {
		if r.IPTC != "" {
			codes[r.Path] = r.IPTC
		} else {
			delete(codes, r.Path)
		}
	}
	return codes
}

// codesWithoutRule returns what allCodes joined to the codes of rules.
func (r *Rules) codesWithoutRule() map[string]string {
	codes := maps.Clone(r.codes)
	for _, rule := range r.list {
		delete(codes, rule.Path)
	}
	return codes
}
