package corpus

import (
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/wire/anpa1312"
	"github.com/newsq/newsq/corpus/internal/wire/ap"
	"github.com/newsq/newsq/corpus/internal/wire/iptc7901"
	"github.com/newsq/newsq/corpus/internal/wire/newsml"
	"github.com/newsq/newsq/corpus/internal/wire/ninjs"
	"github.com/newsq/newsq/corpus/internal/wire/nitf"
	"github.com/newsq/newsq/corpus/internal/wire/ritzau"
)

// wireFormats are what news agencies send.
var wireFormats = formatTable{
	{
		name:      "ninjs",
		group:     "wires",
		types:     []string{"application/vnd.iptc.ninjs+json"},
		kinds:     reader.JSON,
		version:   ninjs.Version,
		recognize: ninjs.Recognize,
		read:      ninjs.Read,
	},
	{
		name:      "AP Media API",
		group:     "wires",
		kinds:     reader.JSON,
		version:   ap.Version,
		recognize: ap.Recognize,
		read:      ap.Read,
	},
	{
		name:       "IPTC 7901",
		group:      "wires",
		extensions: []string{".iptc", ".7901"},
		kinds:      reader.Text,
		version:    iptc7901.Version,
		recognize:  iptc7901.Recognize,
		read:       iptc7901.Read,
	},
	{
		name:       "ANPA 1312",
		group:      "wires",
		extensions: []string{".anpa"},
		kinds:      reader.Text,
		version:    anpa1312.Version,
		recognize:  anpa1312.Recognize,
		read:       anpa1312.Read,
	},
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
