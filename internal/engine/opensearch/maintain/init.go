package maintain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// maxShards bounds the shards of an index; each is a search of its own.
const maxShards = 64

// PlanInit says what has to be done so that there is an index under the alias.
func (a Archive) PlanInit(ctx context.Context, o engine.InitOptions) (*engine.InitPlan, error) {
	if o.Shards < 0 || o.Shards > maxShards {
		return nil, fmt.Errorf("%d shards: give a number from 1 to %d", o.Shards, maxShards)
	}
	if o.Replicas != nil && (*o.Replicas < 0 || *o.Replicas > maxShards) {
		return nil, fmt.Errorf("%d copies: give a number from 0 to %d", *o.Replicas, maxShards)
	}
	v, err := a.Client.Version(ctx)
	if err != nil && !isForbidden(err) {
		return nil, fmt.Errorf("ask the server for its version: %w", err)
	}
	if why := v.Unsupported(); err == nil && why != "" {
		return nil, fmt.Errorf("%s: %w", why, engine.ErrUnsupported)
	}
	c, err := a.catalog(ctx)
	if err != nil {
		return nil, err
	}
	if c.taken != "" {
		return nil, fmt.Errorf("%w: %s: choose another name", fs.ErrExist, c.taken)
	}
	p := &initPlan{Archive: a}
	p.planIndex(c, o)
	p.planLimits(ctx)
	p.Apply = p.apply
	return &p.InitPlan, nil
}

// initPlan is a plan that is made up.
type initPlan struct {
	Archive
	engine.InitPlan
	do []func(context.Context) error // by step
}

func (p *initPlan) step(do func(context.Context) error, format string, args ...any) {
	p.Steps = append(p.Steps, fmt.Sprintf(format, args...))
	p.do = append(p.do, do)
}

func (p *initPlan) note(format string, args ...any) {
	p.Notes = append(p.Notes, fmt.Sprintf(format, args...))
}

// apply does the steps.
func (p *initPlan) apply(ctx context.Context) error {
	for i, do := range p.do {
		if err := do(ctx); err != nil {
			return fmt.Errorf("%s: %w", p.Steps[i], err)
		}
	}
	return nil
}

// planIndex plans the indexes and the alias.
func (p *initPlan) planIndex(c *catalog, o engine.InitOptions) {
	if c.current == nil {
		s := schema.Settings{Shards: max(o.Shards, 1), Replicas: o.Replicas}
		name := store.NameOf(p.Alias, c.next())
		p.step(func(ctx context.Context) error { return p.create(ctx, name, s) },
			"create the index %s with the alias %s: %s, %s, refreshed when something is published", name, p.Alias, shardsText(s.Shards), copiesText(o.Replicas))
		if s.Shards > 1 {
			p.note("with more than one shard, a search sees each as it was at a moment of its own")
		}
	} else {
		p.planExisting(c.current, o)
	}
	if c.state {
		p.note("the index %s, with the lease to write and the settings, is there", store.StateOf(p.Alias))
	} else {
		p.step(func(ctx context.Context) error { return store.CreateState(ctx, p.Client, p.Alias) },
			"create the index %s, with the lease to write and the settings", store.StateOf(p.Alias))
	}
	for _, i := range c.others {
		p.note("the index %s is there as well: %s", i.Name, i.why())
	}
}

// create makes an index with the alias. One that is there by now, since another one was
// quicker or an answer was lost, serves if it has as many shards.
func (p *initPlan) create(ctx context.Context, name string, s schema.Settings) error {
	err := store.Create(ctx, p.Client, p.Alias, name, s)
	if !errors.Is(err, transport.ErrExists) {
		return err
	}
	x, found := store.Find(ctx, p.Client, p.Alias)
	if found != nil {
		return errors.Join(err, found)
	}
	if x.Shards != s.Shards {
		return fmt.Errorf("%s was made meanwhile by somebody else, with %s: %w", x.Name, shardsText(x.Shards), fs.ErrExist)
	}
	return nil
}

// planExisting plans what an index that is there has to be changed in.
func (p *initPlan) planExisting(i *indexInfo, o engine.InitOptions) {
	p.note("the alias %s is there, of the index %s: %s, %s", p.Alias, i.Name, shardsText(i.Shards), i.copies())
	if why := i.outdated(); why != nil {
		p.note("%v", why)
	}
	if o.Shards > 0 && o.Shards != i.Shards {
		p.note("the number of shards of an index that is there cannot be changed; newsq copy fills another one")
	}
	if i.Threads != schema.OneThread {
		p.planSettings(i, transport.Object{schema.ThreadsSetting: schema.OneThread}, "each shard is searched by one thread ("+schema.ThreadsSetting+")")
	}
	if o.Replicas == nil || i.hasReplicas(*o.Replicas) {
		return
	}
	p.planSettings(i, replicaSettings(*o.Replicas), copiesText(o.Replicas))
}

// planSettings plans other settings of an index that is there. what says which.
func (p *initPlan) planSettings(i *indexInfo, settings transport.Object, what string) {
	p.step(func(ctx context.Context) error {
		return p.Client.DoJSON(ctx, http.MethodPut, transport.Path(i.Name, "_settings"), transport.Object{"index": settings}, nil)
	}, "change the index %s: %s", i.Name, what)
}

// planLimits plans settings of the cluster.
func (p *initPlan) planLimits(ctx context.Context) {
	l, err := p.limits(ctx)
	switch {
	case err != nil:
		p.note("the settings of the cluster could not be read (%s): %s should be %d", reasonOf(err), maxClausesSetting, wantedClauses)
	case l.maxClauses >= wantedClauses:
		p.note("a query may have %d clauses", l.maxClauses)
	default:
		p.step(p.raiseLimits, "raise %s of the cluster from %d to %d, for words with many forms", maxClausesSetting, l.maxClauses, wantedClauses)
	}
}

// raiseLimits is the last step: an index serves without it.
func (p *initPlan) raiseLimits(ctx context.Context) error {
	err := p.Client.DoJSON(ctx, http.MethodPut, "/_cluster/settings", transport.Object{"persistent": transport.Object{maxClausesSetting: wantedClauses}}, nil)
	if isForbidden(err) {
		return fmt.Errorf("the user may not: everything else is done, and who runs the cluster can set it: %w", err)
	}
	return err
}

// replicaSettings are the settings of an index with n copies beside the first.
func replicaSettings(n int) transport.Object {
	return transport.Object{"number_of_replicas": n, "auto_expand_replicas": false}
}

// hasReplicas reports whether the index is promised n copies beside the first,
// whatever servers there are.
func (i *indexInfo) hasReplicas(n int) bool {
	return i.Replicas == n && !i.expands()
}

// expands reports whether the number of copies follows the number of servers.
func (i *indexInfo) expands() bool { return i.AutoExpand != "" }

// copies says, for a person, what copies the index has.
func (i *indexInfo) copies() string {
	if i.expands() {
		return copiesText(nil)
	}
	return copiesText(&i.Replicas)
}

func copiesText(n *int) string {
	switch {
	case n == nil:
		return "a copy where there are two servers"
	case *n == 0:
		return "no copy"
	case *n == 1:
		return "one copy"
	}
	return strconv.Itoa(*n) + " copies"
}

func shardsText(n int) string {
	if n == 1 {
		return "one shard"
	}
	return strconv.Itoa(n) + " shards"
}
