package store

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Documents are written by names of their own, which have capitals. Where an index is
// gone, OpenSearch makes another one of the name that is written to, with a mapping that
// it guesses; for a deletion with a version even against require_alias (3.8.0). It makes
// none of a name with capitals, which only an alias may have.

// StateWriter is the name by which the lease and the settings are written.
func StateWriter(alias string) string { return alias + "-STATE" }

// writerPrefix begins the names by which an index is written; the session follows.
func writerPrefix(index string) string { return index + "-WRITER-" }

func writerName(index string, session uint64) string {
	return writerPrefix(index) + strconv.FormatUint(session, 10)
}

// maxFences is how often it is tried to be the one who writes an index.
const maxFences = 5

// fence gives an index the name by which it is written in a session, and takes those of
// the sessions before from it, at once: what a writer before has still on its way, or
// sends again, is refused. engine.ErrLocked: a later session has it.
func fence(ctx context.Context, c *transport.Client, index string, session uint64) (name string, err error) {
	name = writerName(index, session)
	for range maxFences {
		var actions []any
		if actions, err = fenceActions(ctx, c, index, session); err != nil || len(actions) == 0 {
			return name, err
		}
		err = c.DoJSON(ctx, http.MethodPost, "/_aliases", transport.Object{"actions": actions}, nil)
		if !errors.Is(err, engine.ErrNotFound) || errors.Is(err, engine.ErrNoIndex) {
			return name, err
		}
		// A name that was to go has gone: by another writer, or by this request, when the
		// answer was lost.
	}
	return name, err
}

// fenceActions returns what has to be done so that an index is written in a session
// alone; nothing where that is so.
func fenceActions(ctx context.Context, c *transport.Client, index string, session uint64) (actions []any, err error) {
	found, err := Describe(ctx, c, index, nil)
	if err != nil {
		return nil, err
	}
	x, ok := found[index]
	if !ok {
		return nil, fmt.Errorf("%s: %w", index, engine.ErrNoIndex)
	}
	there := false
	for name := range x.Aliases {
		digits, ok := strings.CutPrefix(name, writerPrefix(index))
		of, err := strconv.ParseUint(digits, 10, 64)
		switch {
		case !ok || err != nil:
		case of > session:
			return nil, fmt.Errorf("%s: %w", index, errTakenOver)
		case of == session:
			there = true
		default:
			actions = append(actions, transport.Object{"remove": transport.Object{"index": index, "alias": name, "must_exist": true}})
		}
	}
	if !there {
		actions = append(actions, nameForWriting(index, writerName(index, session)))
	}
	return actions, nil
}

// nameForWriting is the action that gives an index a name.
func nameForWriting(index, name string) transport.Object {
	return transport.Object{"add": transport.Object{"index": index, "alias": name, "is_hidden": true}}
}

// cutOff says why the name by which an index is written was not there; nil when it is: a
// node that starts says so before it knows.
func (w *Writer) cutOff(ctx context.Context, gone error) error {
	found, err := Describe(ctx, w.client, w.index, nil)
	if err != nil {
		return errors.Join(gone, err)
	}
	d, ok := found[w.index]
	if !ok {
		return fmt.Errorf("%s was removed while it was written; write to it anew, and all is read again: %w", w.index, gone)
	}
	if !d.Aliases[w.name] {
		return fmt.Errorf("%s: %w", w.index, errTakenOver)
	}
	return nil
}
