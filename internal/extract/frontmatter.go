package extract

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// Bounds on front matter: in bytes, and in values once aliases are followed.
const (
	maxFrontMatter = 64 << 10
	maxValues      = 20_000
)

// FrontMatter is what stands above a text: names and values.
type FrontMatter struct {
	// Values are string, bool, int, int64 (uint64 where that is too small),
	// float64, time.Time, nil, []any and map[string]any; all strings are clean.
	Values map[string]any
	// Rest is the text below.
	Rest string
	// Faults are the lines that are not in the form that the others are in. What they
	// say is among Values, as text, unless Err is ErrFrontMatter.
	Faults []FrontMatterFault
}

// FrontMatterFault is a place in front matter that could not be read as it was
// written.
type FrontMatterFault struct {
	Line int    // of the text, from 1
	Text string // the line; the first, where a value has several
	Err  error
}

// ErrFrontMatter tells of front matter that could not be read at all.
var ErrFrontMatter = errors.New("front matter can't be read")

// ReadFrontMatter parts a text from the facts that stand above it: YAML between
// two lines of three hyphens, TOML between lines of three plus signs, or one
// JSON object.
//
//	---
//	title: The price of delay
//	date: 2026-01-12
//	---
//	The text.
//
// ok is false for a text without front matter, and f is empty. That is also a
// text which begins with a ruled line: hyphens before a blank line, or
// without a second line of them, or around what isn't a list of names and
// values. Known reports whether a name means something; where some lines are
// no YAML, or a value is a sentence, a name that does tells front matter from
// prose.
//
// People write front matter by hand. One line that is wrong doesn't cost the
// others: it is read as it was meant, as text behind its name.
func ReadFrontMatter(s string, known func(name string) bool) (f FrontMatter, ok bool) {
	s = strings.TrimLeft(strings.TrimPrefix(s, "\ufeff"), "\n")
	first, body, found := strings.Cut(s, "\n")
	if !found {
		return f, false
	}
	p := frontMatterParser{known: known, line: 2}
	switch first = strings.TrimRight(first, " \t\r"); {
	case first == "---" || first == "---yaml" || first == "---toml" || first == "---json":
		p.head, p.rest, ok = cutFrontMatter(body, "---", "...")
		p.form = strings.TrimLeft(first, "-")
	case first == "+++":
		p.head, p.rest, ok = cutFrontMatter(body, "+++")
		p.form = "toml"
	case first == ";;;":
		p.head, p.rest, ok = cutFrontMatter(body, ";;;")
		p.form = "json"
	case strings.HasPrefix(first, "{"):
		p.head, p.rest, ok = cutObject(s)
		p.form, p.line = "json", 1
	case first == "```json":
		return p.fenced(body)
	}
	if !ok {
		return f, false
	}
	return p.parse()
}

// fenced reads an object of JSON in a block of code that the text begins with, as
// some programs that save pages write it. An article may begin with code too: so
// it must have a title, and another name that means something. Where a page has no
// title, the block is known by three such names.
func (p *frontMatterParser) fenced(body string) (f FrontMatter, ok bool) {
	if p.head, p.rest, ok = cutFrontMatter(body, "```"); !ok {
		return f, false
	}
	p.form = "json"
	if f, ok = p.parse(); !ok || len(f.Faults) > 0 {
		return FrontMatter{}, false
	}
	known := 0
	for name := range f.Values {
		if p.known(name) {
			known++
		}
	}
	const sure = 3 // names
	title, hasTitle := f.Values["title"].(string)
	if !hasTitle || known < 2 || title == "" && known < sure {
		return FrontMatter{}, false
	}
	return f, true
}

// cutFrontMatter finds the line that closes front matter.
func cutFrontMatter(body string, closing ...string) (head, rest string, ok bool) {
	if next, _, _ := strings.Cut(body, "\n"); strings.TrimSpace(next) == "" {
		return "", "", false
	}
	at := 0
	for line := range strings.Lines(body) {
		for _, c := range closing {
			if strings.TrimRight(line, " \t\r\n") == c {
				return body[:at], body[at+len(line):], true
			}
		}
		at += len(line)
	}
	return "", "", false
}

// cutObject finds the end of the JSON object that s starts with. A line must
// end there, and a text must follow: a file that is all JSON is no text.
func cutObject(s string) (head, rest string, ok bool) {
	end := 0
	d := json.NewDecoder(strings.NewReader(s[:min(len(s), maxFrontMatter)]))
	var object map[string]json.RawMessage
	if err := d.Decode(&object); err == nil {
		end = int(d.InputOffset())
	} else if n := strings.Index(s, "\n}\n"); strings.HasPrefix(s, "{\n") && n >= 0 {
		end = n + len("\n}") // some line of it is wrong
	} else {
		return "", "", false
	}
	line, after, _ := strings.Cut(s[end:], "\n")
	if strings.TrimSpace(line) != "" || strings.TrimSpace(after) == "" {
		return "", "", false
	}
	return s[:end], after, true
}

// frontMatterParser reads one front matter.
type frontMatterParser struct {
	head, rest string
	form       string // yaml, which may be empty; toml, json
	line       int    // at which head starts
	known      func(name string) bool
	faults     []FrontMatterFault
}

func (p *frontMatterParser) parse() (f FrontMatter, ok bool) {
	if len(p.head) > maxFrontMatter {
		err := fmt.Errorf("%w: %d bytes exceed %d", ErrFrontMatter, len(p.head), maxFrontMatter)
		return FrontMatter{Rest: p.rest, Faults: []FrontMatterFault{{Line: p.line, Err: err}}}, true
	}
	var values map[string]any
	var err error
	switch p.form {
	case "toml":
		values, err = decodeTOML(p.head)
	case "json":
		values, err = decodeMatterJSON(p.head)
	default:
		values, err = decodeYAML(p.head)
	}
	switch {
	case errors.Is(err, errNoMapping):
		return f, false
	case err == nil:
		if p.form != "toml" && !p.knowsAny(values) && hasSentence(values) {
			return f, false
		}
		if p.form == "" || p.form == "yaml" {
			p.restoreSigns(values)
		}
	default:
		var prose string
		if values, prose, ok = p.lines(); !ok {
			return f, false
		}
		if prose != "" {
			p.rest = prose + "\n\n" + p.rest
		}
		if len(p.faults) == 0 { // the lines are right each by itself
			p.faults = []FrontMatterFault{{Line: p.line, Err: frontMatterError(err)}}
		}
	}
	out, _ := plainValue(values).(map[string]any)
	return FrontMatter{Values: out, Rest: p.rest, Faults: p.faults}, true
}

// restoreSigns gives known names back what YAML takes for something else than
// text though nobody means it: "title: #1 in rents" has no value in YAML,
// "title: Berth #4 is free" and "title: !Breaking news" lose words. A comment
// has a space behind its sign, and an anchor an alias somewhere.
func (p *frontMatterParser) restoreSigns(values map[string]any) {
	line := p.line - 1
	for text := range strings.Lines(p.head) {
		line++
		name, rest, found := strings.Cut(strings.TrimRight(text, " \t\r\n"), ":")
		rest = strings.TrimSpace(rest)
		v, stated := values[name]
		s, isText := v.(string)
		if !found || !stated || rest == "" || v != nil && !isText || !p.known(name) {
			continue
		}
		meant := false
		switch {
		case v == nil || s == "":
			meant = unmeantSign().MatchString(rest)
		case strings.HasPrefix(rest, s):
			meant = unmeantComment().MatchString(rest[len(s):])
		case strings.HasSuffix(rest, s):
			mark, _, _ := strings.Cut(rest, " ")
			meant = mark[0] == '!' && !strings.HasPrefix(mark, "!!") || mark[0] == '&' && !strings.Contains(p.head, "*"+mark[1:])
		}
		if meant {
			values[name] = rest
			p.fault(line, text, errNotForm)
		}
	}
}

var (
	unmeantSign    = pattern(`^[#!&][^\s!]`)
	unmeantComment = pattern(`^\s+#\S`)
)

func (p *frontMatterParser) knowsAny(values map[string]any) bool {
	for name := range values {
		if p.known(name) {
			return true
		}
	}
	return false
}

// hasSentence reports whether a value is more than a name or a figure.
func hasSentence(values map[string]any) bool {
	const minWords = 4
	for _, v := range values {
		if s, ok := v.(string); ok && len(strings.Fields(s)) >= minWords {
			return true
		}
	}
	return false
}

// errNoMapping tells of what is no list of names and values.
var errNoMapping = errors.New("no names with values")

// decodeYAML reads YAML.
func decodeYAML(s string) (values map[string]any, err error) {
	defer recoverError(&err)
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(s), &root); err != nil {
		return nil, err
	}
	if len(root.Content) == 0 { // empty, or comments only
		return map[string]any{}, nil
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return nil, errNoMapping
	}
	left := maxValues
	if !withinValues(&root, &left) {
		return nil, errors.New("too many values")
	}
	var v any
	if err := root.Decode(&v); err != nil {
		return nil, err
	}
	values, _ = plainValue(v).(map[string]any)
	return values, nil
}

// decodeTOML reads TOML.
func decodeTOML(s string) (values map[string]any, err error) {
	defer recoverError(&err)
	err = toml.Unmarshal([]byte(s), &values)
	if values == nil {
		values = map[string]any{}
	}
	return values, err
}

// decodeMatterJSON reads an object.
func decodeMatterJSON(s string) (values map[string]any, err error) {
	if s = strings.TrimSpace(s); !strings.HasPrefix(s, "{") {
		s = "{" + s + "}"
	}
	err = json.Unmarshal([]byte(s), &values)
	return values, err
}

// recoverError turns a panic of a parser into an error.
func recoverError(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("parser failed: %v", r)
	}
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
	case toml.LocalDate:
		return v.String()
	case toml.LocalDateTime:
		return v.String()
	case toml.LocalTime:
		return v.String()
	}
	return v
}

var yamlLine = pattern(`line (\d+)`)

// frontMatterError tells an error with line numbers that count from the line of
// hyphens, as the reader of the file does.
func frontMatterError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = yamlLine().ReplaceAllStringFunc(text, func(m string) string {
		n, _ := strconv.Atoi(m[len("line "):])
		return "line " + strconv.Itoa(n+1)
	})
	return errors.New(cmp.Or(Clean(strings.ReplaceAll(text, "\n", " ")), "malformed"))
}
