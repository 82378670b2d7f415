package sr

import (
	"testing"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Вучић Вучића Вучићу Вучићем Vučić Vučića Vučiću Vučićem
Милошевић Милошевића Milošević Miloševića
Трамп Трампа Трампу Tramp Trampa Trampu Trampom
Путин Путина Putin Putina Putinu Putinom
Србија Србије Србији Србију Srbija Srbije Srbiji Srbiju Srbijom
Београд Београда Београду Beograd Beograda Beogradu Beogradom
Косово Косова Косову Kosovo Kosova Kosovu
Иран Ирана Ирану Iran Irana Iranu
влада владе влади владу vlada vlade vladi vladu vladom
министар министра министру министри Ministar ministra ministru ministri ministrima
министарство ministarstvo ministarstva ministarstvu
председник председника predsednik predsednika predsedniku predsednikom
избори избора изборима izbori izbora izborima
рат рата рату rat rata ratu ratom
закон закона закони zakon zakona zakoni zakonom
споразум споразума sporazum sporazuma sporazumom
полиција полиције policija policije policiju
странка странке stranka stranke stranku
новинар новинара новинари novinar novinara novinari
украјински украјинске украјинског Ukrajinski ukrajinske ukrajinskog ukrajinskih
одлука одлуке odluka odluke odluku
град града градови grad grada gradovi gradova
рекао rekao
љубав ljubav
Његош Njegoš
NATO НАТО`

func TestLatin(t *testing.T) {
	for in, want := range map[string]string{
		"абвгдђежзијклљмнњопрстћуфхцчџш": "abvgddezzijklljmnnjoprstcufhccdzs",
		"vlada":  "vlada",
		"ф16":    "f16",
		"щедрый": "щedrый", // Russian letters stay
		"":       "",
	} {
		if got := latin(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "Ким против година влада рат")
	for _, w := range []string{"али", "jer", "што", "она"} {
		if !(Language{}).IsStop(text.Fold(w)) {
			t.Errorf("%s is no stop word", w)
		}
	}
}

func TestStemHolds(t *testing.T) {
	languagetest.StemsOf(t, Language{}, "abdeijklnoprstuабвдешчж1", "a ж", endings.Rules)
}

func TestTables(t *testing.T) {
	if why := endings.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
