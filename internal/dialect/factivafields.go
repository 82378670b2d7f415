package dialect

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/query"
)

func itoa(n int) string { return strconv.Itoa(n) }

// factivaFieldsOf are the fields of Factiva, by their tags.
func factivaFieldsOf() map[string]place {
	fields := map[string]place{}
	for tags, p := range map[string]place{
		"hd hl":                               {fields: []string{"title"}},
		"hlp":                                 {fields: []string{"title", leadName}, note: noteHLead},
		"lp":                                  {fields: []string{leadName}, note: noteLead},
		"td":                                  {fields: []string{"body"}, note: "looked for in the whole body, the lead included"},
		"by":                                  {fields: []string{"author"}},
		"sn":                                  {fields: []string{"source"}},
		"la":                                  {fields: []string{"lang"}},
		"de":                                  {fields: []string{"topic"}, note: noteTopic},
		"rst sc":                              {fields: []string{"source"}},
		"re":                                  {fields: []string{"place"}},
		"ns":                                  {note: "newsq has no codes of subjects; write topic:NAME, of those that \"newsq topics\" lists"},
		"in":                                  {note: "newsq has no codes of industries; write words of the industry"},
		"co fds ric pub":                      {note: "newsq has no codes of companies; write org:NAME"},
		"an art ct cx cr clm ed pg rf se vol": {note: noteKeepsNo},
	} {
		for _, tag := range strings.Fields(tags) {
			fields[tag] = p
		}
	}
	return fields
}

// fieldOf emits the start of a field, such as hd= or la=.
func (s *factivaScanner) fieldOf(name string) bool {
	at := strings.IndexByte(name, '=')
	if at <= 0 || strings.ContainsFunc(name[:at], func(c rune) bool { return c < 'a' || c > 'z' }) {
		return false
	}
	tag := name[:at]
	p, known := factivaFieldsOf()[tag]
	s.emit(token{kind: isPrefix, rank: factivaFields, apply: func(t token, n query.Node) query.Node {
		switch {
		case !known:
			s.note(t, "no field that newsq knows; looked for everywhere")
			return n
		case tag == "rst" || tag == "sc":
			n = s.decoded(t, n, sourceName, "source")
		case tag == "re":
			n = s.decoded(t, n, regionName, "place")
		}
		return s.placed(t, p, n)
	}}, s.pos+at+1)
	return true
}

// decoded returns n with codes replaced by what they stand for. What isn't known is left
// out.
func (r *reader) decoded(t token, n query.Node, name func(string) string, field string) query.Node {
	return mapped(n, func(n query.Node) query.Node {
		code := textOf(n)
		meant := name(code)
		if meant == "" {
			r.note(t, "%s: newsq doesn't know the code; left out: write %s:NAME", code, field)
			return nil
		}
		r.note(t, "%s is read as %s", code, meant)
		if strings.Contains(meant, " ") {
			return query.Phrase{Text: meant}
		}
		return query.Word{Text: meant}
	})
}
