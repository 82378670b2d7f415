package layout

import "strings"

// Datelines whose place isn't in capitals, or which have no dash, as agencies of
// other languages write them. Each begins a text, and ends with the space behind it.
var agencyLines = [...]func(string) string{
	// Berlin (dpa) - Madrid, 5 mar (EFE).- القاهرة (رويترز) -
	matcher(`^[\p{Lu}\p{Lo}][^()\n]{1,50}\((?:` + agencies + `)(?:[/ -][^()]{1,20})?\)\s?\.?\s?[-–—]{1,2}\s`),
	// Москва, 5 марта. - РИА Новости. /ТАСС/.
	matcher(`^\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?, \d{1,2} \p{Ll}+\.?(?: \d{4}(?: г\.)?)?\s?` +
		`(?:[—–-] (?:` + agencies + `)\.\s|\.?\s?/(?:` + agencies + `)/\.?\s|\.\s)`),
	// What is left of these when the place was cut off.
	matcher(`^(?:` + agencies + `)\.\s`),
	// 新华社北京3月5日电 （东京5日电）
	matcher(`^[（(]?\p{Han}{2,16}\d{1,2}(?:月\d{1,2})?日(?:电|電|讯|訊)[）)]?(?:\s?[（(](?:记者|記者)[^）)]{1,40}[）)])?\s*`),
	// 【ソウル共同】
	matcher(`^【[^】\n]{1,20}】\s*`),
	// (서울=연합뉴스) 홍길동 기자 =
	matcher(`^\([^()=\n]{1,20}=[^()\n]{1,20}\)\s*(?:[^=\n]{2,30}(?:기자|특파원)\s?=\s)?`),
}

// agencies are the names of news agencies as they stand in datelines.
const agencies = `dpa|AFP|AP|Reuters|REUTERS|EFE|ANSA|PAP|MTI|ČTK|TASR|APA|ANP|Belga|TT|NTB|Ritzau|STT|Lusa|LUSA|Europa Press|ACN|KNA|epd|SID|sid|ATS|SDA|` +
	`Agerpres|AGERPRES|BTA|БТА|Hina|HINA|Tanjug|TANJUG|Танјуг|Beta|Бета|AA|DHA|İHA|ANTARA|Antara|Xinhua|PTI|IANS|UPI|` +
	`РИА Новости|Интерфакс|ТАСС|Укрінформ|УНІАН|Інтерфакс-Україна|` +
	`رويترز|أ ف ب|أ\.ف\.ب|فرانس برس|د ب أ|واس|وام|وكالات|ایرنا|ایسنا|تسنیم|भाषा|वार्ता|एएनआई|TTXVN`

// matcher returns a function that gives the match of a pattern at the start of a text,
// which is empty if there is none.
func matcher(expr string) func(string) string {
	re := pattern(expr)
	return func(s string) string { return re().FindString(s) }
}

// cutAgency takes the dateline of an agency off the start of a text.
func cutAgency(s string) string {
	head := Prefix(s, maxDatelineBytes)
	for _, match := range agencyLines {
		if line := match(head); line != "" && len(line) < len(strings.TrimSpace(s)) {
			s = s[len(line):]
			head = Prefix(s, maxDatelineBytes)
		}
	}
	return s
}
