package scraper

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// RecognizeNewsAPI reports whether JSON is an answer of NewsAPI, of articles or of
// an error.
func RecognizeNewsAPI(h *reader.Head) bool {
	if h.Contains(`"totalResults"`) && h.Contains(`"articles"`) && (h.Contains(`"publishedAt"`) || h.Whole) {
		return true
	}
	return h.Whole && len(h.Text) < 2<<10 && h.Contains(`"status"`) && h.Contains(`"error"`) && h.Contains(`"code"`) && h.Contains(`"message"`) &&
		!h.Contains(`"title"`)
}

// ReadNewsAPI reads such an answer.
func ReadNewsAPI(in *reader.Input, out reader.Output) error { return newsAPI.read(in, out) }

var newsAPI = shape{
	lists: []string{"articles"},
	is: func(o jsonvalue.Object) bool {
		if o.Text("title") == removed && o.Object("source").Text("name") == removed {
			return false
		}
		return o.Text("publishedAt") != "" || o.Text("title") != "" && o.Text("url") != ""
	},
	fill: fillNewsAPI,
}

// removed stands in place of all that an article said which was removed.
const removed = "[Removed]"

// cutMark ends a text that is cut: "… [+2793 chars]".
var cutMark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$`) })

// errCut tells of a text of which the service gives the beginning alone.
var errCut = fmt.Errorf("%w: the service gives only the beginning of the text", record.ErrPartial)

func fillNewsAPI(rec *record.Record, o jsonvalue.Object) {
	source := o.Object("source")
	set(rec, record.Source, "source.name", first(source.Text("name"), o.Text("source"), source.Text("id")))
	set(rec, record.Title, "title", withoutOutlet(o.Text("title"), rec.First(record.Source)))
	set(rec, record.Authors, "author", o.Text("author"))
	set(rec, record.Summary, "description", o.Text("description"))
	set(rec, record.URL, "url", o.Text("url"))
	set(rec, record.Published, "publishedAt", o.Text("publishedAt"))
	set(rec, record.Language, "language", o.Text("language"))
	text := o.Text("content")
	if cut := cutMark().ReplaceAllString(text, "…"); cut != text {
		rec.Tell(record.Body, record.Value{Text: text[max(0, len(text)-40):], From: "content"}, errCut)
		text = cut
	}
	setText(rec, "content", text)
}

// withoutOutlet takes the name of the outlet from the end of a title, where the
// service puts it: "Ferries sail again - Example News".
func withoutOutlet(title, outlet string) string {
	if outlet == "" {
		return title
	}
	for _, sep := range [...]string{" - ", " | ", " – "} {
		if rest, ok := strings.CutSuffix(title, sep+outlet); ok && rest != "" {
			return rest
		}
	}
	return title
}
