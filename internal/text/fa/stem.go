package fa

import (
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. It is a light stemmer of nouns and
// adjectives, after the rules of grammars (J. R. Perry, Persian: An Introduction,
// chapters on nouns): the plural, the ezafe behind a vowel, the indefinite and the
// relational -i, the comparative. A word that is written with a joiner before its
// ending comes here without it. Of verbs it knows the forms of those that news has
// most, as the two stems of a verb have little in common.
func (Language) Stem(folded string) string {
	if folded == "" || folded[0] < utf8.RuneSelf {
		return folded
	}
	if past := verbs()[folded]; past != "" {
		return past
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	word := plurals.Apply(folded)
	if stem := forms.Stem(word); stem != "" {
		return stem
	}
	return oldPlurals.Apply(relations.Apply(personPlurals.Apply(word)))
}

// StemPrefix returns bytes that every word of a stem starts with; nothing for the
// stem of a verb, whose forms have prefixes and another stem in the present.
func (Language) StemPrefix(stem string) string {
	if stem == "" || stem[0] < utf8.RuneSelf {
		return stem
	}
	if verbs()[stem] != "" {
		return ""
	}
	return stem[:min(forms.Kept(stem), oldPlurals.Kept(stem), relations.Kept(stem), personPlurals.Kept(stem), plurals.Kept(stem))]
}

// plurals are the plural of things, with what may stand behind it, and the
// comparative.
var plurals = ending.Table{Rules: `
	2  ها هاي هايي هايش هايشان هايمان هايتان هايم هايت هاست هايند
	3  شان تر ترين تري ترها`}

// relations are the ezafe behind a vowel, and -i where enough is left: short words
// with it are names more often than not.
var relations = ending.Table{Rules: `
	2  اي>ا
	3  يي وي>و ي`}

// personPlurals are the plural of persons behind a vowel and a mute h.
var personPlurals = ending.Table{Rules: `
	3  يان>ي گان>ه`}

// oldPlurals are the plural of persons and that of Arabic words.
var oldPlurals = ending.Table{Rules: `
	3  انان
	4  ان ات
	5  ين`}

// forms are words that the rules would join with others, or keep apart from theirs:
// relational -i behind a mute h, as in nuclear, looks like a plural with the joiner
// gone; and short words, or those with a plural that is made by other vowels.
var forms = ending.Forms{Words: `
	زن: زنان زني
	مرد: مردان مردي
	سر: سران
	هستهاي: هستهاي
	منطقه: منطقهاي مناطق
	رسانه: رسانهاي
	حرفه: حرفهاي
	برنامه: برنامهاي
	مسئله: مسئلهاي مسئله مسائل مساله
	نامه: نامهاي
	خانه: خانهاي
	پروژه: پروژهاي
	شيوه: شيوهاي
	گونه: گونهاي
	ويژه: ويژهاي
	بيانيه: بيانيهاي
	مرحله: مرحلهاي مراحل
	هفته: هفتهاي
	نقطه: نقطهاي نقاط
	مصاحبه: مصاحبهاي
	حادثه: حادثهاي حوادث
	جلسه: جلسهاي جلسات
	رشته: رشتهاي
	لحظه: لحظهاي لحظات
	حمله: حملهاي حملات
	مذاكره: مذاكرهاي مذاكرات
	معامله: معاملهاي معاملات
	نتيجه: نتيجهاي نتايج
	جامعه: جامعهاي جوامع
	مدرسه: مدرسهاي مدارس
	قطعنامه: قطعنامهاي
	نماينده: نمايندهاي
	هزينه: هزينهاي
	پرونده: پروندهاي
	گزينه: گزينهاي
	تازه: تازهاي
	ماده: مادهاي مواد
	كلمه: كلمهاي كلمات
	نظريه: نظريهاي نظريات
	رييسي: رييسي رئيسي
	رييس: رئيس رييس روساي روسا
	وزير: وزرا وزراي
	سفير: سفرا سفراي
	شهيد: شهدا شهداي
	مركز: مراكز
	قانون: قوانين
	جشنواره: جشنوارهاي
	مورد: موارد
	ساعت: ساعات
	قطره: قطرهاي
	دوره: دورهاي
	شبكه: شبكهاي
	سياره: سيارهاي
	اتحاديه: اتحاديهاي
	منبع: منابع
	موضع: مواضع
	عامل: عوامل
	مانع: موانع
	ميليون: ميليونها
	مسلمان: مسلمانان مسلمين مسلماني`}
