package extract

import "testing"

func TestFileOrder(t *testing.T) {
	for _, tt := range []struct {
		seen       []string
		date, want string
	}{
		{nil, "03/04/2026", "03/04/2026"},
		{[]string{"25/04/2026"}, "03/04/2026", "2026-04-03"},
		{[]string{"04/25/2026"}, "03/04/2026", "2026-03-04"},
		{[]string{"4-25-2026"}, "3-4-2026 10:00", "2026-03-04 10:00"},
		{[]string{"25/04/2026", "04/25/2026"}, "03/04/2026", "03/04/2026"},
		{[]string{"25/04/2026"}, "25/04/2026", "25/04/2026"},
		{[]string{"25.04.2026", "2026/25/04", "x", "13/13/2026", "3/4/26"}, "03/04/2026", "03/04/2026"},
		{[]string{"25/04/2026"}, "3/4/26", "3/4/26"},
		{[]string{"25/04/2026"}, "2026-04-03", "2026-04-03"},
	} {
		var o FileOrder
		for _, s := range tt.seen {
			o.See(s)
		}
		if got := o.Resolve(tt.date); got != tt.want {
			t.Errorf("%v: %s is %s, want %s", tt.seen, tt.date, got, tt.want)
		}
	}
	var o FileOrder
	o.SeeJSON([]byte(`[{"date": "03/04/2026", "text": "25 \"04/25/2026\" x"}, {"date": "25/04/2026"}, {"da`))
	if _, known := o.DayFirst(); known {
		t.Error("a date within a text was not seen to contradict")
	}
}
