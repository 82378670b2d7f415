package main

import (
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/newsq/newsq/internal/mcp"
)

func (a *app) mcpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "mcp [flags]",
		Short: "Give an assistant tools to search and read",
		Long: `Answer an assistant by the Model Context Protocol, over standard input and
output: its program starts this command. Its tools find articles, topics, and
passages that answer a question, read articles, and explain queries, all with
what is needed to check them. Nothing is written. Articles whose senders forbid
use by programs that learn or generate are withheld and counted; those under
embargo are not there.`,
		Example: `  newsq mcp
  newsq mcp -i ~/news.idx`,
		Args: exactArgs(0, "mcp takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.mcp(cmd.Context()) },
	}
}

// mcp answers one assistant until it closes standard input, or until it is interrupted.
func (a *app) mcp(ctx context.Context) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	if f, ok := a.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		a.logger(a.stderr).Info("this is for the program of an assistant, which starts it by itself; Ctrl-D ends it")
	}
	err = mcp.Run(ctx, &mcp.Options{Index: ix, Zone: a.zone, Version: version()}, io.NopCloser(a.stdin), nopCloser{a.stdout})
	if err != nil {
		return &commandError{err: err, hint: "each line is a message in JSON-RPC, of 256 KB at most; the program of an assistant writes them"}
	}
	return nil
}

// nopCloser is a writer that others close, or nobody.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
