package extract

import (
	"strings"
	"sync"
	"time"
)

// summerTime says when clocks are put forward where a zone has a name for
// winter and summer together.
type summerTime uint8

const (
	noSummer summerTime = iota
	usSummerTime
	euSummerTime
	// britishSummer is the zone of a name that is British Summer Time in
	// summer, and in winter another's.
	britishSummer
)

// zone is an abbreviation of a time zone.
type zone struct {
	minutes int // east of UTC
	summer  summerTime
	// of are the minutes by country, where a name has several meanings none of
	// which is far more frequent in the press. Elsewhere it means nothing.
	of map[string]int
}

// zones are the abbreviations that news agencies and newspapers use. Where
// two zones share one, it is the one of the larger press, unless it has of.
var zones = sync.OnceValue(func() map[string]zone {
	return map[string]zone{
		"z": {}, "utc": {}, "gmt": {}, "ut": {}, "wet": {},
		"et": {-300, usSummerTime, nil}, "ct": {-360, usSummerTime, nil}, "mt": {-420, usSummerTime, nil},
		"pt": {-480, usSummerTime, nil}, "uk": {0, euSummerTime, nil},
		"est": {minutes: -300}, "edt": {minutes: -240}, "cdt": {minutes: -300},
		"mst": {minutes: -420}, "mdt": {minutes: -360}, "pst": {minutes: -480}, "pdt": {minutes: -420},
		"akst": {minutes: -540}, "akdt": {minutes: -480}, "hst": {minutes: -600}, "adt": {minutes: -180},
		"nst": {minutes: -210}, "ndt": {minutes: -150}, "brt": {minutes: -180}, "art": {minutes: -180}, "uyt": {minutes: -180},
		"bot": {minutes: -240}, "vet": {minutes: -240}, "cot": {minutes: -300}, "pet": {minutes: -300},
		"west": {minutes: 60}, "cet": {minutes: 60}, "mez": {minutes: 60}, "met": {minutes: 60}, "wat": {minutes: 60},
		"cest": {minutes: 120}, "mesz": {minutes: 120}, "mest": {minutes: 120}, "eet": {minutes: 120}, "oez": {minutes: 120},
		"cat": {minutes: 120}, "sast": {minutes: 120},
		"eest": {minutes: 180}, "oesz": {minutes: 180}, "msk": {minutes: 180}, "мск": {minutes: 180}, "eat": {minutes: 180},
		"trt": {minutes: 180}, "tsi": {minutes: 180}, "idt": {minutes: 180},
		"irst": {minutes: 210}, "gst": {minutes: 240}, "azt": {minutes: 240}, "aft": {minutes: 270},
		"pkt": {minutes: 300}, "uzt": {minutes: 300}, "slst": {minutes: 330}, "npt": {minutes: 345}, "mmt": {minutes: 390},
		"wib": {minutes: 420}, "ict": {minutes: 420},
		"hkt": {minutes: 480}, "sgt": {minutes: 480}, "myt": {minutes: 480}, "pht": {minutes: 480}, "wita": {minutes: 480},
		"awst": {minutes: 480}, "wit": {minutes: 540}, "jst": {minutes: 540}, "kst": {minutes: 540},
		"acst": {minutes: 570}, "acdt": {minutes: 630}, "aest": {minutes: 600}, "aedt": {minutes: 660},
		"nzst": {minutes: 720}, "nzdt": {minutes: 780},

		"bst": {minutes: 60, summer: britishSummer},
		"ist": {of: map[string]int{"IN": 330, "IE": 60, "IL": 120}},
		"cst": {of: map[string]int{"US": -360, "CA": -360, "MX": -360, "CN": 480, "TW": 480}},
		"ast": {of: map[string]int{"CA": -240, "PR": -240, "SA": 180, "KW": 180, "QA": 180, "BH": 180, "IQ": 180}},
		"sst": {of: map[string]int{"SG": 480}}, "amt": {of: map[string]int{"BR": -240, "AM": 240}},
		"ect": {of: map[string]int{"EC": -300}}, "wst": {of: map[string]int{}},
	}
})

// location returns the zone of a place such as europe/berlin; nil when it is
// not known, or where neither the system nor the program has the names of
// zones.
func location(name string) *time.Location {
	b := []byte(name)
	for i := range b {
		if i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-' {
			b[i] = strings.ToUpper(string(b[i]))[0]
		}
	}
	switch strings.TrimPrefix(string(b), "Etc/") {
	case "Utc", "Gmt", "Zulu", "Uct":
		return time.UTC
	}
	for _, s := range [...]string{string(b), smallWords.Replace(string(b))} {
		if loc, err := time.LoadLocation(s); err == nil {
			return loc
		}
	}
	return nil
}

// smallWords are the parts of such names that are not written with a capital.
var smallWords = strings.NewReplacer("_Of_", "_of_", "_Es_", "_es_", "-Au-", "-au-", "/Dumontd", "/DumontD")

// endsInStrangeZone reports whether a text ends in a time of day and what looks
// like the abbreviation of a zone, and is none that is known.
func endsInStrangeZone(s string) bool {
	if last := s[len(s)-1]; last != '.' && last != ')' && (last < 'A' || last > 'Z') {
		return false
	}
	m := lastAbbreviation().FindStringSubmatch(s)
	if m == nil {
		return false
	}
	w := strings.ToLower(m[1])
	_, isZone := zones()[w]
	_, isLabel := dateLabels()[w]
	return !isZone && !isLabel && months()[w] == 0 && !fillers()[w] && !clockWords()[w] && w != "am" && w != "pm"
}

var lastAbbreviation = pattern(`\d[:.h]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?\s+\(?([A-Z]{2,5})\)?\.?$`)

// usSummer reports whether clocks in the United States show summer time on a
// day. The rule is that of 2007, from the second Sunday of March to the first
// of November; a day in the weeks where older rules differed may be read an
// hour off.
func usSummer(year, month, day int) bool {
	switch {
	case month == 3:
		return day >= sunday(year, time.March, 2)
	case month == 11:
		return day < sunday(year, time.November, 1)
	}
	return month > 3 && month < 11
}

// euSummer reports the same of Europe: from the last Sunday of March to the
// last of October.
func euSummer(year, month, day int) bool {
	const week = 7
	switch {
	case month == 3:
		return day > 31-week && day >= sunday(year, time.April, 1)+31-week
	case month == 10:
		return day < sunday(year, time.November, 1)+31-week
	}
	return month > 3 && month < 10
}

// sunday returns the day of the nth Sunday of a month.
func sunday(year int, month time.Month, nth int) int {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return 1 + (7-int(first.Weekday()))%7 + 7*(nth-1)
}
