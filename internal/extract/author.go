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
// newsrooms and roles that many templates put in their place; where a list
// names both, it is taken whole.
func (r *resolver) authors() (names []string, from string) {
	var newsroom authorList
	lists := []authorList{r.linkedAuthors()}
	for _, key := range authorMeta {
		lists = append(lists, authorList{r.splitAuthors(r.meta.tags[key], true), key})
	}
	for _, b := range r.meta.bylines {
		if b.exact {
			lists = append(lists, authorList{r.splitAuthors([]string{b.text}, false), fromByline})
		}
	}
	for _, names := range lists {
		// What follows an outlet is its address.
		if len(names.list) > 0 && !r.sites[foldTitle(names.list[0])] && slices.ContainsFunc(names.list, r.isPerson) {
			return names.list, names.from
		}
		if newsroom.list == nil {
			newsroom = names
		}
	}
	if people := r.bylinePeople(len(newsroom.list) == 0); len(people) > 0 {
		return people, fromByline
	}
	if len(newsroom.list) > 0 {
		return newsroom.list, newsroom.from
	}
	if s := r.meta.only(entryAuthor); s.text != "" {
		return r.splitAuthors([]string{s.text}, true), s.from
	}
	return nil, ""
}

// bylinePeople returns the names in the first element that looks like a
// byline: those of people, where the page names a newsroom; where it names
// nobody, all.
func (r *resolver) bylinePeople(all bool) []string {
	for _, b := range r.meta.bylines {
		list := r.splitAuthors([]string{b.text}, false)
		if !all {
			list = slices.DeleteFunc(list, func(s string) bool { return !r.isPerson(s) })
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
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
	return authorList{r.splitAuthors(names, len(people) > 1 || len(people) == 1 && !people[0].org), fromJSONLD(key)}
}

// isPerson reports whether a name may be a human being's: it is not known to
// be an organization's, does not begin with the name of the site, and is no
// role.
func (r *resolver) isPerson(name string) bool {
	words := strings.Fields(name)
	return !r.sites[foldTitle(name)] && isPersonal(words) && !isNewsroom(words) && !r.sites[foldTitle(words[0])] && !isRole(name) && !hostName().MatchString(words[len(words)-1])
}

// authorMeta are the meta tags that name authors, the most careful first.
var authorMeta = [...]string{
	"author", "article:author", "parsely-author", "citation_author", "dc.creator", "dcterms.creator",
	"sailthru.author", "cxenseparse:author", "byl", "authors",
}

// givenNameFirst turns the parts "Okoye" and "Ada", which library catalogues
// prescribe, into "Ada Okoye".
func givenNameFirst(parts []string) []string {
	if len(parts) != 2 {
		return parts
	}
	family, given := strings.Fields(parts[0]), strings.Fields(parts[1])
	if len(family) == 0 || len(given) == 0 || len(given) > 3 || isRole(parts[1]) || strings.ToUpper(parts[1]) == parts[1] || strings.Contains(parts[0], ".") {
		return parts
	}
	for _, w := range family[:len(family)-1] {
		if !nameParticles[strings.ToLower(w)] {
			return parts
		}
	}
	for _, w := range given[1:] {
		if len(strings.Trim(w, ".")) > 2 { // an initial
			return parts
		}
	}
	return []string{strings.Join(append(given, family...), " ")}
}

// bylinePrefix matches what stands before a name in a byline.
var bylinePrefix = pattern(`(?i)^(?:by|von|par|por|di|door|af|av|od|autor|author|(?:written|words|story) by|text(?: von)?)[:\s]\s*`)

// marks part names, and words do where full names stand on both sides: "Ortega
// y Gasset" is one man.
var (
	nameMarks = pattern(`\s*[,/&，]\s*`)
	listMarks = pattern(`\s*[;|、•·；]\s*|\s+[-–—]\s+`)
	nameWords = pattern(`(?i)\s(?:and|und|et|y|e|og|och|en|i|и|ja)\s`)
	// andBehindComma is the word before the last name of a list.
	andBehindComma = pattern(`(?i)\s*,\s*(?:and|und|et|y|e|og|och|en|i|и|ja)\s+`)
	parenthesis    = pattern(`\s*\([^)]*\)`)
	hostName       = pattern(`(?i)^(?:www\.)?[a-z0-9-]+\.[a-z]{2,}$`)
)

// splitAuthors parts bylines into names. inverted says that the family's name
// may come first, with a comma behind it.
func (r *resolver) splitAuthors(list []string, inverted bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		s = tidy(s)
		if s == "" || len(s) > 20*maxAuthorLen || strings.Contains(s, "://") {
			continue
		}
		if !inverted {
			s = withoutDates(s)
		}
		for _, name := range statedNames(s, inverted) {
			name = strings.Trim(name, " .,-–—|")
			key := foldTitle(name)
			if !isName(name) || seen[key] || len(out) >= maxAuthors {
				continue
			}
			seen[key] = true
			out = append(out, name)
		}
	}
	if len(out) > 1 { // the site's address behind the names is no author
		out = slices.DeleteFunc(out, hostName().MatchString)
	}
	return DropRoles(out)
}

// statedNames parts one byline into names.
func statedNames(s string, inverted bool) []string {
	s = bylinePrefix().ReplaceAllString(parenthesis().ReplaceAllString(s, ""), "")
	var names []string
	s = andBehindComma().ReplaceAllString(s, ", ")
	for _, group := range listMarks().Split(s, -1) {
		parts := slices.DeleteFunc(nameMarks().Split(group, -1), func(p string) bool { return strings.TrimSpace(p) == "" })
		if inverted && !strings.ContainsAny(group, "&/") {
			parts = givenNameFirst(slices.DeleteFunc(parts, func(p string) bool { return len(parts) > 1 && IsDegree(p) }))
		}
		for _, part := range parts {
			names = append(names, splitWords(part)...)
		}
	}
	return DropRoles(names)
}

// splitWords parts names that a word joins.
func splitWords(s string) []string {
	names := nameWords().Split(s, -1)
	if len(names) > 1 && IsSubject(names[0]) {
		return []string{s}
	}
	for _, n := range names {
		if !strings.Contains(strings.TrimSpace(n), " ") && !IsDegree(n) && !isRole(n) {
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
