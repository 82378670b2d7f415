package search

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
)

// Articles are counted by periods in two ways. Those of a day alone, and all of them
// where the day is that of UTC, by the calendar of the server. Others by the rules of
// Go's time zones, which may be newer than those of the server: in pieces of time, each
// of which lies in one period.

// piece is a stretch of time, [from, to), that lies in one period.
type piece struct {
	value    string
	from, to int64 // milliseconds
}

const dayMillis = int64(24 * time.Hour / time.Millisecond)

// calendar returns the source of periods in UTC.
func calendar(t engine.FacetType) query {
	interval := "day"
	switch {
	case t.Years > 0:
		interval = "year"
	case t.Months > 0:
		interval = "month"
	}
	return query{"date_histogram": query{"field": schema.FieldMillis, "calendar_interval": interval}}
}

// countPeriods prepares the counts of a facet of periods.
func (f *facetCount) countPeriods(ctx context.Context) error {
	if !f.inZone() {
		f.values = query{valuesName: pageOf(calendar(f.facet), f.size(), nil)}
		return nil
	}
	days, err := f.counting.compiler.timedDays(ctx)
	if err != nil {
		return err
	}
	f.pieces = pieces(days, f.facet.Layout, f.counting.request.Location)
	f.values = query{valuesName: query{
		"filter": term(schema.FieldMidnight, true),
		"aggs":   query{valuesName: pageOf(calendar(f.facet), f.size(), nil)},
	}}
	if n := len(f.pieces); n > 0 && n <= f.room() {
		f.values[piecesName] = countPieces(f.pieces)
	}
	return nil
}

// room is how many pieces are counted along with the hits.
func (f *facetCount) room() int {
	return f.counting.compiler.pageSize() / len(f.counting.request.Facets)
}

// countPieces counts articles with a time of day in pieces.
func countPieces(of []piece) query {
	ranges := make([]query, len(of))
	for i, p := range of {
		ranges[i] = query{"key": p.value, "from": p.from, "to": p.to}
	}
	return query{
		"filter": not(term(schema.FieldMidnight, true)),
		"aggs":   query{piecesName: query{"range": query{"field": schema.FieldMillis, "ranges": ranges}}},
	}
}

// readPeriods is read for a facet of periods.
func (f *facetCount) readPeriods(ctx context.Context, answer map[string]json.RawMessage) (map[string]int, bool, error) {
	counts := map[string]int{}
	add := func(key json.RawMessage, n int) error {
		var millis int64
		err := json.Unmarshal(key, &millis)
		counts[time.UnixMilli(millis).UTC().Format(f.facet.Layout)] += n
		return err
	}
	var filters []query
	calendarAnswer := answer
	if f.inZone() {
		filters = []query{term(schema.FieldMidnight, true)}
		if err := decode(answer, valuesName, &calendarAnswer); err != nil {
			return nil, false, err
		}
		if err := f.readPieces(ctx, answer, counts); err != nil {
			return nil, false, err
		}
	}
	var page pageCounts
	if err := decode(calendarAnswer, valuesName, &page); err != nil {
		return nil, false, err
	}
	next, err := page.each(f.size(), add)
	if err != nil || next == nil {
		return counts, err == nil, err
	}
	whole, err := f.pages(ctx, calendar(f.facet), next, filters, add)
	return counts, whole, err
}

// inZone reports whether periods are counted in a location other than UTC.
func (f *facetCount) inZone() bool {
	loc := f.counting.request.Location
	return loc != nil && loc != time.UTC
}

// pieceCounts are the counts of pieces.
type pieceCounts struct {
	Pieces struct {
		Buckets []struct {
			Key   string
			Count int `json:"doc_count"`
		}
	}
}

func (p *pieceCounts) add(counts map[string]int) {
	for _, b := range p.Pieces.Buckets {
		if b.Count > 0 {
			counts[b.Key] += b.Count
		}
	}
}

// readPieces adds the counts of pieces, those that did not go along with the hits in
// requests of their own.
func (f *facetCount) readPieces(ctx context.Context, answer map[string]json.RawMessage, counts map[string]int) error {
	var list pieceCounts
	if f.values[piecesName] != nil {
		err := decode(answer, piecesName, &list)
		list.add(counts)
		return err
	}
	k := f.counting
	all := append(slices.Clone(k.filters), f.filter)
	for chunk := range slices.Chunk(f.pieces, k.compiler.pageSize()) {
		var answer struct {
			Aggregations struct{ Pieces pieceCounts }
		}
		err := k.compiler.view.Search(ctx, query{
			"size": 0, "track_total_hits": false, "query": allOf(all...),
			"aggs": query{piecesName: countPieces(chunk)},
		}, &answer)
		if err != nil {
			return err
		}
		answer.Aggregations.Pieces.add(counts)
	}
	return nil
}

// timedDays returns the days of UTC, in milliseconds, with articles that have a time of
// day.
func (c *compiler) timedDays(ctx context.Context) ([]int64, error) {
	return reader.Cached(c.view, "days with times", func() ([]int64, error) {
		all := &counting{compiler: c, request: &engine.Request{}}
		for _, f := range c.view.ArticlesFilter() {
			all.filters = append(all.filters, f.(query))
		}
		day, _ := engine.FacetDay.Type()
		f := &facetCount{counting: all, facet: day, filter: not(term(schema.FieldMidnight, true))}
		var days []int64
		whole, err := f.pages(ctx, calendar(day), nil, nil, func(key json.RawMessage, _ int) error {
			var millis int64
			err := json.Unmarshal(key, &millis)
			days = append(days, millis)
			return err
		})
		if err == nil && !whole {
			return nil, fmt.Errorf("%w: articles are of too many days to be counted in a time zone; ask in UTC", engine.ErrTooBroad)
		}
		return days, err
	})
}

// pieces returns the stretches of time in days, which are in order, by the periods of a
// location in which they lie.
func pieces(days []int64, layout string, loc *time.Location) []piece {
	var list []piece
	for i := 0; i < len(days); {
		from := days[i]
		to := from
		for i < len(days) && days[i] == to {
			to += dayMillis
			i++
		}
		for from < to {
			next := min(to, endOfDay(from, loc))
			value := time.UnixMilli(from).In(loc).Format(layout)
			if n := len(list); n > 0 && list[n-1].to == from && list[n-1].value == value {
				list[n-1].to = next
			} else {
				list = append(list, piece{value, from, next})
			}
			from = next
		}
	}
	return list
}

// endOfDay returns the end of the day that a time is on in a location, or the moment at
// which clocks are set before that.
func endOfDay(millis int64, loc *time.Location) int64 {
	t := time.UnixMilli(millis).In(loc)
	_, seconds := t.Zone()
	offset := int64(seconds) * 1000
	local := millis + offset
	end := local - mod(local, dayMillis) + dayMillis - offset
	if _, set := t.ZoneBounds(); !set.IsZero() && set.UnixMilli() > millis {
		end = min(end, set.UnixMilli())
	}
	return end
}

func mod(a, b int64) int64 { return (a%b + b) % b }
