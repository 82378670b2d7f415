package hu

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. Endings stand one behind the other, and the table has them
// together. It is a light stemmer, as that of J. Savoy ("Light Stemming Approaches
// for the French, Portuguese, German and Hungarian Languages", 2006). A word with
// other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return again.Apply(endings.Apply(folded))
}

// StemPrefix returns bytes that every word of a stem starts with.
func (Language) StemPrefix(stem string) string {
	return stem[:min(forms.Kept(stem), again.Kept(stem), endings.Kept(stem))]
}

// endings are those of nouns and verbs, as far as tables of forms say that they do
// more good than harm. That of "with" doubles the consonant before it.
var endings = ending.Table{Rules: `
	2  nnal>n nnel>n rral>r rrel>r llal>l llel>l ssal>s ssel>s ttal>t ttel>t ggal>g ggel>g
	2  mmal>m mmel>m zzal>z zzel>z ddal>d ddel>d bbal>b bbel>b nnyal>ny nnyel>ny ggyal>gy ggyel>gy sszal>sz sszel>sz
	1  in>in
	4  oi oen oket ata
	3  jenek jeben jetek akan akra akban akkal aknak ukat ebel
	2  e bb be ei ek en ig ja ne ni od ok om on ra re ta va ban ben bol eig ere gal hez hoz jak jam
	2  jan jat jen jon juk ket nak nal nam nek nel nem nia ott pal rel rol sal tak tal tam tol tuk
	2  unk val vel eben eken eket ekre evel junk kben kent kkel knek otta uket ekben ekkel eknek
	2  jaban janak jatok
	3  j n o t ba em et ot uk ve abb ani ebb ebe kor kre lek nie tad tel zel enek nunk okat
	3  okon okban okkal
	4  d k ed ik je nk te ze eni ert ett kal kat tek tem zuk anak
	5  a ak an at ol ul aba ara tet aban abol akat aval ette heto tunk`}

// again is the accusative, which looks like the end of nouns such as masolat: it goes
// behind another ending, too.
var again = ending.Table{Rules: `
	5  at`}

// forms are words that end as forms do.
var forms = ending.Forms{Words: `
	ban: ban
	brusszel: brusszel brusszelben brusszelbe brusszelbol brusszelnek brusszelt brusszellel brusszelig brusszelre brusszeli
	budapest: budapest budapesti budapestiek
	katon: katona katonak
	miniszter: miniszter minisztert minisztere miniszterek miniszterei miniszterre
	bank: bank bankok bankot bankja
	orban: orban orbant orbanok
	elnok: elnok elnokot elnokok elnoke elnokei elnoknek elnokkel
	ukran: ukran ukranok ukranokat
	iran: iran irant iranok
	irak: irak irakot
	part: part partok partot partja partjai
	pont: pont pontok pontot pontja
	jelent: jelent jelentett jelentette
	szint: szint szintje szintet szintek szintjen
	szent: szent szentek
	ember: ember emberek embert embereket embere
	haboru: haboru haboruk haborut haboruban haborunak haborurol
	rendszer: rendszer rendszert rendszerek`}
