package reference

import (
	"strings"
	"unicode"
)

// Name returns a name as people say it: "Ada Okoye", "Jan van der Berg Jr.".
// Names that are written in Han or Hangul keep the family name in front.
func Name(given, family, suffix string) string {
	given, family, suffix = strings.TrimSpace(given), strings.TrimSpace(family), strings.TrimSpace(suffix)
	switch {
	case family == "":
		return given
	case given == "":
		return family
	case isFamilyFirst(family) && isFamilyFirst(given):
		return family + given
	}
	name := given + " " + family
	if suffix != "" {
		name += " " + suffix
	}
	return name
}

// isFamilyFirst reports whether a name is in a script in which the family name
// stands in front.
func isFamilyFirst(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.Han, unicode.Hangul) })
}

// Turned returns a name that is written "Okoye, Ada" or "Okoye, Ada, Jr." as
// [Name] has it, without the years of a life: "Okoye, Ada, 1961-". One without a
// comma stays as it is.
func Turned(s string) string {
	parts := strings.SplitN(s, ",", maxNameParts)
	for i := range parts {
		if at := strings.IndexByte(parts[i], '['); at > 0 && hasYear(parts[i][at:]) {
			parts[i] = parts[i][:at]
		}
	}
	for len(parts) > 1 && hasYear(parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	parts = append(parts, "", "")
	return Name(parts[1], parts[0], strings.Trim(parts[2], " ,"))
}

// maxNameParts are family, given, suffix and years.
const maxNameParts = 4

// hasYear reports whether a part of a name is of years.
func hasYear(s string) bool {
	return HasYear(s) && !strings.ContainsFunc(strings.TrimLeft(s, "[ "), unicode.IsUpper)
}

// Names parts a list of names at semicolons, or at "and" where each is written
// with the family name in front, and turns them.
func Names(s string) []string {
	list := strings.Split(s, ";")
	if parts := strings.Split(s, " and "); len(list) == 1 && len(parts) > 1 {
		list = parts
		for _, p := range parts {
			if strings.Count(p, ",") != 1 {
				list = []string{s}
			}
		}
	}
	for i := range list {
		list[i] = Turned(list[i])
	}
	return list
}
