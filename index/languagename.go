package index

import "strings"

// LanguageName returns the English name of a language, given by its BCP 47 tag, with what
// the tag says beside: "Portuguese (BR)" for pt-BR. Of a language that it has no name for
// it returns nothing.
func LanguageName(tag string) string {
	primary, rest, _ := strings.Cut(tag, "-")
	name := languageName(strings.ToLower(primary))
	if name == "" || rest == "" {
		return name
	}
	return name + " (" + rest + ")"
}

// languageName returns the name of a language in Unicode CLDR, for the languages that most
// newspapers are in.
func languageName(primary string) string {
	switch strings.ToLower(primary) {
	case "af":
		return "Afrikaans"
	case "am":
		return "Amharic"
	case "ar":
		return "Arabic"
	case "az":
		return "Azerbaijani"
	case "be":
		return "Belarusian"
	case "bg":
		return "Bulgarian"
	case "bn":
		return "Bangla"
	case "bs":
		return "Bosnian"
	case "ca":
		return "Catalan"
	case "cs":
		return "Czech"
	case "cy":
		return "Welsh"
	case "da":
		return "Danish"
	case "de":
		return "German"
	case "el":
		return "Greek"
	case "en":
		return "English"
	case "es":
		return "Spanish"
	case "et":
		return "Estonian"
	case "eu":
		return "Basque"
	case "fa":
		return "Persian"
	case "fi":
		return "Finnish"
	case "fil":
		return "Filipino"
	case "fr":
		return "French"
	case "ga":
		return "Irish"
	case "gl":
		return "Galician"
	case "gu":
		return "Gujarati"
	case "ha":
		return "Hausa"
	case "he":
		return "Hebrew"
	case "hi":
		return "Hindi"
	case "hr":
		return "Croatian"
	case "hu":
		return "Hungarian"
	case "hy":
		return "Armenian"
	case "id":
		return "Indonesian"
	case "ig":
		return "Igbo"
	case "is":
		return "Icelandic"
	case "it":
		return "Italian"
	case "ja":
		return "Japanese"
	case "ka":
		return "Georgian"
	case "kk":
		return "Kazakh"
	case "km":
		return "Khmer"
	case "kn":
		return "Kannada"
	case "ko":
		return "Korean"
	case "ku":
		return "Kurdish"
	case "ky":
		return "Kyrgyz"
	case "lb":
		return "Luxembourgish"
	case "lo":
		return "Lao"
	case "lt":
		return "Lithuanian"
	case "lv":
		return "Latvian"
	case "mk":
		return "Macedonian"
	case "ml":
		return "Malayalam"
	case "mn":
		return "Mongolian"
	case "mr":
		return "Marathi"
	case "ms":
		return "Malay"
	case "mt":
		return "Maltese"
	case "my":
		return "Burmese"
	case "nb":
		return "Norwegian Bokmål"
	case "ne":
		return "Nepali"
	case "nl":
		return "Dutch"
	case "nn":
		return "Norwegian Nynorsk"
	case "no":
		return "Norwegian"
	case "pa":
		return "Punjabi"
	case "pl":
		return "Polish"
	case "ps":
		return "Pashto"
	case "pt":
		return "Portuguese"
	case "ro":
		return "Romanian"
	case "ru":
		return "Russian"
	case "sd":
		return "Sindhi"
	case "si":
		return "Sinhala"
	case "sk":
		return "Slovak"
	case "sl":
		return "Slovenian"
	case "so":
		return "Somali"
	case "sq":
		return "Albanian"
	case "sr":
		return "Serbian"
	case "sv":
		return "Swedish"
	case "sw":
		return "Swahili"
	case "ta":
		return "Tamil"
	case "te":
		return "Telugu"
	case "tg":
		return "Tajik"
	case "th":
		return "Thai"
	case "ti":
		return "Tigrinya"
	case "tk":
		return "Turkmen"
	case "tr":
		return "Turkish"
	case "ug":
		return "Uyghur"
	case "uk":
		return "Ukrainian"
	case "ur":
		return "Urdu"
	case "uz":
		return "Uzbek"
	case "vi":
		return "Vietnamese"
	case "yo":
		return "Yoruba"
	case "zh":
		return "Chinese"
	case "zu":
		return "Zulu"
	}
	return ""
}
