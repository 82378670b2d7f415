package tr

import (
	"testing"

	"github.com/newsq/newsq/internal/text/ending"
	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Ankara Ankara'da Ankara'nın Ankara’ya
İstanbul İstanbul'da İstanbul'un
Türkiye Türkiye'nin Türkiye'de
Suriye Suriye'de Suriyeli
Erdoğan Erdoğan'ın Erdoğan'a
İran İran'ın İranlı
bakan bakanı bakanın bakana bakanlar bakanları
bakanlık bakanlığı bakanlığının bakanlıklar
başkan başkanı başkanın başkanlar
hükümet hükümeti hükümetin hükümete hükümetler
seçim seçimi seçimler seçimleri seçimlerde seçimlerin
parti partinin partiler partisi partiye
ülke ülkenin ülkeler ülkelerin ülkede
kitap kitabı kitaplar kitabın kitapları
şehir şehri şehirler şehirde şehrin
kent kentin kentler kentte
asker askerler askerleri askerlerin
gazeteci gazeteciler gazetecilerin
meclis meclisin meclise
mahkeme mahkemenin mahkemeler
karar kararı kararlar kararın
ordu ordunun ordusu
polis polisi polisler polisin
saldırı saldırılar saldırının
ekonomi ekonominin ekonomisi
açıklama açıklamak açıklamalar açıklamaya açıklaması açıklamasını
açıkladı açıklayan
görüşme görüşmeler görüşmenin
okul okulda okullar okulun
isim ismi isimler
banka bankalar
Moskova Moskova'nın
Almanya Almanya'da Almanyalı
Romanya Romanya'nın
Atina Atina'da
alma
at
al
NATO NATO'nun NATO'ya
F16`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "karşı Kim savaş Türkiye ülke yıl gün doğru")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, cases.Rules+possessors.Rules+numbers.Rules+" ab ad ag 'da 'nin")
}

func TestTables(t *testing.T) {
	for _, table := range []*ending.Table{&cases, &possessors, &numbers} {
		if why := table.Problem(); why != "" {
			t.Error(why)
		}
	}
	if why := forms.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
