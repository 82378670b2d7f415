// Package ghost reads exports of Ghost, and what its interfaces answer.
//
// An export is a database in JSON: posts, users and tags are tables of their own,
// and others tell which belong together. Articles are the posts and pages that
// are published, or were sent to readers alone. Drafts, scheduled posts, tags for
// internal use and settings are passed over. Of the forms in which a post holds
// its text the first is taken that has any: HTML, what the editors keep (lexical,
// mobiledoc), plain text. Cards that show other pages are no text.
package ghost

import (
	stdjson "encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

var opening = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\{\s*"(?:db"\s*:\s*\[\s*\{\s*"(?:meta|data)"|meta"\s*:\s*\{[^{}]*"exported_on"|data"\s*:\s*\{\s*"\w+"\s*:\s*\[|posts"\s*:\s*\[\s*\{|pages"\s*:\s*\[\s*\{|errors"\s*:\s*\[)`)
})

// openingBytes is how much of a file may be its opening.
const openingBytes = 1 << 10

// Recognize reports whether a file is an export of Ghost, or an answer.
func Recognize(h *reader.Head) bool {
	if !opening().Match(h.Text[:min(len(h.Text), openingBytes)]) {
		return false
	}
	return h.Contains(`"exported_on"`) || h.Contains(`"posts_authors"`) ||
		h.Contains(`"published_at"`) && h.Contains(`"slug"`) && (h.Contains(`"feature_image"`) || h.Contains(`"mobiledoc"`) || h.Contains(`"lexical"`))
}

// Names of tables and columns are Ghost's.
type (
	person struct {
		ID   publishing.Word `json:"id"`
		Name publishing.Word `json:"name"`
		Data *person         `json:"data"`
	}
	tag struct {
		ID         publishing.Word `json:"id"`
		Name       publishing.Word `json:"name"`
		Visibility publishing.Word `json:"visibility"`
		Data       *tag            `json:"data"`
	}
	link struct {
		Post   publishing.Word `json:"post_id"`
		Author publishing.Word `json:"author_id"`
		Tag    publishing.Word `json:"tag_id"`
		Order  int             `json:"sort_order"`
	}
	setting struct {
		Key   publishing.Word `json:"key"`
		Value publishing.Word `json:"value"`
	}
	post struct {
		ID            publishing.Word          `json:"id"`
		UUID          publishing.Word          `json:"uuid"`
		Title         publishing.Word          `json:"title"`
		Status        publishing.Word          `json:"status"`
		HTML          publishing.Word          `json:"html"`
		Markdown      publishing.Word          `json:"markdown"`
		Plain         publishing.Word          `json:"plaintext"`
		Lexical       stdjson.RawMessage       `json:"lexical"`
		Mobiledoc     stdjson.RawMessage       `json:"mobiledoc"`
		Published     publishing.Word          `json:"published_at"`
		Created       publishing.Word          `json:"created_at"`
		Updated       publishing.Word          `json:"updated_at"`
		Excerpt       publishing.Word          `json:"custom_excerpt"`
		Meta          publishing.Word          `json:"meta_description"`
		AuthorID      publishing.Word          `json:"author_id"`
		PublishedBy   publishing.Word          `json:"published_by"`
		Locale        publishing.Word          `json:"locale"`
		URL           publishing.Word          `json:"url"`
		Canonical     publishing.Word          `json:"canonical_url"`
		Authors       publishing.List[person]  `json:"authors"`
		PrimaryAuthor publishing.Loose[person] `json:"primary_author"`
		Author        publishing.Loose[person] `json:"author"`
		Tags          publishing.List[tag]     `json:"tags"`
		Data          *post                    `json:"data"`
	}
	tables struct {
		Posts        publishing.List[post]    `json:"posts"`
		Pages        publishing.List[post]    `json:"pages"`
		Users        publishing.List[person]  `json:"users"`
		Tags         publishing.List[tag]     `json:"tags"`
		PostsAuthors publishing.List[link]    `json:"posts_authors"`
		PostsTags    publishing.List[link]    `json:"posts_tags"`
		Settings     publishing.List[setting] `json:"settings"`
	}
)

// database is a file: the tables lie in it at one of several depths. Where the
// tools that move sites to Ghost wrote it, each row has its columns in data.
type database struct {
	tables
	DB publishing.List[struct {
		Data publishing.Loose[tables] `json:"data"`
	}] `json:"db"`
	Data   publishing.Loose[tables] `json:"data"`
	Result publishing.Loose[tables] `json:"result"`
}

// Read reads an export or an answer.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var db database
	if err := stdjson.Unmarshal([]byte(s), &db); err != nil {
		return publishing.JSONFault(s, err)
	}
	e := export{out: out}
	for i := range db.DB {
		e.tables(&db.DB[i].Data.V)
	}
	e.tables(&db.Data.V)
	e.tables(&db.Result.V)
	e.tables(&db.tables)
	if e.number == 0 && !e.stopped {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d posts none is published", e.posts)}
	}
	return nil
}

// row returns the post with its columns.
func (p *post) row() *post {
	if p.Data == nil {
		return p
	}
	if p.Data.URL == "" {
		p.Data.URL = p.URL
	}
	return p.Data
}

func (p person) name() string {
	if p.Data != nil {
		return string(p.Data.Name)
	}
	return string(p.Name)
}

func (g tag) name() string {
	if g.Data != nil {
		return string(g.Data.Name)
	}
	return string(g.Name)
}

// export is an export while it is read.
type export struct {
	out     reader.Output
	posts   int
	number  int // of articles
	stopped bool
	marker  publishing.Marker

	users, tags       map[string]string
	authorsOf, tagsOf map[string][]link
	title, lang       string
}

// tables hands on the posts of some tables.
func (e *export) tables(t *tables) {
	e.join(t)
	for _, list := range [...][]post{t.Posts, t.Pages} {
		for i := range list {
			p := list[i].row()
			e.posts++
			if p.Status != "" && p.Status != "published" && p.Status != "sent" || e.stopped {
				continue
			}
			e.number++
			rec := record.Record{Number: e.number}
			if err := reader.Guard(func() error { return e.fill(p, &rec) }); err != nil {
				e.stopped = !e.out.Fail(&reader.Fault{Err: fmt.Errorf("post %d: %w", e.posts, err)})
				continue
			}
			e.stopped = !e.out.Emit(&rec)
		}
	}
}

// join keeps what the tables say of one another.
func (e *export) join(t *tables) {
	e.users, e.tags = map[string]string{}, map[string]string{}
	e.authorsOf, e.tagsOf = map[string][]link{}, map[string][]link{}
	for _, u := range t.Users {
		e.users[string(u.ID)] = u.name()
	}
	for _, g := range t.Tags {
		if !isInternal(&g) {
			e.tags[string(g.ID)] = g.name()
		}
	}
	for _, l := range t.PostsAuthors {
		e.authorsOf[string(l.Post)] = append(e.authorsOf[string(l.Post)], l)
	}
	for _, l := range t.PostsTags {
		e.tagsOf[string(l.Post)] = append(e.tagsOf[string(l.Post)], l)
	}
	for _, s := range t.Settings {
		switch s.Key {
		case "title":
			e.title = string(s.Value)
		case "lang", "default_locale", "locale":
			e.lang = string(s.Value)
		}
	}
}

// isInternal reports whether a tag is for the site's own use.
func isInternal(g *tag) bool {
	return strings.HasPrefix(g.name(), "#") || g.Visibility == "internal"
}

// fill takes what a post says into a record.
func (e *export) fill(p *post, rec *record.Record) error {
	publishing.Set(rec, record.Title, "title", string(p.Title))
	publishing.Set(rec, record.Authors, "authors", e.authors(p)...)
	for _, name := range e.topics(p) {
		publishing.Set(rec, record.Topics, "tags", name)
	}
	published := p.Published
	if published == "" {
		published = p.Created
	}
	publishing.Set(rec, record.Published, "published_at", string(published))
	publishing.Set(rec, record.Updated, "updated_at", string(p.Updated))
	summary := p.Excerpt
	if summary == "" {
		summary = p.Meta
	}
	publishing.Set(rec, record.Summary, "custom_excerpt", string(summary))
	address := string(p.URL)
	if !publishing.IsWeb(address) {
		address = string(p.Canonical)
	}
	if publishing.IsWeb(address) {
		publishing.Set(rec, record.URL, "url", address)
	}
	outlet := e.title
	if outlet == "" {
		outlet = publishing.HostOf(string(p.URL))
	}
	publishing.Set(rec, record.Source, "settings", outlet)
	id := string(p.UUID)
	if id == "" {
		id = string(p.ID)
	}
	e.marker.Mark(rec, id, "id", address)
	if len(id) >= uniqueID {
		publishing.Set(rec, record.ID, "id", id)
	}
	if err := setText(p, rec); err != nil {
		return err
	}
	language := string(p.Locale)
	if language == "" {
		language = e.lang
	}
	publishing.SetLanguage(rec, language)
	return nil
}

// uniqueID is how long an id is that is drawn by chance; shorter ones count the
// posts of a site.
const uniqueID = 24

func (e *export) authors(p *post) []string {
	var names []string
	add := func(name string) {
		if name != "" && !publishing.IsAccount(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, a := range p.Authors {
		add(a.name())
	}
	for _, l := range sorted(e.authorsOf[string(p.ID)]) {
		add(e.users[string(l.Author)])
	}
	for _, name := range [...]string{p.PrimaryAuthor.V.name(), p.Author.V.name(), e.users[string(p.AuthorID)], e.users[string(p.PublishedBy)]} {
		if len(names) == 0 {
			add(name)
		}
	}
	return names
}

func (e *export) topics(p *post) []string {
	var names []string
	for _, g := range p.Tags {
		if !isInternal(&g) {
			names = append(names, g.name())
		}
	}
	for _, l := range sorted(e.tagsOf[string(p.ID)]) {
		names = append(names, e.tags[string(l.Tag)])
	}
	return names
}

func sorted(links []link) []link {
	slices.SortStableFunc(links, func(a, b link) int { return a.Order - b.Order })
	return links
}

// setText takes the text of a post.
func setText(p *post, rec *record.Record) error {
	switch {
	case strings.TrimSpace(string(p.HTML)) != "":
		publishing.SetHTML(rec, "html", withoutCards(string(p.HTML)))
	case p.Markdown != "":
		return markdown.Blocks(string(p.Markdown), rec)
	case markdownOf(p.Mobiledoc) != "":
		return markdown.Blocks(markdownOf(p.Mobiledoc), rec)
	default:
		if err := setTree(rec, "lexical", p.Lexical); err != nil {
			return err
		}
		if !rec.Has(record.Body) {
			if err := setTree(rec, "mobiledoc", p.Mobiledoc); err != nil {
				return err
			}
		}
		if !rec.Has(record.Body) {
			publishing.Set(rec, record.Body, "plaintext", string(p.Plain))
		}
	}
	return nil
}

// markdownOf returns the text of a mobiledoc that is nothing but cards of Markdown
// and HTML, as posts are that were written in Markdown; empty for any other.
func markdownOf(doc stdjson.RawMessage) string {
	var s string
	var tree struct {
		Cards    [][]stdjson.RawMessage `json:"cards"`
		Sections [][]stdjson.RawMessage `json:"sections"`
	}
	if stdjson.Unmarshal(doc, &s) == nil {
		doc = stdjson.RawMessage(s)
	}
	if stdjson.Unmarshal(doc, &tree) != nil {
		return ""
	}
	const cardSection = "10"
	var parts []string
	isMarkdown := false
	for _, section := range tree.Sections {
		var at int
		if len(section) < 2 {
			continue
		}
		if string(section[0]) != cardSection {
			return ""
		}
		if stdjson.Unmarshal(section[1], &at) != nil || at < 0 || at >= len(tree.Cards) || len(tree.Cards[at]) < 2 {
			continue
		}
		var card struct {
			Markdown string `json:"markdown"`
			HTML     string `json:"html"`
		}
		if stdjson.Unmarshal(tree.Cards[at][1], &card) == nil {
			isMarkdown = isMarkdown || card.Markdown != ""
			parts = append(parts, card.Markdown+card.HTML)
		}
	}
	if !isMarkdown {
		return ""
	}
	return strings.Join(parts, "\n\n")
}

// setTree takes the text of a tree as an editor keeps it, which is written in JSON
// within a text.
func setTree(rec *record.Record, name string, tree stdjson.RawMessage) error {
	if len(tree) <= len(`"{}"`) {
		return nil
	}
	if err := json.NewParser(nil).Fields(fmt.Appendf(nil, `{%q:%s}`, name, tree), rec); err != nil {
		return err
	}
	s := strings.TrimSpace(rec.Text())
	if len(rec.Blocks) == 0 && strings.HasPrefix(s, "{") && stdjson.Valid([]byte(s)) {
		rec.Drop(record.Body) // of pictures alone: the tree itself is no text
	}
	return nil
}

// withoutCards returns a text without the cards that show other pages, and what
// is played and downloaded.
func withoutCards(s string) string {
	if !strings.Contains(s, "kg-") {
		return s
	}
	doc := publishing.Parse(s)
	publishing.Remove(publishing.Find(doc, func(n *html.Node) bool {
		for c := range strings.FieldsSeq(publishing.Attr(n, "class")) {
			switch c {
			case "kg-bookmark-card", "kg-signup-card", "kg-audio-card", "kg-video-container", "kg-file-card", "kg-button-card", "kg-nft-card", "kg-cta-card":
				return true
			}
		}
		return false
	})...)
	return publishing.Inner(doc)
}
