package corpus

import (
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/wire/newsml"
	"github.com/newsq/newsq/corpus/internal/wire/nitf"
	"github.com/newsq/newsq/corpus/internal/wire/ritzau"
)

// wireFormats are what news agencies send.
var wireFormats = formatTable{
	{
		name:      "Ritzau",
		group:     "wires",
		kinds:     reader.Markup,
		version:   ritzau.Version,
		recognize: ritzau.Recognize,
		read:      ritzau.Read,
	},
	{
		name:       "NITF",
		group:      "wires",
		extensions: []string{".nitf"},
		types:      []string{"application/nitf+xml"},
		kinds:      reader.Markup,
		version:    nitf.Version,
		recognize:  nitf.Recognize,
		read:       nitf.Read,
	},
	{
		name:      "NewsML",
		group:     "wires",
		types:     []string{"application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml"},
		kinds:     reader.Markup,
		version:   newsml.Version,
		recognize: newsml.Recognize,
		read:      newsml.Read,
	},
}
