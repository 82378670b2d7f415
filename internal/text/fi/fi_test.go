package fi

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
talo talon talossa talosta taloon talot talojen taloissa taloja
hallitus hallituksen hallituksessa hallitukset hallitusta
presidentti presidentin presidenttiä presidentit presidentille
ministeri ministerin ministerit ministeriä ministerille
pääministeri pääministerin pääministerille
eduskunta eduskunnan eduskunnassa eduskuntaa
kaupunki kaupungin kaupungissa kaupungit
Helsinki Helsingin Helsingissä
Suomi Suomen Suomessa Suomea
suomalainen suomalaisen suomalaiset suomalaisia suomalaista
Venäjä Venäjän Venäjällä
Ukraina Ukrainan Ukrainassa
vaalit vaalien vaaleissa
puolue puolueen puolueet puolueiden
yritys yrityksen yritykset yritysten
kansa kansan kansaa
tieto tiedon tiedot tietoa
työtön työttömän työttömät työttömiä työtöntä
maksuton maksuttoman maksutonta
kirja kirjan kirjassa kirjat
päätös päätöksen päätökset
nainen naisen naiset naista
vuosi vuoden vuotta
Niinistö Niinistön
Moskova Moskovan Moskovassa
sota sodan sodassa sotaa`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "vaalit Suomi sota hallitus")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "a n t ssa sta lla lta lle ksi na ta tta in en an on iin seen jen den ten ien nsa ni nen sen vat nut tu ks kk pp tt ng mm nn ll rr d us uu isi ja ihin")
}

func TestBase(t *testing.T) {
	for word, want := range map[string]string{
		"bordeaux'n": "bordeaux", "bordeaux'ssa": "bordeaux", "raa'an": "", "o'brien": "", "lille": "", "x'n": "",
	} {
		if got := (Language{}).Base(word); got != want {
			t.Errorf("base of %q: got %q, want %q", word, got, want)
		}
	}
}

func TestTables(t *testing.T) {
	if why := endings.Problem(); why != "" {
		t.Error(why)
	}
	if why := forms.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
