package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Write applies a batch; see engine.Writer. When it returns nil, the batch is durable.
// When scorch fails, the batch may be durable or not, and writing has ended, unless
// the error is that of a document.
func (s *Store) Write(ctx context.Context, b *engine.Batch) error {
	if s.readOnly {
		return fmt.Errorf("write: %w", engine.ErrReadOnly)
	}
	batch, err := newBatch(b)
	if err != nil {
		return err
	}
	// From here on b isn't used: the memory of its articles can be freed as soon as
	// their documents are released, unless the caller still needs it.
	articles := len(b.Put)
	if err := ctx.Err(); err != nil {
		return err
	}
	s.publishMu.RLock()
	defer s.publishMu.RUnlock()
	if s.isClosed() {
		return engine.ErrClosed
	}
	s.mu.Lock()
	s.unpublished = true
	s.mu.Unlock()
	err = s.failStop.run(func() error { return s.scorch.Batch(batch) })
	if err != nil && !errors.Is(err, segment.ErrDocuments) {
		// Whether the batch is durable is not known, nor what else isn't.
		s.failStop.fail(err)
	}
	if err == nil {
		err = s.failStop.failure()
	}
	if err != nil {
		return fmt.Errorf("write batch of %d articles: %w", articles, reader.Damage(err))
	}
	return nil
}

// newBatch makes the batch that scorch takes, with a batch id of its own.
func newBatch(b *engine.Batch) (*index.Batch, error) {
	batch := index.NewBatch()
	for _, id := range b.Delete {
		batch.Delete(id)
	}
	for _, key := range b.DeleteEntries {
		batch.Delete(schema.RecordID(key))
	}
	for _, key := range b.DeleteNotes {
		batch.Delete(schema.NoteID(key))
	}
	buffers := new(schema.Buffers)
	for i := range b.Put {
		doc := b.Put[i]
		d, err := schema.NewDocument(&doc, i, buffers)
		if err != nil {
			return nil, err
		}
		batch.Update(d)
	}
	for i := range b.PutNotes {
		batch.Update(schema.NewNote(&b.PutNotes[i], buffers))
	}
	for _, r := range b.PutEntries {
		batch.Update(schema.NewRecord(r, buffers))
	}
	batch.SetInternal([]byte(batchIDKey), newBatchID())
	return batch, nil
}

// batchIDKey is the internal value in which each batch keeps its id. The key is from
// a time when the id was called a sequence, as is its name in a manifest.
const batchIDKey = "newsq.sequence"

// newBatchID makes the id of a batch. It is random, so that two writers of one
// history never agree by chance: the ids alone tell whether a generation holds what
// the writer store holds.
func newBatchID() []byte {
	var b [8]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	return []byte(hex.EncodeToString(b[:]))
}

// batchID returns the id of the last batch that r holds, or noBatchID.
func batchID(r index.IndexReader) string {
	if s, ok := r.(*scorch.IndexSnapshot); ok {
		if id := s.Internal()[batchIDKey]; len(id) > 0 {
			return string(id)
		}
	}
	return noBatchID
}

// noBatchID stands in the place of the id before the first batch.
const noBatchID = "-"
