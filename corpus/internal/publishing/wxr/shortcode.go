package wxr

import (
	"html"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/wordset"
)

// A shortcode is [name], perhaps with attributes, and perhaps with a text up to
// [/name]. [[name]] is how one is shown. What else stands in square brackets, such
// as [sic], is text.

var shortcode = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\[(\[?)(/?)([A-Za-z][\w-]*)((?:[ \t\n]+[^\[\]]*)?|=[^\[\]]*)/?\](\]?)`)
})

var (
	// known are the shortcodes of WordPress and of much used plugins that need no
	// attributes.
	known = wordset.Of("gallery", "caption", "wp_caption", "embed", "audio", "video", "playlist", "youtube", "vimeo", "more", "toc",
		"contact-form", "contact-form-7", "shortcode", "spacer", "divider", "adsense", "ad", "pullquote", "dropcap", "sourcecode", "code",
		"googlemaps", "soundcloud", "tweet", "instagram", "recent_posts", "archives", "slideshow", "nextpage", "clear", "sitemap")
	// without are those whose text is none of the article's.
	without = wordset.Of("gallery", "embed", "audio", "video", "playlist", "youtube", "vimeo", "googlemaps", "soundcloud", "tweet", "instagram",
		"contact-form", "contact-form-7", "slideshow", "iframe", "script", "style")
	hasValue  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[ \t\n]+[\w-]+\s*=`) })
	captionOf = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\bcaption\s*=\s*(?:"([^"]*)"|'([^']*)')`)
	})
)

// Text returns a text of WordPress without its shortcodes. Captions are kept, and
// so is what stands within those that lay out columns and the like.
func Text(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	found := shortcodes(s)
	closed := map[string]int{} // where the last that closes stands
	for _, m := range found {
		if m[4] < m[5] { // the slash
			closed[s[m[6]:m[7]]] = m[0]
		}
	}
	var b strings.Builder
	at, skip := 0, "" // skip is the shortcode whose text is left out
	for _, m := range found {
		name, attrs := s[m[6]:m[7]], s[m[8]:m[9]]
		closes := m[4] < m[5]
		if skip != "" {
			if closes && name == skip {
				at, skip = m[1], ""
			}
			continue
		}
		if m[2] < m[3] && m[10] < m[11] { // [[name]]
			b.WriteString(s[at:m[0]] + s[m[0]+1:m[1]-1])
			at = m[1]
			continue
		}
		if !isShortcode(name, attrs, closed[name] > 0 || closes) {
			continue
		}
		start, end := m[0]+m[3]-m[2], m[1]-(m[11]-m[10]) // without brackets around it
		b.WriteString(s[at:start])
		b.WriteString(replacement(name, attrs, closes))
		if at = end; !closes && closed[name] > m[0] && without()[strings.ToLower(name)] {
			skip = name
		}
	}
	b.WriteString(s[at:])
	return b.String()
}

// maxShortcode is how long one is with its attributes, in bytes.
const maxShortcode = 4 << 10

// shortcodes returns where what may be shortcodes stands in a text, as package
// regexp has it.
func shortcodes(s string) (found [][]int) {
	for at := 0; at < len(s); {
		n := strings.IndexByte(s[at:], '[')
		if n < 0 {
			break
		}
		at += n
		end := min(len(s), at+maxShortcode)
		if closing := strings.IndexByte(s[at:end], ']'); closing >= 0 {
			end = min(len(s), at+closing+len("]]"))
		}
		m := shortcode().FindStringSubmatchIndex(s[at:end])
		if m == nil {
			at++
			continue
		}
		for i := range m {
			m[i] += at
		}
		found = append(found, m)
		at = m[1]
	}
	return found
}

// isShortcode reports whether what stands in square brackets is one.
func isShortcode(name, attrs string, closed bool) bool {
	lower := name == strings.ToLower(name)
	return closed || lower && (known()[name] || hasValue().MatchString(attrs) || strings.Contains(name, "_"))
}

// replacement returns what stands in place of a shortcode.
func replacement(name, attrs string, closes bool) string {
	isCaption := name == "caption" || name == "wp_caption"
	switch {
	case isCaption && !closes:
		if m := captionOf().FindStringSubmatch(attrs); m != nil {
			return "\n\n" + html.UnescapeString(m[1]+m[2]) + " "
		}
		return "\n\n"
	case isCaption, strings.Contains(name, "_"):
		return "\n\n" // of a layout: columns and rows
	}
	return ""
}
