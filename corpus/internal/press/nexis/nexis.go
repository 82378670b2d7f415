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
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/pageline"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same file would be read differently.
const Version = 2

// ReadText reads a download as plain text.
func ReadText(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	layout := layoutOf(s)
	return read(out, layout, func(each download.Each) error {
		download.Text(s, each)
		return nil
	})
}

// layout is how a container lays out its articles.
type layout struct {
	wrapped bool // lines are broken by a program, and blank lines part paragraphs
	alone   bool // there is one article, of the layout until 2019, which nothing begins
}

// layoutOf tells the layout of a plain text. In that of today each line is a
// paragraph: somebody saved the download for Word as text.
func layoutOf(s string) layout {
	ended, measured := false, false
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if isCounter(line) {
			return layout{wrapped: true}
		}
		ended = ended || alone(line) == end
		l, name, _ := labelled(line)
		measured = measured || l == length && isCapitals(name)
	}
	return layout{wrapped: !ended, alone: measured && !ended}
}

// ReadHTML reads a download as a web page.
func ReadHTML(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	marks := download.Marks{Comment: func(text string) bool { return strings.Contains(text, "DOCFULL>") }}
	return read(out, layout{}, func(each download.Each) error {
		download.HTML(s, marks, each)
		return nil
	})
}

// ReadRTF reads a download as RTF, whatever its name: Nexis calls it .DOC.
func ReadRTF(in *reader.Input, out reader.Output) error {
	return read(out, layout{}, func(each download.Each) error { return download.RTF(in, each) })
}

// ReadWord reads a download for Word.
func ReadWord(in *reader.Input, out reader.Output) error {
	return read(out, layout{}, func(each download.Each) error { return download.Word(in, each) })
}

// read emits the articles among the paragraphs that a container yields.
func read(out reader.Output, l layout, each func(download.Each) error) error {
	s := splitter{out: out, wrapped: l.wrapped, cover: !l.alone, classic: l.alone, loose: true}
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
// interfaces, and as RTF writes them.
var lengths = [...]string{
	"LENGTH:", "Length:", "LÄNGE:", "Länge:", "LONGUEUR:", "Longueur:", "LONGITUD:", "Longitud:", "LUNGHEZZA:", "LENGTE:", "Lengte:", "LOAD-DATE:", "Load-Date:",
	`L\'c4NGE:`, `L\'e4nge:`,
}

func hasLength(h *reader.Head) bool { return containsAny(h, lengths[:]) }

func containsAny(h *reader.Head, marks []string) bool { return slices.ContainsFunc(marks, h.Contains) }

// IsText reports whether a file is a download as plain text: it counts its
// articles or says where they end, and has labels; or it is one article with all
// labels that each has.
func IsText(h *reader.Head) bool {
	// Few texts hold any of these; then the lines are looked at.
	if !hasLength(h) && !containsAny(h, []string{"DOCUMENT", "DOKUMENT", "Document ", "Dokument ", "NGE:"}) {
		return false
	}
	var seen [end + 1]bool
	counted, capitals, dated := false, false, false
	for line := range bytes.Lines(h.Text) {
		if len(line) > 200 {
			continue
		}
		s := decoded(bytes.TrimSpace(line))
		l, name, value := labelled(s)
		switch {
		case isCounter(s) || alone(s) == end:
			counted = true
		case l == length && !isLength(value):
		case l != noLabel:
			seen[l] = true
			capitals = capitals || l == length && isCapitals(name) && dated
		case !dated && !seen[length]:
			dated = dateOf(s) != ""
		}
		if counted && (seen[length] || seen[loaded]) || capitals && seen[loaded] && (seen[language] || seen[byline] || seen[section]) {
			return true
		}
	}
	return false
}

// decoded returns a line of a file as text: in UTF-8, else in what is most likely.
func decoded(line []byte) string {
	if utf8.Valid(line) {
		return string(line)
	}
	s, _ := charmap.Windows1252.NewDecoder().Bytes(line) // it knows all bytes
	return string(s)
}

func isLength(s string) bool {
	_, ok := stated.ParseLength(s)
	return ok
}

// IsHTML reports whether a file is a download as a web page.
func IsHTML(h *reader.Head) bool {
	return h.Contains("<DOCFULL>") && (pageline.InTag(h.Text, "DOC_ID_") || h.Contains("<DOC NUMBER"))
}

// IsRTF reports whether a file is a download as RTF.
func IsRTF(h *reader.Head) bool {
	if h.Contains("LXNComment") || (h.Contains(" DOCUMENT") || h.Contains("Dokument ") || h.Contains("Document ")) && hasLength(h) {
		return true
	}
	return (h.Contains("LexisNexis") || h.Contains("lexis.com/")) && (h.Contains("Bookmark_1") || hasLength(h))
}

// loadDates and ends are labels of the end of an article, in the languages of
// interfaces.
var (
	loadDates = [...]string{
		"Load-Date", "Ladedatum", "Lade-Datum", "Date de chargement", "Date-de-chargement", "Fecha de carga", "Laaddatum", "Data di caricamento", "Data de carga",
		"Data de carregamento", "Дата загрузки", "加载日期", "ロード日",
	}
	ends = [...]string{
		"End of Document", "Ende des Dokuments", "Dokumentende", "Fin du document", "Fin de document", "Fin del documento", "Fine del documento", "Fine documento",
		"Einde van document", "Einde van het document", "Fim do documento", "Конец документа", "文档结束",
	}
)

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
	if slices.ContainsFunc(loadDates[:], has) && (slices.ContainsFunc(ends[:], has) || has("Classification")) {
		return true
	}
	return has("Client/Matter") && (has("LexisNexis") || has("Search Terms"))
}
