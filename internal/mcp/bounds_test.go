package mcp

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Run(m)) }

// An article whose title, names and headings have no end does not fill a result.
func TestLongNames(t *testing.T) {
	ix := newIndex(t)
	long := strings.Repeat("zephyr ", 20_000)
	a := corpus.Article{ID: "endless", Title: long, Source: long, Summary: long, URL: "https://example.org/" + long, Language: "en"}
	for i := range 1000 {
		a.Authors = append(a.Authors, fmt.Sprintf("Author %d", i))
		a.Topics = append(a.Topics, corpus.Topic{Path: fmt.Sprintf("topic%d", i), Origin: corpus.Stated})
		a.Sections = append(a.Sections, corpus.Section{Heading: fmt.Sprintf("Section %d", i), Start: i, End: i + 1})
		a.Body += "x"
	}
	if err := ix.Add(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	c := overMemory(t, &Options{Index: ix})
	for tool, arguments := range map[string]object{
		"search":   {"query": "zephyr OR summary:zephyr", "passages": 10},
		"passages": {"question": "zephyr"},
		"read":     {"id": "endless"},
	} {
		var r object
		if text := c.call(t, tool, arguments, &r); len(text) > 25_000 || !strings.Contains(text, "cut off)") || !strings.Contains(text, "and 980 more") {
			t.Errorf("%s: %d bytes: %.2000s", tool, len(text), text)
		}
	}
	var r readResult
	c.call(t, "read", object{"id": "endless", "section": "Section 999"}, &r)
	if len(r.Sections) != maxSections || r.From != 999 || !strings.Contains(strings.Join(r.LeftOut, "; "), "800 further sections") {
		t.Errorf("%d sections, from %d, left out %q", len(r.Sections), r.From, r.LeftOut)
	}
}

// nothing is the result of a tool that has none.
type nothing struct{}

func (*nothing) text(*printer) {}

// A client that gives up stops what it asked for.
func TestCancelledCallsStop(t *testing.T) {
	s := &service{deadline: time.Minute, running: make(chan struct{}, 1), mark: newMark}
	server := mcp.NewServer(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	started, stopped := make(chan bool), make(chan error)
	addTool(s, server, tool{name: "wait"}, func(ctx context.Context, _ *struct{}) (*nothing, error) {
		started <- true
		<-ctx.Done()
		stopped <- ctx.Err()
		return nil, ctx.Err()
	})
	here, there := mcp.NewInMemoryTransports()
	session, err := server.Connect(t.Context(), there, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	c := connect(t, here)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-started
		cancel()
	}()
	if _, err := c.CallTool(ctx, &mcp.CallToolParams{Name: "wait"}); err == nil {
		t.Error("a canceled call has a result")
	}
	if err := <-stopped; err != context.Canceled {
		t.Errorf("it ended with %v", err)
	}
}
