package wire

import (
	"math"
	"time"

	"github.com/newsq/newsq/index"
)

// Timeline is how many articles a query finds over time: newsq timeline --json.
type Timeline struct {
	Format int    `json:"format"`
	Query  string `json:"query"`           // as it was typed
	AsOf   string `json:"as_of,omitempty"` // as if nothing later had been published
	Per    string `json:"per"`             // of a bucket: day, week, month, quarter or year
	By     string `json:"by,omitempty"`    // what it is split by
	// Total is how many articles match, and All how many there are that they are compared
	// with. Those of them without a date are in no bucket.
	Total      int              `json:"total"`
	All        int              `json:"all"`
	Undated    int              `json:"undated"`
	UndatedAll int              `json:"undated_all"`
	Buckets    []TimelineBucket `json:"buckets"`
	// Series are the largest values of By, Others the articles with none of them, and More
	// how many further values these have.
	Series     []TimelineSeries `json:"series,omitempty"`
	Others     *TimelineSeries  `json:"others,omitempty"`
	More       int              `json:"more,omitempty"`
	BurstPer   string           `json:"burst_per,omitempty"` // in which bursts are looked for
	Bursts     []TimelineBurst  `json:"bursts"`              // in order of time
	MoreBursts int              `json:"more_bursts"`         // of less weight
	TookMS     float64          `json:"took_ms"`
	DidYouMean string           `json:"did_you_mean,omitempty"`
	Warnings   []string         `json:"warnings,omitempty"`
}

// TimelineBucket is a length of time of Timeline.
type TimelineBucket struct {
	Label       string    `json:"label"` // 2016-11-08, 2016-W45, 2016-11, 2016-Q4 or 2016
	From        time.Time `json:"from"`
	To          time.Time `json:"to"` // not a part of it
	Articles    int       `json:"articles"`
	All         int       `json:"all"`
	PerThousand float64   `json:"per_thousand"` // articles of 1,000 of all
	Few         bool      `json:"few,omitempty"`
	Burst       bool      `json:"burst,omitempty"` // one falls into it
}

// TimelineSeries is the part of Timeline with a value, by bucket.
type TimelineSeries struct {
	Value       string    `json:"value,omitempty"`
	Total       int       `json:"total"`
	Articles    []int     `json:"articles"`
	All         []int     `json:"all"` // with the value
	PerThousand []float64 `json:"per_thousand"`
}

// TimelineBurst is a time in which far more was written than usual.
type TimelineBurst struct {
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`     // not a part of it
	Weight   float64   `json:"weight"` // logarithm of odds
	Articles int       `json:"articles"`
	All      int       `json:"all"`
	// Peak is where most of its articles are, a length of BurstPer.
	Peak  TimelineBucket `json:"peak"`
	Words []string       `json:"words"` // the most telling ones, from the best articles
	Read  int            `json:"read"`  // how many these are
	Best  *Hit           `json:"best,omitempty"`
}

// NewTimeline returns the form of a timeline of a query.
func NewTimeline(tq *index.TimelineQuery, t *index.Timeline) Timeline {
	out := Timeline{
		Format: Format, Query: tq.Text, AsOf: tq.AsOf, Per: t.Per.String(), By: tq.By,
		Total: t.Total, All: t.All, Undated: t.Undated, UndatedAll: t.UndatedAll,
		Buckets: each(t.Buckets, newTimelineBucket), More: t.More,
		Bursts: each(t.Bursts, newTimelineBurst), MoreBursts: t.MoreBursts,
		TookMS: milliseconds(t.Took), DidYouMean: t.DidYouMean, Warnings: t.Warnings,
	}
	for i := range t.Series {
		out.Series = append(out.Series, newTimelineSeries(&t.Series[i]))
	}
	if t.Others != nil {
		others := newTimelineSeries(t.Others)
		out.Others = &others
	}
	if t.BurstPer != index.PerAny {
		out.BurstPer = t.BurstPer.String()
	}
	return out
}

func newTimelineBucket(b index.Bucket) TimelineBucket {
	return TimelineBucket{
		Label: b.Label, From: b.From, To: b.To, Articles: b.Count, All: b.All,
		PerThousand: thousandths(b.PerThousand()), Few: b.Few, Burst: b.Burst,
	}
}

func newTimelineSeries(s *index.Series) TimelineSeries {
	out := TimelineSeries{Value: s.Value, Total: s.Total, Articles: list(s.Counts), All: list(s.All), PerThousand: make([]float64, len(s.Counts))}
	for i := range s.Counts {
		out.PerThousand[i] = thousandths(s.PerThousand(i))
	}
	return out
}

func newTimelineBurst(b index.Burst) TimelineBurst {
	out := TimelineBurst{
		From: b.From, To: b.To, Weight: thousandths(b.Weight), Articles: b.Count, All: b.All, Peak: newTimelineBucket(b.Peak), Words: list(b.Words), Read: b.Read,
	}
	if b.Best != nil {
		best := NewHit(b.Best)
		out.Best = &best
	}
	return out
}

// thousandths rounds a number to three digits behind the point.
func thousandths(f float64) float64 { return math.Round(f*1000) / 1000 }
