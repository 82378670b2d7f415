package index

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// recency is a decay by age: what a score has above that of the last candidate is halved
// for each half-life. Zero is none.
type recency struct {
	halfLife time.Duration
	now      time.Time // from which ages are counted
}

func (r *recency) on() bool { return r.halfLife > 0 }

// decay returns the factor of an article of this date: 1 for one of now or later, 0 for
// one without a date.
func (r *recency) decay(published time.Time) float64 {
	switch {
	case !r.on():
		return 1
	case published.IsZero():
		return 0
	}
	age := max(0, r.now.Sub(published))
	return math.Exp2(-float64(age) / float64(r.halfLife))
}

// The units of a half-life. A month is a twelfth of a year of 365.25 days.
var halfLifeUnits = []struct {
	letter string
	length time.Duration
}{
	{"h", time.Hour},
	{"d", 24 * time.Hour},
	{"w", 7 * 24 * time.Hour},
	{"m", 730*time.Hour + 30*time.Minute},
	{"y", 8766 * time.Hour},
}

// maxHalfLife keeps ages and half-lives within what a time.Duration holds.
const maxHalfLife = 100 * 8766 * time.Hour

// ParseHalfLife returns the half-life that a text such as "90d" means, for Query.Recency:
// a whole number from 1 on and a unit, h, d, w, m (months) or y; up to 100 years. The empty
// text is none.
func ParseHalfLife(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	for _, u := range halfLifeUnits {
		number, ok := strings.CutSuffix(s, u.letter)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 32)
		if err != nil || n == 0 || n > uint64(maxHalfLife/u.length) {
			break
		}
		return time.Duration(n) * u.length, nil
	}
	return 0, fmt.Errorf("half-life %q is not a number with h, d, w, m or y behind it, such as 90d, of at most 100y", s)
}
