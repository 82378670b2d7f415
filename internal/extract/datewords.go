package extract

import (
	"strings"
	"sync"
	"time"
)

// months names the months, as foldDate leaves them: full names and the usual
// abbreviations, nominative and genitive. No name stands for two months in
// two of the languages; where one would, as "listopad" does in Polish and
// Czech, only one of them is read.
var months = sync.OnceValue(func() map[string]time.Month {
	names := [...]string{
		time.January:   "january jan januar jaenner janner janvier janv enero ene janeiro gennaio gen januari stycznia styczen sty января январь янв січня січень січ ocak oca",
		time.February:  "february feb februar febr feber fevrier fevr fev febrero fevereiro febbraio februari lutego luty lut февраля февраль фев лютого лютии лют subat sub şubat pebruari",
		time.March:     "march mar marz maerz mrz mars marzo marco maart mrt marts marca marzec марта март мар березня березень бер mart maret",
		time.April:     "april apr avril avr abril abr aprile aprili kwietnia kwiecien kwi апреля апрель апр квітня квітень кв квіт nisan nis",
		time.May:       "may mai mayo maio maggio mag mei maj maja мая маи травня травень трав mayis",
		time.June:      "june jun juni juin junio junho giugno giu czerwca czerwiec cze июня июнь июн червня червень черв haziran haz",
		time.July:      "july jul juli juillet juil julio julho luglio lug lipca lipiec lip июля июль июл липня липень лип temmuz tem",
		time.August:    "august aug aout agosto ago augustus augusti sierpnia sierpien sie августа август авг серпня серпень серп agustos agu agustus agt",
		time.September: "september sep sept septembre septiembre setiembre setembro set settembre wrzesnia wrzesien wrz сентября сентябрь сен сент вересня вересень вер eylul eyl",
		time.October:   "october oct oktober okt octobre octubre outubro out ottobre ott octobri pazdziernika pazdziernik paz октября октябрь окт жовтня жовтень жовт ekim eki",
		time.November:  "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя нояб листопада листопад лист kasim kas nopember",
		time.December:  "december dec dezember dez decembre diciembre dic dezembro dicembre desember des grudnia grudzien gru декабря декабрь дек грудня грудень груд aralik ara",
	}
	m := map[string]time.Month{}
	for month, list := range names {
		for _, name := range strings.Fields(list) {
			m[foldDate(name)] = time.Month(month)
		}
	}
	return m
})

// zone is an abbreviation of a time zone.
type zone struct {
	minutes int  // east of UTC
	us      bool // names both winter and summer time of a part of the United States
}

// zones are the abbreviations that news agencies and newspapers use. Where
// two zones share one, it is the one of the larger press.
var zones = map[string]zone{
	"z": {}, "utc": {}, "gmt": {}, "ut": {}, "wet": {},
	"et": {-300, true}, "ct": {-360, true}, "mt": {-420, true}, "pt": {-480, true},
	"est": {minutes: -300}, "edt": {minutes: -240}, "cst": {minutes: -360}, "cdt": {minutes: -300},
	"mst": {minutes: -420}, "mdt": {minutes: -360}, "pst": {minutes: -480}, "pdt": {minutes: -420},
	"akst": {minutes: -540}, "akdt": {minutes: -480}, "hst": {minutes: -600}, "brt": {minutes: -180},
	"bst": {minutes: 60}, "west": {minutes: 60}, "cet": {minutes: 60}, "mez": {minutes: 60}, "wat": {minutes: 60},
	"cest": {minutes: 120}, "mesz": {minutes: 120}, "eet": {minutes: 120}, "cat": {minutes: 120}, "sast": {minutes: 120},
	"eest": {minutes: 180}, "msk": {minutes: 180}, "eat": {minutes: 180}, "мск": {minutes: 180}, "trt": {minutes: 180},
	"pkt": {minutes: 300}, "ist": {minutes: 330}, "wib": {minutes: 420}, "ict": {minutes: 420},
	"hkt": {minutes: 480}, "sgt": {minutes: 480}, "myt": {minutes: 480}, "wita": {minutes: 480}, "awst": {minutes: 480},
	"jst": {minutes: 540}, "kst": {minutes: 540}, "acst": {minutes: 570},
	"aest": {minutes: 600}, "aedt": {minutes: 660}, "nzst": {minutes: 720}, "nzdt": {minutes: 780},
}

// fillers are the words that stand in and around dates and mean nothing:
// weekdays need not be among them, two unknown words are let pass.
var fillers = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("m t of at on the and de del di da le la el den der am um uhr kl klo om à a as alle ore h hrs hours " +
		"o clock year г года р року em på og kell pukul published updated posted date last modified created first " +
		"veroffentlicht aktualisiert erstellt stand vom publie mis jour publicado actualizado actualizada publicada atualizado publikacji opublikowano " +
		"mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday") {
		m[foldDate(w)] = true
	}
	return m
})
