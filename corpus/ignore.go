package corpus

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// ignoreName is the file that tells, in the syntax of gitignore, what a
// folder walk leaves out, for the folder it stands in and all below.
const ignoreName = ".newsqignore"

// maxIgnoreFile bounds an ignore file. The largest in public use are of some
// tens of kilobytes.
const maxIgnoreFile = 1 << 20

// ignoreRules are the rules of one folder, and those of the folders above.
type ignoreRules struct {
	parent *ignoreRules
	dir    string // the folder the rules stand in, with forward slashes
	rules  []ignoreRule
}

// ignoreRule is one line of an ignore file.
type ignoreRule struct {
	segments []string // of the path below the folder; "**" is any number of them
	keep     bool     // the line began with "!"
	dirOnly  bool     // the line ended with "/"
}

// parseIgnore reads the lines of an ignore file. It returns the rules that
// can be read, and the number and fault of the first line that can't. A byte
// order mark, which editors put there, is no part of the first line; git reads
// its own files so.
func parseIgnore(s string) (rules []ignoreRule, badLine int, err error) {
	s = withoutMark(s)
	n := 0
	for line := range strings.Lines(s) {
		n++
		r, ok, lineErr := parseIgnoreLine(strings.TrimRight(line, "\r\n"))
		if lineErr != nil && err == nil {
			badLine, err = n, lineErr
		}
		if ok {
			rules = append(rules, r)
		}
	}
	return rules, badLine, err
}

// withoutMark returns a text without the byte order mark that it may begin
// with, in UTF-8 when the mark is that of UTF-16. Other bytes stay as they
// are: names of files need not be UTF-8.
func withoutMark(s string) string {
	if strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") {
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().String(s); err == nil {
			return out
		}
	}
	return strings.TrimPrefix(s, "\ufeff")
}

func parseIgnoreLine(line string) (r ignoreRule, ok bool, err error) {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if line == "" || line[0] == '#' {
		return r, false, nil
	}
	pattern := line
	if rest, found := strings.CutPrefix(pattern, "!"); found {
		r.keep, pattern = true, rest
	}
	if rest, found := strings.CutSuffix(pattern, "/"); found {
		r.dirOnly, pattern = true, rest
	}
	// A pattern with a slash stands for a path from the ignore file's own
	// folder; one without stands for a name at any depth below it.
	anchored := strings.Contains(pattern, "/")
	pattern = strings.Trim(pattern, "/")
	if pattern == "" {
		return r, false, nil
	}
	// Git takes [!a] and [^a] alike; path.Match knows the latter.
	pattern = strings.ReplaceAll(pattern, "[!", "[^")
	if !anchored {
		r.segments = append(r.segments, "**")
	}
	for segment := range strings.SplitSeq(pattern, "/") {
		if segment == "" || segment == "**" && len(r.segments) > 0 && r.segments[len(r.segments)-1] == "**" {
			continue
		}
		if _, err := path.Match(segment, "x"); err != nil {
			return r, false, fmt.Errorf("malformed pattern %q", line)
		}
		r.segments = append(r.segments, segment)
	}
	return r, true, nil
}

// verdict is what rules say of a path.
type verdict uint8

const (
	unsaid verdict = iota
	ignored
	kept
)

// verdict returns what the rules say of a path: the last rule that matches
// decides, and those of a deeper folder go before those above.
func (ig *ignoreRules) verdict(name string, isDir bool) verdict {
	for ; ig != nil; ig = ig.parent {
		rel := strings.TrimPrefix(strings.TrimPrefix(name, ig.dir), "/")
		segments := strings.Split(rel, "/")
		for i := len(ig.rules) - 1; i >= 0; i-- {
			r := &ig.rules[i]
			if r.dirOnly && !isDir || !matchSegments(r.segments, segments) {
				continue
			}
			if r.keep {
				return kept
			}
			return ignored
		}
	}
	return unsaid
}

// matchSegments matches a path against a pattern. Where it fails after a
// "**", only the last one is tried again one segment further: an earlier one
// could not reach what the last cannot. So the work is the product of the
// lengths at most.
func matchSegments(pattern, name []string) bool {
	p, n := 0, 0
	retry, from := -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == "**":
			if p == len(pattern)-1 {
				return true // "a/**" is all below a, and not a itself
			}
			retry, from = p, n
			p++
		case p < len(pattern) && matchSegment(pattern[p], name[n]):
			p++
			n++
		case retry >= 0:
			from++
			p, n = retry+1, from
		default:
			return false
		}
	}
	return p == len(pattern)
}

// matchSegment matches one name against one pattern without slashes.
func matchSegment(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}
