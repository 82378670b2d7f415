package maintain

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// grace is how long an index that another has replaced is kept at least: a point in time
// that was just taken may not be counted yet.
const grace = 5 * time.Minute

// Sweep removes the indexes that others have replaced when nobody reads them any more,
// and what a rebuild, a restoration or a check that was cut short has left. The caller
// holds the lease, so that none of these is under way.
func (a Archive) Sweep(ctx context.Context) error {
	c, err := a.catalog(ctx)
	if err != nil {
		return err
	}
	return a.sweep(ctx, c)
}

func (a Archive) sweep(ctx context.Context, c *catalog) error {
	var errs []error
	for _, name := range c.leftovers {
		errs = append(errs, a.remove(ctx, name))
	}
	for _, o := range c.others {
		unused, err := a.isUnused(ctx, &o)
		if err == nil && unused {
			err = a.remove(ctx, o.Name)
		}
		errs = append(errs, err)
	}
	if c.current != nil && c.current.ours().Blocked {
		errs = append(errs, a.unblock(ctx, c.current))
	}
	return errors.Join(errs...)
}

// isUnused reports whether an index can be removed: it was never finished, or another
// one has replaced it and nobody reads it any more. One that is kept on purpose, or of
// which nothing is known, is not.
func (a Archive) isUnused(ctx context.Context, i *indexInfo) (bool, error) {
	if i.isUnfinished() {
		return true, nil
	}
	m := i.ours()
	if m.Kept != "" || m.Retired == 0 || time.Since(time.UnixMilli(m.Retired)) < grace {
		return false, nil
	}
	var answer struct {
		All struct {
			Total struct {
				Search struct {
					Current int `json:"point_in_time_current"`
				}
			}
		} `json:"_all"`
	}
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(i.Name, "_stats", "search"), Query: url.Values{
		"filter_path": {"_all.total.search.point_in_time_current"},
	}}, &answer)
	return err == nil && answer.All.Total.Search.Current == 0, err
}

// remove deletes an index, if it is there.
func (a Archive) remove(ctx context.Context, index string) error {
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodDelete, Path: transport.Path(index)}, nil)
	if err != nil && !isStatus(err, http.StatusNotFound) {
		return fmt.Errorf("remove the index %s: %w", index, err)
	}
	return nil
}

// cleanUp does what has to be done also when ctx has ended.
func (a Archive) cleanUp(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), removeTimeout)
	defer cancel()
	return do(ctx)
}
