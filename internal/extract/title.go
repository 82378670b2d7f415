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

// title returns the headline. The order of the candidates is by how often
// they are right: JSON-LD is written for machines that punish a wrong one,
// og:title is often shortened or spiced for social media, the h1 may be the
// name of the site, and <title> carries that name and more.
func (f *facts) title() string {
	var candidates []string
	for _, s := range [...]string{
		linkedString(f.article["headline"]),
		f.c.first("og:title"),
		f.h1(),
		f.c.first("twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"),
		linkedString(f.article["name"]),
		f.c.title,
		first(f.c.headings),
	} {
		if s = f.cutSite(tidy(s)); s != "" && len(s) <= maxClaim {
			candidates = append(candidates, s)
		}
	}
	best := first(candidates)
	// What else the page calls the article tells where a suffix begins.
	for _, c := range candidates {
		if rest, ok := strings.CutPrefix(best, c); ok && 2*len(c) >= len(best) && separator().MatchString(rest) {
			best = c
		}
	}
	return best
}

// h1 returns the first h1 of which the page's title speaks, too, or the only
// one that there is. Others are the site's name and what it is proud of.
func (f *facts) h1() string {
	for _, h := range f.c.headings {
		folded := foldTitle(h)
		if folded == "" {
			continue
		}
		if len(f.c.headings) == 1 || strings.Contains(foldTitle(f.c.title), folded) {
			return h
		}
	}
	return ""
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// separator matches what stands between a headline and the name of the site
// or its section, where the name begins.
var separator = pattern(`^(?:\s*[|｜：]\s*|\s+(?:[-–—·•»*:/]|::|>)\s+)`)

// separators matches the same anywhere.
var separators = pattern(`\s*[|｜：]\s*|\s+(?:[-–—·•»*:/]|::|>)\s+`)

// cutSite cuts the name of the site off the end or the start of a title, as
// often as it stands there.
func (f *facts) cutSite(s string) string {
	for range 3 {
		cuts := separators().FindAllStringIndex(s, -1)
		if len(cuts) == 0 {
			break
		}
		head, tail := cuts[0], cuts[len(cuts)-1]
		switch {
		case tail[0] > 0 && f.sites[foldTitle(s[tail[1]:])]:
			s = s[:tail[0]]
		case head[1] < len(s) && f.sites[foldTitle(s[:head[0]])]:
			s = s[head[1]:]
		default:
			return s
		}
	}
	return s
}

// siteNames returns, folded, what the site may call itself in a title or a
// byline.
func (f *facts) siteNames() map[string]bool {
	names := map[string]bool{}
	for _, s := range [...]string{
		f.source(),
		f.c.first("og:site_name"),
		f.c.first("application-name"),
		f.c.first("apple-mobile-web-app-title"),
		f.c.first("publisher"),
		strings.TrimPrefix(f.c.first("twitter:site"), "@"),
		linkedString(f.c.linked.resolve(f.article["publisher"])),
		f.host(),
		strings.TrimSuffix(f.host(), "."+lastLabel(f.host())),
	} {
		if s = foldTitle(tidy(s)); s != "" {
			names[s] = true
		}
	}
	return names
}

func lastLabel(host string) string { return host[strings.LastIndexByte(host, '.')+1:] }
