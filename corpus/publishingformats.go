package corpus

import (
	"github.com/newsq/newsq/corpus/internal/publishing/blogger"
	"github.com/newsq/newsq/corpus/internal/publishing/wxr"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// publishingFormats are exports of publishing systems.
var publishingFormats = formatTable{
	{
		name:       "WordPress export",
		group:      "publishing systems",
		extensions: []string{".wxr"},
		kinds:      reader.Markup,
		version:    wxr.Version,
		recognize:  wxr.Recognize,
		read:       wxr.Read,
	},
	{
		name:      "Blogger archive",
		group:     "publishing systems",
		kinds:     reader.Markup,
		version:   blogger.Version,
		recognize: blogger.Recognize,
		read:      blogger.Read,
	},
	{
		name:      "Blogger, JSON",
		group:     "publishing systems",
		kinds:     reader.JSON,
		version:   blogger.Version,
		recognize: blogger.RecognizeJSON,
		read:      blogger.ReadJSON,
	},
}
