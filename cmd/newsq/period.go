package main

import (
	"time"

	"github.com/newsq/newsq/index"
)

// period reads --since and --until. Both take in the whole of what they name:
// --until 2026-03 goes to the end of March.
func (a *app) period(o *searchOptions) (since, until time.Time, err error) {
	now := a.now()
	if o.since != "" {
		if since, _, err = index.ParseDate(o.since, now); err != nil {
			return since, until, usage("", "--since: %w", err)
		}
	}
	if o.until != "" {
		if until, err = endOf(o.until, now); err != nil {
			return since, until, usage("", "--until: %w", err)
		}
	}
	if !since.IsZero() && !until.IsZero() && !since.Before(until) {
		return since, until, usage("", "--since %s is after --until %s", o.since, o.until)
	}
	return since, until, nil
}

// endOf returns the end of what a date names. A length of time names, as a
// bound, the day that long ago, where by itself it would reach to the end of
// today: "2w" is read as "2w ago". No other date can be followed by that word.
func endOf(s string, now time.Time) (time.Time, error) {
	if _, end, err := index.ParseDate(s+" ago", now); err == nil {
		return end, nil
	}
	_, end, err := index.ParseDate(s, now)
	return end, err
}
