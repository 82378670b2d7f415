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
		{
			"部长星期一表示，由于选举，会谈已推迟到秋季，反对党批评了这一决定，并要求在本月底之前公布新的日期，直到晚上都没有人回答记者的问题。",
			"部长星期一表示，由于选举，会谈已推迟到秋季，反对党批评了这一决定…",
		},
		{"新华社北京3月5日电（记者 王明）总理作政府工作报告。会议继续。", "总理作政府工作报告"},
		{"【ソウル共同】韓国政府は5日、新しい対策を発表した。", "韓国政府は5日、新しい対策を発表した"},
		{"(서울=연합뉴스) 홍길동 기자 = 정부가 5일 새로운 대책을 발표했다. 야당은 반대했다.", "정부가 5일 새로운 대책을 발표했다"},
		{"القاهرة (رويترز) - قال وزير النفط إن بلاده ستزيد إنتاجها. ولم يذكر موعدا.", "قال وزير النفط إن بلاده ستزيد إنتاجها"},
		{"मंत्री ने सोमवार को कहा कि वार्ता टाल दी गई है। कारण नहीं बताया गया।", "मंत्री ने सोमवार को कहा कि वार्ता टाल दी गई है"},
		{"Москва, 5 марта. Переговоры перенесены на осень.", "Переговоры перенесены на осень"},
		{"МОСКВА, 5 мар — РИА Новости. Переговоры перенесены на осень.", "Переговоры перенесены на осень"},
		{"МОСКВА, 5 марта. /ТАСС/. Переговоры перенесены на осень.", "Переговоры перенесены на осень"},
		{"По словам министра, переговоры перенесены на осень.", "Переговоры перенесены на осень"},
		{"Berlin (dpa) - Die Gespräche sind verlegt worden. Das war alles.", "Die Gespräche sind verlegt worden"},
		{"Madrid, 5 mar (EFE).- Las conversaciones se han aplazado. Nada más.", "Las conversaciones se han aplazado"},
		{"Segons el ministre, les converses s'ajornen fins a la tardor.", "Les converses s'ajornen fins a la tardor"},
		{"Η κυβέρνηση ανακοίνωσε νέα μέτρα. Γιατί τώρα; Κανείς δεν ξέρει.", "Η κυβέρνηση ανακοίνωσε νέα μέτρα"},
		{"Nokia (NOK) - the company said so. It did.", "Nokia (NOK) - the company said so"},
		{"... ---", ""},
		{"", ""},
	} {
		if got := DeriveTitle(analysis.Of(""), tt.lead); got != tt.want {
			t.Errorf("deriveTitle(%q)\n got %q\nwant %q", tt.lead, got, tt.want)
		}
	}
}

// What websites put between paragraphs is no heading and no lead.
func TestBoilerplate(t *testing.T) {
	for s, want := range map[string]bool{
		"Lesen Sie auch: Was die Wahl bedeutet": true, "Читайте также: Что значит победа": true, "関連記事：日銀が利上げ": true,
		"Publicidad": true, "ADVERTISEMENT": true, "Publicidad y política": false, "Реклама в школах запрещена": false, "写真家が語る": false,
		"Fotografen streiken": false,
	} {
		if got := isBoilerplate(s); got != want {
			t.Errorf("isBoilerplate(%q) = %v", s, got)
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
