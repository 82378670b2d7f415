package index

import "testing"

func TestLanguageName(t *testing.T) {
	for tag, want := range map[string]string{
		"de": "German", "pt-BR": "Portuguese (BR)", "zh-Hant": "Chinese (Hant)", "EN": "English", "": "", "xx": "", "und": "",
	} {
		if got := LanguageName(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
	for _, tag := range analyzedLanguages() {
		if LanguageName(tag) == "" {
			t.Errorf("%s has no name", tag)
		}
	}
}

// analyzedLanguages are the languages that have analyzers.
func analyzedLanguages() []string {
	var tags []string
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			if tag := string([]rune{a, b}); analyzerOf(tag).Tag() == tag {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}
