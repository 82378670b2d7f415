package store

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Index is an index that newsq made, as the cluster describes it.
type Index struct {
	Alias string // the name by which it is found
	Description
}

// StateOf returns the name of the index that has the lease and the settings.
func StateOf(alias string) string { return alias + "-state" }

// NameOf returns the name of the n-th index of an alias.
func NameOf(alias string, n int) string { return alias + "-" + strconv.Itoa(n) }

// NumberOf is the inverse of NameOf; 0 for another name.
func NumberOf(alias, name string) int {
	digits, ok := strings.CutPrefix(name, alias+"-")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || NameOf(alias, n) != name {
		return 0
	}
	return n
}

// Find returns the index that an alias stands for. engine.ErrNoIndex: there is none.
// engine.ErrOutdated, engine.ErrNewer: it is of another schema; it is returned all the
// same. engine.ErrUnsupported: the server is no OpenSearch, or too old. Any other error
// says that the name is taken by something else.
func Find(ctx context.Context, c *transport.Client, alias string) (*Index, error) {
	return find(ctx, c, alias, nil)
}

// findForReading is Find, and takes what the node that is asked knows, as a search does.
// So the archive can be read while the nodes elect who manages them.
func findForReading(ctx context.Context, c *transport.Client, alias string) (*Index, error) {
	x, err := find(ctx, c, alias, url.Values{"local": {"true"}})
	if errors.Is(err, engine.ErrNoIndex) { // the node may be behind
		return Find(ctx, c, alias)
	}
	return x, err
}

func find(ctx context.Context, c *transport.Client, alias string, how url.Values) (*Index, error) {
	found, err := Describe(ctx, c, alias, how)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, missing(ctx, c, alias)
	case len(found) > 1:
		return nil, fmt.Errorf("%s stands for %d indexes, and must for one: choose another name, or remove the alias from the others", alias, len(found))
	}
	var x *Index
	for _, d := range found {
		x, err = d.index(alias)
	}
	return x, err
}

// missing returns the error of an index that isn't there, or says that none can be:
// other servers answer in the same way.
func missing(ctx context.Context, c *transport.Client, alias string) error {
	if v, err := c.Version(ctx); err == nil { // one may not be allowed to ask
		if why := v.Unsupported(); why != "" {
			return fmt.Errorf("%s: %w", why, engine.ErrUnsupported)
		}
	}
	return fmt.Errorf("%s: %w", alias, engine.ErrNoIndex)
}

// index holds a description to what an index must be.
func (d *Description) index(alias string) (*Index, error) {
	switch {
	case d.Meta == nil:
		return nil, fmt.Errorf("%s is there, and no index of newsq: choose another name", d.Name)
	case d.Name == alias:
		return nil, fmt.Errorf("%s is an index and no alias, as newsq makes it: choose another name", d.Name)
	case d.Shards < 1:
		return nil, fmt.Errorf("%w: the server doesn't say how many shards %s has", engine.ErrServer, d.Name)
	}
	x := &Index{alias, *d}
	return x, x.check()
}

// check compares the schema with that of this version.
func (x *Index) check() error {
	switch {
	case x.Meta.Schema > schema.Version:
		return fmt.Errorf("%s has schema %d, this version %d: %w", x.Name, x.Meta.Schema, schema.Version, engine.ErrNewer)
	case x.Meta.Schema < schema.Version:
		return fmt.Errorf("%s has schema %d, this version %d: %w", x.Name, x.Meta.Schema, schema.Version, engine.ErrOutdated)
	case x.Meta.Hash != schema.Hash():
		return fmt.Errorf("%s has other fields than this version: %w", x.Name, engine.ErrOutdated)
	}
	return nil
}

// Notices says what the index promises less than one may expect.
func (x *Index) Notices() []string {
	var list []string
	if x.Replicas == 0 {
		list = append(list, "the index is on one node alone: what is written is lost with its disk, and nothing is found while it is down")
	}
	if x.Durability != "request" {
		list = append(list, "the index acknowledges what is not on a disk yet (index.translog.durability is "+x.Durability+"): a crash may lose the last seconds")
	}
	if x.Shards > 1 {
		list = append(list, fmt.Sprintf("the index has %d shards: a search while it is written may see one generation in some and the next in others", x.Shards))
	}
	return list
}

// AliasOf is what an alias is given with. An index that documents are written to by an
// alias, which nobody does here, is one of it at most: so two cannot have it.
func AliasOf() transport.Object { return transport.Object{"is_write_index": true} }

// Create makes an index for an alias and gives it the alias, at once, unless it is to be
// filled before. transport.ErrExists: it is there already, or another one has the alias.
func Create(ctx context.Context, c *transport.Client, alias, name string, s schema.Settings) error {
	body := schema.Index(s)
	aliases := transport.Object{writerName(name, 0): transport.Object{"is_hidden": true}} // see fence
	if !s.Unfinished {
		aliases[alias] = AliasOf()
	}
	body["aliases"] = aliases
	return c.DoJSON(ctx, http.MethodPut, transport.Path(name), body, nil)
}

// CreateState makes the index of the lease and the settings, unless it is there.
func CreateState(ctx context.Context, c *transport.Client, alias string) error {
	body := transport.Object{
		"settings": transport.Object{"index": transport.Object{"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": -1}},
		"mappings": transport.Object{
			"enabled": false,
			"_meta":   transport.Object{"newsq": transport.Object{"state": alias}},
		},
		"aliases": transport.Object{StateWriter(alias): transport.Object{"is_hidden": true}},
	}
	err := c.DoJSON(ctx, http.MethodPut, transport.Path(StateOf(alias)), body, nil)
	if errors.Is(err, transport.ErrExists) {
		return checkState(ctx, c, alias)
	}
	return err
}

// checkState returns an error when the name of the index of the state is taken. An index
// that lacks the name by which it is written, as one that was restored without, gets it.
func checkState(ctx context.Context, c *transport.Client, alias string) error {
	name := StateOf(alias)
	found, err := Describe(ctx, c, name, nil)
	if err != nil {
		return err
	}
	d, ok := found[name]
	if !ok || d.Meta == nil {
		return fmt.Errorf("%s is there, and nothing of newsq: choose another name than %s", name, alias)
	}
	if d.Aliases[StateWriter(alias)] {
		return nil
	}
	actions := []any{nameForWriting(name, StateWriter(alias))}
	return c.DoJSON(ctx, http.MethodPost, "/_aliases", transport.Object{"actions": actions}, nil)
}

// FindOrCreate is Find, and makes an index where there is none.
func FindOrCreate(ctx context.Context, c *transport.Client, alias string, s schema.Settings) (*Index, error) {
	x, err := Find(ctx, c, alias)
	if !errors.Is(err, engine.ErrNoIndex) {
		return x, err
	}
	names, err := Names(ctx, c, alias)
	if err != nil {
		return nil, err
	}
	next := 1
	for _, n := range names {
		next = max(next, NumberOf(alias, n)+1)
	}
	err = Create(ctx, c, alias, NameOf(alias, next), s)
	if err != nil && !errors.Is(err, transport.ErrExists) { // another one was quicker
		return nil, err
	}
	return Find(ctx, c, alias)
}

// Names returns the indexes with names of NameOf, by number.
func Names(ctx context.Context, c *transport.Client, alias string) ([]string, error) {
	var found map[string]struct{}
	r := &transport.Request{Method: http.MethodGet, Path: transport.Path(alias+"-*", "_alias")}
	if err := c.Do(ctx, r, &found); err != nil && !errors.Is(err, engine.ErrNoIndex) {
		return nil, err
	}
	var names []string
	for name := range found {
		if NumberOf(alias, name) > 0 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return NumberOf(alias, a) - NumberOf(alias, b) })
	return names, nil
}
