package main

import "testing"

func TestReadMemory(t *testing.T) {
	for s, want := range map[string]int64{
		"256MB": 256 << 20, "256mb": 256 << 20, "256M": 256 << 20, "256MiB": 256 << 20, " 1.5 GB ": 3 << 29,
		"16384K": 16 << 20, "300000000": 300000000, "300000000B": 300000000,
		"": 0, "MB": 0, "lots": 0, "15MB": 0, "256": 0, "-1GB": 0, "NaN": 0, "1e30": 0, "inf": 0, "256TB": 0, "2MMB": 0,
	} {
		got, err := parseMemory(s)
		if got != want || (err == nil) != (want > 0) {
			t.Errorf("memory of %q is %d, %v; want %d", s, got, err, want)
		}
	}
}
