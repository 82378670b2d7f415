package guard

import "strings"

// Matches reports whether the header If-None-Match names the tag of an answer.
func Matches(header, tag string) bool {
	const weak = "W/"
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || one != "" && strings.TrimPrefix(one, weak) == strings.TrimPrefix(tag, weak) {
			return true
		}
	}
	return false
}
