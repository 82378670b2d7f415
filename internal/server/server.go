// Package server answers over HTTP from an index: the interface for programs, and what
// else is put beside it. It is a facade over its rooms: ask reads addresses, api answers
// programs, page answers people, guard keeps away what should not come in, metrics counts,
// problem says what went wrong.
package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/guard"
)

// Options say what to serve, and how.
type Options struct {
	Index *index.Index
	Addr  string // to listen on, such as 127.0.0.1:7700
	// Names are those that the server has beside localhost and the address that it listens
	// on.
	Names []string
	// Token is what those need who ask; empty for nothing.
	Token string
	// CertFile and KeyFile are a certificate and its key, in PEM, which are read again when
	// they change. Empty for no TLS.
	CertFile, KeyFile string
	// Zone is where days are meant unless a request says otherwise; nil is the system's.
	Zone *time.Location
	// ShowPaths tells where articles lie on the disk of the server.
	ShowPaths bool
	// Version is that of the program, and VersionLine what /version answers.
	Version, VersionLine string
	// Searches is how many searches run at once; 0 is by the number of processors.
	Searches int
	// LastSync returns when the index was last brought in step by this process; zero for
	// not yet. nil where it isn't.
	LastSync func() time.Time
	// MCP answers at /mcp; nil for nothing there.
	MCP http.Handler
	// Pprof is an address of this machine to give profiles at; empty for none.
	Pprof string

	// Log is told what happens; nil for nothing.
	Log         *slog.Logger
	LogRequests bool
	LogQueries  bool
	Slow        time.Duration // requests that take as long are logged; 0 for none
	// Started is called once with the address to open, when requests are taken.
	Started func(url string)
}

// The bounds of connections. Those of requests are in package guard.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	// writeTimeout is more than a search may wait and take.
	writeTimeout   = 45 * time.Second
	idleTimeout    = 2 * time.Minute
	stopTimeout    = 15 * time.Second
	maxHeader      = 64 << 10
	maxConnections = 2048
)

// Run serves until ctx ends, then ends the requests that run, and returns nil.
func Run(ctx context.Context, o *Options) error {
	s, err := newService(o)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return err
	}
	bound := netutil.LimitListener(listener, maxConnections)
	scheme := "http"
	if o.CertFile != "" {
		certificate, err := newCertificate(o.CertFile, o.KeyFile, s.log)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		scheme = "https"
		bound = tls.NewListener(bound, &tls.Config{
			MinVersion: tls.VersionTLS12, GetCertificate: certificate.get, NextProtos: []string{"http/1.1"},
		})
	}
	if o.Pprof != "" {
		end, err := profile(ctx, o.Pprof)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		defer end()
	}
	if o.Started != nil {
		o.Started(scheme + "://" + openable(listener.Addr()) + "/")
	}
	return s.serve(ctx, s.newServer(), bound)
}

func (s *service) newServer() *http.Server {
	return &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// serve serves until ctx ends.
func (s *service) serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(stopping)
	if errors.Is(err, context.DeadlineExceeded) { // as of one who reads slowly
		s.log.Warn(fmt.Sprintf("requests still ran %v after the stop, and were cut off", stopTimeout))
		err = server.Close()
	}
	if served := <-done; err == nil && !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	return err
}

// openable returns an address that a browser can open. One that stands for all of a machine
// is that of the loopback.
func openable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return a.String()
}

// IsLoopback reports whether an address to listen on is reached from this machine alone.
func IsLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// profile gives profiles of the process at an address of its own.
func profile(ctx context.Context, addr string) (end func(), err error) {
	if !IsLoopback(addr) {
		return nil, fmt.Errorf("profiles are for this machine alone, and %s is reached from others", addr)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: guard.Hosts(nil, profiles()), ReadHeaderTimeout: headerTimeout}
	go func() { _ = server.Serve(listener) }()
	return func() { _ = server.Close() }, nil
}
