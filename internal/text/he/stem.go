package he

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text/ending"
	"github.com/newsq/newsq/internal/wordset"
)

// particles are the article and the words of one letter that are written together
// with the next word: and, in, to, that, from, as, and some of them together. The
// longest come first.
var particles = [...]struct {
	letters string
	left    int // letters behind it at least
}{
	{"כשה", 2},
	{"וה", 2},
	{"שה", 2},
	{"מה", 2},
	{"של", 3},
	{"וב", 3},
	{"ול", 3},
	{"ומ", 3},
	{"וכ", 3},
	{"וש", 3},
	{"שב", 3},
	{"כש", 3},
	{"ה", 2},
	{"ו", 2},
	{"ב", 2},
	{"ל", 2},
	{"ש", 4},
	{"כ", 3},
}

// endings are the feminine, the plural, and the pronouns that are written together
// with a noun.
var endings = ending.Table{Rules: `
	2  ה ו י ות ותיה ותיהם ותיו ותינו יה יהם יהן יו יי יים ים ינו
	3  כם נו ת תה תו תי תם
	4  אות יות ית`}

// Stem returns the stem of a folded word: the word without the particles before it,
// and without its ending. It is a light stemmer: words are written without most of
// their vowels, and nothing tells a particle from the first letter of a word but a
// list of beginnings of words that news has most. An abbreviation has no ending.
func (Language) Stem(folded string) string {
	if folded == "" || folded[0] < utf8.RuneSelf {
		return folded
	}
	word := withoutParticles(folded)
	if strings.Contains(word, gershayim) {
		return word
	}
	return medial(endings.Apply(word))
}

// medial returns a stem with the form of its last letter that stands within words,
// as it has before an ending: that of heskem is that of heskemim.
func medial(stem string) string {
	last, n := utf8.DecodeLastRuneInString(stem)
	if strings.ContainsRune("ךםןףץ", last) {
		return stem[:len(stem)-n] + string(last+1) // it follows in Unicode
	}
	return stem
}

// hebrew is where the letters begin. A number behind a particle stays with it.
const hebrew = "\u0590"

const gershayim = "\u05F4"

// StemPrefix returns nothing: words of a stem may have particles before it.
func (Language) StemPrefix(stem string) string {
	if stem != "" && stem[0] < utf8.RuneSelf {
		return stem // a word of another script
	}
	return ""
}

func withoutParticles(word string) string {
	if beginsItself(word) {
		return word
	}
	for _, p := range particles {
		if rest, ok := strings.CutPrefix(word, p.letters); ok && rest >= hebrew && ending.HasLetters(rest, p.left) {
			return rest
		}
	}
	return word
}

// beginsItself reports whether a word begins as one does whose first letter is no
// particle.
func beginsItself(word string) bool {
	const least, most = 3, 5 // letters of a beginning
	return ending.BeginsWith(word, beginnings(), least, most)
}

// beginnings are of three to five letters.
var beginnings = wordset.Of(`
	ביידן ברק בנט בית ביטח בחיר בנק ברית ברזיל בלגי בגדד ביירו ברלין בניי בנימ בן בנים בנות
	בעיה בעיי בעיו בוקר בסיס ביקו בכיר בקשה בקשת בעלי בדיק בריא ברור במאי בשר בדוא ביצוע בת בורס
	בינלא בינ בגץ בולג בוש בושנ בידוד בירה בכלל בהחלט בתי
	הודו הולנד הונגר הסכם הסכמ הצעה הצעת הצעו החלט הודע הערכ הפגנ הורא התקפ הגנה הגנת הכרה המשך
	הצבע הנחה הנהג השפע הסתד היסט הרוג הרס הון הוצא הכנס הליך הליכ הורי הלכה הלכת היי הישג
	הנחי הפסק הסבר הסגר הצלח הרשע הרשא התנח התנג השקע השוו התפט הזדמ היתר הופע הסדר
	ועדה ועדת ועדו ועיד ויכו וטו ותיק וושינ ולדימ וידאו ויקי ויזה
	לבנון לפיד לונדו ליכוד לוב ליברמ לחימ לוחמ לאומ לימוד לקוח לילה לשכה לשכת לשון לב לייק ליגה
	לשעב לחץ לחצי לוויי לוס ליבי להק
	כנסת כוח כוחו כלכל כסף כניס כתב כתבה כלי כלים כללי כביש כדור כנר כיס כיפה כוונ כנס כהן כחול
	שר שרים שרה שרת שרון שלום שנה שנת שנים שבת שוק שלטון שיחה שיחו שטח שטחי שופט שמאל שכונ שוט
	שידור שינוי שירות שמיר שמש שער שפה שעה שעות שלושה שלוש שליש שמונ שלב שולח שוטר שיתוף שווי שלמ`)
