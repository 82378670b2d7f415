package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/server"
)

// defaultAddr is where newsq serve listens: this machine alone can reach it.
const defaultAddr = "127.0.0.1:7700"

// serveOptions are the flags of serve.
type serveOptions struct {
	addr      string
	showPaths bool
}

func (a *app) serveCommand() *cobra.Command {
	c := &a.cfg
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Answer colleagues and programs over HTTP",
		Long: `Serve the index over HTTP: an interface for programs under /api/v1. Nothing is
written, and what other commands write to the index is seen at once. Ctrl-C ends
it.`,
		Example: `  newsq serve
  newsq serve --addr 127.0.0.1:8000`,
		Args: exactArgs(0, "serve takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.addr, "addr", cmp.Or(c.Addr, defaultAddr), "listen on this `address`")
	f.BoolVar(&o.showPaths, "show-paths", c.ShowPaths, "tell where articles lie on the disk of this machine")
	return cmd
}

// serve answers over HTTP until it is interrupted.
func (a *app) serve(ctx context.Context, o *serveOptions) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	return server.Run(ctx, &server.Options{
		Index: ix, Addr: o.addr, Zone: a.zone, ShowPaths: o.showPaths,
		Started: func(url string) { a.logger(a.stderr).Info("open " + url + "  Ctrl-C ends it") },
	})
}
