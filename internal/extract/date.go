package extract

import (
	"strings"
	"time"

	"github.com/itlightning/dateparse"
)

// ParseDate reads a date as the world writes it.
func ParseDate(s string) (time.Time, bool) {
	t, err := dateparse.ParseAny(strings.TrimSpace(s))
	if err != nil || t.Year() < 1600 || t.Year() > 2100 {
		return time.Time{}, false
	}
	return t, true
}
