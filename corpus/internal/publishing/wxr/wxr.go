// Package wxr reads exports of WordPress, "WordPress eXtended RSS", which other
// systems such as Squarespace write as well.
//
// Articles are the items with the status publish and without a password, of the
// type post or page, or of a type that a site made for its articles, such as
// "news" or "press_release". All others are passed over: drafts, private and
// future posts, attachments, menus, styles, revisions and other things of the
// site, and comments.
//
// The file is read as a stream. Whether it is well-formed does not matter.
package wxr

import (
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/wordset"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a file is an export of WordPress.
func Recognize(h *reader.Head) bool {
	return strings.EqualFold(h.Root(), "rss") && (h.Contains("wordpress.org/export/") || h.Contains("<wp:wxr_version"))
}

// Read reads an export.
func Read(in *reader.Input, out reader.Output) error {
	e := export{out: out}
	_, err := xmltree.Records(in, func(n *xmltree.Node) bool { return n.Is("item") && n.Parent.Is("channel", "rss") }, e.item)
	if err == nil && e.number == 0 && !e.stopped {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d items none is a published post or page", e.items)}
	}
	return err
}

// export is an export while it is read.
type export struct {
	out     reader.Output
	items   int
	number  int // of articles
	stopped bool
	marker  publishing.Marker
	of      *xmltree.Node
	site    site // what of says
}

// site is what an export says of the site. It is looked for once, as the lists of
// categories around the items are as long as these are many.
type site struct {
	title, home, language string
	people                map[string]string // names by accounts
}

func siteOf(n *xmltree.Node) site {
	return site{
		title: n.Child("title").OneLine(), home: n.Child("wp:base_blog_url", "wp:base_site_url", "link").OneLine(),
		language: n.Child("language").OneLine(), people: peopleOf(n),
	}
}

// item takes an item.
func (e *export) item(n *xmltree.Node) bool {
	e.items++
	if !isArticle(n) {
		return true
	}
	e.number++
	if e.of != n.Parent {
		e.of, e.site = n.Parent, siteOf(n.Parent)
	}
	rec := record.Record{Number: e.number, Line: n.Line}
	if err := reader.Guard(func() error { e.fill(n, &rec); return nil }); err != nil {
		e.stopped = !e.out.Fail(&reader.Fault{Line: n.Line, Err: err})
	} else {
		e.stopped = !e.out.Emit(&rec)
	}
	return !e.stopped
}

// isArticle reports whether an item is a published article.
func isArticle(n *xmltree.Node) bool {
	kind, status := n.Child("post_type").OneLine(), n.Child("status").OneLine()
	return isType(kind) && (status == "publish" || status == "") && n.Child("post_password").OneLine() == ""
}

// typeWords are the words in the names of types that a site made for articles.
var typeWords = wordset.Of("article", "articles", "news", "story", "stories", "report", "reports", "review", "reviews", "interview", "interviews",
	"opinion", "opinions", "column", "columns", "editorial", "editorials", "blog", "blogs", "essay", "essays", "feature", "features", "analysis",
	"briefing", "briefings", "press", "pressrelease", "release", "releases", "newsletter", "newsletters", "podcast", "podcasts", "episode",
	"magazine", "commentary", "dispatch", "actualite", "actualites", "noticia", "noticias", "nachricht", "nachrichten", "artikel", "beitrag")

func isType(kind string) bool {
	switch kind {
	case "", "post", "page":
		return true
	}
	if strings.HasPrefix(kind, "wp_") || strings.HasPrefix(kind, "_") {
		return false
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(kind), func(r rune) bool { return r == '_' || r == '-' || r == ' ' }) {
		if typeWords()[word] {
			return true
		}
	}
	return false
}

// peopleOf returns the names of those who write for a site, by their accounts.
func peopleOf(site *xmltree.Node) map[string]string {
	people := map[string]string{}
	for _, a := range site.All("wp:author") {
		login := strings.ToLower(a.Child("author_login").OneLine())
		name := a.Child("author_display_name").OneLine()
		full := strings.TrimSpace(a.Child("author_first_name").OneLine() + " " + a.Child("author_last_name").OneLine())
		if full != "" && (name == "" || strings.EqualFold(name, login) || publishing.IsAccount(name)) {
			name = full
		}
		if login != "" && name != "" {
			people[login] = name
		}
	}
	return people
}

// fill takes what an item says into a record.
func (e *export) fill(n *xmltree.Node, rec *record.Record) {
	publishing.Set(rec, record.Title, "title", n.Child("title").Content())
	publishing.SetHTML(rec, "content:encoded", Text(contentOf(n, "content")))
	publishing.Set(rec, record.Summary, "excerpt:encoded", Text(contentOf(n, "excerpt")))
	publishing.Set(rec, record.Source, "title of the site", e.site.title)
	link := n.Child("link").OneLine()
	if strings.HasPrefix(link, "/") {
		if publishing.IsWeb(e.site.home) {
			link = strings.TrimRight(e.site.home, "/") + link
		}
	}
	if publishing.IsWeb(link) {
		publishing.Set(rec, record.URL, "link", link)
	}
	id, from := n.Child("guid").OneLine(), "guid"
	if id == "" {
		id, from = n.Child("wp:post_id").OneLine(), "wp:post_id"
	}
	e.marker.Mark(rec, id, from, link)
	language := e.terms(n, rec)
	if !rec.Has(record.Authors) {
		publishing.Set(rec, record.Authors, "dc:creator", e.name(n.Child("dc:creator").OneLine()))
	}
	setDates(n, rec)
	if language == "" {
		language = e.site.language
	}
	publishing.SetLanguage(rec, language)
}

// contentOf returns the longest of the elements for a text: some programs write
// several, of which one is filled.
func contentOf(n *xmltree.Node, prefix string) string {
	longest := ""
	for _, c := range n.All(prefix + ":encoded") {
		if s := c.Content(); len(s) > len(longest) {
			longest = s
		}
	}
	return longest
}

// name returns the name of who has an account; empty where the account is all
// there is, and says nothing.
func (e *export) name(login string) string {
	if name := e.site.people[strings.ToLower(login)]; name != "" {
		login = name
	}
	if publishing.IsAccount(login) {
		return ""
	}
	return login
}

// terms takes the categories of an item, each of which says of which kind it is:
// topics, places, and with some plugins authors and languages. It returns the
// language.
func (e *export) terms(n *xmltree.Node, rec *record.Record) (language string) {
	for _, c := range n.All("category") {
		domain, name, slug := strings.ToLower(c.Attr("domain")), c.OneLine(), c.Attr("nicename")
		f := record.NoField
		switch domain {
		case "", "category", "post_tag", "tag", "series", "issue", "rubric", "rubrik", "ressort", "column", "beat":
			f = record.Topics
		case "author":
			f = record.Authors
			login := strings.TrimPrefix(slug, "cap-")
			if known := e.site.people[login]; known != "" {
				name = known
			} else if known := e.site.people[strings.ToLower(name)]; known != "" {
				name = known
			} else if name == slug || name == login {
				name = strings.ReplaceAll(login, "-", " ")
			}
			if publishing.IsAccount(name) {
				continue
			}
			rec.Set(f, record.Mapped, append(rec.Values(f), record.Value{Text: name, From: "author", Element: true}))
			continue
		case "language":
			language = slug
		default:
			f = record.Lookup(record.Fold(nil, []byte(domain))).Field
		}
		if f.Gathers() && publishing.IsTopic(name) && publishing.IsTopic(slug) {
			publishing.Set(rec, f, "category "+domain, name)
		}
	}
	return language
}

// setDates sets when an item appeared and was changed. The time at the place of
// the site, beside that in UTC, tells the zone.
func setDates(n *xmltree.Node, rec *record.Record) {
	published := publishing.Zoned(n.Child("post_date").OneLine(), n.Child("post_date_gmt").OneLine())
	stated := n.Child("pubdate").OneLine()
	switch {
	case published != "":
		publishing.Set(rec, record.Published, "wp:post_date", published)
	case stated != "" && !strings.Contains(stated, "-0001") && !strings.Contains(stated, "Jan 1970"):
		publishing.Set(rec, record.Published, "pubDate", stated)
	default:
		publishing.Set(rec, record.Published, "wp:post_date", isDate(n.Child("post_date").OneLine()))
	}
	updated := publishing.Zoned(n.Child("post_modified").OneLine(), n.Child("post_modified_gmt").OneLine())
	if updated != published {
		publishing.Set(rec, record.Updated, "wp:post_modified", updated)
	}
}

// isDate returns a date, and nothing for what a database writes in place of one.
func isDate(s string) string {
	if strings.HasPrefix(s, "0000") {
		return ""
	}
	return s
}
