package corpus

import (
	"github.com/newsq/newsq/corpus/internal/note/enex"
	"github.com/newsq/newsq/corpus/internal/note/jex"
	"github.com/newsq/newsq/corpus/internal/note/notion"
	"github.com/newsq/newsq/corpus/internal/note/rst"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// noteFormats are exports of notebooks.
var noteFormats = formatTable{
	{
		name:       "reStructuredText",
		group:      "notes",
		extensions: []string{".rst"},
		types:      []string{"text/x-rst"},
		kinds:      reader.Text,
		version:    rst.Version,
		read:       rst.Read,
	},
	{
		name:      "Joplin, raw",
		group:     "notes",
		kinds:     reader.Text,
		version:   jex.Version,
		recognize: jex.RecognizeItem,
		read:      jex.ReadItem,
	},
	{
		name:       "Joplin",
		group:      "notes",
		extensions: []string{".jex"},
		kinds:      reader.Binary | reader.Text | reader.Markup | reader.JSON,
		version:    jex.Version,
		recognize:  jex.Recognize,
		read:       jex.Read,
	},
	{
		name:      "Notion",
		group:     "notes",
		kinds:     reader.Zip,
		version:   notion.Version,
		recognize: notion.Recognize,
		read:      notion.Read,
	},
	{
		name:       "Evernote",
		group:      "notes",
		extensions: []string{".enex"},
		types:      []string{"application/enex+xml"},
		kinds:      reader.Markup,
		version:    enex.Version,
		recognize:  enex.Recognize,
		read:       enex.Read,
	},
}
