package main

import (
	"time"

	"github.com/newsq/newsq/index"
)

// parseDates reads --since and --until. The whole of what they name is part of
// the period: --until 2026-03 goes to the end of March.
func (a *app) parseDates(o *searchOptions) (since, until time.Time, err error) {
	now := a.now()
	if o.since != "" {
		if since, _, err = index.ParseDate(o.since, now); err != nil {
			return since, until, usageError("", "--since: %w", err)
		}
	}
	if o.until != "" {
		if until, err = index.ParseUntil(o.until, now); err != nil {
			return since, until, usageError("", "--until: %w", err)
		}
	}
	if !since.IsZero() && !until.IsZero() && !since.Before(until) {
		return since, until, usageError("", "--since %s is after --until %s", o.since, o.until)
	}
	return since, until, nil
}
