package text

import (
	"strings"
	"unicode/utf8"
)

// LanguageSpan is a part of a text that is in one language.
type LanguageSpan struct {
	Span
	Tag string // BCP 47, as DetectLanguage tells it
}

const (
	// minForeign is how much text a part must have to be told to be in another
	// language than the article, in bytes: a quotation or a title is less.
	minForeign = 200
	// minParagraph is how long a paragraph is at least that says anything by
	// itself, in bytes. A shorter one belongs to the part that goes on around it.
	minParagraph = 40
	// sureOfPart is how sure DetectLanguage must be of a whole part, and
	// sureOfParagraph of each of its paragraphs.
	sureOfPart      = 0.6
	sureOfParagraph = 0.5
)

// DetectSections returns the parts of an article's body that are in another
// language than the article itself: whole paragraphs, one after the other, with
// enough text to be sure. The parts are in order, apart from each other, and none
// is in a language that is close to the article's, such as Danish in a Norwegian one.
// What another language is quoted within a paragraph doesn't count. Language is a BCP 47
// tag, or empty, which is taken for English, as the article's is when it is
// analysed. There are none in an article in a language that can't be told.
func DetectSections(language, body string) []LanguageSpan {
	language, _, _ = strings.Cut(language, "-")
	if language == "" {
		language = "en"
	}
	if len(body) < minForeign || !canTell(language) {
		return nil
	}
	f := foreignFinder{language: standard(language), body: body}
	for start := 0; start < len(body); {
		end, next := len(body), len(body)
		if n := strings.Index(body[start:], "\n\n"); n >= 0 {
			end, next = start+n, start+n+2
		}
		f.add(start, end)
		start = next
	}
	f.finish()
	return f.parts
}

// foreignFinder collects parts while it goes from paragraph to paragraph.
type foreignFinder struct {
	language string // of the article, by its standard tag
	body     string
	parts    []LanguageSpan
	open     LanguageSpan // the part that goes on; of an empty tag where there is none
}

// add looks at the next paragraph.
func (f *foreignFinder) add(start, end int) {
	if end-start < minParagraph {
		return // it neither ends nor lengthens a part
	}
	switch tag := f.foreign(f.body[start:end]); tag {
	case f.open.Tag:
		f.open.End = end
	default:
		f.finish()
		f.open = LanguageSpan{Span{start, end}, tag}
	}
}

// finish ends the part that is open, and keeps it if it is long enough and surely
// in its language.
func (f *foreignFinder) finish() {
	part := f.open
	f.open = LanguageSpan{}
	if part.Tag == "" || part.End-part.Start < minForeign {
		return
	}
	if tag, confidence := DetectLanguage(f.body[part.Start:part.End]); tag == part.Tag && confidence >= sureOfPart {
		f.parts = append(f.parts, part)
	}
}

// foreign returns the language of a paragraph, or nothing if it may be that of
// the article.
func (f *foreignFinder) foreign(paragraph string) string {
	if f.isFamiliar(paragraph) {
		return ""
	}
	tag, confidence := DetectLanguage(paragraph)
	if confidence < sureOfParagraph || isClose(tag, f.language) {
		return ""
	}
	return tag
}

// isFamiliar reports whether a paragraph is in the language of the article by its
// script or its commonest words, which takes a fraction of the time that
// DetectLanguage takes for short ones.
func (f *foreignFinder) isFamiliar(paragraph string) bool {
	if f.language == "en" && hasEnglish(paragraph) {
		return true
	}
	if len(paragraph) > languageSample {
		paragraph = paragraph[:languageSample]
		for !utf8.RuneStart(paragraph[len(paragraph)-1]) {
			paragraph = paragraph[:len(paragraph)-1]
		}
	}
	script, _ := mainScript(paragraph)
	if script == "" || script == f.language {
		return true
	}
	if !isSharedScript(script) {
		return false
	}
	t := count(paragraph, script)
	best := t.best(script)
	return isClose(languages[best].tag, f.language)
}

// englishWords are common in English and in no other language.
var englishWords = [...]string{" the ", " and ", " that ", " with ", " said ", " this ", " from ", " have ", " they "}

// hasEnglish reports whether a paragraph has one of the words that are common in English
// alone. Nearly all paragraphs in English have, and to look for these takes next to no time.
func hasEnglish(paragraph string) bool {
	for _, w := range englishWords {
		if strings.Contains(paragraph, w) {
			return true
		}
	}
	return false
}

// isSharedScript reports whether a script is that of several languages.
func isSharedScript(script string) bool {
	return script == "Latn" || script == "Cyrl" || script == "Arab" || script == "Deva"
}
