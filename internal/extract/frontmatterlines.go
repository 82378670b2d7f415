package extract

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Front matter that is not in its form as a whole is read name by name. What a
// name has is read in the form if it can be, else as text.

// matterEntry is a name with the lines that belong to it.
type matterEntry struct {
	line  int // of the text, from 1
	name  string
	first string   // what stands behind the name
	lines []string // all of them, as they are
	open  int      // brackets that its lines open and don't close
}

func (e *matterEntry) add(line string) {
	e.lines = append(e.lines, line)
	e.open += strings.Count(line, "[") - strings.Count(line, "]")
}

// maxMatterName is how long a name may be, in runes; maxMatterWords how many
// words it may have.
const (
	maxMatterName  = 40
	maxMatterWords = 4
)

var (
	errTwice   = errors.New("the name stands twice")
	errNoName  = errors.New("a line without a name")
	errNotForm = errors.New("read as text")
)

// lines reads front matter name by name. Prose is what stands above the first
// name. ok is false when it rather is a text between two ruled lines.
func (p *frontMatterParser) lines() (values map[string]any, prose string, ok bool) {
	entries, prose := p.entries()
	knows := false
	for _, e := range entries {
		knows = knows || p.known(e.name)
	}
	if !knows || strings.Count(prose, "\n") > len(entries) {
		return nil, "", false
	}
	if prose != "" && len(p.faults) == 0 {
		p.fault(p.line, prose, errNoName)
	}
	values = map[string]any{}
	left := maxValues
	for _, e := range entries {
		if left -= len(e.lines); left < 0 {
			break
		}
		name := e.name
		v := p.value(e)
		before, twice := values[name]
		if twice {
			p.fault(e.line, e.lines[0], errTwice)
			v = append(asList(before), asList(v)...)
		}
		values[name] = v
	}
	return values, prose, true
}

func (p *frontMatterParser) fault(line int, text string, err error) {
	const most = 100 // more tell nothing more
	if len(p.faults) < most {
		text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
		p.faults = append(p.faults, FrontMatterFault{Line: line, Text: Clean(text), Err: err})
	}
}

func asList(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// entries cuts front matter into entries. A line that begins none belongs to
// the one above.
func (p *frontMatterParser) entries() (entries []matterEntry, prose string) {
	head, line, table := p.head, p.line, ""
	if p.form == "json" {
		head = strings.TrimSuffix(strings.TrimPrefix(head, "{"), "}")
	}
	for text := range strings.Lines(head) {
		text = strings.TrimRight(text, " \t\r\n")
		if p.form == "json" {
			text = strings.TrimSuffix(strings.TrimSpace(text), ",")
		}
		trimmed := strings.TrimSpace(text)
		if p.form == "toml" && strings.HasPrefix(trimmed, "[") && strings.HasSuffix(trimmed, "]") && !openList(entries) {
			table = strings.Trim(trimmed, "[] ")
			trimmed = ""
		}
		name, first, found := p.cutName(text, entries)
		switch {
		case trimmed == "" || trimmed[0] == '#' && len(entries) == 0:
		case found:
			if table != "" && !p.known(name) {
				name = table + "." + name
			}
			e := matterEntry{line: line, name: name, first: first}
			e.add(text)
			entries = append(entries, e)
		case len(entries) == 0 || isStray(text, entries):
			prose += trimmed + "\n"
			if len(entries) > 0 {
				p.fault(line, trimmed, errNoName)
			}
		default:
			entries[len(entries)-1].add(text)
		}
		line++
	}
	return entries, strings.TrimRight(prose, "\n")
}

// isStray reports whether a line that begins no entry isn't meant for the one
// above either. What goes on is indented, an item or the end of a list, or
// begins in lower case.
func isStray(line string, entries []matterEntry) bool {
	first, _ := utf8.DecodeRuneInString(line)
	return !openList(entries) && !unicode.IsLower(first) && !strings.ContainsRune(" \t-#]}\"'", first)
}

// openList reports whether the last of the entries is a list that goes on.
func openList(entries []matterEntry) bool {
	return len(entries) > 0 && entries[len(entries)-1].open > 0
}

// cutName cuts the name off a line that begins an entry. A line that is
// indented belongs to the one above, unless its name is known and the one
// above has its value already.
func (p *frontMatterParser) cutName(line string, entries []matterEntry) (name, rest string, ok bool) {
	mark := ":"
	if p.form == "toml" && strings.Contains(line, "=") {
		mark = "="
	}
	name, rest, ok = strings.Cut(line, mark)
	indented := name != "" && (name[0] == ' ' || name[0] == '\t')
	name = strings.Trim(strings.TrimSpace(name), `"'`)
	switch {
	case !ok || !isMatterName(name):
		return "", "", false
	case indented && (!p.known(name) || len(entries) > 0 && valueFollows(entries[len(entries)-1].first)):
		return "", "", false
	case rest != "" && rest[0] != ' ' && rest[0] != '\t' && p.form != "toml" && !p.known(name):
		return "", "", false // 10:30, https://...
	case openList(entries) && !p.known(name):
		return "", "", false
	}
	return name, strings.TrimSpace(rest), true
}

// valueFollows reports whether what stands behind a name says that its value
// stands in the lines below.
func valueFollows(first string) bool {
	return first == "" || first[0] == '|' || first[0] == '>'
}

// isMatterName reports whether s can be the name of a value.
func isMatterName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return (unicode.IsLetter(first) || first == '_' || first == '@') && utf8.RuneCountInString(s) <= maxMatterName &&
		len(strings.Fields(s)) <= maxMatterWords && !strings.ContainsAny(s, "[]{}<>\"“”?!,;()")
}

// value reads an entry in the form, else as text.
func (p *frontMatterParser) value(e matterEntry) any {
	whole := strings.Join(e.lines, "\n")
	for _, s := range [...]string{whole, strings.ReplaceAll(whole, "\t", "  ")} {
		var values map[string]any
		var err error
		if p.form == "toml" {
			values, err = decodeTOML(s)
		} else {
			values, err = decodeYAML(s)
		}
		if err == nil && len(values) == 1 {
			if s != whole {
				p.fault(e.line, whole, errNotForm)
			}
			for _, v := range values {
				return v
			}
		}
	}
	p.fault(e.line, whole, errNotForm)
	return textValue(e.first, e.lines[1:])
}

// textValue reads what stands behind a name and below it as text: one, the
// items of a list, or names with values.
func textValue(first string, below []string) any {
	if valueFollows(first) {
		first = strings.TrimSpace(strings.TrimLeft(first, "|>+-"))
	}
	var items []any
	var open []string // lines of the item, or of the text, at hand
	if first != "" {
		open = append(open, first)
	}
	list := false
	flush := func() {
		if len(open) > 0 {
			items = append(items, linesValue(open))
		}
		open = nil
	}
	for _, line := range below {
		line = strings.TrimSpace(line)
		rest, item := strings.CutPrefix(line, "-")
		switch {
		case line == "":
		case item && (rest == "" || rest[0] == ' ' || rest[0] == '\t'):
			flush()
			list = true
			if rest = strings.TrimSpace(rest); rest != "" {
				open = append(open, rest)
			}
		default:
			open = append(open, line)
		}
	}
	if list {
		flush()
		return items
	}
	if first != "" || len(open) == 0 {
		return flowValue(strings.Join(open, " "))
	}
	return linesValue(open)
}

// linesValue reads the lines of an item: names with values, if each line is one, else a text.
func linesValue(lines []string) any {
	values := map[string]any{}
	for _, line := range lines {
		name, rest, ok := strings.Cut(line, ": ")
		if !ok || strings.Contains(strings.TrimSpace(name), " ") || !isMatterName(name) {
			return flowValue(strings.Join(lines, " "))
		}
		values[name] = unquote(strings.TrimSpace(rest))
	}
	if _, named := values["name"]; len(lines) == 1 && !named {
		return unquote(lines[0])
	}
	return values
}

// MatterText reads the value of a line "Name: value" that stands above a text:
// a text without the quotation marks around it, or a list in brackets.
func MatterText(s string) any { return flowValue(s) }

// flowValue reads a list in brackets: one that holds no other, or that was
// never closed. Anything else is a text.
func flowValue(s string) any {
	inner, open := strings.CutPrefix(s, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !open || strings.ContainsAny(inner, "[]") || !closed && !strings.Contains(inner, ",") {
		return unquote(s)
	}
	var list []any
	for part := range strings.SplitSeq(inner, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, unquote(part))
		}
	}
	return list
}

// unquote takes quotation marks off a text that stands between two, and one
// that has no partner. Those of single words at both ends stay.
func unquote(s string) string {
	for _, mark := range [...]string{`"`, `'`} {
		inner, open := strings.CutPrefix(s, mark)
		if !open || inner == "" {
			continue
		}
		inner, closed := strings.CutSuffix(inner, mark)
		n := strings.Count(inner, mark)
		at := strings.Index(inner, mark)
		switch {
		case !closed && n == 0 && (mark != "'" || !isElided(inner)):
			return inner
		case closed && (n == 0 || n%2 == 1 || at == 0 || inner[at-1] == ' ' || inner[at-1] == '\\'):
			return strings.ReplaceAll(inner, `\`+mark, mark)
		}
	}
	return s
}

// isElided reports whether a text begins with what is left of a word behind an
// apostrophe: 'Tis the season, '90s debts, 't Hart.
func isElided(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch strings.ToLower(strings.Trim(first, ",.:;!?")) {
	case "tis", "twas", "twere", "twill", "til", "till", "cause", "em", "round", "bout", "cos", "n", "t", "s", "k", "m", "nother", "un":
		return true
	}
	return first != "" && first[0] >= '0' && first[0] <= '9'
}

// Error tells the fault with its line.
func (f FrontMatterFault) Error() string {
	if f.Text == "" {
		return fmt.Sprintf("line %d: %v", f.Line, f.Err)
	}
	return fmt.Sprintf("line %d: %v: %s", f.Line, f.Err, f.Text)
}

// Unwrap returns the cause.
func (f FrontMatterFault) Unwrap() error { return f.Err }
