package alias

import (
	"testing"

	"github.com/newsq/newsq/internal/analysis"
)

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		text, want string
		kind       Kind
	}{
		{"U.S.", "United States", Place},
		{"US", "United States", Place},
		{"us", "", UnknownKind},
		{"Britain", "United Kingdom", Place},
		{"DPRK", "North Korea", Place},
		{"Obama", "Barack Obama", Person},
		{"Barack Obama", "Barack Obama", Person},
		{"Clinton", "", UnknownKind},
		{"WHO", "World Health Organization", Organization},
		{"Who", "", UnknownKind},
		{"Department of Justice", "Justice Department", UnknownKind},
		{"Deutschland", "Germany", Place},
		{"Somebody Else", "", UnknownKind},
		{"", "", UnknownKind},
	} {
		name, kind, ok := Starter().Canonical(analysis.Of("en"), c.text)
		if name != c.want || kind != c.kind || ok != (c.want != "") {
			t.Errorf("Canonical(%q) = %q, %v, %v; want %q, %v", c.text, name, kind, ok, c.want, c.kind)
		}
	}
}

func TestNamesInLanguage(t *testing.T) {
	find := func(lang, text string) (w WorldName, ok bool) {
		for n := range WorldNames(lang) {
			if n.Text == text {
				return n, true
			}
		}
		return w, false
	}
	for _, want := range []WorldName{
		{"Афганистан", "ru", "Afghanistan", Place, false, false},
		{"Россия", "ru", "Russia", Place, false, false},
		{"Трамп", "ru", "Donald Trump", Person, false, true},
		{"Donald Trump", "de", "Donald Trump", Person, false, false},
		{"ONU", "fr", "United Nations", Organization, false, false},
	} {
		if got, ok := find(want.Lang, want.Text); !ok || got != want {
			t.Errorf("%s in %s is %+v, %v; want %+v", want.Text, want.Lang, got, ok, want)
		}
	}
	if _, ok := find("zh", "Donald Trump"); ok {
		t.Error("an English name is one in Chinese")
	}
}
