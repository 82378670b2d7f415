package da

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
minister ministeren ministre ministrene ministerens
regering regeringen regeringer regeringerne regeringens
præsident præsidenten præsidenter præsidentens
folketing folketinget folketingets
parti partiet partier partierne
kvinde kvinden kvinder kvinderne kvindens
lærer læreren lærere lærerne
artikel artiklen artikler artiklerne
nyhed nyheden nyheder nyhederne
magt magten magter
skat skatten skatter
stat staten stater statens
kommune kommunen kommuner kommunerne
hus huset huse husene
gift gifte
forbudt forbudte
hjerte hjerter hjertet
land landet lande landene landets
arbejde arbejder arbejdede arbejdet
sige siger
vigtig vigtigt vigtige vigtigere vigtigste
ny nyt
stor stort store større
Danmark Danmarks
København Københavns
Århus Aarhus
Ålborg Aalborg
Rasmussen Rasmussens
Thorning
valg valget valgene
vej vejen veje vejene
skole skolen skoler skolerne
politi politiet
sag sagen sager sagerne
dag dagen dage dagene
dansk danske danskere danskerne
virksomhed virksomheden virksomheder virksomhederne
universitet universitetet universiteter
bog bogen bøger bøgerne`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "efter mod under stat land")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "e en er et erne ene s es ede ere est ster str el t gt aa lt is us nn")
}

func TestBase(t *testing.T) {
	for word, want := range map[string]string{
		"tv'et": "tv", "1990'erne": "1990", "cd'er": "cd", "o'brien": "", "tv": "", "x'en": "", "tv'": "",
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
