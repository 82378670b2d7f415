package corpus

import (
	"github.com/newsq/newsq/corpus/internal/publishing/blogger"
	"github.com/newsq/newsq/corpus/internal/publishing/cms"
	"github.com/newsq/newsq/corpus/internal/publishing/dotclear"
	"github.com/newsq/newsq/corpus/internal/publishing/ghost"
	"github.com/newsq/newsq/corpus/internal/publishing/letters"
	"github.com/newsq/newsq/corpus/internal/publishing/medium"
	"github.com/newsq/newsq/corpus/internal/publishing/mtif"
	"github.com/newsq/newsq/corpus/internal/publishing/substack"
	"github.com/newsq/newsq/corpus/internal/publishing/wpapi"
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
		name:       "Blogger, JSON",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    blogger.Version,
		recognize:  blogger.RecognizeJSON,
		read:       blogger.ReadJSON,
	},
	{
		name:       "Medium page",
		group:      "publishing systems",
		extensions: []string{".html"},
		kinds:      reader.Markup,
		version:    medium.Version,
		recognize:  medium.Recognize,
		read:       medium.Read,
	},
	{
		name:       "Substack export",
		group:      "publishing systems",
		extensions: []string{".csv"},
		kinds:      reader.Text,
		version:    substack.Version,
		recognize:  substack.Recognize,
		read:       substack.Read,
	},
	{
		name:       "Substack text",
		group:      "publishing systems",
		extensions: []string{".html"},
		kinds:      reader.Markup | reader.Text,
		version:    substack.Version,
		recognize:  substack.RecognizeText,
		read:       substack.ReadText,
	},
	{
		name:       "beehiiv export",
		group:      "publishing systems",
		extensions: []string{".csv"},
		kinds:      reader.Text,
		version:    letters.Version,
		recognize:  letters.RecognizeBeehiiv,
		read:       letters.ReadBeehiiv,
	},
	{
		name:       "beehiiv, JSON",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    letters.Version,
		recognize:  letters.RecognizeBeehiivJSON,
		read:       letters.ReadBeehiivJSON,
	},
	{
		name:       "Buttondown export",
		group:      "publishing systems",
		extensions: []string{".csv"},
		kinds:      reader.Text,
		version:    letters.Version,
		recognize:  letters.RecognizeButtondown,
		read:       letters.ReadButtondown,
	},
	{
		name:       "Buttondown export, JSON",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    letters.Version,
		recognize:  letters.RecognizeJSON,
		read:       letters.ReadJSON,
	},
	{
		name:       "Buttondown text",
		group:      "publishing systems",
		extensions: []string{".md"},
		kinds:      reader.Markup,
		version:    letters.Version,
		recognize:  letters.RecognizeText,
		read:       letters.ReadText,
	},
	{
		name:       "Ghost export",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    ghost.Version,
		recognize:  ghost.Recognize,
		read:       ghost.Read,
	},
	{
		name:       "Tiny News",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    cms.Version,
		recognize:  cms.RecognizeTinyNews,
		read:       cms.ReadTinyNews,
	},
	{
		name:       "Chorus",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    cms.Version,
		recognize:  cms.RecognizeChorus,
		read:       cms.ReadChorus,
	},
	{
		name:       "Movable Type export",
		group:      "publishing systems",
		extensions: []string{".txt"},
		kinds:      reader.Text,
		version:    mtif.Version,
		recognize:  mtif.Recognize,
		read:       mtif.Read,
	},
	{
		name:       "Dotclear export",
		group:      "publishing systems",
		extensions: []string{".txt"},
		kinds:      reader.Text,
		version:    dotclear.Version,
		recognize:  dotclear.Recognize,
		read:       dotclear.Read,
	},
	{
		name:       "WordPress, JSON",
		group:      "publishing systems",
		extensions: []string{".json"},
		kinds:      reader.JSON,
		version:    wpapi.Version,
		recognize:  wpapi.Recognize,
		read:       wpapi.Read,
	},
}
