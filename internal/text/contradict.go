package text

import (
	"strings"

	"github.com/newsq/newsq/internal/text/pieces"
)

const (
	// sureOfLanguage is how sure DetectLanguage must be to be believed against
	// what is stated: templates state what they came with, and feeds the
	// language of most of their articles.
	sureOfLanguage = 0.7
	// minSure is how much text there must be for it, in bytes: two sentences.
	minSure = 200
)

// ContradictLanguage reports whether a text is clearly not in the language that is
// stated of it, as a BCP 47 tag, and returns the tag of the one that it is in. Nothing
// contradicts a language that can't be told, or that is close to the one found, such
// as Danish to Norwegian.
func ContradictLanguage(stated, s string) (tag string, ok bool) {
	if len(s) < minSure {
		return "", false
	}
	stated, _, _ = strings.Cut(stated, "-")
	if stated == "en" && isPlainlyEnglish(s) {
		return "", false
	}
	tag, confidence := DetectLanguage(s)
	if tag == "" || confidence < sureOfLanguage || !canTell(stated) || isClose(stated, tag) {
		return "", false
	}
	return tag, true
}

// isPlainlyEnglish reports whether the beginning of a text has the commonest word of
// English as often as no text in another language has, which takes a hundredth of the time
// that DetectLanguage takes. Of a thousand bytes of news, nearly all have it five times.
func isPlainlyEnglish(s string) bool {
	const beginning, times = 1000, 5
	return strings.Count(s[:min(len(s), beginning)], " the ") >= times
}

// canTell reports whether DetectLanguage knows a language.
func canTell(tag string) bool {
	tag = standard(tag)
	for i := range languages {
		if languages[i].tag == tag {
			return true
		}
	}
	for i := range scripts {
		if scripts[i].tag == tag {
			return true
		}
	}
	for _, t := range pieces.Tables() {
		if t.Has(tag) {
			return true
		}
	}
	return false
}

// standard returns the tag by which DetectLanguage calls a language that has
// several: written standards of one language, or its other name.
func standard(tag string) string {
	switch tag {
	case "nb", "nn":
		return "no"
	case "bs", "sh", "cnr":
		return "hr"
	case "cmn", "yue", "wuu":
		return "zh"
	case "prs", "pes":
		return "fa"
	case "fil":
		return "tl"
	case "iw":
		return "he"
	case "in":
		return "id"
	case "arz", "ary", "arb":
		return "ar"
	case "mo":
		return "ro"
	}
	return tag
}

// isClose reports whether two languages are one or kin.
func isClose(a, b string) bool {
	a, b = standard(a), standard(b)
	if a == b {
		return true
	}
	for _, pair := range kin {
		if pair[0].tag == a && pair[1].tag == b || pair[0].tag == b && pair[1].tag == a {
			return true
		}
	}
	return false
}
