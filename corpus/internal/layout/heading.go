package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A heading in plain text is told by its looks and by its place: a short
// line, begun with a capital, without a stop at its end, alone between a
// paragraph that ends and one that begins. Where that is not certain, a line
// stays what it is, a paragraph: a heading that was missed costs little, a
// false one parts a section.

// Bounds of a heading that isn't marked as one.
const (
	maxHeading      = 80 // runes
	maxHeadingWords = 12
	// Lines in capitals are as often links to other articles; those are whole
	// headlines, headings in capitals are short.
	maxCapitalWords = 5
	// Headings are a fifth of a text at most; more are a list or a table.
	maxHeadingShare = 5
)

// headings returns, for each unit from the one at first on, whether it is a
// heading. The slice is good until the next call.
func (p *Parser) headings(first int) []bool {
	p.marks = append(p.marks[:0], make([]bool, len(p.units))...)
	var found, taken, all int
	for i := range p.units {
		u := &p.units[i]
		all += len(u.text)
		if i < first {
			continue
		}
		if u.level == 0 && p.standsAsHeading(i, first) {
			p.marks[i] = true
			found++
			taken += len(u.text)
		}
	}
	if taken*maxHeadingShare > all {
		clear(p.marks)
		found = 0
	}
	if found > 1 {
		p.dropRepeated()
	}
	for i := first; i < len(p.units); i++ {
		if p.units[i].level > 0 {
			p.marks[i] = true
		}
	}
	return p.marks
}

// standsAsHeading reports whether unit i looks like a heading and stands
// where one may: after what ends, before what begins, and not in a row of its
// like, which would be a list without bullets.
func (p *Parser) standsAsHeading(i, first int) bool {
	if i+1 >= len(p.units) || !headingLike(&p.units[i]) {
		return false
	}
	u, next := &p.units[i], &p.units[i+1]
	if next.level > 0 || !opensSection(u, next) {
		return false
	}
	if i == 0 {
		return false // above a text whose title is known stand captions and names
	}
	if i == first {
		return !isNameList(u.text) // below a title stands more often who wrote it
	}
	above := &p.units[i-1]
	if above.kind != paragraph || above.level > 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(above.text, closingMarks))
	return isStop(r)
}

// isNameList reports whether a line could be the names of people, or of one and
// where he works.
func isNameList(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		if !IsPersonName(part) {
			return false
		}
	}
	return true
}

// opensSection reports whether next can be the first of the section that u
// heads: a list, or a paragraph that is longer than its heading.
func opensSection(u, next *unit) bool {
	if next.kind != paragraph {
		return next.lines > 1
	}
	return next.lines > 1 || !beginsLower(next.text) && endsSentence(next.text) && len(next.text) > len(u.text)+10
}

// headingLike reports whether a unit looks like a heading.
func headingLike(u *unit) bool {
	s := u.text
	if u.lines > 1 || u.kind == table || len(s) > maxHeading*utf8.UTFMax || utf8.RuneCountInString(s) > maxHeading {
		return false
	}
	if u.kind == item && (s[0] < '0' || s[0] > '9') {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if (isStop(last) && last != '?' && last != '؟' && last != '？') || strings.ContainsRune(",;:-–—"+closingMarks+"，；：、،؛", last) {
		return false
	}
	if strings.ContainsAny(s, "@#|©→_{}<>[]=\\") || strings.Contains(s, "://") || strings.Contains(s, "www.") {
		return false
	}
	return headingCase(s) && !isBoilerplate(s) && !isLink(s) && !strings.HasPrefix(s, "By ")
}

// isLink reports whether a line is a link to another article: its label, a
// colon, and the headline without a space.
func isLink(s string) bool {
	n := strings.IndexByte(s, ':')
	if n < 0 || n+1 == len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[n+1:])
	return unicode.IsLetter(r)
}

// headingCase reports whether the letters of a line are those of a heading:
// mostly letters, the first a capital, not too many words.
func headingCase(s string) bool {
	var letters, others, upper, lower, words int
	first, inWord := rune(0), false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
			} else if unicode.IsLower(r) {
				lower++
			}
			if first == 0 {
				first = r
			}
		case r != ' ':
			others++
		}
		if r != ' ' && !inWord {
			words++
		}
		inWord = r != ' '
	}
	start, _ := utf8.DecodeRuneInString(s)
	switch {
	case letters < 4 || others*3 > letters || words > maxHeadingWords:
		return false
	case !unicode.IsLetter(start) && !unicode.IsDigit(start):
		return false
	case unicode.IsLower(first):
		return false
	case upper > 0 && lower == 0:
		return words >= 2 && words <= maxCapitalWords || letters >= 6 && words == 1
	case upper == 0 && lower == 0: // a script without case tells less
		return letters <= maxHeading/2
	}
	return true
}

// dropRepeated takes back headings that occur more than once: what recurs in
// an article belongs to the website.
func (p *Parser) dropRepeated() {
	seen := make(map[string]int)
	for i, is := range p.marks {
		if is {
			seen[p.units[i].text]++
		}
	}
	for i, is := range p.marks {
		if is && seen[p.units[i].text] > 1 {
			p.marks[i] = false
		}
	}
}

// boilerplatePrefixes begin the lines that websites put between paragraphs, in
// lower case.
var boilerplatePrefixes = [...]string{
	"ad", "advertisement", "advertising", "also", "all rights reserved", "also read", "article continues", "click here", "comments", "continue reading",
	"contributing", "copyright", "correction", "credit", "download", "editor's note", "editors' note", "editor’s note",
	"enlarge", "follow", "full coverage", "gallery", "get more", "getty images", "hide caption", "image", "interactive", "listen", "live updates", "loading",
	"media caption", "media playback", "more coverage", "more from", "more on", "most read", "newsletter", "next image", "opinion:",
	"photo", "photos", "pictures", "play video", "podcast", "please", "prev image", "quiz", "read", "recommended", "related", "reporting by", "replay", "scroll",
	"see also", "see more", "see:", "share", "show caption", "sign in", "sign up", "skip", "slideshow", "special coverage", "source", "sources", "sponsored", "story continued",
	"story continues", "story highlights", "subscribe", "support", "thank you", "the associated press", "this article",
	"this story", "toggle caption", "top stories", "trending", "tweet", "usa today", "video", "videos", "view", "watch", "what to read",
	"you may", "you might",
	// Other languages: read also, photo.
	"lesen sie auch", "mehr zum thema", "foto", "fotos", "lire aussi", "à lire aussi", "crédit photo", "lea también", "lea además",
	"le puede interesar", "leia também", "leia mais", "leggi anche", "lees ook", "läs också", "läs även", "læs også", "les også", "lue myös",
	"llegiu també", "citește și", "czytaj także", "czytaj też", "zobacz także", "čtěte také", "olvassa el", "διαβάστε επίσης", "ayrıca okuyun",
	"читайте также", "фото", "читайте також", "прочетете още", "снимка", "прочитајте", "фотографија", "pročitajte", "baca juga", "soma pia",
	"soma zaidi", "xem thêm", "đọc thêm", "اقرأ أيضا", "اقرأ أيضًا", "بیشتر بخوانید", "קראו גם", "צילום", "यह भी पढ़ें", "อ่านเพิ่มเติม",
	"相关阅读", "相關閱讀", "延伸阅读", "関連記事", "写真", "관련기사", "사진",
}

// boilerplateLines are lines that websites put between paragraphs: what follows, or
// stood there, is an advertisement.
var boilerplateLines = [...]string{
	"anzeige", "werbung", "publicité", "publicidad", "publicidade", "publicitat", "pubblicità", "publicitate", "advertentie", "annons", "annonce", "annonse",
	"mainos", "reklama", "hirdetés", "reklam", "διαφήμιση", "реклама", "оглас", "iklan", "tangazo", "quảng cáo", "إعلان", "إعلانات",
	"تبلیغات", "פרסומת", "विज्ञापन", "โฆษณา", "广告", "廣告", "広告", "광고",
}

// boilerplateSuffixes end captions and links.
var boilerplateSuffixes = [...]string{"read more", " listen", "youtube", "getty images", "/getty", "/ap", "/reuters", "/afp", "/staff", ", file", "for npr"}

// endsInTime reports whether a line ends in the length of a video, as "1:14".
func endsInTime(s string) bool {
	minutes, seconds, found := strings.Cut(s[strings.LastIndexByte(s, ' ')+1:], ":")
	return found && len(seconds) == 2 && isNumber(seconds) && isNumber(minutes)
}

// isNumber reports whether s is made of ASCII digits.
func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isBoilerplate reports whether a line begins or ends as those do that websites
// put between paragraphs.
func isBoilerplate(s string) bool {
	for _, c := range boilerplateSuffixes {
		if n := len(s) - len(c); n >= 0 && strings.EqualFold(s[n:], c) {
			return true
		}
	}
	for _, line := range boilerplateLines {
		if strings.EqualFold(s, line) {
			return true
		}
	}
	for _, f := range boilerplatePrefixes {
		if len(s) < len(f) || !strings.EqualFold(s[:len(f)], f) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[len(f):]); !unicode.IsLetter(r) || f[len(f)-1] == ':' {
			return true
		}
	}
	return endsInTime(s)
}
