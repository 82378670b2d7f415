package maintain

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Archive is what an alias names on a cluster: the index that it stands for, those
// that it stood for before, and the index with the lease and the settings.
type Archive struct {
	Client *transport.Client
	Alias  string
}

// catalog is what there is on the cluster under the names of an archive.
type catalog struct {
	current *indexInfo  // that the alias stands for; nil for none
	others  []indexInfo // of its names, that it does not stand for
	state   bool        // whether the index with the lease is there
	// leftovers are the names of indexes that were made for a while, and not removed;
	// strangers have one of these names and were not made by newsq.
	leftovers, strangers []string
	taken                string // why the alias cannot be used; empty if it can
}

// indexInfo is what is known of an index without a look at its documents.
type indexInfo struct {
	name       string
	number     int
	meta       *schema.Meta // nil where newsq didn't make it
	shards     int
	replicas   int
	autoExpand string // auto_expand_replicas
	created    time.Time
	durability string
	refresh    string // refresh_interval
	closed     bool
	hidden     bool
	aliases    int    // of any name
	threads    string // search.concurrent_segment_search.mode
}

// indexAnswer is an index in the answer to GET /index.
type indexAnswer struct {
	Aliases  map[string]json.RawMessage
	Mappings struct {
		Meta metaAnswer `json:"_meta"`
	}
	Settings struct {
		Index struct {
			Shards     int    `json:"number_of_shards,string"`
			Replicas   int    `json:"number_of_replicas,string"`
			AutoExpand string `json:"auto_expand_replicas"`
			Created    int64  `json:"creation_date,string"`
			Closed     string `json:"verified_before_close"`
			Hidden     string
			Refresh    string `json:"refresh_interval"`
			Translog   struct{ Durability string }
			Search     struct {
				Concurrent struct{ Mode string } `json:"concurrent_segment_search"`
			}
		}
	}
}

// catalog looks at what there is.
func (a Archive) catalog(ctx context.Context) (*catalog, error) {
	answer := map[string]indexAnswer{}
	err := a.Client.Do(ctx, &transport.Request{
		Method: http.MethodGet,
		Path:   "/" + a.Alias + "," + a.Alias + "-*",
		Query: url.Values{
			"expand_wildcards":   {"open,closed,hidden"},
			"ignore_unavailable": {"true"},
			"filter_path":        {"*.aliases,*.mappings._meta,*.settings.index"},
		},
	}, &answer)
	if err != nil && !isStatus(err, http.StatusNotFound) {
		return nil, fmt.Errorf("look for the index %s: %w", a.Alias, err)
	}
	return newCatalog(a.Alias, answer), nil
}

// newCatalog sorts the indexes of an answer.
func newCatalog(alias string, answer map[string]indexAnswer) *catalog {
	c := &catalog{}
	var named []string // that the alias stands for
	for name, i := range answer {
		number := store.NumberOf(alias, name)
		_, is := i.Aliases[alias]
		switch {
		case name == alias:
			c.taken = fmt.Sprintf("%s is an index, and not an alias of one that newsq made", alias)
		case name == store.StateOf(alias):
			c.state = true
		case name == checkingName(alias) || name == restoringName(alias):
			if i.Mappings.Meta.newsq == nil {
				c.strangers = append(c.strangers, name)
			} else {
				c.leftovers = append(c.leftovers, name)
			}
		case is:
			named = append(named, name)
			info := i.info(name, number)
			c.current = &info
		case number > 0:
			c.others = append(c.others, i.info(name, number))
		}
	}
	slices.Sort(named)
	if len(named) > 1 {
		c.taken = fmt.Sprintf("%s is an alias of several indexes: %s", alias, strings.Join(named, ", "))
	} else if c.current != nil && !c.current.isOurs() {
		c.taken = fmt.Sprintf("%s is an alias of %s, which newsq did not make", alias, c.current.name)
	}
	slices.SortFunc(c.others, func(x, y indexInfo) int { return cmp.Compare(x.number, y.number) })
	return c
}

// next returns the first number that no index of the archive has had.
func (c *catalog) next() int {
	n := 0
	for _, o := range c.others {
		n = max(n, o.number)
	}
	if c.current != nil {
		n = max(n, c.current.number)
	}
	return n + 1
}

// find returns the index with a name.
func (c *catalog) find(name string) (indexInfo, bool) {
	for _, o := range c.others {
		if o.name == name {
			return o, true
		}
	}
	return indexInfo{}, false
}

func (i indexAnswer) info(name string, number int) indexInfo {
	s := i.Settings.Index
	return indexInfo{
		name: name, number: number, meta: i.Mappings.Meta.newsq,
		shards: s.Shards, replicas: s.Replicas, autoExpand: s.AutoExpand,
		created: time.UnixMilli(s.Created).UTC(), durability: cmp.Or(strings.ToLower(s.Translog.Durability), "request"),
		refresh: s.Refresh, closed: s.Closed == "true", hidden: s.Hidden == "true", aliases: len(i.Aliases),
		threads: s.Search.Concurrent.Mode,
	}
}

// current returns the index that the alias stands for.
func (a Archive) current(ctx context.Context) (*indexInfo, error) {
	c, err := a.catalog(ctx)
	if err != nil {
		return nil, err
	}
	return a.currentOf(c)
}

// currentOf returns the index that the alias stands for; engine.ErrNoIndex for none.
func (a Archive) currentOf(c *catalog) (*indexInfo, error) {
	switch {
	case c.taken != "":
		return nil, fmt.Errorf("%w: %s", errTaken, c.taken)
	case c.current == nil:
		return nil, fmt.Errorf("%w: the cluster has none of the name %s", engine.ErrNoIndex, a.Alias)
	case c.current.closed:
		return nil, fmt.Errorf("the index %s is closed: POST /%s/_open opens it", c.current.name, c.current.name)
	}
	return c.current, nil
}

// isStatus reports whether a node answered with a status.
func isStatus(err error, status int) bool {
	e, ok := errors.AsType[*transport.Error](err)
	return ok && e.Status == status
}

// isForbidden reports whether the operator doesn't allow what was asked.
func isForbidden(err error) bool { return errors.Is(err, transport.ErrForbidden) }
