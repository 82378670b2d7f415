package corpus

import (
	"github.com/newsq/newsq/corpus/internal/office/docx"
	"github.com/newsq/newsq/corpus/internal/office/epub"
	"github.com/newsq/newsq/corpus/internal/office/odt"
	"github.com/newsq/newsq/corpus/internal/office/pdf"
	"github.com/newsq/newsq/corpus/internal/office/rtf"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// officeFormats are documents of office programs, books and print.
var officeFormats = formatTable{
	{
		name:      "Word 97-2003, PowerPoint or Pages, not read",
		group:     "office documents",
		kinds:     reader.Binary | reader.Zip,
		version:   docx.Version,
		recognize: docx.RecognizeOther,
		read:      docx.Refuse,
	},
	{
		name:       "PDF",
		group:      "office documents",
		extensions: []string{".pdf"},
		types:      []string{"application/pdf"},
		kinds:      reader.PDF,
		version:    pdf.Version,
		recognize:  pdf.Recognize,
		read:       pdf.Read,
	},
	{
		name:       "EPUB",
		group:      "office documents",
		extensions: []string{".epub"},
		types:      []string{"application/epub+zip"},
		kinds:      reader.Zip,
		version:    epub.Version,
		recognize:  epub.Recognize,
		read:       epub.Read,
	},
	{
		name:       "RTF",
		group:      "office documents",
		extensions: []string{".rtf"},
		types:      []string{"application/rtf", "text/rtf"},
		kinds:      reader.RTF,
		version:    rtf.Version,
		recognize:  rtf.Recognize,
		read:       rtf.Read,
	},
	{
		name:       "OpenDocument text",
		group:      "office documents",
		extensions: []string{".odt", ".ott", ".fodt"},
		types:      []string{"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template", "application/vnd.oasis.opendocument.text-flat-xml"},
		kinds:      reader.Zip | reader.Markup,
		version:    odt.Version,
		recognize:  odt.Recognize,
		read:       odt.Read,
	},
	{
		name:       "Word",
		group:      "office documents",
		extensions: []string{".docx", ".docm", ".dotx", ".dotm", ".doc"},
		types: []string{
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			"application/vnd.openxmlformats-officedocument.wordprocessingml.template", "application/vnd.ms-word.document.macroenabled.12", "application/msword",
		},
		kinds:     reader.Zip | reader.Markup,
		version:   docx.Version,
		recognize: docx.Recognize,
		read:      docx.Read,
	},
}
