// Package factiva reads what people download from Factiva: as plain text, as a
// saved page, as RTF and as XML.
//
// A download has one of two layouts, whatever its container. With indexing, each
// value has a code of two or three letters, which is the same in all languages:
// HD title, BY author, WC words, PD date, ET time, SN outlet, LP first paragraphs,
// TD the others, AN accession number. Without, nothing says what a line is, but the
// order does, and the number of words, which is in the language of the interface:
//
//	Foreign Desk; 1
//	Ferries return to the strait
//	By ANN ROE
//	877 words
//	9 January 1993
//	The Example Herald
//	EXHE
//	English
//	Copyright 1993 The Example Company
//
// A line "Document EXHE000020050408dp1900j9s" closes each article in both; in other
// languages it is called "Dokument" or "文件".
//
// The codes of the source, columns, sections, captions, the publisher, the codes of
// information providers, and the summary of the search that ends a download are left
// out. So are filters among the subjects, which are made for the database's own use.
package factiva

import (
	"bytes"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 2

// ReadText reads a download as plain text.
func ReadText(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	return read(out, func(each download.Each) error {
		download.Text(s, each)
		return nil
	})
}

// ReadHTML reads a download that is a saved page.
func ReadHTML(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	marks := download.Marks{Element: func(name, class, _ string) bool {
		_, ok := languageOf(class)
		return ok && (name == "div" || name == "article")
	}}
	return read(out, func(each download.Each) error {
		download.HTML(s, marks, each)
		return nil
	})
}

// ReadRTF reads a download as RTF.
func ReadRTF(in *reader.Input, out reader.Output) error {
	return read(out, func(each download.Each) error { return download.RTF(in, each) })
}

// ReadWord reads a download as RTF that somebody saved as a document of Word.
func ReadWord(in *reader.Input, out reader.Output) error {
	return read(out, func(each download.Each) error { return download.Word(in, each) })
}

// read emits the articles among the paragraphs that a container yields.
func read(out reader.Output, each func(download.Each) error) error {
	s := splitter{out: out}
	err := each(s.feed)
	if s.stopped {
		return nil
	}
	s.finish()
	if err == nil && s.number == 0 {
		err = record.ErrNoText
	}
	return err
}

// languageOf returns the code of a language in the class of an article's element:
// "article enArticle", "article zhcnArticle".
func languageOf(class string) (code string, ok bool) {
	isArticle := false
	for name := range strings.FieldsSeq(class) {
		switch before, found := strings.CutSuffix(name, "Article"); {
		case name == "article":
			isArticle = true
		case found && (len(before) == 2 || len(before) == 4 && before[:2] == "zh") && extract.StatedLanguage(stated.LanguageOfClass(before)) != "":
			code = before
		}
	}
	return code, isArticle && code != ""
}

// IsText reports whether a file is a download as plain text: it has codes alone on
// their lines, or the closing line and the number of words above it.
func IsText(h *reader.Head) bool {
	// Few texts hold any of these; then the lines are looked at.
	if !slices.ContainsFunc([]string{
		"HD\n", "HD\r", "HD \n", "HD\t", "HD  ", "Document ", "Dokument ", "Documento ", "Документ ", "文件", "文書", "文档", "문서",
	}, h.Contains) {
		return false
	}
	found := map[string]bool{}
	words := false
	for line := range bytes.Lines(h.Text) {
		line = bytes.TrimSpace(line)
		s := string(line[:min(len(line), 100)])
		code, _ := codeIn(s)
		switch {
		case code != "":
			found[code] = true
		case isAnchor(s, ""):
			words = true
		case accessionIn(s) != "" && words:
			return true
		}
		if found["HD"] && found["WC"] && found["PD"] && found["SN"] {
			return true
		}
	}
	return false
}

// maxClass is longer than the classes of an article, in bytes.
const maxClass = 100

// IsHTML reports whether a file is a saved page of articles.
func IsHTML(h *reader.Head) bool {
	// Style sheets may fill what is seen of the file, so the articles may lie
	// behind it.
	for _, title := range [...]string{"<title>Factiva</title>", "<title>Dow Jones Factiva</title>", "<TITLE>Factiva</TITLE>"} {
		if h.Contains(title) {
			return true
		}
	}
	if !h.Contains("articleParagraph") {
		return false
	}
	for text := h.Text; ; {
		_, after, found := bytes.Cut(text, []byte(`class="article `))
		if !found {
			return false
		}
		class, _, _ := bytes.Cut(after[:min(len(after), maxClass)], []byte(`"`))
		if _, ok := languageOf("article " + string(class)); ok {
			return true
		}
		text = after[len(class):]
	}
}

// IsRTF reports whether a file is a download as RTF.
func IsRTF(h *reader.Head) bool {
	if h.Contains("Factiva RTF Display Format") || h.Contains("Factiva, from Dow Jones") {
		return true
	}
	if !h.Contains("Factiva") || !h.Contains("Dow Jones") {
		return false // articles have these names as well
	}
	if _, after, found := bytes.Cut(h.Text, []byte("Document ")); found {
		id := after[:min(len(after), maxClass)]
		if end := bytes.IndexAny(id, " \\{}\r\n"); end >= 0 && accessionIn("Document "+string(id[:end])) != "" {
			return true
		}
	}
	for _, code := range [...]string{"HD", "WC", "PD", "SN"} {
		if !h.Contains(" "+code+`\`) && !h.Contains(" "+code+"}") && !h.Contains(" "+code+"\n") {
			return false
		}
	}
	return true
}

// IsWord reports whether a document of Word is a download.
func IsWord(h *reader.Head) bool {
	text := download.HeadOfWord(h)
	if len(text) == 0 {
		return false
	}
	for _, code := range [...]string{"HD", "WC", "PD", "SN"} {
		if !bytes.Contains(text, []byte(">"+code+"<")) {
			return false
		}
	}
	return true
}
