//go:build opensearch

package clustertest

import (
	"context"
	"os"
	"testing"
	"time"
)

// A cluster of three survives each kind of harm.
func TestHarm(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: three nodes take a while to start")
	}
	c := Start(t, Config{Nodes: 3})
	for name, harm := range map[string]func() error{
		"kill": func() error { return c.Kill(0) },
		"stop": func() error { return c.Stop(1) },
	} {
		if err := harm(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for n := range 2 {
		if err := c.Restart(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Wait(t.Context(), 3, "green"); err != nil {
		t.Fatal(err)
	}
	if err := c.Pause(2); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if err := c.healthy(ctx, c.Addresses()[2]+"/_cluster/health"); err == nil {
		t.Error("a paused node answers")
	}
	if err := c.Resume(2); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(t.Context(), 3, "green"); err != nil {
		t.Fatal(err)
	}
}

// Nothing is left of a cluster that was closed.
func TestClose(t *testing.T) {
	c := Start(t, Config{})
	one := c.nodes[0]
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if one.running() {
		t.Error("the node runs on")
	}
	if _, err := os.Stat(c.dir); !os.IsNotExist(err) {
		t.Errorf("the folder is left: %v", err)
	}
}
