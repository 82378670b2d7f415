package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/render"
)

func (a *app) formatsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "formats [flags]",
		Short: "List the forms of files that newsq reads",
		Long: `List the forms of files that newsq reads. Most are known by what is in a file,
whatever it is called; the extensions are the usual ones. What your own files
would be read as, "newsq index --dry-run PATH" tells.`,
		Example: `  newsq formats
  newsq formats --json`,
		Args: exactArgs(0, "formats takes no arguments"),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return render.FormatsJSON(a.stdout, corpus.Formats())
			}
			return a.printPaged(func(w io.Writer, opt render.Options) error { return render.Formats(w, corpus.Formats(), opt) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", a.cfg.JSON, "print the list as one JSON object")
	return cmd
}
