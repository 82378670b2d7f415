package layout

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/analysis"
)

func TestDeriveTitle(t *testing.T) {
	for _, tt := range []struct{ lead, want string }{
		{"Prices fell.", "Prices fell"},
		{"According to a former pilot, the harbour is closed — meaning that ships wait.", "The harbour is closed"},
		{"The strait will be mined by spring, officials said on Tuesday.", "The strait will be mined by spring"},
		{"LONDON (Reuters) - The pound fell. It rose later.", "The pound fell"},
		{"WASHINGTON, March 5, 2026 (AP) — The pound fell.", "The pound fell"},
		{"Who gains? Nobody does.", "Who gains?"},
		{
			"The commission that had been asked to look into the causes of the fire found none, which surprised those who had lit it.",
			"The commission that had been asked to look into the causes of the fire found none",
		},
		{
			"The commission that had been asked to look into the causes of the fire and of the flood after it found none.",
			"The commission that had been asked to look into the causes of the fire and of the flood…",
		},
		{"“We shall not leave,” the governor said, and then he left.", "“We shall not leave,” the governor said, and then he left"},
		{"央行维持利率不变。市场下跌。", "央行维持利率不变"},
		{"... ---", ""},
		{"", ""},
	} {
		if got := DeriveTitle(analysis.Of(""), tt.lead); got != tt.want {
			t.Errorf("deriveTitle(%q)\n got %q\nwant %q", tt.lead, got, tt.want)
		}
	}
}

func TestTitleOfName(t *testing.T) {
	for name, want := range map[string]string{
		"2026-03-05-the-strait": "The strait",
		"kim_and_the_islands":   "Kim and the islands",
		"Bericht":               "Bericht",
		"a1b2c3":                "",
		"0001":                  "",
		"x":                     "",
	} {
		if got := TitleOfName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestDayInName(t *testing.T) {
	for name, want := range map[string]string{
		"2026-01-12-strait":   "2026-01-12",
		"strait-20260112":     "2026-01-12",
		"2026_01_12":          "2026-01-12",
		"202601120745":        "2026-01-12",
		"20260112074530 Note": "2026-01-12",
		"202601122545":        "",
		"2026011207":          "",
		"2026-13-12":          "",
		"2026-02-30":          "",
		"2026-0112":           "",
		"120260112":           "",
		"1650":                "",
	} {
		day, ok := DayInName(name)
		if got := day.Format("2006-01-02"); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s %v, want %q", name, got, ok, want)
		}
	}
}

func TestSplitNames(t *testing.T) {
	for in, want := range map[string][]string{
		"Ada Okoye":                                    {"Ada Okoye"},
		"Ada Okoye and Jan de Wit":                     {"Ada Okoye", "Jan de Wit"},
		"Ada Okoye, Jan de Wit & Li Na.":               {"Ada Okoye", "Jan de Wit", "Li Na"},
		"Okoye, Ada":                                   {"Okoye, Ada"},
		"Okoye, Ada, Jr.":                              {"Okoye, Ada, Jr."},
		"Okoye, Ada, MD":                               {"Okoye, Ada"},
		"Okoye, A.B. and Wit, J.":                      {"Okoye, A.B.", "Wit, J."},
		"Martin Okoye, Jr., and Li Na":                 {"Martin Okoye, Jr.", "Li Na"},
		"Ada Okoye; Jan de Wit":                        {"Ada Okoye", "Jan de Wit"},
		"Ada Okoye, MD, and Li Na, PhD":                {"Ada Okoye", "Li Na"},
		"Ada Okoye, Chief Reporter":                    {"Ada Okoye"},
		"Okoye, MD":                                    {"Okoye, MD"},
		"Editorial Board":                              {"Editorial Board"},
		"Ada Okoye, Professor of History and Politics": {"Ada Okoye"},
		"Ada Okoye, Editor, and Li Na":                 {"Ada Okoye", "Li Na"},
		"":                                             nil,
	} {
		if diff := cmp.Diff(want, SplitNames(in)); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}
