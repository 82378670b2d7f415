package stated

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
)

// List parts a list of subjects, places or names at semicolons, and drops how
// sure the database is of each, in percent:
//
//	BIRMINGHAM, AL, USA (73%) ALABAMA, USA (90%); CANADA (88%)
//
// A percentage ends an entry too.
func List(s string) []string {
	var list []string
	for part := range strings.SplitSeq(s, ";") {
		for {
			open := strings.LastIndexByte(firstPercent(part), '(')
			if open < 0 {
				break
			}
			end := len(firstPercent(part))
			list = appendName(list, part[:open])
			part = part[end:]
		}
		list = appendName(list, part)
	}
	return list
}

// firstPercent returns a text to the end of its first percentage in brackets;
// empty when there is none.
func firstPercent(s string) string {
	end := strings.Index(s, "%)")
	if end < 0 {
		return ""
	}
	open := strings.LastIndexByte(s[:end], '(')
	if open < 0 || strings.Trim(s[open+1:end], " ") == "" || strings.Trim(s[open+1:end], "0123456789 ") != "" {
		return ""
	}
	return s[:end+len("%)")]
}

func appendName(list []string, s string) []string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return list
	}
	return append(list, s)
}

// Values returns entries of a list as values of a field.
func Values(list []string, from string) []record.Value {
	values := make([]record.Value, len(list))
	for i, s := range list {
		values[i] = record.Value{Text: s, From: from, Element: true}
	}
	return values
}

// IsFilter reports whether a code of a subject of Dow Jones tells a kind of content,
// for the database's own use.
func IsFilter(code string) bool {
	switch code {
	case "nfact", "ncat", "niwe":
		return true
	}
	return strings.HasPrefix(code, "nfc")
}
