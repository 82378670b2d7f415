// Package blogger reads what Blogger exports: the archive of a blog in XML, old
// and new, and what its interface answers in JSON.
//
// Articles are the posts. A draft is one that its sender withholds. Settings,
// templates, comments, pages and what lies in the bin are passed over.
package blogger

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a file is the archive of a blog.
func Recognize(h *reader.Head) bool {
	return strings.EqualFold(h.Root(), "feed") &&
		(h.Contains("schemas.google.com/blogger/2008/kind#") || h.Contains("schemas.google.com/blogger/2018"))
}

// RecognizeJSON reports whether a file is an answer of Blogger's interface.
func RecognizeJSON(h *reader.Head) bool { return h.Contains(`"blogger#post`) }

// Read reads the archive of a blog as a stream.
func Read(in *reader.Input, out reader.Output) error {
	var m publishing.Marker
	entries, n, more := 0, 0, true
	_, err := xmltree.Records(in, func(e *xmltree.Node) bool { return e.Is("entry") }, func(e *xmltree.Node) bool {
		if entries++; !isPost(e) {
			return true
		}
		n++
		rec := record.Record{Number: n, Line: e.Line}
		if err := reader.Guard(func() error { fill(e, &m, &rec); return nil }); err != nil {
			more = out.Fail(&reader.Fault{Line: e.Line, Err: err})
		} else {
			more = out.Emit(&rec)
		}
		return more
	})
	if err == nil && more && n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d entries none is a post", entries)}
	}
	return err
}

// isPost reports whether an entry is a post.
func isPost(e *xmltree.Node) bool {
	kind := strings.ToLower(e.Child("blogger:type").OneLine())
	for _, c := range e.All("category") {
		if strings.HasSuffix(c.Attr("scheme"), "#kind") {
			_, kind, _ = strings.Cut(c.Attr("term"), "kind#")
		}
	}
	status := strings.ToLower(e.Child("blogger:status").OneLine())
	return kind == "post" && (status == "" || status == "live" || status == "draft") && e.Child("blogger:trashed").OneLine() == ""
}

// isDraft reports whether a post is not published yet.
func isDraft(e *xmltree.Node) bool {
	return strings.EqualFold(e.Child("blogger:status").OneLine(), "draft") ||
		strings.EqualFold(e.Child("control").Child("draft").OneLine(), "yes")
}

// fill takes what a post says into a record.
func fill(e *xmltree.Node, m *publishing.Marker, rec *record.Record) {
	publishing.Set(rec, record.Title, "title", e.Child("title").OneLine())
	content := e.Child("content")
	if content.Attr("type") == "xhtml" {
		publishing.SetHTML(rec, "content", content.HTML())
	} else {
		publishing.SetHTML(rec, "content", content.Content())
	}
	blog := e.Parent
	publishing.Set(rec, record.Source, "title of the blog", blog.Child("title").OneLine())
	for _, a := range e.All("author") {
		name := a.Child("name").OneLine()
		if !strings.EqualFold(name, "unknown") && !strings.EqualFold(name, "anonymous") {
			rec.Set(record.Authors, record.Mapped, append(rec.Values(record.Authors), record.Value{Text: name, From: "author", Element: true}))
		}
	}
	for _, c := range e.All("category") {
		if !strings.HasSuffix(c.Attr("scheme"), "#kind") {
			publishing.Set(rec, record.Topics, "category", c.Attr("term"))
		}
	}
	publishing.Set(rec, record.Published, "published", e.Child("published").OneLine())
	publishing.Set(rec, record.Updated, "updated", e.Child("updated").OneLine())
	publishing.Set(rec, record.Summary, "metaDescription", e.Child("blogger:metadescription").OneLine())
	link := address(e)
	publishing.Set(rec, record.URL, "link", link)
	m.Mark(rec, e.Child("id").OneLine(), "id", link)
	if isDraft(e) {
		rec.Handling = publishing.Withheld()
	}
}

// address returns the address of a post; empty when only its path is known.
func address(e *xmltree.Node) string {
	alternate := func(n *xmltree.Node) string {
		for _, l := range n.All("link") {
			if l.Attr("rel") == "alternate" {
				return l.Attr("href")
			}
		}
		return ""
	}
	if link := alternate(e); link != "" {
		return link
	}
	path, home := e.Child("blogger:filename").OneLine(), alternate(e.Parent)
	if path != "" && home != "" {
		return strings.TrimRight(home, "/") + path
	}
	return ""
}

// post is one as the interface has it.
type post struct {
	ID        publishing.Word                                `json:"id"`
	Kind      publishing.Word                                `json:"kind"`
	Status    publishing.Word                                `json:"status"`
	Blog      publishing.Loose[struct{ ID publishing.Word }] `json:"blog"`
	Published publishing.Word                                `json:"published"`
	Updated   publishing.Word                                `json:"updated"`
	URL       publishing.Word                                `json:"url"`
	Title     publishing.Word                                `json:"title"`
	Content   publishing.Word                                `json:"content"`
	Labels    publishing.List[publishing.Word]               `json:"labels"`
	Author    publishing.Loose[struct {
		DisplayName publishing.Word `json:"displayName"`
	}] `json:"author"`
}

// ReadJSON reads posts as the interface answers them: one, or a list.
func ReadJSON(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	posts, err := postsOf(s)
	if err != nil {
		return publishing.JSONFault(s, err)
	}
	var m publishing.Marker
	n := 0
	for _, p := range posts {
		if p.Kind != "blogger#post" || strings.EqualFold(string(p.Status), "trashed") {
			continue
		}
		n++
		rec := record.Record{Number: n}
		p.fill(&m, &rec)
		if !out.Emit(&rec) {
			return nil
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d posts none is a post", len(posts))}
	}
	return nil
}

func postsOf(s string) ([]post, error) {
	var answer struct {
		Items publishing.List[post] `json:"items"`
	}
	var all publishing.List[post]
	if err := json.Unmarshal([]byte(s), &all); err != nil {
		return nil, err
	}
	if len(all) == 1 && all[0].Kind != "blogger#post" {
		if err := json.Unmarshal([]byte(s), &answer); err != nil {
			return nil, err
		}
		return answer.Items, nil
	}
	return all, nil
}

func (p *post) fill(m *publishing.Marker, rec *record.Record) {
	publishing.Set(rec, record.Title, "title", string(p.Title))
	publishing.SetHTML(rec, "content", string(p.Content))
	publishing.Set(rec, record.Source, "url", publishing.HostOf(string(p.URL)))
	publishing.Set(rec, record.Authors, "author.displayName", string(p.Author.V.DisplayName))
	for _, l := range p.Labels {
		publishing.Set(rec, record.Topics, "labels", string(l))
	}
	publishing.Set(rec, record.Published, "published", string(p.Published))
	publishing.Set(rec, record.Updated, "updated", string(p.Updated))
	publishing.Set(rec, record.URL, "url", string(p.URL))
	id := string(p.ID)
	if id != "" && p.Blog.V.ID != "" {
		id = "tag:blogger.com,1999:blog-" + string(p.Blog.V.ID) + ".post-" + id // as the archive has it
	}
	m.Mark(rec, id, "id", string(p.URL))
	if status := strings.ToLower(string(p.Status)); status == "draft" || status == "scheduled" || status == "soft_trashed" {
		rec.Handling = publishing.Withheld()
	}
}
