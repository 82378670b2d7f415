package dialect

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// place is what a field of another dialect becomes.
type place struct {
	fields []string // of newsq, any of which will do; none where it is left out
	note   string   // what differs; empty for nothing
}

// The notes on fields that several dialects have.
const (
	noteTopic   = "looked for among newsq's topics, by their whole names; \"newsq topics\" lists them"
	noteOrg     = "looked for among the organizations of an article"
	notePerson  = "looked for among the people of an article"
	notePlace   = "looked for among the places of an article"
	noteLead    = "newsq looks at the first 50 words of the body"
	noteHLead   = "newsq looks at the title and the first 50 words of the body"
	noteKeepsNo = "newsq keeps nothing like it"
	noteCode    = "newsq has no such codes"
)

// nexisSegments are the segments of news in Nexis, by their names.
func nexisSegments() map[string]place {
	segments := map[string]place{}
	for names, p := range map[string]place{
		"headline hl head title":                           {fields: []string{"title"}},
		"hlead":                                            {fields: []string{"title", leadName}, note: noteHLead},
		"lead lead-paragraph":                              {fields: []string{leadName}, note: noteLead},
		"body text":                                        {fields: []string{"body"}},
		"abstract summary":                                 {fields: []string{"summary"}},
		"highlight":                                        {fields: []string{"summary"}, note: "looked for in the summary"},
		"byline author":                                    {fields: []string{"author"}},
		"publication pub source source-name":               {fields: []string{"source"}},
		"subject term terms sub industry":                  {fields: []string{"topic"}, note: noteTopic},
		"company organization org":                         {fields: []string{"org"}, note: noteOrg},
		"person people name":                               {fields: []string{"person"}, note: notePerson},
		"geographic geo country state city region":         {fields: []string{"place"}, note: notePlace},
		"language lang":                                    {fields: []string{"lang"}},
		"dateline":                                         {fields: []string{leadName}, note: "newsq has no datelines: looked for in the first 50 words of the body"},
		"ticker sic naics journal-code cusip duns":         {note: noteCode},
		"section type publication-type document-type":      {note: noteKeepsNo},
		"series edition graphic correction cite copyright": {note: noteKeepsNo},
		"distribution column notes memo circulation country-code": {note: noteKeepsNo},
	} {
		for _, name := range strings.Fields(names) {
			segments[name] = p
		}
	}
	return segments
}

// segment emits the start of a segment, such as headline( or byline(. A name that no
// segment has is one, too, where a parenthesis follows it directly.
func (s *nexisScanner) segment(name string, end int) bool {
	next := s.blank(end)
	if next == len(s.text) || s.text[next] != '(' {
		return false
	}
	p, known := nexisSegments()[name]
	switch {
	case known && (next == end || name == "hlead" || name == "headline" || name == "byline"):
	case next > end, !isWordly(name):
		return false
	default:
		p = place{note: ""}
	}
	s.emit(token{kind: isPrefix, rank: -1, apply: func(t token, n query.Node) query.Node {
		if !known {
			s.note(t, "no segment that newsq knows; looked for everywhere")
			return n
		}
		return s.placed(t, p, n)
	}}, end)
	return true
}

// placed returns n in the fields of newsq that stand for one of another dialect.
func (r *reader) placed(t token, p place, n query.Node) query.Node {
	switch {
	case n == nil:
		return nil
	case len(p.fields) == 0:
		return r.leftOut(t, p.note)
	}
	if p.note != "" {
		r.note(t, "%s", p.note)
	}
	if len(p.fields) > 1 && !r.spend(t, len(p.fields)*sizeOf(n)) {
		return nil
	}
	var of []query.Node
	for _, field := range p.fields {
		of = append(of, r.field(t, field, n))
	}
	return or(of...)
}

// field returns n in one field of newsq.
func (r *reader) field(t token, field string, n query.Node) query.Node {
	switch field {
	case leadName:
		return r.lead(t, query.DefaultLead, n)
	case "lang":
		n = mapped(n, func(n query.Node) query.Node {
			text := textOf(n)
			if code := languageCode(text); text != "" && !strings.Contains(code, " ") {
				return query.Word{Text: code}
			}
			return n
		})
	}
	return r.within(t, field, n)
}

// nexisDates are the segments of dates.
func nexisDate(name string) (field string, ok bool) {
	switch name {
	case "date", "pub-date", "publication-date", "pubdate", "date-published":
		return "date", true
	case "load-date":
		return "added", true
	}
	return "", false
}

// relation returns the sign of comparison that a word of Nexis stands for.
func relation(word string) string {
	switch word {
	case "aft", "after", "gtr", "gt", ">":
		return ">"
	case "bef", "before", "les", "lss", "lt", "<":
		return "<"
	case "geq", "gte", ">=", "since":
		return ">="
	case "leq", "lte", "<=":
		return "<="
	case "is", "eq", "=", "equals", "on":
		return "="
	}
	return ""
}

// date emits a date: date(geq(1/1/2020) and leq(6/30/2020)), date aft 2019, date is 2020.
func (s *nexisScanner) date(name string, end int) bool {
	if i := strings.IndexAny(name, "<>="); i > 0 { // date>2019
		end = s.pos + i
		name = name[:i]
	}
	field, ok := nexisDate(name)
	if !ok {
		return false
	}
	t := token{start: s.pos, end: end}
	next := s.blank(end)
	if next < len(s.text) && s.text[next] == '(' {
		end = s.closing(next)
		if t.end = end + 1; s.err == nil {
			s.emit(token{kind: isLeaf, node: s.dates(t, field, s.text[next+1:end])}, end+1)
		}
		return true
	}
	end = s.dateEnd(next)
	t.end = end
	value := lower(s.text[next:end])
	sign, day := s.related(value)
	switch {
	case strings.HasPrefix(value, "from ") && strings.Contains(value, " to "):
	case sign == "", day == "" && isPreposition(value):
		return false
	}
	s.emit(token{kind: isLeaf, node: s.dates(t, field, s.text[next:end])}, end)
	return true
}

// isPreposition reports whether a relation is a word that stands behind date in a text,
// too.
func isPreposition(word string) bool {
	switch word {
	case "after", "before", "since", "is", "equals", "on":
		return true
	}
	return false
}

// dateEnd returns the end of the words from offset i on that a date may be of.
func (s *nexisScanner) dateEnd(i int) int {
	end := i
	for i < len(s.text) {
		wordEnd := s.wordEnd(i, "()")
		word := lower(strings.Trim(s.text[i:wordEnd], ",."))
		if wordEnd == i || relation(word) == "" && word != "from" && word != "to" && !isMonth(word) && !strings.ContainsAny(word, "0123456789") {
			break
		}
		end = wordEnd
		i = s.blank(wordEnd)
	}
	return end
}

// isMonth reports whether a word is the name of a month, or the start of one.
func isMonth(word string) bool {
	if len(word) < 3 {
		return false
	}
	for _, month := range strings.Fields("january february march april may june july august september october november december") {
		if strings.HasPrefix(month, word) || word == "sept" {
			return true
		}
	}
	return false
}

// related returns the sign that a text starts with, as a sign or a word, and the rest
// without parentheses.
func (s *nexisScanner) related(text string) (sign, rest string) {
	text = strings.Trim(strings.TrimSpace(text), "() ")
	if sign, rest = comparison(text); sign != "" {
		return sign, strings.Trim(rest, "() ")
	}
	end := strings.IndexFunc(text, func(c rune) bool { return c == ' ' || c == '(' || c >= '0' && c <= '9' })
	if end < 0 {
		end = len(text)
	}
	if sign = relation(lower(text[:end])); sign == "" {
		return "", text
	}
	return sign, strings.Trim(text[end:], "() ")
}

// dates returns the condition of dates that are joined by and, with a sign each, or with
// to between two of them.
func (s *nexisScanner) dates(t token, field, text string) query.Node {
	var all []query.Node
	lower := strings.ToLower(text)
	if from, to, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(lower), "from "), " to "); ok {
		return inDateField(s.period(t, from, to), field)
	}
	for _, part := range strings.Split(lower, " and ") {
		sign, day := s.related(part)
		n := dated(sign, s.day(t, day))
		all = append(all, inDateField(n, field))
	}
	if len(all) == 2 {
		low, ok1 := all[0].(query.Range)
		high, ok2 := all[1].(query.Range)
		if ok1 && ok2 && low.High == "" && high.Low == "" {
			low.High, low.OpenHi = high.High, high.OpenHi
			return low
		}
	}
	return and(all...)
}

func inDateField(n query.Node, field string) query.Node {
	if r, ok := n.(query.Range); ok {
		r.Name = field
		return r
	}
	return n
}

// length emits the number of words: length > 1000, length(>500).
func (s *nexisScanner) length(name string, end int) bool {
	rest, ok := strings.CutPrefix(name, "length")
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], "<>=") {
		return false
	}
	t := token{start: s.pos, end: end}
	next := s.blank(s.pos + len("length"))
	if next < len(s.text) && s.text[next] == '(' {
		end = s.closing(next)
		if s.err == nil {
			sign, n := s.related(s.text[next+1 : end])
			s.emit(token{kind: isLeaf, node: s.lengthOf(t, sign+n)}, end+1)
		}
		return true
	}
	end = s.dateEnd(next)
	sign, n := s.related(s.text[next:end])
	if sign == "" || n == "" && isPreposition(lower(s.text[next:end])) {
		return false
	}
	s.emit(token{kind: isLeaf, node: s.lengthOf(t, sign+n)}, end)
	return true
}
