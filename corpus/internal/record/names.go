package record

// fieldNames are the names under which sources write each field, folded by
// [Fold]. The best comes first: where a record has several, that one counts.
// They come from NewsML and ninjs, schema.org, JSON Feed, WordPress, the
// search interfaces of newspapers, and data sets of news.
var fieldNames = [NumFields][]string{
	ID: {"id", "guid", "uuid", "articleid", "docid", "documentid", "itemid", "docno", "uri"},
	Title: {
		"title", "headline", "webtitle", "articletitle", "pagetitle", "head", "hed", "name",
	},
	Summary: {
		"summary", "abstract", "standfirst", "dek", "deck", "subtitle", "subheadline", "subhead", "description",
		"excerpt", "trailtext", "teaser", "snippet", "descriptionsummary", "descriptiontext",
	},
	Body: {
		"body", "articlebody", "fulltext", "bodytext", "maintext", "articletext", "text", "content", "contenttext",
		"articlecontent", "rawtext", "plaintext", "markdown", "paragraphs",
		"html", "contenthtml", "bodyhtml", "bodyxhtml", "articlehtml",
		// Below stand the names of a text that is kept as a tree, or as text
		// beside a better form of it.
		"textcontent", "cleanedtext", "contents", "bodycontent", "storybody", "storytext", "contentelements", "contentblocks",
		"bodyblocks", "blocks", "components", "richtext", "lexical", "mobiledoc", "sprinkledbody", "chapters", "editorstate", "richcontent", "bodyjson", "contentjson", "jsoncontent", "storysentences",
	},
	Authors: {"authors", "author", "byline", "bylines", "creator", "creators", "writers", "writer"},
	Source: {
		"source", "outlet", "publication", "publisher", "newspaper", "sourcename", "site", "sitename", "provider",
		"sourcetitle", "publishername", "publicationname", "medianame", "metasitename", "sourcehostname", "sourcedomain", "hostname", "domain", "host",
	},
	Published: publishedNames,
	Updated:   updatedNames,
	Language:  {"language", "lang", "inlanguage", "languagecode", "locale"},
	Topics: {
		"topics", "topic", "tags", "tag", "categories", "category", "section", "sections", "articlesection",
		"keywords", "subjects", "subject", "desfacet",
	},
	Places:        {"places", "place", "locations", "location", "countries", "country", "geofacet"},
	People:        {"people", "persons", "person", "perfacet"},
	Organizations: {"organizations", "organisations", "organization", "organisation", "orgs", "org", "companies", "company", "orgfacet"},
	URL: {
		"url", "canonicalurl", "canonical", "permalink", "weburl", "link", "sourceurl", "canonicallink", "pageurl", "articleurl",
		"finalurl", "resolvedurl", "originalurl", "respondedurl", "requestedurl", addressAsSource,
	},
	Lead: {"leadparagraph", "firstparagraph", "introtext", "leadtext", "lede", "lead", "intro", "introduction", "chapo", "chapeau", "vorspann", "ingress", "entradilla"},
}

// The first and the last of fieldNames[Body] that promise markup.
const (
	firstHTML = "html"
	lastHTML  = "articlehtml"
)

// Name is what a name in a source means.
type Name struct {
	Field Field // NoField for a name that is not known
	Rank  int   // the place among the names of the field; the best has 0
	HTML  bool  // it promises a body in HTML
}

var known = indexNames()

func indexNames() map[string]Name {
	m := make(map[string]Name, 256)
	for f, names := range fieldNames {
		html := false
		for rank, name := range names {
			html = html || name == firstHTML
			m[name] = Name{Field(f), rank, html}
			html = html && name != lastHTML
		}
	}
	return m
}

// Lookup returns what a name means that [Fold] has folded.
func Lookup(folded []byte) Name {
	if name, ok := known[string(folded)]; ok {
		return name
	}
	return dateName(folded)
}

// MaxName is the longest name that is looked up, in bytes. The longest of the
// table has 23, before folding perhaps twice as many.
const MaxName = 40

// Fold appends a name in the form that [Lookup] takes: its ASCII letters in
// lower case, and its digits. So "pub_date", "pubDate" and "Pub-Date" are one
// name. Of a name in another script, or one of more than MaxName bytes, it
// appends nothing.
func Fold(dst, name []byte) []byte {
	if len(name) > MaxName {
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
