package extract

import "time"

// Precision is how much of a moment a date tells.
type Precision uint8

// The precisions.
const (
	ToDay Precision = iota
	ToYear
	ToMonth
	ToMinute
	ToSecond
)

// Date is a date as a text tells it.
type Date struct {
	// Time is the beginning of what the text names.
	Time      time.Time
	Precision Precision
	// Zone is the zone that the text states for a time of day; nil where it states
	// none, or none that is known.
	Zone *time.Location
}

// String writes a date in the form of ISO 8601 with no more than the text tells:
// "2014", "2014-05", "2014-05-30", "2014-05-30T09:20", "2014-05-30T09:20:05+02:00". The
// offset zero is Z.
func (d Date) String() string {
	layout := time.DateOnly
	switch d.Precision {
	case ToYear:
		layout = "2006"
	case ToMonth:
		layout = "2006-01"
	case ToMinute:
		layout = "2006-01-02T15:04"
	case ToSecond:
		layout = "2006-01-02T15:04:05"
	}
	t := d.Time
	if d.Precision >= ToMinute && d.Zone != nil {
		t = t.In(d.Zone)
		layout += "Z07:00"
	}
	return t.Format(layout)
}

// DateOfTime is a date of which nothing but the time is known: one at midnight UTC is
// taken for a day.
func DateOfTime(t time.Time) Date {
	h, m, s := t.Clock()
	if _, offset := t.Zone(); offset == 0 && h+m+s == 0 && t.Nanosecond() == 0 {
		return Date{Time: t, Precision: ToDay}
	}
	return Date{Time: t, Precision: ToSecond, Zone: t.Location()}
}
