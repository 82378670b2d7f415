package query

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// TagPath returns a tag of a reader's own in canonical form: that of [TopicPath], with
// letters and their accents composed, as two keyboards may write the same word in two ways.
func TagPath(s string) string { return norm.NFC.String(TopicPath(norm.NFC.String(s))) }

// TopicPath returns a topic in canonical form: lower case, the levels of its
// hierarchy, which may be written apart by "/" or ">", joined by "/", and "_"
// for white space within a level. Levels without a name are left out.
// "Security > Nuclear weapons" is "security/nuclear_weapons". The canonical
// form is its own canonical form.
func TopicPath(s string) string {
	levels := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '>' })
	kept := levels[:0]
	for _, level := range levels {
		// Fields trims, and joins runs of white space into one underscore.
		if words := strings.Fields(strings.ToLower(level)); len(words) > 0 {
			kept = append(kept, strings.Join(words, "_"))
		}
	}
	return strings.Join(kept, "/")
}
