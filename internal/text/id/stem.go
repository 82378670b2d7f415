package id

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word: the root, without the prefixes and
// suffixes that make verbs and nouns of it, and without the clitics behind it. It
// is a light stemmer, after that of F. Tala ("A Study of Stemming Effects on
// Information Retrieval in Bahasa Indonesia", 2003), and serves Malay as well. The
// first letter of a root that the prefixes meN- and peN- take the place of is put
// back. A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if root := roots.Stem(folded); root != "" {
		return root
	}
	word := clitics.Apply(folded)
	if root := roots.Stem(word); root != "" {
		return root
	}
	for i := range prefixes {
		if p := &prefixes[i]; p.fits(folded) {
			rest := clitics.Apply(folded[len(p.letters):])
			if p.noun {
				return p.lost + nounSuffixes.Apply(rest)
			}
			return p.lost + verbSuffixes.Apply(rest)
		}
	}
	return suffixes.Apply(word)
}

// StemPrefix returns nothing: words of a stem may have prefixes before it.
func (Language) StemPrefix(stem string) string {
	if ending.IsLetters(stem) {
		return ""
	}
	return stem
}

// clitics stand behind all other endings.
var clitics = ending.Table{Rules: `
	3  nya ku mu
	4  lah kah pun`}

// suffixes make verbs and nouns of a root, alone and behind a prefix of one of these.
var (
	suffixes = ending.Table{Rules: `
	4  kan an`}
	nounSuffixes = ending.Table{Rules: `
	3  an`}
	verbSuffixes = ending.Table{Rules: `
	3  kan
	4  an i`}
)

// prefix is one that stands before a root, or several that stand together.
type prefix struct {
	letters string
	before  string // the letters before which it stands, any if empty
	left    int    // letters behind it at least
	lost    string // the first letter of the root, which it takes the place of
	noun    bool   // whether it makes a noun
}

const vowels = "aeiou"

// prefixes have the longest first.
var prefixes = [...]prefix{
	{"memper", "", 4, "", false},
	{"diper", "", 4, "", false},
	{"keber", "", 4, "", true},
	{"keter", "", 4, "", true},
	{"meny", vowels, 3, "s", false},
	{"peny", vowels, 3, "s", true},
	{"meng", "", 3, "", false},
	{"peng", "", 3, "", true},
	{"mem", vowels, 3, "p", false},
	{"pem", vowels, 3, "p", true},
	{"mem", "bfvp", 3, "", false},
	{"pem", "bfvp", 3, "", true},
	{"men", vowels, 3, "t", false},
	{"pen", vowels, 3, "t", true},
	{"men", "cdjzst", 3, "", false},
	{"pen", "cdjzst", 3, "", true},
	{"ber", "", 4, "", false},
	{"ter", "", 4, "", false},
	{"per", "", 4, "", true},
	{"me", "lrwymn", 4, "", false},
	{"pe", "lrwymn", 4, "", true},
	{"di", "", 4, "", false},
	{"ke", "", 5, "", true},
}

func (p *prefix) fits(word string) bool {
	rest, ok := strings.CutPrefix(word, p.letters)
	return ok && len(rest) >= p.left && (p.before == "" || strings.IndexByte(p.before, rest[0]) >= 0)
}

// roots are words that begin or end as if they had prefixes or suffixes.
var roots = ending.Forms{Words: `
	ajar: belajar pelajar pelajaran mengajar pengajar ajaran
	bulan: bulan
	dewan: dewan
	ikan: ikan
	iran: iran
	gerak: gerak gerakan bergerak pergerakan menggerakkan
	jabat: jabat menjabat pejabat jabatan
	kerja: kerja bekerja pekerja pekerjaan kerjaan mengerjakan dikerjakan
	main: main bermain pemain permainan mainan memainkan dimainkan
	milik: milik memiliki dimiliki pemilik kepemilikan
	mohon: mohon memohon permohonan pemohon
	mulai: mulai memulai dimulai permulaan
	perdana: perdana
	perempuan: perempuan
	tangan: tangan menangani penanganan ditangani
	tembak: tembak tembakan menembak penembakan penembak ditembak
	tindak: tindak tindakan bertindak penindakan
	tolak: tolak tolakan menolak penolakan ditolak
	jalan: jalan berjalan perjalanan jalanan
	kata: kata katanya mengatakan dikatakan perkataan berkata
	kirim: kirim mengirim dikirim pengiriman kiriman mengirimkan
	kelola: mengelola pengelola pengelolaan dikelola kelola
	menteri: menteri kementerian
	merah: merah
	merdeka: merdeka kemerdekaan
	nikah: nikah menikah pernikahan menikahi dinikahi
	negara: negara kenegaraan
	papua: papua
	pasukan: pasukan
	pemilu: pemilu
	penting: penting kepentingan
	perang: perang berperang peperangan
	percaya: percaya kepercayaan dipercaya
	perintah: perintah pemerintah pemerintahan memerintah memerintahkan diperintahkan
	perlu: perlu keperluan memerlukan diperlukan
	pertama: pertama
	peristiwa: peristiwa
	polisi: polisi kepolisian
	presiden: presiden kepresidenan
	rakyat: rakyat kerakyatan
	selatan: selatan
	taiwan: taiwan
	terang: terang
	terus: terus meneruskan
	tentara: tentara
	tengah: tengah menengah pertengahan
	timur: timur
	pemuda: pemuda
	ketua: ketua
	kepala: kepala
	keluarga: keluarga
	kelompok: kelompok
	kereta: kereta
	kemudian: kemudian
	dinas: dinas
	direktur: direktur
	diplomat: diplomat diplomatik
	berita: berita pemberitaan memberitakan diberitakan
	berat: berat memberatkan
	besar: besar terbesar membesar`}
