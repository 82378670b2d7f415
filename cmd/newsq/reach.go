package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// reach returns a context in which indexes on servers are reached as the settings say,
// if one of these locations is such an index. What the environment sets goes over what
// the file sets.
func (a *app) reach(ctx context.Context, locations ...string) (context.Context, error) {
	for _, location := range locations {
		if _, isFolder := index.FolderOf(location); isFolder {
			continue
		}
		c, err := index.CredentialsFrom(a.engineSetting)
		if err != nil {
			return ctx, &commandError{err: err, hint: "newsq help config  tells what can be set", code: exitUsage}
		}
		a.warnOfSecrets()
		return index.WithCredentials(ctx, c), nil
	}
	return ctx, nil
}

// warnOfSecrets tells a person once which files with secrets others can read.
func (a *app) warnOfSecrets() {
	if a.warnedOfSecrets {
		return
	}
	a.warnedOfSecrets = true
	for _, w := range index.ExposedSecrets(a.engineSetting) {
		a.logger(a.stderr).Warn(render.Clean(w))
	}
}

// engineSetting returns what a variable of the environment says of how to reach servers,
// or else the file of settings.
func (a *app) engineSetting(name string) string {
	if v := a.getenv(name); v != "" {
		return v
	}
	// A secret of the environment goes over a file of the settings.
	if secret, isFile := strings.CutSuffix(name, "_FILE"); isFile && a.getenv(secret) != "" {
		return ""
	}
	c := &a.cfg
	for key, value := range map[string]string{
		"engine-user": c.EngineUser, "engine-password-file": c.EnginePasswordFile, "engine-api-key-file": c.EngineAPIKeyFile,
		"engine-ca": c.EngineCA, "engine-cert": c.EngineCert, "engine-key": c.EngineKey,
	} {
		if config.Variable(key) != name || value == "" {
			continue
		}
		if path, err := config.ExpandHome(value); err == nil && key != "engine-user" {
			return path
		}
		return value
	}
	return ""
}

// isFile reports whether a location is that of a file, which can be no index.
func isFile(location string) bool {
	dir, isFolder := index.FolderOf(location)
	if !isFolder {
		return false
	}
	info, err := os.Stat(dir)
	return err == nil && !info.IsDir()
}

// addWaitFlag adds the flag to a command that writes.
func (a *app) addWaitFlag(f *pflag.FlagSet, wait *string) {
	f.StringVar(wait, "wait", a.cfg.Wait, "how `long` to wait for another writer of the index, such as 10m")
}

// parseWait reads how long to wait for another writer; empty is as long as a person
// waits.
func parseWait(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, usageError("such as:  --wait 10m", "--wait needs a time, not %q", s)
	}
	return d, nil
}

// tellWaiting tells a person that another writer must be waited for.
func (a *app) tellWaiting(err error) {
	a.logger(a.stderr).Info("waiting: " + render.Clean(err.Error()))
}
