package extract

import (
	"html"
	"strings"
	"unicode"
)

// tidy brings a value from an attribute or from JSON onto one clean line.
// Such values are often escaped once too often.
func tidy(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// foldTitle reduces a title to its letters and digits, to compare two.
func foldTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// title returns the headline.
func (f *facts) title() string {
	names := f.siteNames()
	var candidates []string
	for _, s := range []string{
		linkedString(f.article["headline"]),
		f.c.first("og:title"),
		first(f.c.headings),
		f.c.first("twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"),
		linkedString(f.article["name"]),
		f.c.title,
	} {
		if s = cutSite(tidy(s), names); s != "" {
			candidates = append(candidates, s)
		}
	}
	if len(candidates) == 0 {
		return ""
	}
	best := candidates[0]
	// What else the page calls the article tells where the suffix begins.
	for _, c := range candidates[1:] {
		if rest, ok := strings.CutPrefix(best, c); ok && startsWithSeparator(rest) {
			best = c
		}
	}
	return best
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// siteNames returns, folded, what the site may call itself in a title.
func (f *facts) siteNames() map[string]bool {
	names := map[string]bool{}
	add := func(s string) {
		if s = foldTitle(s); s != "" {
			names[s] = true
		}
	}
	add(f.c.first("og:site_name"))
	add(f.c.first("application-name"))
	add(f.c.first("apple-mobile-web-app-title"))
	add(linkedString(f.c.linked.resolve(f.article["publisher"])))
	add(strings.TrimPrefix(f.c.first("twitter:site"), "@"))
	host := f.source()
	add(host)
	add(f.c.first("publisher"))
	return names
}

// separators part a headline from the name of the site, or of the section.
const separators = "|-–—·•»«:/\\"

// cutSite cuts the name of the site off the end or the start of a title.
func cutSite(s string, names map[string]bool) string {
	for {
		i := strings.LastIndexAny(s, separators)
		if i <= 0 {
			break
		}
		_ = i
		break
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " :: "} {
		if head, tail, ok := cutLast(s, sep); ok && names[foldTitle(tail)] {
			return strings.TrimSpace(head)
		}
		if head, tail, ok := strings.Cut(s, sep); ok && names[foldTitle(head)] {
			return strings.TrimSpace(tail)
		}
	}
	return s
}

func cutLast(s, sep string) (head, tail string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func startsWithSeparator(s string) bool {
	t := strings.TrimLeft(s, " ")
	return t != "" && strings.ContainsRune("|-–—·•»:", []rune(t)[0]) && (t != s || s[0] == '|')
}
