package json

import (
	"bytes"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
)

// An article's text may stand under a name that nothing says to be one. A
// record that has much more prose than came out of it is told, with the name
// under which most of it stands.

const (
	// muchMore says how many times the text that came out the rest must be of,
	// where there is a body. Records have captions, notes and summaries, but
	// not twice as much of them as text. Where there is none, a text of half a
	// summary's size is told, and beside a title alone any.
	muchMore = 2
	// minUnread is the least text that is told of, in bytes.
	minUnread = 20
	// minWords is how many words a sentence has that is told of.
	minWords = 3
	// maxUnread bounds the texts that are looked at, and maxCompared the text
	// in which they are looked for, in bytes.
	maxUnread   = 2000
	maxCompared = 256 << 10
	// signSize is how many letters tell that two texts are one, in bytes.
	signSize = 40
	// maxSamples is how many places of a text are looked at.
	maxSamples = 8
)

// tellUnread tells of text in the object that starts at start and is no part
// of the record, and of an author who has no name.
func (p *Parser) tellUnread(start int) {
	p.tellUnnamed()
	size := p.taken(func(string) {})
	rest := p.scan.i - start - size
	hasText := p.rec.Has(record.Body) || p.rec.Has(record.Lead)
	if hasText && rest <= muchMore*size || rest < minUnread {
		return // whatever it is, it is not much more
	}
	end, depth := p.scan.i, p.scan.depth
	defer func() { p.scan.i, p.scan.depth = end, depth }()
	p.scan.i = start
	tree, _, err := p.tree()
	if err != nil {
		return // it was read before, so this can't be
	}
	u := unread{}
	p.taken(func(s string) { u.taken = signature(u.taken, s, maxCompared) })
	u.value(&tree, "")
	least := 0
	switch {
	case hasText:
		least = muchMore * size
	case p.rec.Has(record.Summary):
		least = size / 2
	}
	if u.size > least {
		u.tell(p.rec)
	}
}

// taken calls f with the texts that the record has, and returns the size of
// all of them in bytes.
func (p *Parser) taken(f func(s string)) (size int) {
	for _, field := range [...]record.Field{record.Body, record.Title, record.Summary, record.Lead} {
		for _, v := range p.rec.Values(field) {
			size += len(v.Text)
			f(v.Text)
		}
	}
	for i := range p.rec.Blocks {
		size += len(p.rec.Blocks[i].Text)
		f(p.rec.Blocks[i].Text)
	}
	return size
}

// unread is the prose of a record that is no part of its texts.
type unread struct {
	taken []byte
	size  int // in bytes
	seen  int
	paths []unreadPath
}

// unreadPath is the prose under one name, with the names around it.
type unreadPath struct {
	path  string
	begin string // of the first text
	size  int
}

func (u *unread) value(n *node, path string) {
	if u.seen++; u.seen > maxUnread {
		return
	}
	if n.name != "" {
		if besideText(n.folded) {
			return
		}
		path = strings.TrimPrefix(path+"."+n.name, ".")
	}
	if n.kind == '"' {
		u.text(n.text, path)
	}
	for i := range n.kids {
		u.value(&n.kids[i], path)
	}
}

// text takes in a text that is prose and was not seen before.
func (u *unread) text(s, path string) {
	if !layout.IsProse(s) && !(layout.EndsSentence(s) && len(strings.Fields(s)) >= minWords) {
		return
	}
	size := u.missing(s)
	if size == 0 {
		return
	}
	if n := len(u.taken) + maxSign; n < 2*maxCompared {
		u.taken = signature(append(u.taken, ' '), s, n)
	}
	u.size += size
	i := slices.IndexFunc(u.paths, func(p unreadPath) bool { return p.path == path })
	if i < 0 {
		i = len(u.paths)
		u.paths = append(u.paths, unreadPath{path: path, begin: s})
	}
	u.paths[i].size += size
}

// missing returns about how many bytes of a text are not among those taken: as
// many as samples of it are not. The page that an article was taken from is
// no text of its own.
func (u *unread) missing(s string) int {
	if head := strings.ToLower(strings.TrimSpace(s[:min(len(s), maxTag)])); strings.HasPrefix(head, "<!doctype") || strings.Contains(head, "<html") {
		return 0
	}
	letters := signature(nil, s, maxCompared)
	samples := min(maxSamples, 1+len(letters)/(2*signSize))
	misses := 0
	for i := range samples {
		at := 0
		if samples > 1 {
			at = i * (len(letters) - signSize) / (samples - 1)
		}
		if !bytes.Contains(u.taken, letters[at:min(len(letters), at+signSize)]) {
			misses++
		}
	}
	return len(s) * misses / samples
}

// tell names the path under which most of the text stands.
func (u *unread) tell(rec *record.Record) {
	most := slices.MaxFunc(u.paths, func(a, b unreadPath) int { return a.size - b.size })
	rec.Tell(record.NoField, record.Value{Text: strings.TrimSpace(layout.WithoutTags(most.begin)), From: most.path}, record.ErrLeftOut)
}

// besideText reports whether what stands under a name is no text of an
// article: the captions of its images, notes on those who wrote it, other
// articles, what a search or a page has around it.
func besideText(folded string) bool {
	if notText()[folded] || folded == "name" {
		return true
	}
	for _, part := range besideParts {
		if strings.Contains(folded, part) {
			return true
		}
	}
	return false
}

// besideParts are parts of such names.
var besideParts = []string{
	"image", "img", "photo", "picture", "media", "video", "audio", "caption", "credit", "alttext", "copyright", "rights", "usage", "license", "disclaimer",
	"legal", "comment", "related", "recommend", "author", "bio", "byline", "creator", "contributor", "person", "publisher", "provider", "seo", "meta",
	"opengraph", "twitter", "facebook", "social", "schema", "jsonld", "promo", "newsletter", "subscri", "footer", "breadcrumb",
	"url", "link", "tags", "topic", "keyword", "categor", "taxonomy", "ednote", "instruction", "highlight", "title", "headline", "kicker", "slug",
	"prompt", "embed", "cookie", "signature", "header", "venue", "organi", "timezone", "address", "location", "place", "feedback", "error", "query",
}
