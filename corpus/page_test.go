package corpus

import (
	"errors"
	"strings"
	"testing"
)

// What a page states of dates and authors and what can't be read is told, with
// the place and the beginning.
func TestPageUnread(t *testing.T) {
	text := "<p>" + strings.Repeat("The ships wait outside the harbour. ", 20) + "</p>"
	articles, errs := parse(t, "html", []byte(`<title>Delay</title><meta property="article:published_time" content="two tides ago">`+text))
	if len(articles) != 1 || !articles[0].Published.IsZero() || len(errs) != 1 || !errors.Is(errs[0], ErrPartial) {
		t.Fatalf("%+v, %v", articles, errs)
	}
	for _, want := range []string{"published", "article:published_time", "two tides ago"} {
		if !strings.Contains(errs[0].Error(), want) {
			t.Errorf("%v does not say %q", errs[0], want)
		}
	}
}

// Templates say that all is English; a text that is surely not goes before.
func TestPageLanguage(t *testing.T) {
	const swahili = "Waziri alisema siku ya Jumatatu kwamba mazungumzo hayo yameahirishwa kwa sababu ya uchaguzi, na kwamba watu wa bandari watakuwa na kazi kama kawaida. "
	const english = "The minister said on Monday that the talks had been moved to the autumn, and that the people of the harbour would have work as before. "
	for _, tc := range []struct{ lang, text, want string }{
		{"en-US", swahili, "sw"},
		{"en-US", english, "en-US"},
		{"sw", swahili, "sw"},
		{"de", english, "en"}, // nor does another language win that the text contradicts
	} {
		articles, errs := parse(t, "html", []byte(`<html lang="`+tc.lang+`"><title>Delay</title><p>`+strings.Repeat(tc.text, 4)))
		if len(articles) != 1 || len(errs) != 0 || articles[0].Language != tc.want {
			t.Errorf("%s: %+v, %v, want %s", tc.lang, articles, errs, tc.want)
		}
	}
}
