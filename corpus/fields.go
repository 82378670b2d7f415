package corpus

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// field is a field of an article that a source may state.
type field uint8

const (
	noField field = iota
	fieldID
	fieldTitle
	fieldSummary
	fieldBody
	fieldAuthors
	fieldSource
	fieldPublished
	fieldUpdated
	fieldLanguage
	fieldTopics
	fieldPlaces
	fieldPeople
	fieldOrganizations
	fieldURL
	numFields
	// leftOut is what a field is mapped to that shall not be read.
	leftOut
)

// fieldNames are the names under which the world writes each field, folded as
// foldName does, the best first: where a record has several, that one counts.
// They come from NewsML and ninjs, schema.org, JSON Feed, WordPress, the
// search interfaces of newspapers, and data sets of news.
var fieldNames = [numFields][]string{
	fieldID: {"id", "guid", "uuid", "articleid", "docid", "documentid", "itemid", "docno", "uri"},
	fieldTitle: {
		"title", "headline", "webtitle", "articletitle", "pagetitle", "head", "hed", "name",
	},
	fieldSummary: {
		"summary", "abstract", "standfirst", "dek", "deck", "subtitle", "subheadline", "subhead", "description",
		"excerpt", "trailtext", "teaser", "snippet", "leadparagraph",
	},
	fieldBody: {
		"body", "articlebody", "fulltext", "bodytext", "maintext", "articletext", "text", "content", "contenttext",
		"articlecontent", "rawtext", "plaintext", "paragraphs",
		"html", "contenthtml", "bodyhtml", "bodyxhtml", "articlehtml",
	},
	fieldAuthors: {"authors", "author", "byline", "bylines", "creator", "creators", "writers", "writer"},
	fieldSource: {
		"source", "outlet", "publication", "publisher", "newspaper", "sourcename", "site", "sitename", "provider",
	},
	fieldPublished: {
		"published", "publishedat", "datepublished", "publishedon", "publisheddate", "publishdate", "pubdate",
		"publicationdate", "webpublicationdate", "firstpublished", "date", "datetime", "issued", "firstcreated",
		"datecreated", "createdat", "created", "timestamp", "time",
	},
	fieldUpdated: {
		"updated", "updatedat", "dateupdated", "modified", "modifiedat", "datemodified", "lastmodified",
		"versioncreated",
	},
	fieldLanguage: {"language", "lang", "inlanguage", "languagecode", "locale"},
	fieldTopics: {
		"topics", "topic", "tags", "tag", "categories", "category", "section", "sections", "articlesection",
		"keywords", "subjects", "subject",
	},
	fieldPlaces:        {"places", "place", "locations", "location", "countries", "country"},
	fieldPeople:        {"people", "persons", "person"},
	fieldOrganizations: {"organizations", "organisations", "organization", "organisation", "orgs", "org", "companies", "company"},
	fieldURL:           {"url", "canonicalurl", "canonical", "permalink", "weburl", "link", "sourceurl"},
}

// firstHTML is the first of fieldNames[fieldBody] that promises markup.
const firstHTML = "html"

// knownName is a name of a field and its place among its names.
type knownName struct {
	field field
	rank  int
	html  bool
}

var knownNames = indexFieldNames()

func indexFieldNames() map[string]knownName {
	m := make(map[string]knownName, 128)
	for f, names := range fieldNames {
		html := false
		for rank, name := range names {
			html = html || name == firstHTML
			m[name] = knownName{field(f), rank, html}
		}
	}
	return m
}

// listNames are the members under which a document keeps its articles,
// wrapperNames those under which a record keeps its fields, or a document its
// list, one level down. A wrapper is never a field's value itself.
var (
	listNames = nameSet("articles", "items", "item", "results", "docs", "documents", "data", "entries", "entry", "hits",
		"posts", "stories", "records", "rows", "news", "list", "value", "values", "objects", "response")
	wrapperNames = nameSet("article", "item", "post", "story", "doc", "document", "record", elasticSource, "fields",
		"attributes", "node", "entry", "data", "response", "result", "results", "hits", "feed", "payload")
	// textNames are the members of an object that say what it is, the best
	// first: {"name": "Reuters", "id": 7}, {"rendered": "<p>..."}.
	textNames = []string{
		"name", "text", "value", "rendered", "main", "original", "label", "title", "headline", "term", "plain", "content",
		"body", "html", "oid", "date", "numberlong", "href", "url", "id",
	}
)

// elasticSource wraps the record in what Elasticsearch and OpenSearch return.
// The underscore tells it from a record's source, so it is not folded.
const elasticSource = "_source"

func nameSet(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// maxFieldName bounds the names that are looked up.
const maxFieldName = 40

// foldName appends the name of a field as the tables above have it: ASCII
// letters, lower case, and digits; "pub_date", "pubDate" and "Pub-Date" are
// one. A name in another script, or too long to be in the tables, is nothing.
func foldName(dst, name []byte) []byte {
	if len(name) > maxFieldName {
		return dst
	}
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			dst = append(dst, c)
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c >= 0x80:
			return dst[:0]
		}
	}
	return dst
}

// mapping says which fields of a source go to which of an article, apart from
// fieldNames: a tree of the names in dotted paths, in lower case.
type mapping struct {
	field field // noField for a name that is only on the way to others
	below map[string]*mapping
}

// parseMapping reads Options.Map.
func parseMapping(m map[string]string) (*mapping, error) {
	root := &mapping{}
	for from, to := range m {
		f := leftOut
		if to != "-" {
			known, ok := knownNames[string(foldName(nil, []byte(to)))]
			if !ok {
				return nil, fmt.Errorf("field %q is mapped to %q, which is no field of an article: use one of %s, or - to leave it out",
					from, to, strings.Join(articleFields(), ", "))
			}
			f = known.field
		}
		path := strings.ToLower(strings.TrimSpace(from))
		if path == "" || strings.Contains("."+path+".", "..") {
			return nil, fmt.Errorf("%q is no name of a field to map", from)
		}
		root.add([]string{path}, f) // a name may contain dots itself
		if strings.Contains(path, ".") {
			root.add(strings.Split(path, "."), f)
		}
	}
	return root, nil
}

func (m *mapping) add(path []string, f field) {
	for _, name := range path {
		if m.below == nil {
			m.below = map[string]*mapping{}
		}
		next := m.below[name]
		if next == nil {
			next = &mapping{}
			m.below[name] = next
		}
		m = next
	}
	m.field = f
}

// at returns what is mapped at or below a name; nil when nothing is.
func (m *mapping) at(name []byte) *mapping {
	if m == nil || len(m.below) == 0 {
		return nil
	}
	return m.below[strings.ToLower(string(name))]
}

// articleFields are the names by which Options.Map calls the fields.
func articleFields() []string {
	return []string{
		"id", "title", "summary", "body", "authors", "source", "published", "updated", "language", "topics", "places",
		"people", "organizations", "url",
	}
}

// Bounds of one record. No honest one comes near.
const (
	maxValues = 256     // of one field, such as topics
	maxParts  = 100_000 // paragraphs, of a body that is a list
)

// Ranks apart from the places of names in fieldNames.
const (
	mapped = -1        // of a name that Options.Map maps
	deeper = 100       // added for each wrapper around a record
	unset  = 1_000_000 // of a field that was not found
)

// record is what a source states of one article, before it is made one.
type record struct {
	values [numFields][]string
	rank   [numFields]int // of the name that the values came under
	html   bool           // the body came under a name that promises markup
	cut    bool           // a bound was hit
}

func (r *record) reset() {
	for f := range r.values {
		r.values[f] = nil
		r.rank[f] = unset
	}
	r.html, r.cut = false, false
}

// wants reports whether values under a name of this rank would be taken.
func (r *record) wants(f field, rank int) bool {
	return f.gathers() || rank < r.rank[f]
}

// gathers reports whether a field takes the values of all its names.
func (f field) gathers() bool {
	switch f {
	case fieldTopics, fieldPlaces, fieldPeople, fieldOrganizations:
		return true
	}
	return false
}

// maxBytes returns the most bytes of a value that are kept.
func (f field) maxBytes() int {
	switch f {
	case fieldBody:
		return math.MaxInt
	case fieldSummary:
		return maxSummary
	case fieldID, fieldTitle, fieldURL:
		return maxStated
	}
	return maxValue
}

// lists reports whether one value of f may be a list, written with commas or
// semicolons.
func (f field) lists() bool { return f.gathers() || f == fieldAuthors }

// set takes the values found under a name, unless they are all empty.
func (r *record) set(f field, rank int, html bool, values []string) {
	if !slices.ContainsFunc(values, func(s string) bool { return strings.TrimSpace(s) != "" }) {
		return
	}
	if f.gathers() {
		values = append(r.values[f], values...)
	}
	limit := maxValues
	if f == fieldBody {
		limit = maxParts
		r.html = html
	}
	if len(values) > limit {
		values, r.cut = values[:limit], true
	}
	for _, s := range values {
		r.cut = r.cut || len(s) > f.maxBytes() || f.lists() && strings.Count(s, ",")+strings.Count(s, ";") >= maxValues
	}
	r.values[f], r.rank[f] = values, rank
}

func (r *record) first(f field) string {
	for _, s := range r.values[f] {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

func (r *record) has(f field) bool { return len(r.values[f]) > 0 }
