package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsq/newsq/internal/config"
)

// rootCommand returns newsq with all its commands.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "newsq",
		Short: "Full-text search over news analyses",
		Long: `newsq searches news analyses. It reads them as they are kept (text, web
pages, office files, downloads of press databases, feeds, archives), builds an
index, and answers in milliseconds with the passages that matter.

Begin with what you have:

  newsq index ~/analyses           read a folder; again later, only what changed
  newsq search deterrence          the best articles, with their passages
  newsq show ID                    read one of them, by the id below its title

or see it at work on samples first:  newsq demo`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return a.unknownCommand(cmd, args)
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkSettings(cmd); err != nil {
				return err
			}
			a.canWait = cmd.Flags().Lookup("wait") != nil
			ctx, err := a.reach(cmd.Context(), a.indexFlagValue)
			cmd.SetContext(ctx)
			return err
		},
	}
	f := root.PersistentFlags()
	f.StringVarP(&a.indexFlagValue, "index", "i", a.cfg.Index, "`folder` of the index, or its URL on a cluster")
	f.StringVar(&a.color, "color", a.cfg.Color, "`when` to use colour: auto, always or never")
	f.BoolVar(&a.noPager, "no-pager", a.cfg.NoPager, "don't show long output in a pager")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(usageTemplate)
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) { a.printHelp(cmd, args, help) })
	root.CompletionOptions.HiddenDefaultCmd = true
	completeFlag(root, "color", "auto", "always", "never")
	if len(a.args) > 0 && a.args[0] == "search" {
		// A search is over before the other commands are made.
		root.CompletionOptions.DisableDefaultCmd = true
		root.AddCommand(a.searchCommand())
		return root
	}
	root.Version = version()
	root.SetVersionTemplate(versionLine())
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(
		a.indexCommand(), a.watchCommand(), a.searchCommand(), a.suggestCommand(), a.translateCommand(), a.similarCommand(), a.quotesCommand(), a.timelineCommand(), a.compareCommand(), a.wordsCommand(), a.gapsCommand(), a.showCommand(), a.exportCommand(), a.verifyCommand(), a.copiesCommand(), a.saveCommand(), a.savedCommand(), a.newCommand(), a.unsaveCommand(), a.removeCommand(), a.tagCommand(), a.tagsCommand(), a.noteCommand(), a.withdrawnCommand(), a.topicsCommand(), a.entitiesCommand(), a.formatsCommand(), a.demoCommand(),
		a.statsCommand(), a.checkCommand(), a.learnCommand(), a.compactCommand(), a.backupCommand(), a.restoreCommand(), a.copyCommand(), a.engineCommand(),
		a.evalCommand(), a.judgeCommand(), a.serveCommand(), a.mcpCommand(),
		a.versionCommand(), queryHelp(), a.configHelp(),
	)
	a.setCompletionScripts(root)
	return root
}

// usageTemplate is cobra's in fewer words.
const usageTemplate = `usage:
  {{if .HasParent}}{{.UseLine}}{{else}}{{.CommandPath}} COMMAND [flags]{{end}}{{if .HasAvailableSubCommands}}

commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

examples:
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

flags of all commands:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}{{if .HasHelpSubCommands}}

to read further:{{range .Commands}}{{if .IsAdditionalHelpTopicCommand}}
  {{rpad (print "newsq help " .Name) 20}} {{.Short}}{{end}}{{end}}{{end}}
`

// checkSettings returns what is wrong with the configuration before a command
// runs. help and version run regardless, since they help to find the mistake.
func (a *app) checkSettings(cmd *cobra.Command) error {
	if a.cfgErr != nil && cmd.HasParent() && cmd.Name() != "help" && cmd.Name() != "version" {
		return &commandError{err: a.cfgErr, hint: "newsq help config  tells what can be set", code: exitUsage}
	}
	switch a.color {
	case "auto", "always", "never":
		return nil
	}
	return usageError("", "--color must be auto, always or never, not %q", a.color)
}

// unknownCommand returns the error of a first word that is no command. It may be
// a misspelt command, or a query of someone who expects newsq to search.
func (a *app) unknownCommand(root *cobra.Command, args []string) error {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = quoteArg(arg)
	}
	search := "to search, write:  " + a.programName() + " search " + strings.Join(quoted, " ")
	if root.HasParent() {
		search = "all of its commands:  " + a.programName() + strings.TrimPrefix(root.CommandPath(), root.Root().Name()) + " --help"
	}
	if near := nearestCommand(root, args[0]); near != "" {
		program := a.programName() + strings.TrimPrefix(root.CommandPath(), root.Root().Name())
		proposal := strings.Join(append([]string{program, near}, quoted[1:]...), " ")
		return usageError("did you mean:  "+proposal+"\n"+search, "there is no command %q", args[0])
	}
	return usageError(search+"\nall commands:  "+a.programName()+" help", "there is no command %q", args[0])
}

// nearestCommand returns the command that a misspelt word likely means; "" where
// there is none.
func nearestCommand(parent *cobra.Command, word string) string {
	var names []string
	for _, c := range parent.Commands() {
		if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
			names = append(names, c.Name())
		}
	}
	return config.Nearest(word, names)
}

// helpCommand is cobra's, with an answer to words that are no command.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about any command",
		RunE: func(cmd *cobra.Command, args []string) error {
			parent, rest, err := cmd.Root().Find(args)
			if err == nil && len(rest) == 0 {
				return parent.Help()
			}
			if len(rest) == 0 {
				rest = args
			}
			hint := "all commands:  " + a.programName() + " help"
			if near := nearestCommand(parent, rest[0]); near != "" {
				path := append(strings.Fields(parent.CommandPath())[1:], near)
				hint = "did you mean:  " + a.programName() + " help " + strings.Join(path, " ") + "\n" + hint
			}
			return usageError(hint, "there is no help on %q", strings.Join(args, " "))
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			parent, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, noFiles
			}
			var found []cobra.Completion
			for _, c := range parent.Commands() {
				if (c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand()) && strings.HasPrefix(c.Name(), typed) {
					found = append(found, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			return found, noFiles
		},
	}
}

// flagError returns what is wrong with a flag, with the flag that was likely
// meant, and the usage.
func flagError(cmd *cobra.Command, err error) error {
	hint := "usage:  " + cmd.UseLine() + "\nmore:   " + cmd.CommandPath() + " --help"
	var (
		unknown *pflag.NotExistError
		lacking *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &lacking):
		return usageError(hint, "--%s needs a value", lacking.GetFlag().Name)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "int":
		return usageError(hint, "--%s must be a whole number, not %q", invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return usageError(hint, "--%s takes no value", invalid.GetFlag().Name)
	case !errors.As(err, &unknown):
		return usageError(hint, "%w", err)
	}
	if letter := unknown.GetSpecifiedShortnames(); letter != "" {
		if cmd.Name() == "search" {
			hint = "to leave out articles with a word, write NOT before it; a query that begins with - goes after --\n" + hint
		}
		return usageError(hint, "there is no flag -%s", letter)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if cmd.Flags().Lookup("language") != nil {
		names = append(names, "language", "not-language")
	}
	if near := config.Nearest(unknown.GetSpecifiedName(), names); near != "" {
		hint = "did you mean:  --" + near + "\n" + hint
	}
	return usageError(hint, "there is no flag --%s", unknown.GetSpecifiedName())
}

// exactArgs refuses another number of arguments than n. The message begins with
// what the command takes.
func exactArgs(n int, takes string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return usageError("usage:  "+cmd.UseLine()+"\nmore:   "+cmd.CommandPath()+" --help", "%s", fmt.Sprintf("%s: %d given", takes, len(args)))
	}
}

// completeFlag gives the shell the values of a flag.
func completeFlag(cmd *cobra.Command, flag string, values ...string) {
	// The error is that of a flag that doesn't exist, which a test rules out.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// completeFlagList gives the shell the values of a flag that takes several, with
// commas between them.
func completeFlagList(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		var found []cobra.Completion
		for _, v := range values {
			found = append(found, before+v)
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	})
}
