package corpus

import (
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reference/bibtex"
	"github.com/newsq/newsq/corpus/internal/reference/bookmarks"
	"github.com/newsq/newsq/corpus/internal/reference/csl"
	"github.com/newsq/newsq/corpus/internal/reference/endnote"
	"github.com/newsq/newsq/corpus/internal/reference/mods"
	"github.com/newsq/newsq/corpus/internal/reference/rdf"
	"github.com/newsq/newsq/corpus/internal/reference/readinglist"
	"github.com/newsq/newsq/corpus/internal/reference/ris"
)

// referenceFormats are exports of reference managers and reading lists.
var referenceFormats = formatTable{
	{
		name:       "MODS",
		group:      "references",
		extensions: []string{".mods"},
		types:      []string{"application/mods+xml"},
		kinds:      reader.Markup,
		version:    mods.Version,
		recognize:  mods.Recognize,
		read:       mods.Read,
	},
	{
		name:       "RDF bibliography",
		group:      "references",
		extensions: []string{".rdf"},
		types:      []string{"application/rdf+xml"},
		kinds:      reader.Markup,
		version:    rdf.Version,
		recognize:  rdf.Recognize,
		read:       rdf.Read,
	},
	{
		name:       "CSL JSON",
		group:      "references",
		extensions: []string{".csljson"},
		types:      []string{"application/vnd.citationstyles.csl+json"},
		kinds:      reader.JSON,
		version:    csl.Version,
		recognize:  csl.Recognize,
		read:       csl.Read,
	},
	{
		name:       "BibTeX",
		group:      "references",
		extensions: []string{".bib", ".bibtex", ".biblatex"},
		types:      []string{"application/x-bibtex", "text/x-bibtex"},
		kinds:      reader.Text,
		version:    bibtex.Version,
		recognize:  bibtex.Recognize,
		read:       bibtex.Read,
	},
	{
		name:       "EndNote tagged",
		group:      "references",
		extensions: []string{".enw"},
		types:      []string{"application/x-endnote-refer"},
		kinds:      reader.Text,
		version:    endnote.Version,
		recognize:  endnote.RecognizeTagged,
		read:       endnote.ReadTagged,
	},
	{
		name:      "EndNote XML",
		group:     "references",
		types:     []string{"application/x-endnote-xml"},
		kinds:     reader.Markup,
		version:   endnote.Version,
		recognize: endnote.Recognize,
		read:      endnote.Read,
	},
	{
		name:       "RIS",
		group:      "references",
		extensions: []string{".ris"},
		types:      []string{"application/x-research-info-systems"},
		kinds:      reader.Text,
		version:    ris.Version,
		recognize:  ris.Recognize,
		read:       ris.Read,
	},
	// Reading lists go by their content alone: their extensions are those of other
	// forms.
	{
		name:      "bookmarks, JSON",
		group:     "reading lists",
		kinds:     reader.JSON,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeBookmarks,
		read:      readinglist.ReadJSON,
	},
	{
		name:      "bookmarks, XML",
		group:     "reading lists",
		kinds:     reader.Markup,
		version:   bookmarks.Version,
		recognize: bookmarks.RecognizePosts,
		read:      bookmarks.ReadPosts,
	},
	{
		name:      "bookmarks, HTML",
		group:     "reading lists",
		kinds:     reader.Markup,
		version:   bookmarks.Version,
		recognize: bookmarks.Recognize,
		read:      bookmarks.Read,
	},
	{
		name:      "wallabag",
		group:     "reading lists",
		kinds:     reader.JSON,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeWallabag,
		read:      readinglist.ReadJSON,
	},
	{
		name:      "Omnivore",
		group:     "reading lists",
		kinds:     reader.JSON,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeOmnivore,
		read:      readinglist.ReadJSON,
	},
	{
		name:      "Omnivore, text",
		group:     "reading lists",
		kinds:     reader.Markup,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeOmnivoreText,
		read:      readinglist.ReadOmnivoreText,
	},
	{
		name:      "Raindrop or Matter",
		group:     "reading lists",
		kinds:     reader.Text,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeOther,
		read:      readinglist.ReadTable,
	},
	{
		name:      "Readwise, highlights",
		group:     "reading lists",
		kinds:     reader.Text,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeHighlights,
		read:      readinglist.ReadTable,
	},
	{
		name:      "Readwise Reader",
		group:     "reading lists",
		kinds:     reader.Text,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeReadwise,
		read:      readinglist.ReadTable,
	},
	{
		name:      "Instapaper, HTML",
		group:     "reading lists",
		kinds:     reader.Markup,
		version:   bookmarks.Version,
		recognize: bookmarks.RecognizeInstapaper,
		read:      bookmarks.Read,
	},
	{
		name:      "Instapaper, CSV",
		group:     "reading lists",
		kinds:     reader.Text,
		version:   readinglist.Version,
		recognize: readinglist.RecognizeInstapaper,
		read:      readinglist.ReadTable,
	},
	{
		name:      "Pocket, CSV",
		group:     "reading lists",
		kinds:     reader.Text,
		version:   readinglist.Version,
		recognize: readinglist.RecognizePocketTable,
		read:      readinglist.ReadTable,
	},
	{
		name:      "Pocket, HTML",
		group:     "reading lists",
		kinds:     reader.Markup,
		version:   bookmarks.Version,
		recognize: bookmarks.RecognizePocket,
		read:      bookmarks.Read,
	},
}
