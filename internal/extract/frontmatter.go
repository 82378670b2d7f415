package extract

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Bounds on front matter: in bytes, and in values once aliases are followed.
const (
	maxFrontMatter = 64 << 10
	maxValues      = 20_000
)

// FrontMatter parts a text from the YAML that stands above it, between two
// lines of three hyphens:
//
//	---
//	title: The price of delay
//	date: 2026-01-12
//	---
//	The text.
//
// The values of meta are string, bool, int (uint64 where that is too small),
// float64, time.Time, nil, []any
// and map[string]any; all strings are clean. A text without front matter
// comes back whole, with a nil map. That is also a text which begins with a
// ruled line: three hyphens before a blank line, or without a second line of
// hyphens, or around what isn't a list of names and values.
//
// An error names the line of s at which the front matter is broken; rest is
// the text below it all the same.
func FrontMatter(s string) (meta map[string]any, rest string, err error) {
	head, rest, ok := cutFrontMatter(s)
	if !ok {
		return nil, s, nil
	}
	if len(head) > maxFrontMatter {
		return nil, rest, fmt.Errorf("front matter of %d bytes exceeds %d", len(head), maxFrontMatter)
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(head), &root); err != nil {
		return nil, rest, yamlError(err)
	}
	if len(root.Content) == 0 { // empty, or comments only
		return map[string]any{}, rest, nil
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return nil, s, nil
	}
	left := maxValues
	if !withinValues(&root, &left) {
		return nil, rest, errors.New("front matter: too many values")
	}
	var v any
	if err := root.Decode(&v); err != nil {
		return nil, rest, yamlError(err)
	}
	meta, _ = plainValue(v).(map[string]any)
	return meta, rest, nil
}

// cutFrontMatter finds the lines of hyphens.
func cutFrontMatter(s string) (head, rest string, ok bool) {
	first, body, ok := strings.Cut(strings.TrimPrefix(s, "\ufeff"), "\n")
	if !ok || strings.TrimRight(first, " \t\r") != "---" {
		return "", "", false
	}
	if next, _, _ := strings.Cut(body, "\n"); strings.TrimSpace(next) == "" {
		return "", "", false
	}
	at := 0
	for line := range strings.Lines(body) {
		switch strings.TrimRight(line, " \t\r\n") {
		case "---", "...":
			return body[:at], body[at+len(line):], true
		}
		at += len(line)
	}
	return "", "", false
}

// withinValues counts the values below n, each as often as aliases repeat it,
// and reports whether there are no more than left. An alias within its own
// anchor never ends, and is too many.
func withinValues(n *yaml.Node, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	if n.Kind == yaml.AliasNode {
		return withinValues(n.Alias, left)
	}
	for _, c := range n.Content {
		if !withinValues(c, left) {
			return false
		}
	}
	return true
}

// plainValue gives a decoded value the types that FrontMatter promises.
func plainValue(v any) any {
	switch v := v.(type) {
	case string:
		return Clean(v)
	case []any:
		for i := range v {
			v[i] = plainValue(v[i])
		}
		return v
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[Clean(k)] = plainValue(e)
		}
		return out
	case map[any]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[Clean(fmt.Sprint(k))] = plainValue(e)
		}
		return out
	}
	return v
}

var yamlLine = pattern(`line (\d+)`)

// yamlError tells the error with line numbers that count from the line of
// hyphens, as the reader of the file does.
func yamlError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = yamlLine().ReplaceAllStringFunc(text, func(m string) string {
		n, _ := strconv.Atoi(m[len("line "):])
		return "line " + strconv.Itoa(n+1)
	})
	return fmt.Errorf("front matter: %s", Clean(strings.ReplaceAll(text, "\n", " ")))
}
