package hu

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Orbán Orbánt Orbánnak Orbánnal Orbánhoz
Trump Trumpot Trumpnak Trumpról
Putyin Putyint Putyinnak Putyinnal
Magyarország Magyarországot Magyarországon Magyarországra Magyarországról Magyarországnak
Oroszország Oroszországot Oroszországnak Oroszországgal
Ukrajna Ukrajnát Ukrajnában Ukrajnának Ukrajnával
Irán Iránt Iránban Iránnak
Budapest Budapesten Budapestre Budapesttől
miniszter miniszterek miniszternek minisztert miniszterrel minisztere
kormány kormányt kormánynak kormányok kormányban kormánnyal kormánya
elnök elnököt elnöknek elnökök elnökkel elnöke
választás választások választást választáson választásokon
háború háborút háborúban háborúk háborúról
törvény törvényt törvények törvényben törvényeket
párt pártok pártot pártnak pártja
ország országok országot országban országokban országnak
gazdaság gazdaságot gazdaságnak gazdaságban
bíróság bíróságot bíróságnak bíróságok
rendőrség rendőrséget rendőrségnek
döntés döntést döntések döntésről
szankció szankciók szankciókat
másolat másolatok másolatot másolatokat
használat használata használatot
képviselő képviselők képviselői képviselőket
kötelező kötelezően
szint szintje szintjének
katona katonák katonát katonákat
bank bankok bankot bankban
város városok városban várost városokban
orosz oroszok oroszokat
újságíró újságírók újságírókat`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "ellen kormány ország nap év")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, endings.Rules)
}

func TestTables(t *testing.T) {
	if why := endings.Problem() + again.Problem() + forms.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
