package maintain

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// isOurs reports whether newsq made the index.
func (i *indexInfo) isOurs() bool { return i.Meta != nil }

// ours returns what the mapping says that newsq wrote into it.
func (i *indexInfo) ours() schema.Meta {
	if i.Meta == nil {
		return schema.Meta{}
	}
	return *i.Meta
}

func (i *indexInfo) schema() int { return i.ours().Schema }

// outdated returns engine.ErrOutdated or engine.ErrNewer where the index is of another
// schema.
func (i *indexInfo) outdated() error {
	switch n := i.schema(); {
	case n < schema.Version:
		return fmt.Errorf("%w: %s is of schema %d, this newsq writes %d", engine.ErrOutdated, i.Name, n, schema.Version)
	case n > schema.Version:
		return fmt.Errorf("%w: %s is of schema %d, this newsq reads %d", engine.ErrNewer, i.Name, n, schema.Version)
	}
	return nil
}

// isUnfinished reports whether the index was never finished, and stands for nothing.
func (i *indexInfo) isUnfinished() bool { return i.ours().Unfinished || i.isRestored() }

// isRestored reports whether the index comes from a snapshot, and is not known to be
// whole: it is hidden, as restoreOne makes it, and has not even the name by which each
// index is written. What its mapping says is of the index that was backed up.
func (i *indexInfo) isRestored() bool {
	m := i.ours()
	return i.isOurs() && i.Hidden && len(i.Aliases) == 0 && m.Kept == "" && m.Retired == 0
}

// why says, for a person, why an index that the alias doesn't stand for is there.
func (i *indexInfo) why() string {
	m := i.ours()
	switch {
	case !i.isOurs():
		return "newsq did not make it"
	case i.isUnfinished():
		return "it is being filled, or was left by a rebuild or a restore that was cut short; who writes next removes it"
	case m.Kept != "":
		return "it is kept from before (" + m.Kept + "), and is yours to delete"
	case m.Retired > 0:
		return "another took its place at " + time.UnixMilli(m.Retired).UTC().Format(time.RFC3339) + "; it is removed when nobody reads it any more"
	}
	return fmt.Sprintf("the alias does not stand for it, and nothing says why: somebody may have taken it away, or restored the index by other means. "+
		"POST /_aliases has the alias stand for it, DELETE /%s removes it with all its articles", i.Name)
}

// isExplained reports whether it is known why an index that the alias doesn't stand for
// is there, and what becomes of it.
func (i *indexInfo) isExplained() bool {
	m := i.ours()
	return i.isOurs() && !i.isUnfinished() && (m.Kept != "" || m.Retired > 0)
}

// setMeta writes what the mapping of an index says.
func (a Archive) setMeta(ctx context.Context, index string, m schema.Meta) error {
	body := transport.Object{"_meta": transport.Object{"newsq": m}}
	if err := a.Client.DoJSON(ctx, http.MethodPut, transport.Path(index, "_mapping"), body, nil); err != nil {
		return fmt.Errorf("note in the index %s what it is: %w", index, err)
	}
	return nil
}
