package ar

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
وزير الوزير والوزير للوزير بالوزير وزيرا الوزراء وزراء وزيره
وزارة الوزارة وزارات للوزارة
رئيس الرئيس ورئيس والرئيس للرئيس الرؤساء رئيسا رئيسها
رئاسة الرئاسة
حكومة الحكومة الحكومات والحكومة حكومته حكومتها للحكومة
دولة الدولة دول الدول والدول دولته
لبنان ولبنان
اللبن
إيران وإيران
إيراني الإيراني الإيرانية
العراق بالعراق عراق
عراقي العراقي العراقية عراقيين
سوريا السورية سوري
مصر
المصري المصرية مصريين المصريين
فلسطيني الفلسطيني الفلسطينية الفلسطينيين فلسطينيون
ألمانيا المانيا
روسيا الروسية الروسي
أمريكا
إسرائيل وإسرائيل
واشنطن
انتخابات الانتخابات والانتخابات
مفاوضات المفاوضات للمفاوضات
عقوبات العقوبات
مسلم مسلمون مسلمين المسلمين المسلمون مسلما
جندي الجنود جنود
حرب الحرب حروب والحرب
جيش الجيش للجيش جيوش
صاروخ صواريخ الصواريخ
مدينة المدينة مدن المدن بالمدينة
قرار لقرار القرار قرارا قراره قرارات
اتفاق الاتفاق اتفاقا
أزمة الأزمة أزمات
بنك البنك البنوك
بيان البيان بيانات بيانا
بريطانيا لبريطانيا
قال قالوا
أعلن أعلنت وأعلن
الله والله
والدته والده
ولاية الولاية ولايات الولايات
وحدة الوحدة
خبر أخبار الأخبار
كتاب الكتاب كتب الكتب
Facebook`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "علي إمام ضد حرب السلام الأمم الدول")
}

func TestStemHolds(t *testing.T) {
	starts := "و ل ب "
	for _, a := range articles {
		starts += a.letters + " "
	}
	languagetest.StemsOf(t, Language{}, "12ابتحدرسعقلمنهويئ", starts, endings.Rules)
}

// Words of lists are folded, or they would not be found.
func TestWordsAreFolded(t *testing.T) {
	check := func(word string) {
		if folded := text.Fold(word); folded != word || len(text.Words(word)) != 1 {
			t.Errorf("%q is folded as %q", word, folded)
		}
	}
	for w := range names() {
		check(w)
	}
	for w := range beginnings() {
		check(w)
		if !slices.ContainsFunc(particles[:], func(p string) bool { return strings.HasPrefix(w, p) }) {
			t.Errorf("%q begins otherwise", w)
		}
	}
	for w := range strings.FieldsSeq(singulars.Words) {
		check(strings.TrimSuffix(w, ":"))
	}
	if why := endings.Problem() + singulars.Doubles(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
