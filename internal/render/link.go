package render

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// maxLink is the most bytes of a target that terminals agree to take.
const maxLink = 2083

// linkTarget returns where an article's title leads: to its page on the web,
// else to its file. It is of printable ASCII, so that nothing in it can end
// the escape sequence it stands in; empty where there is no safe target.
func linkTarget(rawURL, path string) string {
	u, err := url.Parse(rawURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		if !filepath.IsAbs(path) {
			return ""
		}
		path = filepath.ToSlash(path)
		u = &url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(path, "/")}
	}
	target := escapeBytes(u.String())
	if len(target) > maxLink {
		return ""
	}
	return target
}

// escapeBytes percent-encodes what is not printable ASCII.
func escapeBytes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' && s[i] <= '~' {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}
