package extract

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"
)

// resolver chooses, for each field of a page, among what the page's metadata
// say of it. What is right most often goes first.
type resolver struct {
	meta        *metadata
	base        *url.URL        // of the page, for relative addresses
	articleData map[string]any  // JSON-LD of the article; may be nil
	pageData    map[string]any  // JSON-LD of the page as a whole; may be nil
	sites       map[string]bool // what the site may call itself, folded
	inLanguage  string          // in which dates are read
}

func newResolver(m *metadata, pageURL string) *resolver {
	base, err := url.Parse(strings.TrimSpace(pageURL))
	if err != nil {
		base = &url.URL{}
	}
	r := &resolver{meta: m, base: base}
	addresses := []string{pageURL, r.absolute(m.canonical), r.absolute(m.first("og:url"))}
	isPage := func(u string) bool {
		u = strings.TrimSuffix(r.absolute(u), "/")
		return u != "" && slices.ContainsFunc(addresses, func(a string) bool { return strings.TrimSuffix(a, "/") == u })
	}
	titles := append([]string{m.title, m.first("og:title"), m.first("twitter:title")}, m.headings...)
	isSome := func(s string) bool { return s != "" }
	known := slices.ContainsFunc(addresses, isSome) && slices.ContainsFunc(titles, isSome)
	// A page may list other stories in JSON-LD, each with its own address.
	isOther := func(n map[string]any) bool {
		called := []string{str(n["headline"]), str(n["name"])}
		return known && called[0] != "" && r.absolute(nodeURLs(n)[0]) != "" && !slices.ContainsFunc(titles, func(t string) bool {
			return likeness(t, called[0]) > 0 || likeness(t, called[1]) > 0
		})
	}
	r.articleData = m.linked.article(isPage, isOther, m.first("og:title", "twitter:title"))
	r.pageData = m.linked.pageNode()
	r.sites = r.siteNames()
	r.inLanguage = r.dateLanguage()
	return r
}

// page returns the page with all fields but its text.
func (r *resolver) page(pageURL string) Page {
	var p Page
	p.Title, p.From.Title = r.title()
	p.Summary, p.From.Summary = r.summary()
	p.Language, p.From.Language = r.language()
	p.URL, p.From.URL = r.url(pageURL)
	p.Source, p.From.Source = r.source()
	p.Authors, p.From.Authors = r.authors()
	p.Topics, p.From.Topics = r.topics()
	published, from := r.published()
	p.Published, p.From.Published = published.Time, from
	if from != "" {
		p.PublishedAs = published.String()
	}
	p.Updated, p.From.Updated = r.updated()
	p.Rights, p.NoAI = r.meta.rights()
	return p
}

// statement is what one place of a page says of a field.
type statement struct {
	text string
	from string // the place, as Origins names it
}

// ofArticle returns what the article's JSON-LD says under a key.
func (r *resolver) ofArticle(key string) statement {
	return statement{linkedString(r.articleData[key]), fromJSONLD(key)}
}

// fromJSONLD names a property of JSON-LD as a place.
func fromJSONLD(key string) string { return "JSON-LD " + key }

// absolute resolves an address against the page's; empty if it is none.
func (r *resolver) absolute(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxMetaValue {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	u = r.base.ResolveReference(u)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// url returns the page's own address. A canonical link to the front page is
// the mistake of a template, and is not believed.
func (r *resolver) url(pageURL string) (address, from string) {
	for _, s := range [...]statement{
		{r.meta.canonical, "link canonical"},
		r.meta.stated("og:url"),
		{linkedURL(r.articleData["url"]), fromJSONLD("url")},
		{linkedURL(r.articleData["mainEntityOfPage"]), fromJSONLD("mainEntityOfPage")},
		r.meta.only(entryBookmark),
		r.meta.stated("url"),
	} {
		if a := r.absolute(s.text); a != "" {
			if u, err := url.Parse(a); err == nil && (u.Path != "" && u.Path != "/" || u.RawQuery != "") {
				return Clean(a), s.from
			}
		}
	}
	return Clean(strings.TrimSpace(pageURL)), ""
}

// source returns the name of the outlet.
func (r *resolver) source() (name, from string) {
	for _, s := range [...]statement{
		r.meta.stated("og:site_name"),
		{linkedString(r.meta.linked.resolve(r.articleData["publisher"])), fromJSONLD("publisher")},
		r.meta.stated("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "citation_journal_title", "sitename"),
		r.meta.only(sourceOrg),
	} {
		if name := tidy(s.text); name != "" && len(name) <= maxAuthorLen {
			return name, s.from
		}
	}
	if name := r.host(); name != "" {
		return name, "host"
	}
	return "", ""
}

// host returns the host that the page says it is on, else that it was found
// on.
func (r *resolver) host() string {
	host := r.base.Hostname()
	address, _ := r.url("")
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	return Clean(strings.TrimPrefix(host, "www."))
}

// summary returns the description that the page gives of its article.
func (r *resolver) summary() (text, from string) {
	for _, s := range [...]statement{
		{str(r.articleData["description"]), fromJSONLD("description")},
		r.meta.stated("og:description", "description", "twitter:description", "dc.description", "citation_abstract", "summary"),
	} {
		if text := tidy(s.text); text != "" && len(text) <= maxMetaValue {
			return text, s.from
		}
	}
	return "", ""
}

// language returns the language as a BCP 47 tag.
func (r *resolver) language() (tag, from string) {
	for _, s := range r.languages() {
		if tag := languageTag(s.text); tag != "" {
			return tag, s.from
		}
	}
	return "", ""
}

// languages returns what the page states as its language, the best first.
func (r *resolver) languages() []statement {
	return []statement{
		{r.meta.lang, "html lang"},
		r.linkedLanguage(r.articleData),
		r.meta.stated("content-language", "language", "dc.language", "dcterms.language", "og:locale"),
	}
}

// languageTag brings what pages write for a language, such as "en_us" or
// "de-DE, en" or "French", into the form of BCP 47; empty if it names no language.
func languageTag(s string) string {
	s, _, _ = strings.Cut(s, ",")
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 35 {
		return ""
	}
	if tag, ok := languageNames()[strings.ToLower(s)]; ok {
		return tag
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
func (r *resolver) topics() (list []string, from string) {
	tags := r.meta.tags
	for _, s := range [...]struct {
		list []string
		from string
	}{
		{tags["news_keywords"], "news_keywords"},
		{tags["article:tag"], "article:tag"},
		{linkedStrings(r.articleData["keywords"]), fromJSONLD("keywords")},
		{tags["parsely-tags"], "parsely-tags"},
		{tags["sailthru.tags"], "sailthru.tags"},
		{tags["citation_keywords"], "citation_keywords"},
		{tags["dc.subject"], "dc.subject"},
		{tags["keywords"], "keywords"},
		{tags["tags"], "tags"},
		{linkedStrings(r.articleData["articleSection"]), fromJSONLD("articleSection")},
		{tags["article:section"], "article:section"},
		{tags["category"], "category"},
		{tags["categories"], "categories"},
	} {
		if list := splitTopics(s.list); len(list) > 0 {
			return list, s.from
		}
	}
	return nil, ""
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
func (r *resolver) published() (d Date, from string) {
	if d, from := r.firstDate(r.publishedStatements()); from != "" {
		return d, from
	}
	if t := r.dateInURL(); !t.IsZero() {
		return Date{Time: t}, "address"
	}
	return Date{}, ""
}

// publishedStatements are what the page says of the day of publication, the
// most careful first.
func (r *resolver) publishedStatements() []statement {
	return []statement{
		r.articleDate("datePublished"),
		r.statedDate("article:published_time", "og:article:published_time", "og:published_time", "article:published",
			"datepublished", "parsely-pub-date", "citation_publication_date", "citation_date",
			"dc.date.issued", "dcterms.issued", "dc.date.created", "dc.date", "dcterms.date", "dcterms.created",
			"sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publishdate", "publish-date", "publish_date",
			"publication_date", "date.available", "date.created", "rbpubdate", "date"),
		{r.timeTag("datepublished", "pubdate", "published", "publish"), fromTimeTag},
		r.articleDate("dateCreated"),
		r.linkedDate(r.pageData, "datePublished"),
		{r.timeTag("datecreated", "date", "time", "post", ""), fromTimeTag},
		r.meta.only(entryDate),
	}
}

// firstDate returns the first date that can be read.
func (r *resolver) firstDate(list []statement) (d Date, from string) {
	for _, s := range list {
		if d, ok := ReadDate(s.text, r.inLanguage); ok {
			return d, s.from
		}
	}
	return Date{}, ""
}

// fromTimeTag names an element that looks like a time as a place.
const fromTimeTag = "time element"

// updated returns when the article was last changed.
func (r *resolver) updated() (t time.Time, from string) {
	d, from := r.firstDate(r.updatedStatements())
	return d.Time, from
}

// updatedStatements are what the page says of the day of the last change, the
// most careful first.
func (r *resolver) updatedStatements() []statement {
	return []statement{
		r.articleDate("dateModified"),
		r.statedDate("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
			"dc.date.modified", "dcterms.modified", "date.modified", "date.updated", "last-modified"),
		{r.timeTag("datemodified", "updated", "modified"), fromTimeTag},
	}
}

// unread returns the dates and authors that the page states and that could not
// be read. What p has from another place is not missed.
func (r *resolver) unread(p *Page) []Unread {
	var out []Unread
	note := func(field string, missed bool, list []statement) {
		for _, s := range list {
			if text := tidy(s.text); missed && strings.ContainsFunc(text, isLetterOrDigit) && !strings.Contains(text, "://") {
				out = append(out, Unread{field, s.from, text})
				return
			}
		}
	}
	note("published", p.Published.IsZero(), r.publishedStatements())
	note("updated", p.Updated.IsZero(), r.updatedStatements())
	note("authors", len(p.Authors) == 0, []statement{
		{linkedString(r.articleData["author"]), fromJSONLD("author")},
		r.meta.stated(authorMeta[:]...),
	})
	return out
}

func isLetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }

// timeTag returns the first time on the page that can be read and is marked
// by one of the hints, tried in turn. Times of changes are asked for by name.
func (r *resolver) timeTag(hints ...string) string {
	for _, hint := range hints {
		for _, t := range r.meta.times {
			change := strings.Contains(t.hint, "updat") || strings.Contains(t.hint, "modif")
			if strings.Contains(t.hint, hint) && change == (hint == "updated" || hint == "modified" || hint == "datemodified") {
				if _, ok := r.date(t.value); ok {
					return t.value
				}
			}
		}
	}
	return ""
}

// urlDate finds a day in a path, such as /2024/04/28/ or /2024-04-28-.
var urlDate = pattern(`[/_-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)

func (r *resolver) dateInURL() time.Time {
	address, _ := r.url(r.base.String())
	u, err := url.Parse(address)
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
