package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/newsq/newsq/internal/engine"
)

// hanging is how long something may take before it is taken to hang: nothing
// here takes a second of a processor.
const hanging = 5 * time.Minute

func records(key string) *engine.Batch {
	return &engine.Batch{PutEntries: []engine.Entry{{Key: key, Stamp: "1"}}}
}

// When scorch's background fails, writing ends with the reason, whoever waits
// is told, and opening the index again mends it.
func TestBackgroundFails(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Write(t.Context(), records("a")), s.Publish(t.Context())); err != nil {
		t.Fatal(err)
	}
	s.failStop.closeWait = hanging
	held := make(chan struct{})
	go func() {
		defer close(held)
		scorch.RegistryAsyncErrorCallbacks[callbackName](errors.New("merger: it is dead"), filepath.Join(dir, "work", "store"))
	}()
	<-s.failStop.failed
	for what, err := range map[string]error{
		"write": s.Write(t.Context(), records("b")), "publish": s.Publish(t.Context()), "compact": s.Compact(t.Context()),
	} {
		if !errors.Is(err, errWritingEnded) || !strings.Contains(err.Error(), "it is dead") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	<-held
	if s, err = Open(t.Context(), dir, engine.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Write(t.Context(), records("b")), s.Publish(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
}

func TestWhoWaitsIsTold(t *testing.T) {
	f, release := newFailStop(), make(chan struct{})
	err := f.run(func() error {
		f.fail(errors.New("persister: it is dead"))
		<-release // as a batch waits for what is dead
		return nil
	})
	if !errors.Is(err, errWritingEnded) {
		t.Errorf("%v", err)
	}
	close(release)
}

// The writer's store is gone under its feet, and comes back.
func TestStoreVanishes(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Write(t.Context(), records("a")), s.Publish(t.Context())); err != nil {
		t.Fatal(err)
	}
	writerDir := filepath.Join(dir, "work")
	if err := os.Rename(writerDir, writerDir+"-away"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), hanging)
	defer cancel()
	if err := s.Write(ctx, records("b")); err == nil || ctx.Err() != nil {
		t.Errorf("a batch without a store: %v", err)
	}
	if err := os.Rename(writerDir+"-away", writerDir); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(ctx, records("c")); !errors.Is(err, errWritingEnded) {
		t.Errorf("a batch after one that failed: %v", err)
	}
	_ = s.Close() // what it says depends on when scorch noticed
	if s, err = Open(t.Context(), dir, engine.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Write(t.Context(), records("b")), s.Publish(t.Context())); err != nil {
		t.Fatal(err)
	}
	snap, err := s.Hold()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for entry, err := range snap.View.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, entry.Key)
	}
	if got := strings.Join(keys, " "); got != "a b" {
		t.Errorf("entries %s", got)
	}
	if err := errors.Join(snap.Release(), s.Close()); err != nil {
		t.Error(err)
	}
}
