package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/index"
)

// maxLimit is the most hits that a search returns at a time.
const maxLimit = 10_000

// nextPageCommand returns the command line that shows more of what was found:
// the given one with twice the limit. Beyond the largest limit, and after a page
// that was asked for by its cursor, it is the one for the next page.
func (a *app) nextPageCommand(res *index.Results, o *searchOptions) string {
	if o.after != "" || 2*o.limit > maxLimit {
		return a.repeatCommand([]string{"--after", res.Cursor}, "--after")
	}
	limit := strconv.Itoa(2 * max(o.limit, 5))
	return a.repeatCommand([]string{"-n", limit}, "--limit", "-n")
}

// repeatCommand returns the given command line with replacement in the place of
// flags and their values. If none of flags was given, replacement stands before
// "--", else at the end.
func (a *app) repeatCommand(replacement []string, flags ...string) string {
	var before, after []string
	rest, skip, found := a.args, false, false
	for len(rest) > 0 && rest[0] != "--" {
		arg := rest[0]
		rest = rest[1:]
		if skip {
			skip = false
			continue
		}
		is, valueFollows := isFlag(arg, flags)
		switch {
		case is:
			skip, found = valueFollows, true
		case found:
			after = append(after, arg)
		default:
			before = append(before, arg)
		}
	}
	line := []string{a.programName()}
	for _, arg := range slices.Concat(before, replacement, after, rest) {
		line = append(line, quoteArg(arg))
	}
	return strings.Join(line, " ")
}

// isFlag reports whether arg is one of flags, and whether the next argument is
// its value.
func isFlag(arg string, flags []string) (is, valueFollows bool) {
	for _, f := range flags {
		switch {
		case arg == f:
			return true, true
		case strings.HasPrefix(arg, f+"="), !strings.HasPrefix(f, "--") && strings.HasPrefix(arg, f):
			return true, false
		}
	}
	return false, false
}
