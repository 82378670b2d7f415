package corpus

import (
	"github.com/newsq/newsq/corpus/internal/feed"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/sitemap"
)

// feedFormats are feeds.
var feedFormats = formatTable{
	{
		name:      "sitemap",
		group:     "feeds",
		kinds:     reader.Markup,
		version:   sitemap.Version,
		recognize: sitemap.Recognize,
		read:      sitemap.Read,
	},
	{
		name:       "JSON Feed",
		group:      "feeds",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    feed.Version,
		recognize:  feed.RecognizeJSON,
		read:       feed.ReadJSON,
	},
	{
		name:       "RSS or Atom feed",
		group:      "feeds",
		extensions: []string{".rss", ".atom"},
		types:      []string{"application/rss+xml", "application/atom+xml"},
		kinds:      reader.Markup,
		version:    feed.Version,
		recognize:  feed.Recognize,
		read:       feed.Read,
	},
}
