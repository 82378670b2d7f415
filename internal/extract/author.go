package extract

import (
	"slices"
	"strings"
	"unicode"
)

// authorList is whom one place of a page names.
type authorList struct {
	list []string
	from string // the place, as Origins names it
}

// authors returns who signs the article. People are preferred to the
// newsrooms that many templates put in their place; where a list names both,
// it is taken whole.
func (r *resolver) authors() (names []string, from string) {
	var newsroom authorList
	lists := []authorList{r.linkedAuthors()}
	for _, key := range authorMeta {
		lists = append(lists, authorList{splitAuthors(givenNameFirst(r.meta.tags[key])), key})
	}
	for _, b := range r.meta.bylines {
		if b.exact {
			lists = append(lists, authorList{splitAuthors([]string{b.text}), fromByline})
		}
	}
	for _, names := range lists {
		if slices.ContainsFunc(names.list, r.isPerson) {
			return names.list, names.from
		}
		if newsroom.list == nil {
			newsroom = names
		}
	}
	if len(newsroom.list) > 0 {
		return newsroom.list, newsroom.from
	}
	for _, b := range r.meta.bylines {
		if list := splitAuthors([]string{b.text}); len(list) > 0 {
			return list, fromByline
		}
	}
	return nil, ""
}

// fromByline names an element that looks like a byline as a place.
const fromByline = "byline element"

// linkedAuthors returns the authors that JSON-LD names.
func (r *resolver) linkedAuthors() authorList {
	key := "author"
	people := r.meta.linked.people(r.articleData[key])
	if len(people) == 0 {
		key = "creator"
		people = r.meta.linked.people(r.articleData[key])
	}
	var names []string
	for _, p := range people {
		names = append(names, p.name)
		if p.org {
			r.sites[foldTitle(p.name)] = true
		}
	}
	return authorList{splitAuthors(names), fromJSONLD(key)}
}

// isPerson reports whether a name is not known to be an organization's.
func (r *resolver) isPerson(name string) bool { return !r.sites[foldTitle(name)] }

// authorMeta are the meta tags that name authors, the most careful first.
var authorMeta = [...]string{
	"author", "article:author", "parsely-author", "citation_author", "dc.creator", "dcterms.creator",
	"sailthru.author", "cxenseparse:author", "byl",
}

// givenNameFirst turns "Okoye, Ada", which library catalogues prescribe, into "Ada
// Okoye".
func givenNameFirst(names []string) []string {
	out := make([]string, len(names))
	for i, s := range names {
		last, given, ok := strings.Cut(s, ",")
		last, given = strings.TrimSpace(last), strings.TrimSpace(given)
		if ok && last != "" && given != "" && !strings.ContainsAny(last, " .") && !strings.ContainsAny(given, " ,;") &&
			strings.ToUpper(given) != given {
			s = given + " " + last
		}
		out[i] = s
	}
	return out
}

// bylinePrefix matches what stands before a name in a byline.
var bylinePrefix = pattern(`(?i)^(?:by|von|par|por|di|door|af|av|od|autor|author|(?:written|words|story) by|text(?: von)?)[:\s]\s*`)

// marks part names, and words do where full names stand on both sides: "Ortega
// y Gasset" is one man.
var (
	nameMarks   = pattern(`\s*[,;/|&、，]\s*`)
	nameWords   = pattern(`(?i)\s(?:and|und|et|y|e|og|och|en|i|и|ja)\s`)
	parenthesis = pattern(`\s*\([^)]*\)`)
	hostName    = pattern(`(?i)^(?:www\.)?[a-z0-9-]+\.[a-z]{2,}$`)
)

// splitAuthors parts bylines into names.
func splitAuthors(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		s = tidy(s)
		if s == "" || len(s) > 20*maxAuthorLen || strings.Contains(s, "://") {
			continue
		}
		s = bylinePrefix().ReplaceAllString(parenthesis().ReplaceAllString(s, ""), "")
		for _, part := range nameMarks().Split(s, -1) {
			for _, name := range splitWords(part) {
				name = strings.Trim(name, " .,-–—|")
				key := foldTitle(name)
				if !isName(name) || seen[key] || len(out) >= maxAuthors {
					continue
				}
				seen[key] = true
				out = append(out, name)
			}
		}
	}
	if len(out) > 1 { // the site's address behind the names is no author
		out = slices.DeleteFunc(out, hostName().MatchString)
	}
	return out
}

// splitWords parts names that a word joins.
func splitWords(s string) []string {
	names := nameWords().Split(s, -1)
	for _, n := range names {
		if !strings.Contains(strings.TrimSpace(n), " ") {
			return []string{s}
		}
	}
	return names
}

// nameParticles are the words of names that are written small.
var nameParticles = map[string]bool{
	"de": true, "van": true, "der": true, "den": true, "von": true, "zu": true, "zum": true, "zur": true, "di": true, "da": true, "du": true,
	"la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "ben": true, "ter": true, "ten": true, "dos": true, "das": true,
	"do": true, "del": true, "della": true, "af": true, "av": true, "e": true, "y": true, "i": true, "'t": true, "st": true,
}

// isName reports whether s may be the name of a person or a newsroom.
func isName(s string) bool {
	return len(s) <= maxAuthorLen && len(strings.Fields(s)) <= 6 && !strings.ContainsAny(s, "@<>{}") &&
		strings.ContainsFunc(s, unicode.IsLetter)
}
