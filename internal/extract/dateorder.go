package extract

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// dateOrder is what the language of a text tells of the dates in it.
type dateOrder struct {
	dayFirst bool
	language string // ISO 639, empty when not known
	region   string // ISO 3166, where it is stated or the language leaves no doubt
}

// monthFirst are the languages, and the countries of a language, where a date
// in figures begins with the month or the year, by CLDR. Canada's English has
// either order, and leaves it at the one that is read where nothing is known.
var monthFirst = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"en": true, "en-US": true, "en-AS": true, "en-GU": true, "en-MP": true, "en-PR": true, "en-UM": true, "en-VI": true,
		"en-PH": true, "en-CA": true, "en-LR": true, "en-MH": true, "en-BI": true,
		"es-US": true, "es-PR": true, "es-PA": true, "fil": true, "tl": true, "chr": true, "haw": true, "lkt": true, "ee": true, "zu": true,
		"zh": true, "zh-CN": true, "zh-TW": true, "ja": true, "ko": true, "hu": true, "mn": true, "ii": true, "ug": true,
	}
})

// home are the countries of languages that are at home in one, for the
// abbreviations of zones.
var home = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"hi": "IN", "mr": "IN", "ta": "IN", "te": "IN", "gu": "IN", "kn": "IN", "ml": "IN", "pa": "IN", "or": "IN", "as": "IN",
		"ga": "IE", "he": "IL", "zh": "CN", "hy": "AM",
	}
})

// DayFirst reports whether a date in figures, such as 05/03/2024, begins with
// the day in a language, which may be a BCP 47 tag, or the name of a language.
// That is so in most, and in English where a country other than the United
// States and a few is named. In a language that is empty or not known it is
// not.
func DayFirst(name string) bool { return orderOf(name).dayFirst }

func orderOf(name string) dateOrder {
	if name == "" {
		return dateOrder{}
	}
	tag := statedLanguage(name)
	if tag == language.Und {
		return dateOrder{}
	}
	base, script, region := tag.Raw()
	o := dateOrder{language: base.String(), region: region.String()}
	if o.region == "ZZ" {
		o.region = home()[o.language]
		if script.String() == "Hant" {
			o.region = "TW"
		}
		o.dayFirst = !monthFirst()[o.language]
		return o
	}
	o.dayFirst = !monthFirst()[o.language+"-"+o.region]
	return o
}

// StatedLanguage returns the language that a source states, as a BCP 47 tag:
// it may be one already, perhaps with an underscore, or the name of a language.
// It is empty for anything else.
func StatedLanguage(s string) string {
	if tag := statedLanguage(s); tag != language.Und {
		return tag.String()
	}
	return ""
}

// statedLanguage reads the language that a source states: a tag, perhaps with
// an underscore, one of three letters, several, or its name.
func statedLanguage(s string) language.Tag {
	s, _, _ = strings.Cut(s, ",")
	s = strings.TrimSpace(s)
	if len(s) > maxLanguageName {
		return language.Und
	}
	s, _, _ = strings.Cut(s, ".") // en_GB.UTF-8
	if tag, err := language.Parse(s); err == nil {
		return tag
	}
	s = strings.ToLower(s)
	if tag, ok := languageNames()[s]; ok {
		return language.Raw.Make(tag)
	}
	first, country, _ := strings.Cut(nameParts.Replace(s), " ")
	if tag, ok := languageNames()[country]; ok && !strings.Contains(tag, "-") { // British English
		first, country = country, first
	}
	tag, ok := languageNames()[first]
	if !ok || strings.Contains(tag, "-") {
		return language.Und
	}
	if region, ok := countryNames()[strings.TrimSpace(country)]; ok {
		tag += "-" + region
	}
	return language.Raw.Make(tag)
}

// nameParts parts the name of a language from that of a country: English (British).
var nameParts = strings.NewReplacer("(", "", ")", "", "-", " ", ",", " ")

// maxLanguageName is longer than any name of a language.
const maxLanguageName = 40

// countryNames are the countries that are named beside English and others,
// where they decide about the order.
var countryNames = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"uk": "GB", "united kingdom": "GB", "great britain": "GB", "british": "GB", "gb": "GB", "us": "US", "usa": "US",
		"united states": "US", "american": "US", "australia": "AU", "australian": "AU", "ireland": "IE", "irish": "IE",
		"new zealand": "NZ", "india": "IN", "indian": "IN", "canada": "CA", "canadian": "CA", "south africa": "ZA",
		"south african": "ZA", "brazil": "BR", "brazilian": "BR", "brasil": "BR", "portugal": "PT",
	}
})

// languageNames are the names under which sources write languages, in English
// and in the language itself, and the codes of libraries that are no tags.
var languageNames = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"english": "en", "french": "fr", "français": "fr", "francais": "fr", "fre": "fr", "german": "de", "deutsch": "de", "ger": "de",
		"italian": "it", "italiano": "it", "spanish": "es", "español": "es", "espanol": "es", "castellano": "es",
		"portuguese": "pt", "português": "pt", "portugues": "pt", "dutch": "nl", "nederlands": "nl", "dut": "nl",
		"danish": "da", "dansk": "da", "swedish": "sv", "svenska": "sv", "norwegian": "no", "norsk": "no", "bokmål": "nb",
		"nynorsk": "nn", "finnish": "fi", "suomi": "fi", "icelandic": "is", "íslenska": "is", "ice": "is", "polish": "pl",
		"polski": "pl", "czech": "cs", "čeština": "cs", "cze": "cs", "slovak": "sk", "slovenčina": "sk", "slo": "sk",
		"slovenian": "sl", "slovene": "sl", "slovenščina": "sl", "croatian": "hr", "hrvatski": "hr", "serbian": "sr", "srpski": "sr",
		"српски": "sr", "bosnian": "bs", "bosanski": "bs", "macedonian": "mk", "bulgarian": "bg", "български": "bg",
		"romanian": "ro", "română": "ro", "romana": "ro", "rum": "ro", "hungarian": "hu", "magyar": "hu", "greek": "el",
		"ελληνικά": "el", "gre": "el", "albanian": "sq", "shqip": "sq", "alb": "sq", "russian": "ru", "русский": "ru",
		"ukrainian": "uk", "українська": "uk", "belarusian": "be", "estonian": "et", "eesti": "et", "latvian": "lv",
		"lithuanian": "lt", "turkish": "tr", "türkçe": "tr", "turkce": "tr", "azerbaijani": "az", "armenian": "hy", "arm": "hy",
		"georgian": "ka", "geo": "ka", "arabic": "ar", "العربية": "ar", "hebrew": "he", "עברית": "he", "persian": "fa", "farsi": "fa",
		"فارسی": "fa", "per": "fa", "urdu": "ur", "اردو": "ur", "hindi": "hi", "हिन्दी": "hi", "bengali": "bn", "bangla": "bn",
		"marathi": "mr", "tamil": "ta", "telugu": "te", "gujarati": "gu", "punjabi": "pa", "indonesian": "id",
		"bahasa indonesia": "id", "malay": "ms", "bahasa melayu": "ms", "may": "ms", "vietnamese": "vi", "tiếng việt": "vi",
		"thai": "th", "ไทย": "th", "chinese": "zh", "中文": "zh", "chi": "zh", "japanese": "ja", "日本語": "ja", "korean": "ko",
		"한국어": "ko", "catalan": "ca", "català": "ca", "galician": "gl", "galego": "gl", "basque": "eu", "euskara": "eu", "baq": "eu",
		"welsh": "cy", "cymraeg": "cy", "wel": "cy", "irish": "ga", "gaeilge": "ga", "swahili": "sw", "kiswahili": "sw",
		"afrikaans": "af", "tagalog": "tl", "filipino": "fil",
	}
})
