package harness

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// Mode says how the words of a query are meant.
type Mode uint8

// The modes, as a query writes them.
const (
	Any    Mode = iota // a b
	All                // +a +b
	Phrase             // "a b"
	Prefix             // a*
)

// Query is a line of a file of queries.
type Query struct {
	Class, ID string
	Mode      Mode
	Words     []string // of ASCII letters in lower case; one for a prefix
	Count     bool     // @count
	Facet     bool     // @facet
	Newest    bool     // @newest
	Topic     string   // @topic=, or empty
}

// Exact reports whether the number of hits must be known.
func (q *Query) Exact() bool { return q.Count || q.Facet }

// String returns the query as a file has it, without class and id.
func (q *Query) String() string {
	var b strings.Builder
	for _, d := range []struct {
		on   bool
		text string
	}{
		{q.Count, "@count "},
		{q.Facet, "@facet "},
		{q.Topic != "", "@topic=" + q.Topic + " "},
		{q.Newest, "@newest "},
	} {
		if d.on {
			b.WriteString(d.text)
		}
	}
	switch words := strings.Join(q.Words, " "); q.Mode {
	case All:
		b.WriteString("+" + strings.ReplaceAll(words, " ", " +"))
	case Phrase:
		b.WriteString(`"` + words + `"`)
	case Prefix:
		b.WriteString(words + "*")
	default:
		b.WriteString(words)
	}
	return b.String()
}

// ParseQuery reads a query without class and id.
func ParseQuery(s string) (Query, error) {
	var q Query
	rest := strings.TrimSpace(s)
	for strings.HasPrefix(rest, "@") {
		var d string
		d, rest, _ = strings.Cut(rest, " ")
		switch topic, isTopic := strings.CutPrefix(d, "@topic="); {
		case isTopic && topic != "":
			q.Topic = topic
		case d == "@count":
			q.Count = true
		case d == "@facet":
			q.Facet = true
		case d == "@newest":
			q.Newest = true
		default:
			return Query{}, fmt.Errorf("query %q: unknown directive %s", s, d)
		}
	}
	words := strings.Fields(rest)
	switch {
	case len(rest) > 1 && rest[0] == '"' && rest[len(rest)-1] == '"':
		q.Mode, words = Phrase, strings.Fields(rest[1:len(rest)-1])
	case len(words) == 1 && strings.HasSuffix(rest, "*"):
		q.Mode, words = Prefix, []string{strings.TrimSuffix(rest, "*")}
	case strings.HasPrefix(rest, "+"):
		q.Mode = All
		for i, w := range words {
			plain, marked := strings.CutPrefix(w, "+")
			if !marked {
				return Query{}, fmt.Errorf("query %q: %s stands without + beside words with it", s, w)
			}
			words[i] = plain
		}
	}
	if len(words) == 0 {
		return Query{}, fmt.Errorf("query %q: no words", s)
	}
	for _, w := range words {
		if w == "" || strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) {
			return Query{}, fmt.Errorf("query %q: %q is not a word of ASCII letters in lower case", s, w)
		}
	}
	q.Words = words
	return q, nil
}

// ParseLine reads a line of a file of queries.
func ParseLine(line string) (Query, error) {
	class, rest, ok := strings.Cut(line, "\t")
	id, text, ok2 := strings.Cut(rest, "\t")
	if !ok || !ok2 || class == "" || id == "" {
		return Query{}, fmt.Errorf("line %q: not class, id and query parted by tabs", line)
	}
	q, err := ParseQuery(text)
	q.Class, q.ID = class, id
	return q, err
}

// ReadQueries reads a file of queries.
func ReadQueries(path string) ([]Query, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []Query
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if lines.Text() == "" {
			continue
		}
		q, err := ParseLine(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		all = append(all, q)
	}
	return all, lines.Err()
}
