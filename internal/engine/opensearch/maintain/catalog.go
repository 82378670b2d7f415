package maintain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Archive is what an alias names on a cluster: the index that it stands for, those
// that it stood for before, and the index with the lease and the settings.
type Archive struct {
	Client *transport.Client
	Alias  string
	// Checksums has checks let the servers read every byte of the index. Nothing can be
	// written meanwhile.
	Checksums bool
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
	*store.Description
	number int // of store.NameOf; 0 for another name
}

// catalog looks at what there is.
func (a Archive) catalog(ctx context.Context) (*catalog, error) {
	found, err := store.Describe(ctx, a.Client, a.Alias+","+a.Alias+"-*", url.Values{"expand_wildcards": {"open,closed,hidden"}})
	if err != nil && !isStatus(err, http.StatusNotFound) {
		return nil, fmt.Errorf("look for the index %s: %w", a.Alias, err)
	}
	return newCatalog(a.Alias, found), nil
}

// newCatalog sorts indexes by what they are for.
func newCatalog(alias string, found store.Descriptions) *catalog {
	c := &catalog{}
	var named []string // that the alias stands for
	for name, d := range found {
		i := indexInfo{d, store.NumberOf(alias, name)}
		switch {
		case name == alias:
			c.taken = fmt.Sprintf("%s is an index, and not an alias of one that newsq made", alias)
		case name == store.StateOf(alias):
			c.state = true
		case name == checkingName(alias) || name == restoringName(alias):
			if !i.isOurs() {
				c.strangers = append(c.strangers, name)
			} else {
				c.leftovers = append(c.leftovers, name)
			}
		case i.Aliases[alias]:
			named = append(named, name)
			c.current = &i
		case i.number > 0:
			c.others = append(c.others, i)
		}
	}
	slices.Sort(named)
	if len(named) > 1 {
		c.taken = fmt.Sprintf("%s is an alias of several indexes: %s", alias, strings.Join(named, ", "))
	} else if c.current != nil && !c.current.isOurs() {
		c.taken = fmt.Sprintf("%s is an alias of %s, which newsq did not make", alias, c.current.Name)
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
		if o.Name == name {
			return o, true
		}
	}
	return indexInfo{}, false
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
	case c.current.Closed:
		return nil, fmt.Errorf("the index %s is closed: POST /%s/_open opens it", c.current.Name, c.current.Name)
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
