package en

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
)

func TestClosed(t *testing.T) {
	for word, want := range map[string]string{
		"xi'an": "xian", "qur'anic": "quranic", "solov'yov": "solovyov", "baha'i": "bahai", "o'brien": "obrien",
		"ta'izz": "taizz", "o'zbekiston": "ozbekiston", "ka'aba": "kaaba", "ra'anana": "raanana", "об'єкт": "обєкт",
		"we're": "", "she'll": "", "can't": "", "i'm": "", "they've": "", "he'd": "", "couldn't've": "", "rock'n": "",
	} {
		if got := (Language{}).Closed(word); got != want {
			t.Errorf("%q without apostrophes: got %q, want %q", word, got, want)
		}
	}
}

// TestVariants: words with hyphens have a form for each way in which news spells
// them, and in English also that of the singular within.
func TestVariants(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"passers-by", "passersbi passerbi"},
		{"runners-up and editors-in-chief", "runnersup runnerup editorsinchief editorinchief"},
		{"secretaries-general", "secretariesgener secretariesgeneral secretarygener secretarygeneral"},
		{"news-stand", "newsstand"},
		{"policy-makers", "policymak policymaker"},
		{"policy-making", "policymak policymake"},
		{"e-mails", "email"},
		{"T-72s", "t72"},
		{"fact-checked", "factcheck"},
		{"we're-back", ""},
		{"U.S.-led run-s", "uslead runs"}, // nothing is left of the last part
		{"co-ops add-ons G-7", "coop addon g7"},
	} {
		tk := text.NewTokenizer(Language{})
		var got []string
		for _, v := range tk.Variants(nil, tt.in, tk.Tokens(nil, tt.in)) {
			got = append(got, v.Stem)
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("stems of the variants of %q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}
