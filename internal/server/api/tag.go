package api

import (
	"context"
	"fmt"
	"hash/fnv"
	"regexp"
	"sync"
	"time"
)

// tag returns the tag of the answer to a call; empty where it may be another one a moment
// later. It is weak, since the time that a search took is not always the same.
//
// It changes with what is visible of the index, with the day in the time zone of the
// request, as a query may say date:2w, and with what the server was started with: another
// version of newsq, other aliases, paths shown or not.
func (a *api) tag(ctx context.Context, c *call) (string, error) {
	if momentary(c) {
		return "", nil
	}
	state, err := a.Index.State(ctx)
	if err != nil {
		return "", err
	}
	now := time.Now()
	if loc := c.ask.Query(a.Zone).Location; loc != nil {
		now = now.In(loc)
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%x %s", a.salt(), state.Identity)
	return fmt.Sprintf(`W/"%x-%x-%s-%x"`, state.Generation, state.Articles, now.Format("20060102"), h.Sum64()), nil
}

// momentary reports whether the answer depends on the time of day: by ages that are
// counted from now, or by hours.
func momentary(c *call) bool {
	if c.ask.Recency != "" {
		return true
	}
	for _, text := range [...]string{c.ask.Since, c.ask.Until, c.ask.AsOf, c.ask.Text} {
		if text != "" && hours().MatchString(text) {
			return true
		}
	}
	return false
}

// hours finds whatever may be a date in hours, such as 2h, and some words more.
var hours = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|[^\pL])(h|hrs?|hours?)($|[^\pL])`)
})

// newSalt is a digest of what the server was started with.
func (a *api) newSalt() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %t", a.Version, a.ShowPaths)
	if aliases, err := a.Index.Aliases(); err == nil {
		_, _ = h.Write(aliases.YAML())
	}
	if rules, err := a.Index.Topics(); err == nil {
		_, _ = h.Write([]byte(rules.Fingerprint()))
	}
	return h.Sum64()
}
