package dialect

import "testing"

func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"2020": "2020", "20200131": "2020-01-31", "202001": "2020-01", "2020-01-31": "2020-01-31", "2020/1/31": "2020-01-31",
		"1/31/2020": "2020-01-31", "31/1/2020": "2020-01-31", "1/2/2020": "2020-01-02", "1/31/20": "2020-01-31", "1/31/98": "1998-01-31",
		"1/2020": "2020-01", "jan 2020": "2020-01", "January 31, 2020": "2020-01-31", "31 Jan 2020": "2020-01-31", "-7": "7d",
		"2/30/2020": "", "13/13/2020": "", "next": "", "": "", "99999999": "",
	} {
		r := &reader{dialect: Nexis, text: text}
		if got := r.day(token{end: len(text)}, text); got != want || (r.err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", text, got, r.err, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for word, want := range map[string]string{
		"bank": "banks", "company": "companies", "day": "days", "tax": "taxes", "class": "classes", "rates": "rates", "church": "churches", "y": "ys",
	} {
		if got := pluralOf(word); got != want {
			t.Errorf("%s is %s, want %s", word, got, want)
		}
	}
}

func TestLanguageCode(t *testing.T) {
	for name, want := range map[string]string{"English": "en", "eng": "en", "en": "en", "ger": "de", "pt-BR": "pt-br", "chi": "zh", "volapük": "volapük"} {
		if got := languageCode(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
