package tr

import "testing"

func TestBase(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"ankara'nin", "ankara"},
		{"istanbul'da", "istanbul"},
		{"istanbul'daki", "istanbul"},
		{"turkiye'den", "turkiye"},
		{"erdogan'i", "erdogan"},
		{"bakanligi'ndan", "bakanligi"},
		{"nato'ya", "nato"},
		{"izmir'le", "izmir"},
		{"izmir'liler", "izmir"},
		{"2024'te", "2024"},
		{"avrupa'nin'da", ""},
		{"kur'an", ""},
		{"o'brien", ""},
		{"x'da", ""},
		{"ankara", ""},
		{"ankara'", ""},
		{"a'dadadadadadadadadadada", ""},
	} {
		if got := (Language{}).Base(tt.word); got != tt.want {
			t.Errorf("base of %q: got %q, want %q", tt.word, got, tt.want)
		}
	}
}
