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
func (r *resolver) title() (text, from string) {
	var candidates []statement
	for _, s := range [...]statement{
		r.ofArticle("headline"),
		r.meta.stated("og:title"),
		{r.h1(), "h1"},
		r.meta.stated("twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"),
		r.ofArticle("name"),
		{r.meta.title, "title"},
		{first(r.meta.headings), "h1"},
	} {
		if s.text = r.cutSite(tidy(s.text)); s.text != "" && len(s.text) <= maxMetaValue {
			candidates = append(candidates, s)
		}
	}
	if len(candidates) == 0 {
		return "", ""
	}
	best := candidates[0]
	// What else the page calls the article tells where a suffix begins.
	for _, c := range candidates {
		rest, ok := strings.CutPrefix(best.text, c.text)
		if ok && 2*len(c.text) >= len(best.text) && separator().MatchString(rest) {
			best = c
		}
	}
	return best.text, best.from
}

// h1 returns the first h1 of which the page's title speaks, too, or the only
// one that there is. Others are the site's name and what it is proud of.
func (r *resolver) h1() string {
	for _, h := range r.meta.headings {
		folded := foldTitle(h)
		if folded == "" {
			continue
		}
		if len(r.meta.headings) == 1 || strings.Contains(foldTitle(r.meta.title), folded) {
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
func (r *resolver) cutSite(s string) string {
	for range 3 {
		cuts := separators().FindAllStringIndex(s, -1)
		if len(cuts) == 0 {
			break
		}
		head, tail := cuts[0], cuts[len(cuts)-1]
		switch {
		case tail[0] > 0 && r.sites[foldTitle(s[tail[1]:])]:
			s = s[:tail[0]]
		case head[1] < len(s) && r.sites[foldTitle(s[:head[0]])]:
			s = s[head[1]:]
		default:
			return s
		}
	}
	return s
}

// siteNames returns, folded, what the site may call itself in a title or a
// byline.
func (r *resolver) siteNames() map[string]bool {
	names := map[string]bool{}
	source, _ := r.source()
	for _, s := range [...]string{
		source,
		r.meta.first("og:site_name"),
		r.meta.first("application-name"),
		r.meta.first("apple-mobile-web-app-title"),
		r.meta.first("publisher"),
		strings.TrimPrefix(r.meta.first("twitter:site"), "@"),
		linkedString(r.meta.linked.resolve(r.articleData["publisher"])),
		r.host(),
		strings.TrimSuffix(r.host(), "."+lastLabel(r.host())),
	} {
		if s = foldTitle(tidy(s)); s != "" {
			names[s] = true
		}
	}
	return names
}

func lastLabel(host string) string { return host[strings.LastIndexByte(host, '.')+1:] }
