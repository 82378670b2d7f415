package he

import (
	"testing"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
ממשלה הממשלה בממשלה לממשלה והממשלה ממשלות
ישראל בישראל לישראל וישראל
לבנון בלבנון
ביידן לביידן
איראן באיראן לאיראן
ביטחון הביטחון בביטחון
בחירות הבחירות לבחירות
כנסת בכנסת
שר השר שרים השרים
מלחמה המלחמה במלחמה מלחמות
הסכם ההסכם הסכמים ההסכמים בהסכם
הצעה ההצעה הצעות
מדינה המדינה מדינות במדינה
נשיא הנשיא לנשיא נשיאים
צבא הצבא לצבא
חייל חיילים החיילים
משטרה המשטרה במשטרה
ירושלים בירושלים
עיתונאי עיתונאים העיתונאים
צה״ל בצה״ל
חוק החוק חוקים
Facebook`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "נגד ישראל ממשלה שם דרך שלום שנה")
}

func TestStemHolds(t *testing.T) {
	starts := ""
	for _, p := range particles {
		starts += p.letters + " "
	}
	languagetest.StemsOf(t, Language{}, "12אבהוילמנרשתכםן״", starts, endings.Rules)
}

func TestTables(t *testing.T) {
	if why := endings.Problem(); why != "" {
		t.Error(why)
	}
	for w := range beginnings() {
		if text.Fold(w) != w {
			t.Errorf("%s is folded as %s", w, text.Fold(w))
		}
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
