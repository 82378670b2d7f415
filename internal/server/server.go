// Package server answers over HTTP from an index: the interface for programs, and what
// else is put beside it. It is a facade over its rooms: ask reads addresses, api answers
// programs, problem says what went wrong.
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/api"
)

// Options say what to serve, and how.
type Options struct {
	Index *index.Index
	Addr  string // to listen on, such as 127.0.0.1:7700
	// Zone is where days are meant unless a request says otherwise; nil is the system's.
	Zone *time.Location
	// ShowPaths tells where articles lie on the disk of the server.
	ShowPaths bool
	// Started is called once with the address to open, when requests are taken.
	Started func(url string)
}

// The bounds of a request and of stopping.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 10 * time.Second
	maxHeader     = 64 << 10
)

// Handler returns what answers the requests.
func Handler(o *Options) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/v1/", api.New(api.Options{Index: o.Index, Zone: o.Zone, ShowPaths: o.ShowPaths}))
	return mux
}

// Run serves until ctx ends, then ends the requests that run, and returns nil.
func Run(ctx context.Context, o *Options) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return err
	}
	s := &http.Server{
		Handler: Handler(o), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	if o.Started != nil {
		o.Started("http://" + listener.Addr().String() + "/")
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err = s.Shutdown(stopping)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("requests still ran %v after the stop, and were cut off", stopTimeout)
		_ = s.Close()
	}
	if served := <-done; err == nil && !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	return err
}
