package json

import "github.com/newsq/newsq/internal/wordset"

var (
	// listNames are the members under which a document keeps its articles.
	listNames = wordset.Of("articles", "items", "item", "results", "docs", "documents", "data", "entries", "entry", "hits",
		"posts", "stories", "records", "rows", "news", "list", "value", "values", "objects", "response")
	// wrapperNames are the members under which a record keeps its fields, or a
	// document its list, one level down. A wrapper is never a field's value
	// itself.
	wrapperNames = wordset.Of("article", "item", "post", "story", "doc", "document", "record", elasticSource, "fields",
		"attributes", "node", "entry", "data", "response", "result", "results", "hits", "feed", "payload", "nitf", "dates", "timestamps")
	// treeNames are the members that may be a tree of blocks, as editors keep
	// a text, or something else.
	treeNames = wordset.Of("nodes", "children", "root", "document", "doc")
	// textNames are the members of an object that say what it is, the best
	// first: {"name": "Reuters", "id": 7}, {"rendered": "<p>..."}.
	textNames = []string{
		"name", "text", "value", "rendered", "main", "original", "label", "title", "headline", "term", "plain", "content",
		"body", "html", "basic", "default", "oid", "date", "numberlong", "href", "url", "domain", "hostname", "uri", "id",
	}
)

// elasticSource wraps the record in what Elasticsearch and OpenSearch return.
// The underscore tells it from a record's source, so it is not folded.
const elasticSource = "_source"
