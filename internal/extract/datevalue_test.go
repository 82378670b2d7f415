package extract

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// What programs and databases make of a date in JSON, and what is none.
func TestDateTexts(t *testing.T) {
	const (
		day    = "2023-11-09T00:00:00Z"
		minute = "2023-11-09T07:45:00Z"
	)
	for _, tc := range []struct{ in, want string }{
		{`"9 November 2023"`, day},
		{`1699515900`, minute},
		{`20231109074500`, minute},
		{`[2023, 11, 9]`, day},
		{`[2023, 11, 9, 7, 45]`, minute},
		{`[2023, 11, 9, 7, 45, 30]`, "2023-11-09T07:45:30Z"},
		{`[2023, 11, 9, 7, 45, 30, 250000000]`, "2023-11-09T07:45:30.25Z"},
		{`[2023, 11, 9, 7, 45, 0, 3, 313, 0]`, minute}, // struct tm
		{`[2023, 11, 9, 7, 45, 0, 0, "Europe/Berlin"]`, "2023-11-09T06:45:00Z"},
		{`["2023", "11", "09"]`, day},
		{`[[2023, 11, 9]]`, day},
		{`[2023, 11]`, "2023-11-01T00:00:00Z"},
		{`["2023-11-09"]`, day},
		{`[null, "", "2023-11-09"]`, day},
		{`[1699515900000]`, minute},
		{`[{"$date": "2023-11-09"}]`, day},
		{`{"seconds": 1699515900, "nanoseconds": 0}`, minute},
		{`{"seconds": "1699515900", "nanos": 250000000}`, "2023-11-09T07:45:00.25Z"},
		{`{"_seconds": 1699515900, "_nanoseconds": 0}`, minute},
		{`{"epochSecond": 1699515900, "nano": 0}`, minute},
		{`{"sec": 1699515900, "usec": 0}`, minute},
		{`{"iso": "2023-11-09T07:45:00Z"}`, minute},
		{`{"__type": "Date", "iso": "2023-11-09T07:45:00.000Z"}`, minute},
		{`{"$date": "2023-11-09T07:45:00Z"}`, minute},
		{`{"$date": {"$numberLong": "1699515900000"}}`, minute},
		{`{"$date": 1699515900000}`, minute},
		{`{"date": "2023-11-09 07:45:00.000000", "timezone_type": 3, "timezone": "Europe/Berlin"}`, "2023-11-09T06:45:00Z"},
		{`{"date": "2023-11-09 07:45:00.000000", "timezone_type": 1, "timezone": "+01:00"}`, "2023-11-09T07:45:00+01:00"},
		{`{"dateTime": "2023-11-09T07:45:00.0000000", "timeZone": "UTC"}`, minute},
		{`{"dateTime": "2023-11-09T07:45:00Z", "timeZone": "Europe/Berlin"}`, minute},
		{`{"date": "2023-11-09", "time": "07.45"}`, minute},
		{`{"year": 2023, "month": 11, "day": 9}`, day},
		{`{"year": 2023, "month": "NOVEMBER", "monthValue": 11, "dayOfMonth": 9, "hour": 7, "minute": 45, "second": 0, "nano": 0}`, minute},
		{`{"year": 2023, "month": "November", "day": 9}`, day},
		{`{"date": {"year": 2023, "month": 11, "day": 9}, "time": {"hour": 7, "minute": 45, "second": 0, "nano": 0}}`, minute},
		{`{"year": {"low": 2023, "high": 0}, "month": {"low": 11, "high": 0}, "day": {"low": 9, "high": 0}}`, day},
		{`{"time": 1699515900000, "year": 123, "month": 10, "date": 9, "hours": 7, "minutes": 45}`, minute},
		{`{"@value": "2023-11-09", "@type": "Date"}`, day},
		{`{"#text": "2023-11-09", "@attr": {"zone": "x"}}`, day},
		{`{"S": "2023-11-09"}`, day},
		{`{"N": "1699515900"}`, minute},
		{`{"date-parts": [[2023, 11, 9]]}`, day},
		{`{"$d": "2023-11-09T07:45:00Z", "$y": 2023, "$M": 10, "$D": 9, "$L": "en"}`, minute},
		{`{"display": "3 hours ago", "iso": "2023-11-09"}`, day},
		{`{"value": {"value": [2023, 11, 9]}}`, day},

		{in: `[2023, 13, 9]`},
		{in: `[2023, 2, 30]`},
		{in: `[2023, 2024]`},
		{in: `[2023, 11, 9, 27]`},
		{in: `[9, 11, 2023]`},
		{`[1699515900, 1699602300]`, minute},
		{in: `[]`},
		{in: `{}`},
		{in: `true`},
		{in: `null`},
		{in: `{"id": 20231109}`},
		{in: `{"url": "/2023/11/09"}`},
		{in: `[[[[[["2023-11-09"]]]]]]`},
		{in: `{"seconds": 0}`},
		{in: `{"year": 123}`},
		{in: `[1, 2, 3]`},
		{in: `{"name": "soon"}`},
	} {
		d := json.NewDecoder(strings.NewReader(tc.in))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			t.Fatal(tc.in, err)
		}
		got := ""
		for _, s := range DateTexts(v) {
			if at, ok := ParseDate(s); ok {
				got = at.Format(time.RFC3339Nano)
				break
			}
		}
		if got != tc.want {
			t.Errorf("%s: %q of %q, want %q", tc.in, got, DateTexts(v), tc.want)
		}
	}
}
