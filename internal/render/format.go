package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// Count writes n of something: "1 article", "28,279 articles".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return humanize.Comma(int64(n)) + " " + many
}

// Indefinite writes a noun with its article: "a source", "an author".
func Indefinite(noun string) string {
	if strings.ContainsAny(noun[:min(1, len(noun))], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

// Duration writes d as precisely as a person needs it:
// "0.4 ms", "312 ms", "21.4 s", "3 min 5 s".
func Duration(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 99.95:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	case d < time.Minute-50*time.Millisecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	d = d.Round(time.Second)
	if d < time.Hour {
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}

// formatRate writes how many bytes a second were read.
func formatRate(bytes int64, took time.Duration) string {
	if took <= 0 {
		return "0 B/s"
	}
	return humanize.Bytes(uint64(float64(max(bytes, 0))/took.Seconds())) + "/s"
}

func (p *page) day(t time.Time) string { return Day(t, p.opt.Location) }

// Day writes the day on which an article appeared: the one by which it is counted and
// filtered in a location, of which nil is that of the system.
func Day(t time.Time, loc *time.Location) string { return formatDate(index.LocalTime(t, loc)) }

// formatDate writes a day as news writes it, in the zone of t.
func formatDate(t time.Time) string { return t.Format("2 Jan 2006") }

// firstFew returns the first n values, clean, and after them the number of the
// others, as "+3".
func firstFew(values []string, n int) []string {
	var shown []string
	for i, v := range values {
		if i == n {
			return append(shown, fmt.Sprintf("+%d", len(values)-n))
		}
		shown = append(shown, Clean(v))
	}
	return shown
}
