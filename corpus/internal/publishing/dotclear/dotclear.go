// Package dotclear reads exports of Dotclear, a text of tables: a line
// [name column,column] begins one, and each row is a line of quoted cells, in
// which a backslash escapes.
//
// Articles are the posts and pages that need no password. One that is not
// published is withheld by its sender. Settings, comments, media and links are
// passed over.
package dotclear

import (
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a file is an export of Dotclear.
func Recognize(h *reader.Head) bool { return h.HasPrefix("///DOTCLEAR|") }

// Read reads an export. What belongs to a post stands in other tables behind it,
// so that all are read first.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	x := export{
		posts: nil, users: map[string]string{}, categories: map[string]string{}, tags: map[string][]string{}, blogs: map[string]string{},
	}
	x.read(s)
	n := 0
	for i := range x.posts {
		p := &x.posts[i]
		cells := cellsOf(p.row, p.columns)
		if !isArticle(cells) {
			continue
		}
		n++
		rec := record.Record{Line: p.line, Number: n}
		if err := reader.Guard(func() error { x.fill(cells, &rec); return nil }); err != nil {
			if !out.Fail(&reader.Fault{Line: p.line, Err: err}) {
				return nil
			}
		} else if !out.Emit(&rec) {
			return nil
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d posts none may be read", len(x.posts))}
	}
	return nil
}

// export is what is kept of the tables.
type export struct {
	posts      []post
	users      map[string]string // names by ids
	categories map[string]string
	tags       map[string][]string // by posts
	blogs      map[string]string
	language   string
}

// post is a row as it stands: the cells of all take many times as much memory.
type post struct {
	line    int
	row     string
	columns []string
}

// read takes the tables that are asked for.
func (x *export) read(s string) {
	table, columns := "", []string(nil)
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n++
		line = strings.TrimRight(line, "\r ")
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			name, names, _ := strings.Cut(line[1:len(line)-1], " ")
			table, columns = name, strings.Split(names, ",")
			continue
		}
		if !strings.HasPrefix(line, `"`) {
			continue
		}
		switch table {
		case "post":
			x.posts = append(x.posts, post{n, line, columns})
		case "user", "category", "meta", "blog", "setting":
			x.row(table, cellsOf(line, columns))
		}
	}
}

// row takes a row of a table.
func (x *export) row(table string, c map[string]string) {
	switch table {
	case "user":
		name := c["user_displayname"]
		if name == "" {
			name = strings.TrimSpace(c["user_firstname"] + " " + c["user_name"])
		}
		x.users[c["user_id"]] = name
	case "category":
		x.categories[c["cat_id"]] = c["cat_title"]
	case "blog":
		x.blogs[c["blog_id"]] = c["blog_name"]
	case "meta":
		if c["meta_type"] == "tag" {
			x.tags[c["post_id"]] = append(x.tags[c["post_id"]], c["meta_id"])
		}
	case "setting":
		if c["setting_id"] == "lang" {
			x.language = c["setting_value"]
		}
	}
}

// cellsOf parts a row.
func cellsOf(line string, columns []string) map[string]string {
	cells := map[string]string{}
	var b strings.Builder
	open, column := false, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			if open && column < len(columns) {
				cells[columns[column]] = b.String()
			}
			if open {
				column++
			}
			open = !open
			b.Reset()
		case c == '\\' && open && i+1 < len(line):
			i++
			switch line[i] {
			case 'n':
				b.WriteByte('\n')
			case 'r':
			default:
				b.WriteByte(line[i])
			}
		case open:
			b.WriteByte(c)
		}
	}
	return cells
}

// isArticle reports whether a row is a post or page.
func isArticle(c map[string]string) bool {
	return (c["post_type"] == "post" || c["post_type"] == "page" || c["post_type"] == "") && c["post_password"] == ""
}

// fill takes a row into a record.
func (x *export) fill(c map[string]string, rec *record.Record) {
	publishing.Set(rec, record.Title, "post_title", c["post_title"])
	first := func(names ...string) string {
		for _, name := range names {
			if strings.TrimSpace(c[name]) != "" {
				return c[name]
			}
		}
		return ""
	}
	publishing.SetHTML(rec, "post_content", first("post_content_xhtml", "post_content"))
	publishing.Set(rec, record.Lead, "post_excerpt", first("post_excerpt_xhtml", "post_excerpt"))
	publishing.Set(rec, record.Published, "post_dt", strings.TrimSpace(c["post_dt"]+" "+c["post_tz"]))
	publishing.Set(rec, record.Updated, "post_upddt", c["post_upddt"])
	author := x.users[c["user_id"]]
	if author == "" {
		author = c["user_id"]
	}
	if !publishing.IsAccount(author) {
		publishing.Set(rec, record.Authors, "user_id", author)
	}
	publishing.Set(rec, record.Source, "blog_name", x.blogs[c["blog_id"]])
	publishing.Set(rec, record.Topics, "cat_title", x.categories[c["cat_id"]])
	for _, tag := range x.tags[c["post_id"]] {
		publishing.Set(rec, record.Topics, "tag", tag)
	}
	rec.Place = first("post_id", "post_url")
	if rec.Place == "" {
		rec.Place = fmt.Sprint(rec.Number)
	}
	language := c["post_lang"]
	if language == "" {
		language = x.language
	}
	publishing.SetLanguage(rec, language)
	if status, stated := c["post_status"]; stated && status != "1" {
		rec.Handling = publishing.Withheld()
	}
}
