package main

import (
	_ "embed"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Scripts of newsq's own, where cobra's go wrong with a quotation that is open and
// with values that have blanks, and evaluate the command line. They ask newsq in
// cobra's way: newsq __complete WORD... prints what the last word may become, one a
// line, and then a colon and the sum of cobra's directives.
var (
	//go:embed completion/newsq.bash
	bashCompletion string
	//go:embed completion/newsq.zsh
	zshCompletion string
	//go:embed completion/newsq.fish
	fishCompletion string
)

// setCompletionScripts puts newsq's scripts in the place of cobra's.
func (a *app) setCompletionScripts(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range []struct{ shell, script, session, always string }{
		{"bash", bashCompletion, "source <(newsq completion bash)", "newsq completion bash > ~/.local/share/bash-completion/completions/newsq"},
		{"zsh", zshCompletion, "source <(newsq completion zsh)", `newsq completion zsh > "${fpath[1]}/_newsq"`},
		{"fish", fishCompletion, "newsq completion fish | source", "newsq completion fish > ~/.config/fish/completions/newsq.fish"},
	} {
		cmd, _, err := root.Find([]string{"completion", c.shell})
		if err != nil || cmd.Name() != c.shell {
			continue // cobra has it under another name; its script stays
		}
		cmd.Long = "Print the script that completes newsq's commands, flags and their values, and the\n" +
			"words of queries in " + c.shell + ".\n\nIn this session:\n\n  " + c.session + "\n\nIn each new session:\n\n  " + c.always + "\n"
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			script := c.script
			if f := cmd.Flag("no-descriptions"); f != nil && f.Value.String() == "true" {
				script = strings.ReplaceAll(script, cobra.ShellCompRequestCmd+" ", cobra.ShellCompNoDescRequestCmd+" ")
			}
			_, err := io.WriteString(a.stdout, script)
			return err
		}
	}
}
