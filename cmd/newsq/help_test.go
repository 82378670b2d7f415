package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsq/newsq/internal/config"
)

// commands returns all commands that a person is meant to see.
func commands(root *cobra.Command) (all []*cobra.Command) {
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			all = append(append(all, c), commands(c)...)
		}
	}
	return all
}

func testRoot() *cobra.Command {
	a := newApp(nil, strings.NewReader(""), os.Stdout, os.Stderr)
	a.cfg = config.Default()
	return a.rootCommand()
}

// What newsq can do is in the README, under the name it has.
func TestReadmeNamesEverything(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	root := testRoot()
	want := func(what string) {
		if !strings.Contains(readme, what) {
			t.Errorf("README.md doesn't name %s", what)
		}
	}
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) { want("--" + f.Name) })
	for _, c := range commands(root) {
		want(c.CommandPath())
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				want("--" + f.Name)
			}
		})
	}
}

// Each flag is a setting, so that it can be given in the file and the
// environment, and each setting is a flag but for the few that only make sense
// there.
func TestFlagsAreSettings(t *testing.T) {
	settings := map[string]bool{
		"aliases": true, "pager": true, "timezone": true,
		"engine-user": true, "engine-password-file": true, "engine-api-key-file": true, "engine-ca": true, "engine-cert": true, "engine-key": true,
		"embeddings-url": true, "embeddings-model": true, "embeddings-dims": true, "embeddings-key-file": true,
		"embeddings-query-prefix": true, "embeddings-passage-prefix": true, "embeddings-chars": true, "embeddings-batch": true,
		"embeddings-rate": true, "embeddings-timeout": true, "embeddings-plain-http": true, "notify-secret-file": true,
	}
	known := make(map[string]bool)
	for _, key := range config.Keys() {
		known[key] = true
	}
	root := testRoot()
	check := func(f *pflag.Flag) {
		settings[f.Name] = true
		if f.Name != "help" && !known[f.Name] {
			t.Errorf("flag --%s is no setting", f.Name)
		}
	}
	root.PersistentFlags().VisitAll(check)
	for _, c := range commands(root) {
		c.LocalNonPersistentFlags().VisitAll(check)
	}
	for key := range known {
		if !settings[key] {
			t.Errorf("setting %s is no flag", key)
		}
	}
}

// Every command says in a line what it is for, and shows an example that
// begins with its name.
func TestEveryCommandHasAnExample(t *testing.T) {
	for _, c := range commands(testRoot()) {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: short text %q", c.CommandPath(), c.Short)
		}
		if c.Name() != "version" && !strings.Contains(c.Example, c.CommandPath()) {
			t.Errorf("%s: no example", c.CommandPath())
		}
		for line := range strings.Lines(c.Long + "\n" + c.Example) {
			if n := len(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%s: a line of %d columns: %s", c.CommandPath(), n, line)
			}
		}
	}
}
