package tr

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. It takes off the endings of nouns, one
// behind the other: that of a case, alone or together with those before it, then
// that of a possessor, then that of the plural. Of verbs it takes off the endings
// that news has most. The order is that of G. Eryiğit and E. Adalı ("An Affix
// Stripping Morphological Analyzer for Turkish", 2004). A last letter that is
// softer before a vowel is the hard one: kitabi has the stem of kitap.
//
// Of a name with an apostrophe before its endings it is the stem of the name.
func (l Language) Stem(folded string) string {
	word := folded
	if strings.IndexByte(word, '\'') > 0 {
		base := l.Base(word)
		if base == "" {
			return folded
		}
		word = base
	}
	if !ending.IsLetters(word) {
		return word
	}
	if stem := forms.Stem(word); stem != "" {
		return stem
	}
	stem := hard(numbers.Apply(possessors.Apply(cases.Apply(word))))
	if full := forms.Stem(stem); full != "" {
		return full
	}
	return stem
}

// hard returns a stem with p, t or k for b, d or g at its end.
func hard(stem string) string {
	if len(stem) < 3 {
		return stem
	}
	last := len(stem) - 1
	switch before := stem[last-1]; {
	case stem[last] == 'b':
		return stem[:last] + "p"
	case stem[last] == 'd':
		return stem[:last] + "t"
	case stem[last] == 'g' && (before == 'n' || ending.IsVowel(before)):
		return stem[:last] + "k"
	}
	return stem
}

// StemPrefix returns bytes that every word of a stem starts with: all of them, but
// for a last letter that may be softer.
func (Language) StemPrefix(stem string) string {
	n := forms.Kept(stem)
	if last := len(stem) - 1; last >= 2 && strings.IndexByte("ptk", stem[last]) >= 0 {
		n = min(n, last)
	}
	return stem[:n]
}

// cases are the endings of cases, with the possessor and the plural before them,
// and those of verbs.
var cases = ending.Table{Rules: `
	2  tta>t tte>t
	3  mak>m mek>m maya>m meye>m masi>m mesi>m masini>m mesini>m masinin>m mesinin>m masina>m mesine>m
	3  masinda>m mesinde>m malari>m meleri>m malarini>m melerini>m malarin>m melerin>m makta>m mekte>m
	3  maktan>m mekten>m maktadir>m mektedir>m malar>m meler>m
	2  e i u da de in la dan den dir ina ine ini lar ler siz ten tir ydu yla daki deki imiz inda
	2  inde inin lara lari leri taki teki ymis inden larda larin larla lerin sunda lardan larina
	2  larini larinda larinin larindan
	3  le lu un ye yu dur mis mus niz tan una unu yan ydi yen yle yor acak amaz arak digi
	3  dugu ecek emez erek ildi ilen iyor madi mali medi meli sini tigi tugu
	3  ulan uldu unda unun uyor acagi ecegi mamis memis miyor muyor sinin
	3  undan abilir digini dugunu ebilir iyordu iyorum
	3  mistir mustur sindan tigini tugunu uyordu uyorum acagini acaktir diklari dikleri duklari
	3  ecegini ecektir iyorlar uyorlar
	3  diklerini duklarini
	4  di du im li ne si su ya yi nde tur nden sina sine suna sunu ndaki ndeki
	4  sinda sinde sunun sinden
	5  a ki ta`}

// possessors are what may stand before the ending of a case.
var possessors = ending.Table{Rules: `
	2  i in lar ler siz suz imiz iniz lari leri umuz unuz
	3  u lu miz
	4  n cu im li si um`}

// numbers are the plural, and vowels that are as often an ending as a part of the
// word.
var numbers = ending.Table{Rules: `
	2  i lar ler
	3  e u
	4  n
	5  a`}

// forms are names that end as forms do, and stems that lose a vowel before an
// ending that begins with one.
var forms = ending.Forms{Words: `
	akil: akl
	suriye: suriye suriyenin suriyede suriyeye suriyeden suriyeyi suriyeyle suriyedeki suriyeli suriyeliler suriyelilerin
	turkiye: turkiye turkiyenin turkiyede turkiyeye turkiyeden turkiyeyi turkiyeyle turkiyedeki turkiyeli turkiyeliler turkiyelilerin
	emir: emr
	fikir: fikr
	hukum: hukm
	isim: ism
	kisim: kism
	nehir: nehr
	ogul: ogl
	polis: polis polisi
	sehir: sehr
	sekil: sekl
	adana: adana adanali
	afganistan: afganistan
	afrika: afrika afrikali
	almanya: almanya almanyali
	amerika: amerika amerikali
	antalya: antalya antalyali
	arjantin: arjantin
	asya: asya asyali
	atina: atina atinali
	avrupa: avrupa avrupali
	avustralya: avustralya avustralyali
	avusturya: avusturya avusturyali
	azerbaycan: azerbaycan
	bahceli: bahceli
	baku: baku
	belarus: belarus
	biden: biden
	brezilya: brezilya brezilyali
	britanya: britanya britanyali
	bulgaristan: bulgaristan
	bursa: bursa bursali
	cin: cin
	erdogan: erdogan
	ermenistan: ermenistan
	filistin: filistin
	fransa: fransa fransali
	gazze: gazze gazzeli
	gurcistan: gurcistan
	hindistan: hindistan
	imamoglu: imamoglu
	ispanya: ispanya ispanyali
	israil: israil
	italya: italya italyali
	japonya: japonya japonyali
	kanada: kanada kanadali
	katar: katar
	kilicdaroglu: kilicdaroglu
	konya: konya konyali
	kore: kore koreli
	kuba: kuba kubali
	kudus: kudus
	kuveyt: kuveyt
	lefkose: lefkose lefkoseli
	libya: libya libyali
	londra: londra londrali
	macron: macron
	makron: makron
	malatya: malatya malatyali
	meksika: meksika meksikali
	merkel: merkel
	misir: misir
	netanyahu: netanyahu
	pakistan: pakistan
	pekin: pekin
	polonya: polonya polonyali
	putin: putin
	romanya: romanya romanyali
	rusya: rusya
	sakarya: sakarya sakaryali
	tayvan: tayvan
	tunus: tunus
	ukrayna: ukrayna ukraynali
	umman: umman
	venezuela: venezuela venezuelali
	viyana: viyana viyanali
	yemen: yemen
	yunanistan: yunanistan
	zelenski: zelenski
	vakit: vakt`}
