package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/wordset"
)

// MaxTitle is how long a title may be that we derive, in runes: what fits on
// a line of a page of results.
const MaxTitle = 90

// minTitle is how short a part of a sentence may be to serve as a title.
const minTitle = 20

// DeriveTitle makes a title from the start of a text: its first sentence,
// without who said so, and no more of it than the clauses that fit. The
// analyzer tells where the sentence ends.
//
//	According to a former pilot, the harbour is closed — meaning that ...
//	-> The harbour is closed
func DeriveTitle(an analysis.Analyzer, lead string) string {
	lead, _ = Dateline(firstLine(lead), "")
	s := firstSentence(an, cutAgency(lead))
	s = cutAttribution(s)
	if len(prefixRunes(s, MaxTitle)) < len(s) || strings.ContainsAny(s, "—;") {
		s = cutClause(s)
	}
	s = strings.TrimSpace(strings.TrimRight(s, " .,;:—–-。，；：、،؛।۔።։"))
	s = closeMarks(s)
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return ""
	}
	return upperFirst(s)
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// attributions begin a sentence with who says what follows, up to a comma.
var attributions = [...]string{
	"According to ", "Selon ", "Según ", "Secondo ", "Segundo ", "De acordo com ", "De acuerdo con ", "Laut ", "D'après ", "D’après ", "Segons ",
	"Potrivit ", "Σύμφωνα με ", "Menurut ", "Kwa mujibu wa ", "Theo ", "По словам ", "По данным ", "За словами ",
	"За даними ", "وفقا ل", "وفقًا ل", "بحسب ",
}

// reportingVerbs are those of who said so, after the last comma of a sentence.
var reportingVerbs = wordset.Of("said", "says", "say", "reported", "reports", "told", "announced", "added", "wrote", "according")

// maxAttribution is how long the name of a source may be, in bytes.
const maxAttribution = 80

// cutAttribution takes away who says it, at the start or the end of a
// sentence.
func cutAttribution(s string) string {
	for _, a := range attributions {
		if !strings.HasPrefix(s, a) {
			continue
		}
		for _, comma := range [...]string{", ", "، "} {
			if n := strings.Index(s, comma); n > 0 && n <= maxAttribution && len(s)-n > minTitle {
				s = s[n+len(comma):]
			}
		}
	}
	if n := strings.LastIndex(s, ", "); n >= minTitle {
		tail := strings.Fields(strings.ToLower(s[n+2:]))
		for i, w := range tail {
			if i < 6 && reportingVerbs()[strings.Trim(w, ".")] && (i > 0 || w == "according") {
				return s[:n]
			}
		}
	}
	return s
}

// clauseWords begin a clause that a sentence can do without. Other commas
// part the words of a list, or a name from what explains it.
var clauseWords = wordset.Of("and", "after", "although", "as", "because", "before", "but", "despite", "even", "following",
	"leaving", "making", "meaning", "or", "raising", "saying", "since", "so", "though", "when", "where", "whereas", "which",
	"while", "who", "with", "without", "yet", "aber", "denn", "mais", "que", "qui", "sondern", "während", "pero", "mas",
	"nachdem", "obwohl", "weil", "wobei", "alors", "car", "tandis", "aunque", "mientras", "porque", "embora", "enquanto", "mentre", "perché",
	"maar", "omdat", "terwijl", "men", "medan", "eftersom", "mens", "fordi", "mutta", "koska", "ale", "gdy", "ponieważ", "protože", "zatímco",
	"dar", "iar", "deoarece", "però", "perquè", "ama", "ancak", "tetapi", "namun", "sementara", "lakini", "ali", "dok", "jer", "али", "док", "јер",
	"а", "но", "хотя", "однако", "але", "хоча", "адже", "αλλά", "ενώ", "mert", "miközben", "nhưng", "mặc")

// cutClause cuts a sentence at the border of a clause: at its first dash or
// semicolon, else at the last comma that such a border has, else at the last
// word that fits, and then an ellipsis says so.
func cutClause(s string) string {
	fits := prefixRunes(s, MaxTitle)
	for _, mark := range [...]string{" — ", "—", " – ", " -- ", "; ", ": "} {
		if n := strings.Index(fits, mark); n >= minTitle && strings.Count(s[:n], `"`)%2 == 0 {
			return s[:n]
		}
	}
	if len(fits) == len(s) {
		return s
	}
	if n := wideClauseEnd(fits); n > 0 {
		return s[:n] + "…"
	}
	for n := strings.LastIndex(fits, ", "); n >= 2*minTitle; n = strings.LastIndex(fits[:n], ", ") {
		next, _, _ := strings.Cut(s[n+2:], " ")
		if clauseWords()[strings.ToLower(next)] {
			return s[:n]
		}
	}
	if n := strings.LastIndexByte(fits, ' '); n >= minTitle {
		fits = fits[:n]
	}
	return strings.TrimRight(fits, " ,;:.–—-") + "…"
}

// wideClauseEnd returns where the last clause of a text ends that a sentence can do
// without, by the commas of Chinese and Japanese, and by those of Arabic before "and";
// 0 if there is none.
func wideClauseEnd(s string) int {
	for _, comma := range [...]string{"，", "；", "、", "، و"} {
		if n := strings.LastIndex(s, comma); n >= 2*minTitle {
			return n
		}
	}
	return 0
}

// prefixRunes returns the longest prefix of s with at most n columns; a wide
// character takes two.
func prefixRunes(s string, n int) string {
	for i, r := range s {
		n--
		if isWide(r) {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

// isWide reports whether r is of a script written without spaces in
// characters of double width.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// closeMarks takes away an opening quotation mark or bracket whose partner
// was cut off.
func closeMarks(s string) string {
	if n := strings.LastIndexByte(s, '('); n >= 0 && !strings.Contains(s[n:], ")") {
		if cut := strings.TrimRight(s[:n], " "); len(cut) >= minTitle {
			return cut
		}
	}
	for _, pair := range [...][2]string{{"“", "”"}, {"«", "»"}, {"„", "“"}} {
		if strings.Count(s, pair[0]) > strings.Count(s, pair[1]) {
			s = strings.TrimPrefix(s, pair[0])
		}
	}
	if strings.Count(s, `"`) == 1 {
		s = strings.Trim(s, `"`)
	}
	return s
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if up := unicode.ToUpper(r); up != r && r != utf8.RuneError {
		return string(up) + s[size:]
	}
	return s
}

// TitleOfName makes a title from the name of a file that is made of words:
// "2026-03-05-the-strait.txt" is "The strait". It is empty when the name is
// not.
func TitleOfName(name string) string {
	if m := namedDay().FindString(name); m != "" {
		name = strings.Replace(name, m, " ", 1)
	}
	words := strings.FieldsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '_' || r == '.' || r == '+'
	})
	letters := 0
	for _, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) && strings.ContainsFunc(w, unicode.IsLetter) {
			return "" // an identifier
		}
		if utf8.RuneCountInString(w) > 2 && strings.ContainsFunc(w, unicode.IsLetter) {
			letters++
		}
	}
	if letters < 2 && len(words) != 1 || letters == 0 {
		return ""
	}
	return upperFirst(strings.Join(words, " "))
}

// firstSentence returns the first sentence of s.
func firstSentence(an analysis.Analyzer, s string) string {
	spans := an.Sentences(Prefix(s, maxSentence))
	if len(spans) == 0 {
		return ""
	}
	return s[spans[0].Start:spans[0].End]
}

// maxSentence is how much of a lead is looked at, in bytes.
const maxSentence = 1 << 10

// Prefix returns the longest prefix of s of at most n bytes.
func Prefix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Lead returns the paragraph that tells what the text is about: the first
// that is no caption, credit or the like.
func Lead(body string) string {
	n := 0
	for p := range strings.SplitSeq(body, "\n\n") {
		if n++; n > 5 {
			break
		}
		if (len(p) >= minLeadBytes || endsSentence(p)) && !strings.HasPrefix(p, "(") && !strings.HasPrefix(p, "[") && !isBoilerplate(p) {
			return p
		}
	}
	p, _, _ := strings.Cut(body, "\n\n")
	return p
}

// minLeadBytes is how long a lead must be that does not end as a sentence, in
// bytes: longer than a name or place.
const minLeadBytes = 30
