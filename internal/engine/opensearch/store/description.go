package store

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Description is what a cluster says of an index without a look at its documents.
type Description struct {
	Name    string          // its own, such as news-1
	Aliases map[string]bool // all that it has, hidden ones among them
	Meta    *schema.Meta    // nil where newsq didn't make it

	Shards   int
	Replicas int
	// AutoExpand is the range of replicas that follow the number of nodes, such as
	// 0-1; empty where the number is fixed.
	AutoExpand string
	Created    time.Time // in UTC
	// Durability is "request" where each write is on the disk when it is
	// acknowledged.
	Durability string
	Refresh    string // refresh_interval; -1 for never by itself
	Closed     bool
	Hidden     bool
	Threads    string // schema.ThreadsSetting; empty where the index doesn't set it
}

// Describe returns what there is under a name, an alias, or several with commas and
// wildcards in between, by the names of the indexes; none where there is nothing. A node
// that is asked for a name alone says that there is none also while the cluster starts and
// doesn't know yet; so it is told that this is no error, and then says that it doesn't know.
func Describe(ctx context.Context, c *transport.Client, names string, how url.Values) (Descriptions, error) {
	var found Descriptions
	query := url.Values{"ignore_unavailable": {"true"}, "filter_path": {"*.aliases,*.mappings._meta,*.settings.index"}}
	maps.Copy(query, how)
	err := c.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(names), Query: query}, &found)
	return found, err
}

// Descriptions are indexes by their names. Its JSON is the answer to GET /INDEX.
type Descriptions map[string]*Description

// UnmarshalJSON implements json.Unmarshaler.
func (all *Descriptions) UnmarshalJSON(b []byte) error {
	var answers map[string]described
	if err := json.Unmarshal(b, &answers); err != nil {
		return err
	}
	*all = make(Descriptions, len(answers))
	for name, a := range answers {
		(*all)[name] = a.description(name)
	}
	return nil
}

// described is an index in the answer to GET /INDEX.
type described struct {
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

func (a described) description(name string) *Description {
	s := a.Settings.Index
	d := &Description{
		Name: name, Aliases: make(map[string]bool, len(a.Aliases)), Meta: a.Mappings.Meta.newsq,
		Shards: s.Shards, Replicas: s.Replicas, AutoExpand: s.AutoExpand,
		Created: time.UnixMilli(s.Created).UTC(), Durability: cmp.Or(strings.ToLower(s.Translog.Durability), "request"),
		Refresh: s.Refresh, Closed: s.Closed == "true", Hidden: s.Hidden == "true",
		Threads: s.Search.Concurrent.Mode,
	}
	if d.AutoExpand == "false" {
		d.AutoExpand = ""
	}
	for alias := range a.Aliases {
		d.Aliases[alias] = true
	}
	return d
}

// metaAnswer is the _meta of a mapping, of which only what newsq wrote is read.
type metaAnswer struct{ newsq *schema.Meta }

// UnmarshalJSON implements json.Unmarshaler. What somebody else wrote is no error.
func (m *metaAnswer) UnmarshalJSON(b []byte) error {
	var known struct{ Newsq *schema.Meta }
	if json.Unmarshal(b, &known) == nil {
		m.newsq = known.Newsq
	}
	return nil
}
