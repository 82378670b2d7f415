package corpus

import (
	"github.com/newsq/newsq/corpus/internal/page/mhtml"
	"github.com/newsq/newsq/corpus/internal/page/mirror"
	"github.com/newsq/newsq/corpus/internal/page/scrapbook"
	"github.com/newsq/newsq/corpus/internal/page/webarchive"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// pageFormats are web pages as programs save them.
var pageFormats = formatTable{
	{
		name:       "saved page, MHTML",
		group:      "saved pages",
		extensions: []string{".mhtml", ".mht"},
		types:      []string{"multipart/related", "application/x-mimearchive"},
		kinds:      reader.Text,
		version:    mhtml.Version,
		recognize:  mhtml.Recognize,
		read:       mhtml.Read,
	},
	{
		name:       "saved page, Safari web archive",
		group:      "saved pages",
		extensions: []string{".webarchive"},
		types:      []string{"application/x-webarchive"},
		kinds:      reader.Binary | reader.Text | reader.Markup,
		version:    webarchive.Version,
		recognize:  webarchive.Recognize,
		read:       webarchive.Read,
	},
	{
		name:      "saved page, SingleFile or HTTrack",
		group:     "saved pages",
		kinds:     reader.Markup,
		version:   mirror.Version,
		recognize: mirror.Recognize,
		read:      mirror.Read,
	},
	{
		name:      "HTTrack's own file",
		group:     "saved pages",
		kinds:     reader.Markup | reader.Text | reader.JSON | reader.Zip,
		version:   mirror.Version,
		recognize: mirror.RecognizeOwn,
		read:      mirror.ReadOwn,
	},
	{
		name:      "saved page, WebScrapBook",
		group:     "saved pages",
		kinds:     reader.Markup,
		version:   scrapbook.Version,
		recognize: scrapbook.Recognize,
		read:      scrapbook.Read,
	},
	{
		name:       "saved pages, HTZ or MAFF",
		group:      "saved pages",
		extensions: []string{".htz", ".maff"},
		types:      []string{"application/x-maff"},
		kinds:      reader.Zip,
		version:    scrapbook.Version,
		recognize:  scrapbook.RecognizeArchive,
		read:       scrapbook.ReadArchive,
	},
	{
		name:      "saved page, SingleFile archive",
		group:     "saved pages",
		kinds:     reader.Zip | reader.Binary | reader.Markup,
		version:   scrapbook.Version,
		recognize: scrapbook.RecognizeSingleFile,
		read:      scrapbook.ReadArchive,
	},
}
