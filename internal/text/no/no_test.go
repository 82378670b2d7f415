package no

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
minister ministeren ministre ministrene ministerens
regjering regjeringen regjeringer regjeringene regjeringa regjeringens
president presidenten presidenter presidentens
storting stortinget stortingets
parti partiet partier partiene
kvinne kvinnen kvinner kvinnene kvinna
gutt gutten gutter guttane
lærer læreren lærere lærerne
nyhet nyheten nyheter nyhetene
makt makten makter makta
skatt skatten skatter
stat staten stater statens
kommune kommunen kommuner kommunene kommunane
hus huset husene husa
gift gifte
forbudt forbudte
hjerte hjerter hjertet
land landet landene landets
arbeide arbeider arbeidet
etablere etablerer etablerte etablert
viktig viktige viktigere viktigste
ny nytt
stor stort større
Norge Norges
Oslo
Bergen
berg berget
Ålesund Aalesund
Håkon Haakon
Stoltenberg Stoltenbergs
valg valget valgene valga
skole skolen skoler skolene skolane
politi politiet
sak saken saker sakene saka
dag dagen dager dagene dagane dagar
universitet universitetet universiteter
bok boken bøker bøkene boka
mann mannen menn mennene
virksomhet virksomheten virksomheter virksomhetene`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "etter mot under stat lov")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "e en et er ene a s es ede ere est ster str el t gt aa lt is us nn ane ar ert erte")
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
