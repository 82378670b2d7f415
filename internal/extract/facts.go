package extract

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"
)

// facts weighs a page's claims against each other.
type facts struct {
	c       *claims
	base    *url.URL        // of the page, for relative addresses
	article map[string]any  // JSON-LD of the article; may be nil
	whole   map[string]any  // JSON-LD of the page as a whole; may be nil
	sites   map[string]bool // what the site may call itself, folded
}

func weigh(c *claims, pageURL string) *facts {
	base, err := url.Parse(strings.TrimSpace(pageURL))
	if err != nil {
		base = &url.URL{}
	}
	f := &facts{c: c, base: base}
	addresses := []string{pageURL, f.absolute(c.canonical), f.absolute(c.first("og:url"))}
	isPage := func(u string) bool {
		u = strings.TrimSuffix(f.absolute(u), "/")
		return u != "" && slices.ContainsFunc(addresses, func(a string) bool { return strings.TrimSuffix(a, "/") == u })
	}
	f.article = c.linked.article(isPage, c.first("og:title", "twitter:title"))
	f.whole = c.linked.page()
	f.sites = f.siteNames()
	return f
}

// page puts the facts together.
func (f *facts) page(pageURL string) Page {
	return Page{
		Title:     f.title(),
		Summary:   f.summary(),
		Language:  f.language(),
		URL:       f.url(pageURL),
		Source:    f.source(),
		Authors:   f.authors(),
		Topics:    f.topics(),
		Published: f.published(),
		Updated:   f.updated(),
	}
}

// absolute resolves an address against the page's; empty if it is none.
func (f *facts) absolute(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxClaim {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	u = f.base.ResolveReference(u)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// url returns the page's own address. A canonical link to the front page is
// the mistake of a template, and is not believed.
func (f *facts) url(pageURL string) string {
	for _, ref := range [...]string{f.c.canonical, f.c.first("og:url"), linkedURL(f.article["url"]), linkedURL(f.article["mainEntityOfPage"])} {
		if a := f.absolute(ref); a != "" {
			if u, err := url.Parse(a); err == nil && (u.Path != "" && u.Path != "/" || u.RawQuery != "") {
				return Clean(a)
			}
		}
	}
	return Clean(strings.TrimSpace(pageURL))
}

// source returns the name of the outlet.
func (f *facts) source() string {
	for _, s := range [...]string{
		f.c.first("og:site_name"),
		linkedString(f.c.linked.resolve(f.article["publisher"])),
		f.c.first("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "citation_journal_title"),
	} {
		if s = tidy(s); s != "" && len(s) <= maxAuthorLen {
			return s
		}
	}
	return f.host()
}

// host returns the host that the page says it is on, else that it was found
// on.
func (f *facts) host() string {
	host := f.base.Hostname()
	if u, err := url.Parse(f.url("")); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	return Clean(strings.TrimPrefix(host, "www."))
}

// summary returns the description that the page gives of its article.
func (f *facts) summary() string {
	for _, s := range [...]string{
		str(f.article["description"]),
		f.c.first("og:description", "description", "twitter:description", "dc.description", "citation_abstract"),
	} {
		if s = tidy(s); s != "" && len(s) <= maxClaim {
			return s
		}
	}
	return ""
}

// language returns the language as a BCP 47 tag.
func (f *facts) language() string {
	for _, s := range [...]string{
		f.c.lang,
		linkedString(f.article["inLanguage"]),
		f.c.first("content-language", "language", "dc.language", "dcterms.language", "og:locale"),
	} {
		if tag := languageTag(s); tag != "" {
			return tag
		}
	}
	return ""
}

// languageTag brings what pages write for a language, such as "en_us" or
// "de-DE, en", into the form of BCP 47; empty if it names no language.
func languageTag(s string) string {
	s, _, _ = strings.Cut(s, ",")
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 35 {
		return ""
	}
	t, err := language.Raw.Parse(s)
	if err != nil {
		return ""
	}
	if b, _, _ := t.Raw(); b.String() == "und" {
		return ""
	}
	return t.String()
}

// topics returns what the page says it is about: the keywords of the article,
// of the newsroom, or of the page, the first that there are.
func (f *facts) topics() []string {
	for _, list := range [][]string{
		f.c.meta["news_keywords"],
		f.c.meta["article:tag"],
		linkedStrings(f.article["keywords"]),
		f.c.meta["parsely-tags"],
		f.c.meta["sailthru.tags"],
		f.c.meta["citation_keywords"],
		f.c.meta["dc.subject"],
		f.c.meta["keywords"],
		linkedStrings(f.article["articleSection"]),
		f.c.meta["article:section"],
	} {
		if out := splitTopics(list); len(out) > 0 {
			return out
		}
	}
	return nil
}

// splitTopics cleans a list of keywords, each of which may be a list itself.
func splitTopics(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		s = tidy(s)
		sep := ","
		if !strings.Contains(s, ",") {
			sep = ";"
		}
		for topic := range strings.SplitSeq(s, sep) {
			topic = strings.TrimSpace(topic)
			key := strings.ToLower(topic)
			if !isTopic(topic) || seen[key] || len(out) >= maxTopics {
				continue
			}
			seen[key] = true
			out = append(out, topic)
		}
	}
	return out
}

// isTopic rules out the marks that publishing systems leave for each other.
func isTopic(s string) bool {
	return len(s) <= maxAuthorLen && strings.ContainsFunc(s, unicode.IsLetter) && s[0] != '_' &&
		!hostName().MatchString(s) && !uuid().MatchString(s)
}

var uuid = pattern(`(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// published returns when the article first appeared.
func (f *facts) published() time.Time {
	for _, s := range [...]string{
		linkedString(f.article["datePublished"]),
		f.c.first("article:published_time", "og:article:published_time", "og:published_time", "article:published",
			"datepublished", "parsely-pub-date", "citation_publication_date", "citation_date",
			"dc.date.issued", "dcterms.issued", "dc.date.created", "dc.date", "dcterms.date", "dcterms.created",
			"sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publishdate", "publish-date", "publish_date",
			"publication_date", "date.available", "date.created", "rbpubdate", "date"),
		f.timeTag("datepublished", "pubdate", "published", "publish"),
		linkedString(f.article["dateCreated"]),
		linkedString(f.whole["datePublished"]),
		f.timeTag("datecreated", "date", "time", "post", ""),
	} {
		if t, ok := ParseDate(s); ok {
			return t
		}
	}
	return f.dateInURL()
}

// updated returns when the article was last changed.
func (f *facts) updated() time.Time {
	for _, s := range [...]string{
		linkedString(f.article["dateModified"]),
		f.c.first("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
			"dc.date.modified", "dcterms.modified", "date.modified", "date.updated", "last-modified"),
		f.timeTag("datemodified", "updated", "modified"),
	} {
		if t, ok := ParseDate(s); ok {
			return t
		}
	}
	return time.Time{}
}

// timeTag returns the first time on the page that can be read and is marked
// by one of the hints, tried in turn. Times of changes are asked for by name.
func (f *facts) timeTag(hints ...string) string {
	for _, hint := range hints {
		for _, t := range f.c.times {
			change := strings.Contains(t.hint, "updat") || strings.Contains(t.hint, "modif")
			if strings.Contains(t.hint, hint) && change == (hint == "updated" || hint == "modified" || hint == "datemodified") {
				if _, ok := ParseDate(t.value); ok {
					return t.value
				}
			}
		}
	}
	return ""
}

// urlDate finds a day in a path, such as /2024/04/28/ or /2024-04-28-.
var urlDate = pattern(`[/_-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)

func (f *facts) dateInURL() time.Time {
	u, err := url.Parse(f.url(f.base.String()))
	if err != nil {
		return time.Time{}
	}
	if m := urlDate().FindStringSubmatch(u.Path); m != nil {
		if t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3]); err == nil {
			return t
		}
	}
	return time.Time{}
}
