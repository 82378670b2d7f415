package fa

import (
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/text"
)

// verbStems are the stems of the past and of the present of verbs that news has
// most. Verbs that are stop words, and those with a stem that is as often another
// word, such as that of dying, are left out.
const verbStems = `
	گفت گوی
	رفت رو
	آمد آی
	گرفت گیر
	خواست خواه
	توانست توان
	دانست دان
	نوشت نویس
	ساخت ساز
	رسید رس
	یافت یاب
	ماند مان
	آورد آور
	گذاشت گذار
	فرستاد فرست
	خرید خر
	فروخت فروش
	شناخت شناس
	پذیرفت پذیر
	پرداخت پرداز
	افزود افزای
	نشست نشین
	انداخت انداز
	افتاد افت
	گذشت گذر
	گشت گرد
	شکست شکن
	خواند خوان
	پرسید پرس
	فهمید فهم
	پیوست پیوند
	جنگید جنگ
	کشید کش
	رساند رسان
	گرداند گردان
	برگشت برگرد
	دریافت دریاب
	برداشت بردار
	شنید شنو
	دوید دو
	داد ده
	برد بر
	زد زن
	دید بین
	کرد کن
	شد شو`

// persons are the endings of the persons; that of the third person stands only in
// the present.
var persons = strings.Fields("م ی یم ید ند")

// verbs has the forms of verbs by their folded spelling, and the folded stem of the
// past that stands for each. A form that is as often a noun, such as the bare stem
// of the present, is none.
var verbs = sync.OnceValue(func() map[string]string {
	forms := make(map[string]string, 4096)
	for line := range strings.Lines(strings.TrimSpace(verbStems)) {
		stems := strings.Fields(line)
		past, present := stems[0], stems[1]
		stem := text.Fold(past)
		add := func(parts ...string) {
			if form := text.Fold(strings.Join(parts, "")); forms[form] == "" {
				forms[form] = stem
			}
		}
		for _, not := range [...]string{"", "ن"} {
			add(not, past)
			add(not, past, "ه")
			for _, person := range persons {
				if not != "" || person != "ی" && person != "م" {
					add(not, past, person)
				}
				add(not, "می", past, person)
				add(not, "می", present, person)
			}
			add(not, "می", past)
			add(not, "می", present, "د")
			add(not, past, "ه\u200cاند")
			add(not, past, "ه\u200cاست")
		}
		add("ب", present, "د")
		add("ب", present, "ند")
		add("ب", present, "یم")
	}
	return forms
})
