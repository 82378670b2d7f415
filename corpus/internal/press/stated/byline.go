package stated

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/wordset"
)

// Byline returns what a byline tells of who wrote, without addresses, numbers of
// telephones and the outlet, which stand there too:
//
//	CHRIS DOE  cdoe@example.com, 608-555-0198
//	Ann Roe, The Example Herald, Clinton, N.C.
//
// Names stay as they are; parting them is for the caller.
func Byline(s, outlet string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "\n", " ")
	for _, and := range [...]string{"and", "und", "et", "y", "e", "en", "i", "&"} {
		// Several blanks part names from what they do, but for these.
		s = replaceRun(s, and)
	}
	var people []string
	for group := range strings.FieldsFuncSeq(strings.ReplaceAll(s, "  ", ";"), func(r rune) bool { return r == ';' }) {
		var parts []string
		for part := range strings.SplitSeq(group, ",") {
			part = withoutCredit(withoutRole(strings.Trim(withoutAddress(part), " -–—|/")))
			if isOutlet(part, outlet) {
				if len(parts) == 0 {
					continue
				}
				break // what follows is where it is
			}
			if !isContact(part) {
				parts = append(parts, part)
			}
		}
		if len(parts) > 0 {
			people = append(people, strings.Join(parts, ", "))
		}
	}
	return strings.Join(people, "; ")
}

// replaceRun makes single blanks of those around a word.
func replaceRun(s, word string) string {
	for _, run := range [...]string{"  " + word + " ", " " + word + "  "} {
		s = strings.ReplaceAll(s, run, " "+word+" ")
	}
	return s
}

// withoutAddress drops addresses from a part of a byline, and a word in capitals
// for "by" that begins it.
func withoutAddress(s string) string {
	words := slices.DeleteFunc(strings.Fields(s), func(w string) bool {
		return strings.Contains(w, "@") || strings.HasPrefix(w, "http") || strings.HasPrefix(w, "www.")
	})
	if len(words) > 1 && len(words) < 6 && isBy(words[0]) && words[1] != "DER" && words[1] != "DEN" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

func isBy(s string) bool {
	switch s {
	case "VON", "PAR", "POR", "DOOR", "Door", "PRZEZ", "AV", "AF":
		return true
	}
	return false
}

// isContact reports whether a part of a byline is an address or a number.
func isContact(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits >= 5 {
		return true
	}
	// A host: theguardian.example
	dot := strings.LastIndexByte(s, '.')
	return dot > 2 && dot+2 < len(s) && !strings.ContainsAny(s, " '’") && strings.ToLower(s) == s
}

// isOutlet reports whether a part of a byline names the outlet.
func isOutlet(part, outlet string) bool {
	p, o := letters(part), letters(outlet)
	if p == "" {
		return true
	}
	if o == "" || len(p) < 4 {
		return false
	}
	return p == o || strings.HasPrefix(o, p) && len(strings.Fields(part)) > 1 || "the"+p == o || strings.HasPrefix(p, "the") && strings.HasPrefix(o, p[3:]) && len(p) > 6
}

// letters returns the letters and digits of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// roleWords end a name without a comma: "Ann Roe Staff writer".
var roleWords = wordset.Of(`staff writer writers reporter reporters correspondent correspondents columnist editor editors
	special contributor contributors bureau chief political business sports news foreign`)

// withoutRole drops words at the end that say what somebody does. Of a name two
// words stay.
func withoutRole(s string) string {
	words := strings.Fields(s)
	if n := len(words); n > 2 && isRoleNoun(words[n-1]) {
		for n > 2 && roleWords()[strings.ToLower(words[n-1])] {
			n--
		}
		words = words[:n]
	}
	return strings.Join(words, " ")
}

func isRoleNoun(s string) bool {
	switch strings.ToLower(s) {
	case "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "columnist", "editor", "editors",
		"contributor", "contributors", "staff":
		return true
	}
	return false
}

// credits stand before a name that follows others.
var credits = [...]string{"and reported by ", "reported by ", "reporting by ", "additional reporting by ", "compiled by ", "written by ", "interview by ", "and "}

func withoutCredit(s string) string {
	for _, c := range credits {
		if len(s) > len(c) && strings.EqualFold(s[:len(c)], c) {
			return s[len(c):]
		}
	}
	return s
}
