package ro

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
președinte președintele președintelui președinți președinții președinților
ministru miniștri ministrul ministrului miniștrii miniștrilor
minister ministerul ministerului ministere ministerele
guvern guvernul guvernului guverne
stat statul statului state statele statelor
oraș orașul orașului orașe orașele orașelor
țară țări țara țării țările țărilor
alegeri alegerile alegerilor alegere alegerea
lege legea legi legii legile legilor
partid partidul partidului partide partidele
parte părți partea părții
parlament parlamentul parlamentului
deputat deputatul deputați deputații deputaților deputata
militar militară militari militare
național națională naționali naționale
român română români româneasca românesc românești
România României
Rusia Rusiei
universitate universitatea universități universității
consiliu consiliul consiliului consilii
război războiul războiului
an ani anul anii anilor anului
om oameni omul oamenii
zi zile ziua zilele
program programul programului programe programele
sistem sistemul sistemului sisteme
francez franceză francezi franceze francezul
european europeană europeni europene
vorbi vorbește vorbesc vorbind
lucra lucrează
spune spunea
București
Iohannis
Ponta
euro
bancă banca
femeie femei femeia femeile femeilor
copil copilul copilului`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "stat contra fara Parlament")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "a e i ii ul ului ele elor ile ilor uri urile ia iei iul iu ea esc este eaza and oasa eana u an stat")
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
