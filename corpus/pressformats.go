package corpus

import (
	"github.com/newsq/newsq/corpus/internal/press/dowjones"
	"github.com/newsq/newsq/corpus/internal/press/europresse"
	"github.com/newsq/newsq/corpus/internal/press/factiva"
	"github.com/newsq/newsq/corpus/internal/press/integrum"
	"github.com/newsq/newsq/corpus/internal/press/kikuzo"
	"github.com/newsq/newsq/corpus/internal/press/nexis"
	"github.com/newsq/newsq/corpus/internal/press/proquest"
	"github.com/newsq/newsq/corpus/internal/press/yomidasu"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// pressFormats are downloads of press databases.
var pressFormats = formatTable{
	{
		name:      "Nexis, text",
		group:     "press databases",
		kinds:     reader.Text,
		version:   nexis.Version,
		recognize: nexis.IsText,
		read:      nexis.ReadText,
	},
	{
		name:      "Nexis, HTML",
		group:     "press databases",
		kinds:     reader.Markup,
		version:   nexis.Version,
		recognize: nexis.IsHTML,
		read:      nexis.ReadHTML,
	},
	{
		name:      "Nexis, RTF",
		group:     "press databases",
		kinds:     reader.RTF,
		version:   nexis.Version,
		recognize: nexis.IsRTF,
		read:      nexis.ReadRTF,
	},
	{
		name:      "Factiva, text",
		group:     "press databases",
		kinds:     reader.Text,
		version:   factiva.Version,
		recognize: factiva.IsText,
		read:      factiva.ReadText,
	},
	{
		name:      "Factiva, HTML",
		group:     "press databases",
		kinds:     reader.Markup,
		version:   factiva.Version,
		recognize: factiva.IsHTML,
		read:      factiva.ReadHTML,
	},
	{
		name:      "Factiva, RTF",
		group:     "press databases",
		kinds:     reader.RTF,
		version:   factiva.Version,
		recognize: factiva.IsRTF,
		read:      factiva.ReadRTF,
	},
	{
		name:      "Factiva, XML",
		group:     "press databases",
		kinds:     reader.Markup,
		version:   factiva.Version,
		recognize: factiva.IsXML,
		read:      factiva.ReadXML,
	},
	{
		name:      "Dow Jones JSON",
		group:     "press databases",
		kinds:     reader.JSON,
		version:   dowjones.Version,
		recognize: dowjones.Recognize,
		read:      dowjones.Read,
	},
	{
		name:      "Nexis, Word",
		group:     "press databases",
		kinds:     reader.Zip,
		version:   nexis.Version,
		recognize: nexis.IsWord,
		read:      nexis.ReadWord,
	},
	{
		name:      "Factiva, Word",
		group:     "press databases",
		kinds:     reader.Zip,
		version:   factiva.Version,
		recognize: factiva.IsWord,
		read:      factiva.ReadWord,
	},
	{
		name:       "ProQuest, text",
		group:      "press databases",
		extensions: []string{".txt"},
		types:      []string{"text/plain"},
		kinds:      reader.Text,
		version:    proquest.Version,
		recognize:  proquest.RecognizeText,
		read:       proquest.ReadText,
	},
	{
		name:       "ProQuest, HTML",
		group:      "press databases",
		extensions: []string{".html", ".htm"},
		types:      []string{"text/html"},
		kinds:      reader.Markup,
		version:    proquest.Version,
		recognize:  proquest.RecognizePage,
		read:       proquest.ReadPage,
	},
	{
		name:       "ProQuest, mail",
		group:      "press databases",
		extensions: []string{".eml"},
		types:      []string{"message/rfc822"},
		kinds:      reader.Text,
		version:    proquest.Version,
		recognize:  proquest.RecognizeMail,
		read:       proquest.ReadMail,
	},
	{
		name:       "Europresse",
		group:      "press databases",
		extensions: []string{".html", ".htm"},
		types:      []string{"text/html"},
		kinds:      reader.Markup,
		version:    europresse.Version,
		recognize:  europresse.Recognize,
		read:       europresse.Read,
	},
	{
		name:       "Integrum, HTML",
		group:      "press databases",
		extensions: []string{".html", ".htm"},
		types:      []string{"text/html"},
		kinds:      reader.Markup,
		version:    integrum.Version,
		recognize:  integrum.Recognize,
		read:       integrum.Read,
	},
	{
		name:       "Kikuzo",
		group:      "press databases",
		extensions: []string{".html", ".htm"},
		types:      []string{"text/html"},
		kinds:      reader.Markup,
		version:    kikuzo.Version,
		recognize:  kikuzo.Recognize,
		read:       kikuzo.Read,
	},
	{
		name:       "Yomidasu",
		group:      "press databases",
		extensions: []string{".html", ".htm"},
		types:      []string{"text/html"},
		kinds:      reader.Markup,
		version:    yomidasu.Version,
		recognize:  yomidasu.Recognize,
		read:       yomidasu.Read,
	},
}
