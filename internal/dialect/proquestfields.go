package dialect

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// proquestFields are the fields of ProQuest, by their codes.
func proquestFields() map[string]place {
	fields := map[string]place{}
	for codes, p := range map[string]place{
		"ti title mainsubjecttitle":       {fields: []string{"title"}},
		"ab abstract":                     {fields: []string{"summary"}},
		"tiab":                            {fields: []string{"title", "summary"}},
		"au author":                       {fields: []string{"author"}},
		"pub pubtitle publication jn":     {fields: []string{"source"}},
		"su subject sub mainsubject mesh": {fields: []string{"topic"}, note: noteTopic},
		"la language":                     {fields: []string{"lang"}},
		"ft fulltext":                     {fields: []string{"body"}},
		"loc geo location":                {fields: []string{"place"}, note: notePlace},
		"per people person pe":            {fields: []string{"person"}, note: notePerson},
		"org co company":                  {fields: []string{"org"}, note: noteOrg},
		"all anywhere":                    {},
		"noft":                            {fields: []string{"title", "summary", "topic"}, note: "newsq looks at the title, the summary and the topics"},
		"lead":                            {fields: []string{leadName}, note: noteLead},
		"dtype rtype stype at sec dskw":   {note: noteKeepsNo},
		"issn isbn docid an doi pid cc naics class duns tick": {note: noteCode},
		"pg vo iss dl cap pubid placepub":                     {note: noteKeepsNo},
	} {
		for _, code := range strings.Fields(codes) {
			fields[code] = p
		}
	}
	return fields
}

// field emits the start of a field, such as TI( or TI,AB( or SU.EXACT(, or what stands for
// a whole condition, such as PD(20200101). The name ends at end, where a parenthesis opens.
func (s *proquestScanner) field(name string, end int) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".exact"), ".x")
	switch name {
	case "":
		return false
	case "allcaps":
		s.emit(token{kind: isPrefix, rank: -1, apply: func(t token, n query.Node) query.Node { return s.cased(t, n, allCapitals) }}, end)
		return true
	case "exact", "x":
		s.emit(token{kind: isPrefix, rank: -1, apply: func(_ token, n query.Node) query.Node { return asWritten(n) }}, end)
		return true
	case "pd", "yr", "pubdate", "year", "ud", "fav":
		t := token{start: s.pos, end: end}
		closing := s.closing(end)
		if s.err == nil {
			s.emit(token{kind: isLeaf, node: s.dates(t, name, s.text[end+1:closing])}, closing+1)
		}
		return true
	}
	s.emit(token{kind: isPrefix, rank: -1, apply: s.inFields(strings.Split(name, ","))}, end)
	return true
}

// inFields returns what puts a node in fields, any of which will do.
func (s *proquestScanner) inFields(codes []string) func(token, query.Node) query.Node {
	return func(t token, n query.Node) query.Node {
		var of []query.Node
		for _, code := range codes {
			p, known := proquestFields()[strings.TrimSpace(code)]
			switch {
			case !known:
				s.note(t, "%s is no field that newsq knows; looked for everywhere", code)
				return n
			case len(p.fields) == 0 && p.note == "":
				return n
			}
			if !s.spend(t, sizeOf(n)) {
				return nil
			}
			of = append(of, s.placed(t, p, n))
		}
		return or(of...)
	}
}

// asWritten returns n with its words as they are written.
func asWritten(n query.Node) query.Node {
	return mapped(n, func(n query.Node) query.Node {
		text := textOf(n)
		switch {
		case text == "":
			return n
		case strings.Contains(text, " "):
			return query.Phrase{Text: text}
		}
		return query.Word{Text: text, Exact: true}
	})
}

// dates returns the condition of PD(20200101), PD(20200101-20201231), PD(>20200101), YR(2020).
func (s *proquestScanner) dates(t token, code, text string) query.Node {
	field := "date"
	if code == "ud" || code == "fav" {
		field = "added"
	}
	var all []query.Node
	for _, part := range splitFold(text, " or ") {
		var both []query.Node
		for _, one := range splitFold(part, " and ") {
			both = append(both, inDateField(s.oneDate(t, one), field))
		}
		all = append(all, and(both...))
	}
	return or(all...)
}

// oneDate returns the condition of a date, or of two with a hyphen between them.
func (s *proquestScanner) oneDate(t token, text string) query.Node {
	sign, rest := comparison(strings.TrimSpace(text))
	if low, high, ok := strings.Cut(rest, "-"); ok && sign == "" && !strings.Contains(high, "-") && len(strings.TrimSpace(high)) >= 4 {
		return s.period(t, low, high)
	}
	return dated(sign, s.day(t, rest))
}

// splitFold cuts s at a separator in small letters, whatever its case there.
func splitFold(s, separator string) []string {
	var out []string
	for {
		i := strings.Index(strings.ToLower(s), separator)
		if i < 0 || len(strings.ToLower(s)) != len(s) {
			return append(out, s)
		}
		out = append(out, s[:i])
		s = s[i+len(separator):]
	}
}
