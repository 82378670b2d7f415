package dialect

import "strings"

// languageCode returns the tag of a language that is named in English, or by a code of
// three letters (ISO 639-2, also the bibliographic ones), or by a tag already.
func languageCode(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, row := range []string{
		"ar arabic ara", "bg bulgarian bul", "ca catalan cat", "cs czech cze ces", "da danish dan", "de german ger deu",
		"el greek gre ell", "en english eng", "es spanish spa", "et estonian est", "fa persian per fas farsi", "fi finnish fin",
		"fr french fre fra", "he hebrew heb", "hi hindi hin", "hr croatian hrv", "hu hungarian hun", "id indonesian ind",
		"it italian ita", "ja japanese jpn", "ko korean kor", "lt lithuanian lit", "lv latvian lav", "ms malay may msa",
		"nl dutch dut nld", "no norwegian nor", "pl polish pol", "pt portuguese por", "ro romanian rum ron", "ru russian rus",
		"sk slovak slo slk", "sl slovenian slv", "sr serbian srp", "sv swedish swe", "th thai tha", "tr turkish tur",
		"uk ukrainian ukr", "ur urdu urd", "vi vietnamese vie", "zh chinese chi zho zhcn zhtw",
	} {
		tags := strings.Fields(row)
		for _, tag := range tags[1:] {
			if tag == name {
				return tags[0]
			}
		}
	}
	return name
}

// regionName returns the name of a region by its code in Factiva; empty where it isn't
// known. These are of the countries and regions that are asked for most.
func regionName(code string) string {
	names := map[string]string{
		"usa": "United States", "uk": "United Kingdom", "china": "China", "jap": "Japan", "gfr": "Germany", "fra": "France",
		"ital": "Italy", "spain": "Spain", "russ": "Russia", "india": "India", "braz": "Brazil", "austr": "Australia",
		"cana": "Canada", "mex": "Mexico", "ukrn": "Ukraine", "iran": "Iran", "iraq": "Iraq", "isrl": "Israel", "turk": "Turkey",
		"nkorea": "North Korea", "skorea": "South Korea", "saarab": "Saudi Arabia", "egypt": "Egypt", "taiwan": "Taiwan",
		"hkong": "Hong Kong", "syria": "Syria", "afgh": "Afghanistan", "pakis": "Pakistan", "venz": "Venezuela", "cuba": "Cuba",
		"asiaz": "Asia", "eurz": "Europe", "africaz": "Africa", "meastz": "Middle East",
	}
	return names[strings.ToLower(code)]
}

// sourceName returns the name of a source by its code in Factiva; empty where it isn't
// known. These are of the sources that are asked for most.
func sourceName(code string) string {
	names := map[string]string{
		"j": "Wall Street Journal", "nytf": "New York Times", "wp": "Washington Post", "usat": "USA Today",
		"latm": "Los Angeles Times", "grdn": "Guardian", "ftft": "Financial Times", "ec": "Economist", "lba": "Reuters",
	}
	return names[strings.ToLower(code)]
}
