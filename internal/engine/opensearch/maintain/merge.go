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

// mergeTimeout bounds a merge that the server can only be waited for in one request.
// Some hundred gigabytes take hours.
const mergeTimeout = 24 * time.Hour

// merge makes one segment of each shard of an index, and so gives back the space of
// what was deleted.
func (a Archive) merge(ctx context.Context, index string) error {
	task, err := a.startMerge(ctx, index)
	if isStatus(err, http.StatusBadRequest) { // a version that makes no task of it
		return a.Client.Do(ctx, mergeRequest(index, true), nil)
	}
	if err != nil {
		return fmt.Errorf("merge the segments of %s: %w", index, err)
	}
	err = a.waitForTask(ctx, task)
	if isForbidden(err) {
		return fmt.Errorf("merge the segments of %s: it was begun, and goes on; the user may not ask how far it is: %w", index, err)
	}
	if err != nil {
		return fmt.Errorf("merge the segments of %s: %w", index, err)
	}
	return nil
}

func mergeRequest(index string, wait bool) *transport.Request {
	r := &transport.Request{Method: http.MethodPost, Path: transport.Path(index, "_forcemerge"), Query: url.Values{"max_num_segments": {"1"}}}
	if wait {
		r.Timeout = mergeTimeout
	} else {
		r.Query.Set("wait_for_completion", "false")
	}
	return r
}

func (a Archive) startMerge(ctx context.Context, index string) (task string, err error) {
	var answer struct{ Task string }
	err = a.Client.Do(ctx, mergeRequest(index, false), &answer)
	return answer.Task, err
}

// waitForTask waits until a task has ended, and returns its error.
func (a Archive) waitForTask(ctx context.Context, task string) error {
	return poll(ctx, func() (bool, error) {
		var answer struct {
			Completed bool
			Error     *struct{ Type, Reason string }
			Response  struct {
				Shards struct{ Failed int } `json:"_shards"`
			}
		}
		err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path("_tasks", task)}, &answer)
		switch {
		case err != nil:
			return false, err
		case answer.Error != nil:
			return false, fmt.Errorf("%s: %s", answer.Error.Type, answer.Error.Reason)
		case answer.Response.Shards.Failed > 0:
			return false, fmt.Errorf("%w of %d shards", errFailed, answer.Response.Shards.Failed)
		}
		return answer.Completed, nil
	})
}

var errFailed = errors.New("it failed on the copies")
