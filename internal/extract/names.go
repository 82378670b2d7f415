package extract

import (
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/wordset"
)

// nameKind is what a class or an id says of its element.
type nameKind uint8

const (
	says      nameKind = iota // nothing
	saysBox                   // that it is a box that somebody's software calls so
	saysAside                 // that it stands beside the article
	saysReply                 // that readers wrote it
)

// asideNames are the words in classes and ids that name what stands beside an
// article.
var asideNames = sync.OnceValue(func() map[string]nameKind {
	m := map[string]nameKind{"widget": saysBox}
	for _, w := range strings.Fields(
		"nav navbar navigation menu breadcrumb breadcrumbs pagination pager skip toolbar masthead footer sidebar " +
			"related recommended recommendation recommendations recirculation trending outbrain taboola teaser teasers " +
			"newsletter newsletters subscribe subscription signup promo promotion ad ads advert advertisement advertising " +
			"sponsor sponsored banner cookie cookies consent gdpr popup modal overlay lightbox tooltip " +
			"share sharing sharebar social socials tags taglist caption figcaption credit credits copyright noprint hidden editsection") {
		m[w] = saysAside
	}
	for _, w := range strings.Fields("comment comments disqus respond") {
		m[w] = saysReply
	}
	return m
})

// boxWords are what follows the word that matters in names of two: the box of
// related stories, the buttons for sharing. Behind a word that is none of
// them stands another subject: "ad-spending", "social-security".
var boxWords = wordset.Of(
	"area article articles bar block body bottom box btn button buttons card cards col column container content " +
		"contents div element embed feed form frame grid group header heading holder icon icons image images inner " +
		"item items label layer left link links list lists main media menu module nav news outer panel panels post posts " +
		"right root row section sections signup site slider slot space stories story strip teaser teasers text title " +
		"tool tools top unit units widget widgets wrap wrapper zone")

// className looks up the words of a class. Of each name in it the last word
// decides, and the first one in names of two: "article-footer" is a footer,
// "share-buttons" are for sharing, but "sidebar-grid-container" contains a
// grid. What stands around the word widget is the name of one.
func className(s string) nameKind {
	kind := says
	if len(s) > maxMetaValue {
		return says
	}
	for name := range strings.FieldsSeq(s) {
		words := classWords(name)
		k := nameOf(words)
		if i := lastIndex(words, "widget"); i >= 0 {
			k = max(k, nameOf(words[:i]), nameOf(words[i+1:]))
		}
		if isPart(words) {
			k = max(k, saysAside)
		}
		if name == "hidden" && shownElsewhere(s) {
			k = says
		}
		kind = max(kind, k)
	}
	return kind
}

// isPart reports whether a name of several words is that of a part of a page:
// its header, an area for widgets, the caption of a picture.
func isPart(words []string) bool {
	for i := 1; i < len(words); i++ {
		switch w, before := words[i], words[i-1]; {
		case w == "header" && i == len(words)-1 && (before == "site" || before == "location" || before == "global"),
			w == "area" && before == "widget", w == "areas" && before == "widget",
			w == "caption", before == "caption":
			return true
		}
	}
	return false
}

func nameOf(words []string) nameKind {
	names := asideNames()
	switch n := len(words); n {
	case 0:
		return says
	case 2:
		return max(names[words[0]], names[words[1]])
	default:
		return names[words[n-1]]
	}
}

// idName looks up the words of an id. It is often made of a heading's words,
// so that a name of two says something only where the other word is one for
// boxes.
func idName(s string) nameKind {
	if len(s) > maxMetaValue {
		return says
	}
	kind := says
	names := asideNames()
	for name := range strings.FieldsSeq(s) {
		words := classWords(name)
		switch n := len(words); {
		case n == 0:
		case n == 2 && boxWords()[words[1]]:
			kind = max(kind, names[words[0]], names[words[1]])
		default:
			kind = max(kind, names[words[n-1]])
		}
	}
	return kind
}

// shownElsewhere reports whether classes that hide an element show it on
// screens of another size, as in "hidden md:inline".
func shownElsewhere(class string) bool {
	for name := range strings.FieldsSeq(class) {
		if i := strings.LastIndexByte(name, ':'); i > 0 {
			switch name[i+1:] {
			case "block", "inline", "flex", "grid", "table", "contents", "inline-block", "inline-flex", "visible", "list-item":
				return true
			}
		}
	}
	return false
}

func lastIndex(words []string, word string) int {
	for i := len(words) - 1; i >= 0; i-- {
		if words[i] == word {
			return i
		}
	}
	return -1
}

// classWords returns the words of a name in lower case. Words end at hyphens
// and underscores, and where a capital letter follows a small one.
func classWords(name string) []string {
	var words []string
	start := 0
	for i := 0; i <= len(name); i++ {
		sep := i == len(name) || name[i] == '-' || name[i] == '_'
		upper := !sep && i > 0 && isUpper(name[i]) && !isUpper(name[i-1])
		if !sep && !upper {
			continue
		}
		if i > start {
			words = append(words, strings.ToLower(name[start:i]))
		}
		start = i
		if sep {
			start++
		}
	}
	return words
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
