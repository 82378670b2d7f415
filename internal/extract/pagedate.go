package extract

import (
	"strings"
	"time"
)

// date reads a date of the page in the page's language.
func (r *resolver) date(s string) (time.Time, bool) { return ParseDateIn(s, r.inLanguage) }

// dateLanguage returns the language in which the dates of a page are read: the
// one that goes first, with the country from another statement of the same
// language if it has none. Many templates say "en" for the page and "en_GB"
// for those who share it.
func (r *resolver) dateLanguage() string {
	best := ""
	for _, s := range append(r.languages(),
		r.meta.stated("og:locale"), r.linkedLanguage(r.pageData)) {
		tag := languageTag(s.text)
		if best == "" {
			best = tag
		}
		if strings.HasPrefix(tag, best+"-") {
			return tag
		}
	}
	return best
}

// linkedLanguage returns the language that JSON-LD states for a node. One that
// is an object has the tag beside its name.
func (r *resolver) linkedLanguage(node map[string]any) statement {
	v := r.meta.linked.resolve(node["inLanguage"])
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	s := linkedString(v)
	if m, ok := v.(map[string]any); ok {
		for _, key := range [...]string{"alternateName", "identifier", "termCode", "code", "@id"} {
			if tag := str(m[key]); languageTag(tag) != "" {
				s = tag
				break
			}
		}
	}
	return statement{s, fromJSONLD("inLanguage")}
}

// statedDate returns the first value under the names of meta tags that is a
// date, else the first that there is.
func (r *resolver) statedDate(names ...string) statement {
	for _, name := range names {
		for _, v := range r.meta.tags[name] {
			if _, ok := r.date(v); ok {
				return statement{v, name}
			}
		}
	}
	return r.meta.stated(names...)
}

// articleDate returns what the article's JSON-LD says of a date.
func (r *resolver) articleDate(key string) statement { return r.linkedDate(r.articleData, key) }

// linkedDate returns the first text of a property that is a date, else the
// first that there is. A value may be a number, an object or a list.
func (r *resolver) linkedDate(node map[string]any, key string) statement {
	texts := DateTexts(node[key])
	for _, s := range texts {
		if _, ok := r.date(s); ok {
			return statement{s, fromJSONLD(key)}
		}
	}
	if len(texts) == 0 {
		return statement{}
	}
	return statement{texts[0], fromJSONLD(key)}
}
