package extract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// datesOfCalendars writes the dates of other calendars as those of the Gregorian one,
// where they can be told for sure: years of Japanese eras and of the Republic of China,
// dates in Chinese numerals, and those of the Iranian calendar, by the names of its
// months, or in figures where the language or the digits are Persian. The Islamic calendar
// depends on who sees the moon where, and is left alone. Language is a base tag.
func datesOfCalendars(s, language string) string {
	if isASCII(s) && language != "fa" {
		return s
	}
	s = norm.NFKC.String(s)
	if strings.Contains(s, "年") {
		s = eraYear().ReplaceAllStringFunc(s, gregorianEra)
		s = hanDate().ReplaceAllStringFunc(s, hanFigures)
	}
	s = thaiMonths.Replace(s)
	if m := iranianDate().FindStringSubmatch(s); m != nil {
		return strings.Replace(s, m[0], iranian(m[3], 1+slices.Index(iranianNames[:], m[2])%12, m[1], m[0]), 1)
	}
	if m := iranianFigures().FindStringSubmatch(s); m != nil && (language == "fa" || language == "" && isPersian(m[1])) {
		return strings.Replace(s, m[0], iranian(m[1], digitsOf(m[2]), m[3], m[0]), 1)
	}
	return s
}

var (
	eraYear        = pattern(`(令和|平成|昭和|大正|明治|民國|民国)\s?(元|\d{1,3})\s?年`)
	hanDate        = pattern(`([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号號])?)?`)
	iranianFigures = pattern(`(\d{4}|[۰-۹]{4})[/-](\d{1,2}|[۰-۹]{1,2})[/-](\d{1,2}|[۰-۹]{1,2})`)
	iranianDate    = pattern(`([0-9۰-۹٠-٩]{1,2})\s+(` + strings.Join(iranianNames[:], "|") + `)(?:\s+ماه|\x{200c}ماه)?,?،?\s+([0-9۰-۹٠-٩]{4})`)
)

// beforeEra returns the year before the first one of an era.
func beforeEra(name string) int {
	switch name {
	case "令和":
		return 2018
	case "平成":
		return 1988
	case "昭和":
		return 1925
	case "明治":
		return 1867
	}
	return 1911 // 大正, and the Republic of China
}

// gregorianEra writes the year of an era.
func gregorianEra(s string) string {
	m := eraYear().FindStringSubmatch(s)
	n, _ := strconv.Atoi(m[2])
	if m[2] == "元" { // the first
		n = 1
	}
	return strconv.Itoa(beforeEra(m[1])+n) + "年"
}

// hanFigures writes a date in Chinese numerals with digits.
func hanFigures(s string) string {
	m := hanDate().FindStringSubmatch(s)
	year := strings.Map(func(r rune) rune { return rune('0' + hanDigit(r)) }, m[1])
	s = year + "年"
	if m[2] != "" {
		s += strconv.Itoa(hanNumber(m[2])) + "月"
	}
	if m[3] != "" {
		s += strconv.Itoa(hanNumber(m[3])) + "日"
	}
	return s
}

func hanDigit(r rune) int {
	for i, d := range []rune("〇一二三四五六七八九") {
		if d == r {
			return i
		}
	}
	return 0 // 零, ○
}

// hanNumber reads a number below 100, such as 二十九.
func hanNumber(s string) int {
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		tens, ones = "", s
	}
	n := 0
	for _, r := range ones {
		n = 10*n + hanDigit(r)
	}
	switch {
	case !found:
		return n
	case tens == "":
		return 10 + n
	}
	first := []rune(tens)[0]
	return 10*hanDigit(first) + n
}

// thaiMonths are the abbreviations of months in Thai.
var thaiMonths = strings.NewReplacer("ม.ค.", "มกราคม", "ก.พ.", "กุมภาพันธ์", "มี.ค.", "มีนาคม", "เม.ย.", "เมษายน", "พ.ค.", "พฤษภาคม",
	"มิ.ย.", "มิถุนายน", "ก.ค.", "กรกฎาคม", "ส.ค.", "สิงหาคม", "ก.ย.", "กันยายน", "ต.ค.", "ตุลาคม", "พ.ย.", "พฤศจิกายน", "ธ.ค.", "ธันวาคม",
	"พ.ศ.", "")

// iranianNames are the months in Iran, and in Afghanistan, in their order.
var iranianNames = [...]string{
	"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
	"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت",
}

// The years of the Iranian calendar that are read: 1921 to 2071.
const (
	firstIranian = 1300
	lastIranian  = 1450
)

// iranian writes a date of the Iranian calendar as one of the Gregorian, or as it is if
// there is no such day.
func iranian(year string, month int, day, asIs string) string {
	y, d := digitsOf(year), digitsOf(day)
	if y < firstIranian || y > lastIranian || month < 1 || month > 12 || d < 1 || d > 31 || month > 6 && d > 30 {
		return asIs
	}
	t := iranianDay(y, month, d)
	if month == 12 && d == 30 && t.Equal(iranianDay(y+1, 1, 1)) {
		return asIs // not a leap year
	}
	return t.Format(time.DateOnly)
}

// iranianDay returns the day of a date. Of 33 years 8 are leap years, which holds for
// all years that are read; the first day of 1403 is 20 March 2024.
func iranianDay(year, month, day int) time.Time {
	const cycle, leaps, shift = 33, 8, 1595 // the shift brings the leap years to their places within the cycle
	days := func(year, month, day int) int {
		year += shift
		n := 365*year + year/cycle*leaps + (year%cycle+3)/4 + day
		if month <= 7 {
			return n + 31*(month-1)
		}
		return n + 186 + 30*(month-7)
	}
	return time.Date(2024, 3, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days(year, month, day)-days(1403, 1, 1))
}

// digitsOf reads a number in any decimal digits.
func digitsOf(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r >= '۰' && r <= '۹':
			r -= '۰'
		case r >= '٠' && r <= '٩':
			r -= '٠'
		default:
			r -= '0'
		}
		n = 10*n + int(r)
	}
	return n
}

// isPersian reports whether a number is in Persian digits.
func isPersian(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= '۰' && r <= '۹' })
}
