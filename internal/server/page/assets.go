package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/url"
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/server/guard"
)

//go:embed templates/*.html assets/*
var files embed.FS

// asset is what all pages are made of.
type asset struct {
	templates *template.Template
	style     template.HTML // the element
	script    template.HTML // the element
	icon      template.URL
	policy    string // the Content-Security-Policy
}

// assets returns them. They are made when the first page is asked for, not at the start
// of a command that has no page.
var assets = sync.OnceValue(func() *asset {
	script := squeeze(read("assets/script.js"))
	// The blanks are of no use, and none stands so in a string.
	style := strings.NewReplacer(": ", ":", " {", "{", "; ", ";", ";\n", ";", "{\n", "{", "}\n", "}").Replace(squeeze(read("assets/style.css")))
	return &asset{
		templates: template.Must(template.New("").ParseFS(files, "templates/*.html")),
		style:     template.HTML("<style>" + style + "</style>"),    // of ours alone
		script:    template.HTML("<script>" + script + "</script>"), // likewise
		icon:      template.URL("data:image/svg+xml," + url.PathEscape(read("assets/icon.svg"))),
		policy:    guard.Policy("style-src "+hash(style), "script-src "+hash(script), "img-src data:", "connect-src 'self'"),
	}
})

// read returns a file that is built in. Lines end as they do in the element, of which
// browsers make \n.
func read(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		return "" // which go:embed rules out
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// squeeze leaves out what only those need who write a style or a script: indents, and lines
// that are a comment.
func squeeze(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// hash is how a policy names the text of an element that may be used.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
