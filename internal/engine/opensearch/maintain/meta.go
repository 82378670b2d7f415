package maintain

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// isOurs reports whether newsq made the index.
func (i *indexInfo) isOurs() bool { return i.meta != nil }

// ours returns what the mapping says that newsq wrote into it.
func (i *indexInfo) ours() schema.Meta {
	if i.meta == nil {
		return schema.Meta{}
	}
	return *i.meta
}

func (i *indexInfo) schema() int { return i.ours().Schema }

// outdated returns engine.ErrOutdated or engine.ErrNewer where the index is of another
// schema.
func (i *indexInfo) outdated() error {
	switch n := i.schema(); {
	case n < schema.Version:
		return fmt.Errorf("%w: %s is of schema %d, this newsq writes %d", engine.ErrOutdated, i.name, n, schema.Version)
	case n > schema.Version:
		return fmt.Errorf("%w: %s is of schema %d, this newsq reads %d", engine.ErrNewer, i.name, n, schema.Version)
	}
	return nil
}

// why says, for a person, why an index that the alias doesn't stand for is there.
func (i *indexInfo) why() string {
	m := i.ours()
	switch {
	case !i.isOurs():
		return "newsq did not make it"
	case m.Unfinished:
		return "it is being filled, or was left by a rebuild that was cut short; the next one removes it"
	case m.Kept != "":
		return "it is kept from before (" + m.Kept + "), and is yours to delete"
	case m.Retired > 0:
		return "another took its place at " + time.UnixMilli(m.Retired).UTC().Format(time.RFC3339) + "; it is removed when nobody reads it any more"
	}
	return "the alias does not stand for it"
}

// setMeta writes what the mapping of an index says.
func (a Archive) setMeta(ctx context.Context, index string, m schema.Meta) error {
	body := transport.Object{"_meta": transport.Object{"newsq": m}}
	if err := a.Client.DoJSON(ctx, http.MethodPut, transport.Path(index, "_mapping"), body, nil); err != nil {
		return fmt.Errorf("note in the index %s what it is: %w", index, err)
	}
	return nil
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
