package fa

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/ending"
	"github.com/newsq/newsq/internal/text/languagetest"
)

var families = strings.ReplaceAll(`
کتاب کتاب~ها کتابها کتاب~های کتابهای کتاب~هایش كتاب
ایران ایرانی ایرانی~ها ایرانیان ايران
تهران
لبنان
افغانستان
پاکستان
سازمان سازمان~ها سازمان~های
کشور کشورها کشورهای کشورهایی کشورشان
دولت دولت~ها دولت~های دولتی
وزیر وزرا وزرای
رئیس رییس روسای
رئیسی
انتخابات
مذاکره مذاکرات مذاکره~ای
تحریم تحریم~ها تحریم~های
هسته~ای
منطقه مناطق منطقه~ای
زن زنان
مرد مردان
معترض معترضان
نماینده نمایندگان نماینده~ای
کارگر کارگران
مربی مربیان مربی~ها
مهاجم مهاجمان
میزبان میزبانان
دانشجو دانشجویان دانشجوی
آمریکا آمریکایی آمریکای آمریکایی~ها
شورا شورای شوراها شوراهای
نیرو نیروی نیروها نیروهای
مسئول مسئولان مسئولین
مقام مقام~ها
حمله حملات حمله~ای
خبرنگار خبرنگاران
بزرگ بزرگ~تر بزرگترین
گفت می~گوید می~گویند گفته گفته~اند نگفت گفتند
رفت می~رود رفتند می~رفت
توانست می~تواند نمی~تواند بتواند
گزارش گزارش~ها گزارش~های
ارتش
علی
محمد
روحانی
خامنه~ای
هزینه هزینه~ها هزینه~های
جنگ جنگ~ها
خانه خانه~ای
برنامه برنامه~ها برنامه~های
BBC`, "~", "\u200c") // a joiner

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "کرد ایران ضد علیه سال مردم جنگ وزیر")
}

func TestStemHolds(t *testing.T) {
	languagetest.StemsOf(t, Language{}, "ابتدرسكلمنوهيگش", "مي نمي ن ب", plurals.Rules+relations.Rules+personPlurals.Rules+oldPlurals.Rules+" گان ستان هاي اي")
}

func TestTables(t *testing.T) {
	for _, table := range []*ending.Table{&plurals, &relations, &personPlurals, &oldPlurals} {
		if why := table.Problem(); why != "" {
			t.Error(why)
		}
	}
	if why := forms.Problem(); why != "" {
		t.Error(why)
	}
	for w := range strings.FieldsSeq(forms.Words) {
		if w = strings.TrimSuffix(w, ":"); text.Fold(w) != w {
			t.Errorf("%s is folded as %s", w, text.Fold(w))
		}
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
