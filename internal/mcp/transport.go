package mcp

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// transport is one whose end is read only when all calls before it are answered. The
// SDK drops what runs when reading ends, and a client that pipes its calls in and closes
// the pipe would get nothing.
type transport struct {
	mcp.Transport
	patience time.Duration // how long the last answers are waited for
}

func (t *transport) Connect(ctx context.Context) (mcp.Connection, error) {
	c, err := t.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{Connection: c, patience: t.patience, calls: make(map[jsonrpc.ID]bool), closed: make(chan struct{})}, nil
}

type connection struct {
	mcp.Connection
	patience time.Duration

	mu        sync.Mutex
	calls     map[jsonrpc.ID]bool // that were read and are not answered
	answered  chan struct{}       // closed when there are none any more; nil unless somebody waits
	closed    chan struct{}
	closeOnce sync.Once
}

// listens is a call that is answered when the client ends it.
const listens = "subscriptions/listen"

func (c *connection) Read(ctx context.Context) (jsonrpc.Message, error) {
	m, err := c.Connection.Read(ctx)
	if errors.Is(err, io.EOF) {
		c.wait(ctx)
	}
	if r, ok := m.(*jsonrpc.Request); ok && err == nil && r.ID.IsValid() && r.Method != listens {
		c.mu.Lock()
		c.calls[r.ID] = true
		c.mu.Unlock()
	}
	return m, err
}

// wait waits until all calls are answered.
func (c *connection) wait(ctx context.Context) {
	c.mu.Lock()
	if len(c.calls) == 0 {
		c.mu.Unlock()
		return
	}
	answered := make(chan struct{})
	c.answered = answered
	c.mu.Unlock()
	late := time.NewTimer(c.patience)
	defer late.Stop()
	select {
	case <-answered:
	case <-c.closed:
	case <-ctx.Done():
	case <-late.C:
	}
}

func (c *connection) Write(ctx context.Context, m jsonrpc.Message) error {
	err := c.Connection.Write(ctx, m)
	if r, ok := m.(*jsonrpc.Response); ok {
		c.mu.Lock()
		delete(c.calls, r.ID)
		if len(c.calls) == 0 && c.answered != nil {
			close(c.answered)
			c.answered = nil
		}
		c.mu.Unlock()
	}
	return err
}

func (c *connection) Close() error {
	c.closeOnce.Do(func() { close(c.closed) })
	return c.Connection.Close()
}
