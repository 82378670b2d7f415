package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/charmbracelet/log"
	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/mcp"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server"
)

// defaultAddr is where newsq serve listens: this machine alone can reach it.
const defaultAddr = "127.0.0.1:7700"

// serveOptions are the flags of serve.
type serveOptions struct {
	addr            string
	hosts           []string
	tokenFile       string
	readOnlyPublic  bool
	tlsCert, tlsKey string
	showPaths       bool
	watch           []string
	every           string
	logJSON         bool
	logRequests     bool
	logQueries      bool
	slow            string
	pprof           string

	slowest time.Duration // what slow says
}

func (a *app) serveCommand() *cobra.Command {
	c := &a.cfg
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Answer colleagues and programs over HTTP",
		Long: `Serve the index over HTTP: a page for people at /, an interface for programs
under /api/v1, and one for assistants at /mcp. The index is only read, and what
other commands write is seen at once; with --watch it is kept in step with
folders and feeds too. Ctrl-C ends it.

Others than this machine get answers when --addr says so, and then need a token:
the first line of --token-file, or the variable NEWSQ_TOKEN. Programs send it as
"Authorization: Bearer TOKEN", browsers are asked for it once.`,
		Example: `  newsq serve
  newsq serve --watch ~/analyses
  newsq serve --addr :7700 --host search.example.org --token-file token \
    --tls-cert cert.pem --tls-key key.pem
  curl 'http://127.0.0.1:7700/api/v1/search?q=sanctions&limit=3'`,
		Args: exactArgs(0, "serve takes no arguments; folders come behind --watch"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.addr, "addr", cmp.Or(c.Addr, defaultAddr), "listen on this `address`; :7700 is every address of this machine")
	f.StringArrayVar(&o.hosts, "host", c.Host, "answer to this `name` of the server too; repeat for more")
	f.StringVar(&o.tokenFile, "token-file", c.TokenFile, "ask for the token in the first line of `file`, or in NEWSQ_TOKEN")
	f.BoolVar(&o.readOnlyPublic, "read-only-public", c.ReadOnlyPublic, "let everybody read who reaches the address, without a token")
	f.StringVar(&o.tlsCert, "tls-cert", c.TLSCert, "speak TLS with the certificate in `file`, which is read again when it changes")
	f.StringVar(&o.tlsKey, "tls-key", c.TLSKey, "`file` of the key of the certificate")
	f.BoolVar(&o.showPaths, "show-paths", c.ShowPaths, "tell where articles lie on the disk of this machine")
	f.StringArrayVar(&o.watch, "watch", c.Watch, "keep the index in step with a `folder` or feed, as newsq watch does; repeat for more")
	f.StringVar(&o.every, "every", cmp.Or(c.Every, "15m"), "ask watched feeds for what is new so `often`, such as 5m")
	f.BoolVar(&o.logJSON, "log-json", c.LogJSON, "write messages as lines of JSON")
	f.BoolVar(&o.logRequests, "log-requests", c.LogRequests, "write a message for each request, without what was asked")
	f.BoolVar(&o.logQueries, "log-queries", c.LogQueries, "say in messages what was asked")
	f.StringVar(&o.slow, "slow", cmp.Or(c.Slow, "2s"), "write a message for each request that takes this `time`; 0 for none")
	f.StringVar(&o.pprof, "pprof", c.Pprof, "give profiles of the process at this `address` of this machine, such as 127.0.0.1:6060")
	return cmd
}

// serve answers over HTTP until it is interrupted.
func (a *app) serve(ctx context.Context, o *serveOptions) error {
	token, err := a.checkServe(o)
	if err != nil {
		return err
	}
	sampleMemory(o.pprof != "")
	logger := a.serveLogger(o)
	sources, err := a.watchedSources(o)
	if err != nil {
		return err
	}
	if sources != nil {
		if err := a.makeIndex(ctx, sources, logger); err != nil {
			return err
		}
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	so := &server.Options{
		Index: ix, Addr: o.addr, Names: o.hosts, Token: token, CertFile: o.tlsCert, KeyFile: o.tlsKey,
		Zone: a.zone, ShowPaths: o.showPaths, Version: version(), VersionLine: versionLine(), Pprof: o.pprof,
		MCP: mcp.Handler(&mcp.Options{Index: ix, Zone: a.zone, Version: version(), HostChecked: true, Logger: slog.New(logger)}),
		Log: slog.New(logger), LogRequests: o.logRequests, LogQueries: o.logQueries, Slow: o.slowest,
	}
	so.Started = func(url string) { a.sayServed(logger, url, o, token) }
	if sources == nil {
		return a.explainServe(server.Run(ctx, so), o)
	}
	// The server ends when the watch fails, and the watch when the server ends.
	ctx, end := context.WithCancel(ctx)
	var synced atomic.Int64
	so.LastSync = func() time.Time {
		if at := synced.Load(); at != 0 {
			return time.UnixMilli(at)
		}
		return time.Time{}
	}
	watched := make(chan error, 1)
	go func() {
		defer end()
		watched <- a.watchFor(ctx, o, sources, logger, func() { synced.Store(time.Now().UnixMilli()) })
	}()
	err = server.Run(ctx, so)
	end()
	if watchErr := <-watched; watchErr != nil && !errors.Is(watchErr, context.Canceled) {
		dir, _ := a.indexDir()
		return a.explainIndexError(watchErr, dir)
	}
	return a.explainServe(err, o)
}

// checkServe checks the flags, and returns the token.
func (a *app) checkServe(o *serveOptions) (token string, err error) {
	if _, _, err := net.SplitHostPort(o.addr); err != nil {
		return "", usageError("such as:  --addr 127.0.0.1:7700, or --addr :7700 for every address of this machine", "--addr needs an address and a port, not %q", o.addr)
	}
	if o.slowest, err = time.ParseDuration(o.slow); err != nil || o.slowest < 0 {
		return "", usageError("such as:  --slow 500ms", "--slow needs a time, not %q", o.slow)
	}
	if (o.tlsCert == "") != (o.tlsKey == "") {
		return "", usageError("", "--tls-cert and --tls-key go together")
	}
	if o.pprof != "" && !server.IsLoopback(o.pprof) {
		return "", usageError("such as:  --pprof 127.0.0.1:6060", "--pprof is for this machine alone, and %q is reached from others", o.pprof)
	}
	if token, err = a.serveToken(o); err != nil {
		return "", err
	}
	switch {
	case token != "" && o.readOnlyPublic:
		return "", usageError("", "there is a token, and --read-only-public asks for none")
	case token == "" && !o.readOnlyPublic && !server.IsLoopback(o.addr):
		return "", usageError("make a token:  head -c 24 /dev/urandom | base64 > token\nand use it:    "+a.programName()+" serve --addr "+quoteArg(o.addr)+
			" --token-file token\nor let everybody read:  --read-only-public", "others can reach %s, and no token keeps them out", o.addr)
	}
	return token, nil
}

// serveToken returns the token that those need who ask; empty for none.
func (a *app) serveToken(o *serveOptions) (string, error) {
	token := a.getenv("NEWSQ_TOKEN")
	if o.tokenFile == "" {
		return strings.TrimSpace(token), nil
	}
	path, err := config.ExpandHome(o.tokenFile)
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return "", &commandError{err: fmt.Errorf("--token-file: %w", err), hint: "make one:  head -c 24 /dev/urandom | base64 > " + quoteArg(o.tokenFile)}
	}
	first, _, _ := strings.Cut(string(b), "\n")
	if token = strings.TrimSpace(first); token == "" {
		return "", usageError("make one:  head -c 24 /dev/urandom | base64 > "+quoteArg(o.tokenFile), "--token-file: the first line of %s is empty", o.tokenFile)
	}
	return token, nil
}

// serveLogger returns the logger of a server: as those of other commands for a person, and
// with the time for a file.
func (a *app) serveLogger(o *serveOptions) *log.Logger {
	if o.logJSON {
		return log.NewWithOptions(lineWriter{a.stderr, 0}, log.Options{Level: log.InfoLevel, Formatter: log.JSONFormatter, ReportTimestamp: true, TimeFormat: time.RFC3339Nano})
	}
	return a.logger(a.stderr)
}

// sayServed says where to open what is served, and who can.
func (a *app) sayServed(l *log.Logger, url string, o *serveOptions, token string) {
	l.Info("open " + url + "  (Ctrl-C ends it)")
	switch {
	case server.IsLoopback(o.addr):
	case token == "":
		l.Warn("everybody who reaches " + o.addr + " can read all of the index, as --read-only-public says")
	case o.tlsCert == "":
		l.Warn("the token goes over the network in the clear; use --tls-cert and --tls-key, or a proxy that speaks TLS")
	}
}

// explainServe returns an error of the server with what to do about it.
func (a *app) explainServe(err error, o *serveOptions) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return &commandError{err: fmt.Errorf("%s is taken by another program, perhaps another newsq serve", o.addr), hint: "take another port:  " + a.programName() + " serve --addr 127.0.0.1:7701"}
	case errors.Is(err, fs.ErrPermission):
		return &commandError{err: err, hint: "ports below 1024 are for the system; take another one:  --addr :7700"}
	}
	return err
}

// watchedSources opens what is to be watched; nil for nothing.
func (a *app) watchedSources(o *serveOptions) (*corpus.Files, error) {
	if len(o.watch) == 0 {
		return nil, nil
	}
	wo := watchOptions{indexOptions: a.watchSettings(), every: o.every}
	src, err := a.openSourcesWith(wo.reading(), o.watch, wo.fields)
	if err != nil {
		return nil, err
	}
	files, ok := src.(*corpus.Files)
	if !ok || len(files.Folders())+len(files.Addresses()) < len(o.watch) {
		return nil, usageError("", "standard input cannot be watched")
	}
	return files, nil
}

// watchSettings are the flags of newsq watch as the settings have them.
func (a *app) watchSettings() indexOptions {
	c := &a.cfg
	return indexOptions{prune: c.Prune, fullText: c.FullText, noLearn: c.NoLearn, fields: c.Map, topics: c.Topics, memory: c.Memory, notify: c.Notify}
}

// makeIndex makes an index of what is watched where there is none to read.
func (a *app) makeIndex(ctx context.Context, files *corpus.Files, l *log.Logger) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	ix, err := index.Open(ctx, dir, &index.Options{ReadOnly: true})
	if err == nil {
		return ix.Close()
	}
	if !errors.Is(err, index.ErrNoIndex) {
		return nil // what is wrong with it is told by those who read it
	}
	l.Info("there is no index yet; it is made first")
	settings := a.watchSettings()
	opts, err := settings.writing()
	if err != nil {
		return err
	}
	w, err := index.Open(ctx, dir, opts)
	if err != nil {
		return a.explainIndexError(err, dir)
	}
	_, err = w.Sync(ctx, files, nil)
	if closeErr := w.Close(); err == nil {
		err = closeErr
	}
	return a.explainIndexError(err, dir)
}

// watchFor keeps the index in step with what is watched. synced is called after each sync.
func (a *app) watchFor(ctx context.Context, o *serveOptions, files *corpus.Files, l *log.Logger, synced func()) error {
	every, err := time.ParseDuration(o.every)
	if err != nil || every < minEvery {
		return usageError("such as:  --every 5m", "--every needs a time of at least a minute, not %q", o.every)
	}
	settings := a.watchSettings()
	opts, err := settings.writing()
	if err != nil {
		return err
	}
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	notify, err := a.notifier(&settings)
	if err != nil {
		return err
	}
	notify.log = l
	return index.Watch(ctx, dir, opts, files, index.WatchOptions{
		Sync: index.SyncOptions{Prune: settings.prune}, Feeds: every,
		Deliver: notify.deliver, Notified: notify.tell,
		Waiting: func(err error) { l.Info("waiting: " + err.Error()) },
		Synced: func(r index.SyncReport, err error) {
			if err != nil {
				l.Warn("a sync failed and will be done again: " + err.Error())
				return
			}
			synced()
			logFirst(l.Warn, r.Unreadable, render.Unreadable)
			logFirst(l.Warn, r.Warnings, render.Clean)
			if r.Added+r.Updated+r.Removed+r.Retagged+r.Withdrawn+r.Superseded > 0 {
				l.Info(render.Watched(&r))
			}
		},
	})
}
