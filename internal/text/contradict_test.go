package text

import "testing"

func TestContradictLanguage(t *testing.T) {
	const (
		german  = "Der Minister sagte am Montag, dass die Gespräche wegen der Wahl in den Herbst verlegt worden sind. Die Opposition kritisierte das und verlangte, dass noch in diesem Monat ein neuer Termin genannt wird. Eine Antwort gab es bis zum Abend nicht."
		danish  = "Havnen i byen har været lukket siden mandag, og ingen ved, hvornår skibene kan sejle igen. Ministeren sagde, at regeringen vil se på sagen efter ferien, men hun ville ikke sige noget om, hvad det kommer til at koste."
		russian = "Министр сказал в понедельник, что переговоры из-за выборов перенесены на осень. Оппозиция раскритиковала это решение и потребовала назвать новую дату."
	)
	for _, tt := range []struct{ stated, in, want string }{
		{"en", german, "de"},
		{"en-US", german, "de"},
		{"de", german, ""},
		{"de-AT", german, ""},
		{"lb", german, ""}, // nobody can tell it from German
		{"nb", danish, ""}, // too close
		{"sv", danish, "da"},
		{"en", german[:100], ""}, // too little
		{"uk", russian, "ru"},
		{"ru-UA", russian, ""},
		{"fr", "12 34 56 78", ""},
	} {
		if got, ok := ContradictLanguage(tt.stated, tt.in); got != tt.want || ok != (tt.want != "") {
			t.Errorf("ContradictLanguage(%q, %.30q) = %q, %v, want %q", tt.stated, tt.in, got, ok, tt.want)
		}
	}
}
