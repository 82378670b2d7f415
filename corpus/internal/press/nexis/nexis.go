// Package nexis reads what people download from Nexis (LexisNexis Academic, Nexis
// Uni, Nexis Advance): as plain text, as a web page, as RTF and for Word.
//
// There are two layouts, whatever the container. Until about 2019 each article
// begins with a line "N of M DOCUMENTS"; copyright, outlet and date stand in the
// middle, then labels in capitals, of which the title and the text may have none:
//
//	                          1 of 161 DOCUMENTS
//	                          The Example Herald
//	                         July 1, 2015 Wednesday
//	SECTION: A-SECTION; Pg. A01
//	LENGTH: 362 words
//	HEADLINE: Ferries return
//	BODY:
//
// Since then an article begins with its title, outlet, date and copyright, has the
// labels "Section:", "Length:", "Byline:" and a heading "Body", and ends with "End of
// Document". A list of all titles may stand before the first.
//
// Labels are in the language of the interface, not of the article. What stands
// before the first article, the captions of pictures and the day when the database
// took an article in are left out; a page and a section are no subjects. M of "N of M"
// is no number of articles: people download a part of what they found.
package nexis

import (
	"bytes"
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// ReadText reads a download as plain text.
func ReadText(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	return read(out, true, func(each download.Each) error {
		download.Text(s, each)
		return nil
	})
}

// ReadHTML reads a download as a web page.
func ReadHTML(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	marks := download.Marks{Comment: func(text string) bool { return strings.Contains(text, "DOCFULL>") }}
	return read(out, false, func(each download.Each) error {
		download.HTML(s, marks, each)
		return nil
	})
}

// ReadRTF reads a download as RTF, whatever its name: Nexis calls it .DOC.
func ReadRTF(in *reader.Input, out reader.Output) error {
	return read(out, false, func(each download.Each) error { return download.RTF(in, each) })
}

// ReadWord reads a download for Word.
func ReadWord(in *reader.Input, out reader.Output) error {
	return read(out, false, func(each download.Each) error { return download.Word(in, each) })
}

// read emits the articles among the paragraphs that a container yields.
func read(out reader.Output, wrapped bool, each func(download.Each) error) error {
	s := splitter{out: out, wrapped: wrapped, cover: true, loose: true}
	err := each(s.feed)
	if s.stopped {
		return nil
	}
	if !s.classic || !s.cover {
		s.finish()
	}
	if err == nil && s.number == 0 {
		err = record.ErrNoText
	}
	return err
}

// lengths are the labels of which every article has one, in the languages of
// interfaces.
var lengths = [...]string{"LENGTH:", "Length:", "LÄNGE:", "Länge:", "LONGUEUR:", "Longueur:", "LONGITUD:", "LUNGHEZZA:", "LENGTE:", "LOAD-DATE:", "Load-Date:"}

func hasLength(h *reader.Head) bool {
	for _, mark := range lengths {
		if h.Contains(mark) {
			return true
		}
	}
	return false
}

// IsText reports whether a file is a download as plain text.
func IsText(h *reader.Head) bool {
	if !hasLength(h) {
		return false
	}
	for line := range bytes.Lines(h.Text) {
		if len(line) > 200 {
			continue
		}
		s := string(bytes.TrimSpace(line))
		if isCounter(s) || alone(s) == end {
			return true
		}
	}
	return false
}

// IsHTML reports whether a file is a download as a web page.
func IsHTML(h *reader.Head) bool {
	return h.Contains("<DOCFULL>") && (h.Contains("DOC_ID_") || h.Contains("<DOC NUMBER"))
}

// IsRTF reports whether a file is a download as RTF.
func IsRTF(h *reader.Head) bool {
	if h.Contains("LXNComment") || h.Contains(" DOCUMENTS\n") && hasLength(h) {
		return true
	}
	return h.Contains("LexisNexis") && (h.Contains("Bookmark_1") || hasLength(h))
}

// IsWord reports whether a document of Word is a download: its articles have
// bookmarks, by which the list of titles leads to them.
func IsWord(h *reader.Head) bool {
	text := download.HeadOfWord(h)
	if text == nil {
		return false
	}
	has := func(mark string) bool { return bytes.Contains(text, []byte(mark)) }
	if has(`"Bookmark_1"`) && (has("Copyright") || has("Client/Matter") || has("Length") || has(`"Body"`)) {
		return true
	}
	return has("Load-Date") && (has("End of Document") || has("Classification")) || has("Client/Matter") && (has("LexisNexis") || has("Search Terms"))
}
