package main

import (
	"time"

	"github.com/spf13/pflag"

	"github.com/newsq/newsq/index"
)

// checkDates refuses values of --since and --until that are no dates, or that leave
// no time between them. The whole of what they name is part of the period: --until
// 2026-03 goes to the end of March. On a later page they are counted from the moment
// of the first one.
func (a *app) checkDates(o *searchOptions) error {
	now := a.now()
	var since, until time.Time
	var err error
	if o.asOf != "" {
		end, err := index.ParseUntil(o.asOf, now)
		if err != nil {
			return usageError("", "--as-of: %w", err)
		}
		if end.Before(now) {
			now = end.Add(-time.Microsecond) // as index.Query counts dates then
		}
	}
	if o.since != "" {
		if since, _, err = index.ParseDate(o.since, now); err != nil {
			return usageError("", "--since: %w", err)
		}
	}
	if o.until != "" {
		if until, err = index.ParseUntil(o.until, now); err != nil {
			return usageError("", "--until: %w", err)
		}
	}
	if !since.IsZero() && !until.IsZero() && !since.Before(until) && o.after == "" {
		return usageError("", "--since %s is after --until %s", o.since, o.until)
	}
	return nil
}

// addAsOfFlag adds the flag that goes back in time.
func (a *app) addAsOfFlag(f *pflag.FlagSet, o *searchOptions) {
	f.StringVar(&o.asOf, "as-of", a.cfg.AsOf, "as if nothing had been published after `date`")
}
