package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// authors returns who signs the article. People are preferred to the
// newsrooms that many templates put in their place; where a list names both,
// it is taken whole.
func (f *facts) authors() []string {
	sites := f.siteNames()
	var orgs []string
	linked := f.c.linked.people(f.article["author"])
	if len(linked) == 0 {
		linked = f.c.linked.people(f.article["creator"])
	}
	var names []string
	human := false
	for _, p := range linked {
		names = append(names, p.name)
		human = human || !p.org && !sites[foldTitle(p.name)]
	}
	if out := splitAuthors(names); len(out) > 0 {
		if human {
			return out
		}
		orgs = out
	}
	for _, key := range authorMeta {
		out := splitAuthors(f.c.meta[key])
		if slices.ContainsFunc(out, func(s string) bool { return !sites[foldTitle(s)] }) {
			return out
		}
		if orgs == nil {
			orgs = out
		}
	}
	for _, b := range f.c.bylines {
		if b.exact && !sites[foldTitle(b.text)] {
			if out := splitAuthors([]string{b.text}); len(out) > 0 {
				return out
			}
		}
	}
	if len(orgs) > 0 {
		return orgs
	}
	for _, b := range f.c.bylines {
		if out := splitAuthors([]string{b.text}); len(out) > 0 {
			return out
		}
	}
	return nil
}

// authorMeta are the meta tags that name authors, the most careful first.
var authorMeta = [...]string{
	"author", "article:author", "parsely-author", "citation_author", "dc.creator", "dcterms.creator",
	"sailthru.author", "cxenseparse:author", "byl",
}

// signs is what stands before a name in a byline.
var signs = regexp.MustCompile(`(?i)^(?:by|von|par|por|di|door|af|av|od|autor|author|written by|words by|text|text von|story by)[:\s]\s*`)

// joints part names.
var joints = regexp.MustCompile(`(?i)\s*(?:[,;/|&、，]|\s(?:and|und|et|y|e|og|och|en|i|и|ja)\s)\s*`)

var parenthesis = regexp.MustCompile(`\s*\([^)]*\)`)

// splitAuthors parts bylines into names.
func splitAuthors(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		s = tidy(s)
		if s == "" || len(s) > 20*maxAuthorLen || strings.Contains(s, "://") {
			continue
		}
		s = parenthesis.ReplaceAllString(s, "")
		for _, name := range joints.Split(signs.ReplaceAllString(s, ""), -1) {
			name = strings.Trim(name, " .,-–—|")
			key := foldTitle(name)
			if !nameLike(name) || seen[key] || len(out) >= maxAuthors {
				continue
			}
			seen[key] = true
			out = append(out, name)
		}
	}
	return out
}

// nameLike reports whether s may be the name of a person or a newsroom.
func nameLike(s string) bool {
	if s == "" || len(s) > maxAuthorLen || len(strings.Fields(s)) > 6 || strings.ContainsAny(s, "@<>{}") {
		return false
	}
	return strings.ContainsFunc(s, unicode.IsLetter)
}
