package id

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
pilih memilih dipilih pemilih pemilihan terpilih pilihan
serang menyerang diserang penyerang penyerangan serangan
tembak menembak ditembak penembak penembakan tembakan
tolak menolak ditolak penolakan
bantu membantu dibantu bantuan pembantu
pemerintah pemerintahan memerintah
presiden presidennya kepresidenan
menteri kementerian
polisi polisinya kepolisian
umum mengumumkan diumumkan pengumuman
bunuh membunuh dibunuh pembunuh pembunuhan
duga menduga diduga dugaan
larang melarang dilarang larangan
harga harganya
ekonomi perekonomian
bertemu
Indonesia
Jakarta
Iran
Taiwan
ikan
Pakistan
Jokowi
pasukan
kerja bekerja pekerja pekerjaan
jabat menjabat pejabat
juta jutaan
undang mengundang diundang undangan
perusahaan
F16`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "terhadap salah negara hari kata orang perang")
}

func TestStemHolds(t *testing.T) {
	starts := ""
	for _, p := range prefixes {
		starts += p.letters + " "
	}
	languagetest.StemsOf(t, Language{}, "abdegiklmnoprstu1", starts, clitics.Rules+suffixes.Rules+verbSuffixes.Rules)
}

func TestTables(t *testing.T) {
	if why := clitics.Problem() + suffixes.Problem() + nounSuffixes.Problem() + verbSuffixes.Problem() + roots.Doubles(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
