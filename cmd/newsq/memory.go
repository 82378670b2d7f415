package main

import (
	"strconv"
	"strings"
)

// minMemory and maxMemory bound --memory: below, batches would be too small to
// be worth writing; above, a number was likely meant in other units.
const (
	minMemory = 16 << 20
	maxMemory = 1 << 40
)

// parseMemory reads a size such as 256MB, 1.5G or 300000000, in bytes.
func parseMemory(s string) (int64, error) {
	const hint = "write a size such as 256MB or 1GB, from 16MB on"
	number := strings.ToUpper(strings.TrimSpace(s))
	number = strings.TrimSuffix(strings.TrimSuffix(number, "B"), "I")
	unit := 1.0
	for letter, size := range map[string]float64{"K": 1 << 10, "M": 1 << 20, "G": 1 << 30} {
		if before, ok := strings.CutSuffix(number, letter); ok {
			number, unit = before, size
			break
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(n*unit >= minMemory && n*unit <= maxMemory) {
		return 0, usageError(hint, "--memory can't be %q", s)
	}
	return int64(n * unit), nil
}
