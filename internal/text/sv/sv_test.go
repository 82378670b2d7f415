package sv

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
minister ministern ministrar ministrarna ministerns
president presidenten presidenter presidenternas presidentens
regering regeringen regeringar regeringarna regeringens
riksdag riksdagen riksdagens
stat staten stater statens
stad staden städer städerna
kommun kommunen kommuner kommunerna
person personen personer personerna
polis polisen poliser
plats platsen platser
uppgift uppgiften uppgifter uppgifterna
makt makten makter
flicka flickan flickor flickorna
pojke pojken pojkar pojkarna
läkare läkaren läkarna läkarens
väljare väljarna
nyhet nyheten nyheter nyheterna
soldat soldaten soldater soldaterna
område området områden områdena
fängslad fängslas fängslade
marknad marknaden marknader
land landet länder länderna landets
ort orten orter orterna
nivå nivån nivåer nivåerna
populär populära
arbeta arbetar arbetade arbetat arbete arbetet arbeten arbetena
hus huset husen
bil bilen bilar bilarna
bok boken böcker
nyckel nyckeln nycklar nycklarna
svensk svenska svenskar svenskarna
viktig viktigt viktiga viktigare viktigaste
hög högt höga
svår svåra
ny nytt
Sverige Sveriges
Stockholm Stockholms
Löfven
Reinfeldt
val valet valen
väg vägen vägar
universitet universiteten universitetet
företag företaget företagen företagens
demokrat demokrater demokraterna`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "efter mot under stat lag")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "a en et ar er or arna erna n t s at ad ade are aren ster strar het el lar nn tt is us it")
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
