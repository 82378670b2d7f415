package corpus

import (
	"github.com/newsq/newsq/corpus/internal/press/nexis"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// pressFormats are downloads of press databases.
var pressFormats = formatTable{
	{
		name:       "Nexis, text",
		group:      "press databases",
		extensions: []string{".txt"},
		types:      []string{"text/plain"},
		kinds:      reader.Text,
		version:    nexis.Version,
		recognize:  nexis.IsText,
		read:       nexis.ReadText,
	},
	{
		name:       "Nexis, HTML",
		group:      "press databases",
		extensions: []string{".html", ".htm"},
		types:      []string{"text/html"},
		kinds:      reader.Markup,
		version:    nexis.Version,
		recognize:  nexis.IsHTML,
		read:       nexis.ReadHTML,
	},
}
