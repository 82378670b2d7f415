package main

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/charmbracelet/log"
	"github.com/spf13/pflag"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/notify"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// addNotifyFlag adds the flag to a command that syncs.
func (a *app) addNotifyFlag(f *pflag.FlagSet, o *indexOptions) {
	f.StringVar(&o.notify, "notify", a.cfg.Notify, "tell a `command or URL` what came in for saved searches")
}

// notifier delivers what came in for saved searches.
type notifier struct {
	log     *log.Logger
	deliver func(context.Context, *index.Message) error // nil where nobody is told
	wait    time.Duration
	quiet   bool
	failed  bool
}

// notifier returns what --notify asks for.
func (a *app) notifier(o *indexOptions) (*notifier, error) {
	n := &notifier{log: a.logger(a.stderr), quiet: o.quiet || o.json}
	if o.notify == "" {
		return n, nil
	}
	const example = "such as:  --notify https://example.org/hook  or  --notify 'mail -s news desk'"
	var err error
	// watch has no such flag, and goes on in any case.
	if n.wait, err = time.ParseDuration(cmp.Or(o.notifyWait, "0s")); err != nil || n.wait < 0 {
		return nil, usageError("such as:  --notify-wait 30s", "--notify-wait needs a time, not %q", o.notifyWait)
	}
	secret, err := index.NotifySecretFrom(a.notifySetting)
	if err != nil {
		return nil, settingError(err)
	}
	for _, w := range index.ExposedNotifySecret(a.notifySetting) {
		n.log.Warn(render.Clean(w))
	}
	if n.deliver, err = notify.To(o.notify, &notify.Options{Secret: secret, Version: version()}); err != nil {
		return nil, usageError(example, "--notify: %v", err)
	}
	return n, nil
}

// notifySetting returns what a variable of the environment says of the secret, or else the
// file of settings.
func (a *app) notifySetting(name string) string {
	if v := a.getenv(name); v != "" {
		return v
	}
	// A secret of the environment goes over a file of the settings.
	if secret, isFile := strings.CutSuffix(name, "_FILE"); !isFile || a.getenv(secret) != "" {
		return ""
	}
	if path, err := config.ExpandHome(a.cfg.NotifySecretFile); err == nil {
		return path
	}
	return a.cfg.NotifySecretFile
}

// run delivers what there is and returns what went wrong, for a person.
func (n *notifier) run(ctx context.Context, ix *index.Index) []string {
	if n.deliver == nil {
		return nil
	}
	r, err := ix.Notify(ctx, index.NotifyOptions{Deliver: n.deliver, Wait: n.wait})
	n.tellDelivered(&r)
	warnings := r.Warnings
	if err != nil && ctx.Err() == nil {
		n.failed = true
		warnings = append(warnings, notNotified(&r, err)+"; the next run goes on")
	}
	return warnings
}

// tell tells what became of messages while a watch goes on.
func (n *notifier) tell(r index.NotifyReport, err error) {
	n.tellDelivered(&r)
	logFirst(n.log.Warn, r.Warnings, render.Clean)
	if err != nil {
		n.log.Warn(render.Clean(notNotified(&r, err)) + "; it will be tried again")
	}
}

func (n *notifier) tellDelivered(r *index.NotifyReport) {
	if r.Delivered > 0 && !n.quiet {
		n.log.Info(render.Count(r.Delivered, "message", "messages") + " sent of what is new in saved searches")
	}
}

// notNotified says why messages were not delivered.
func notNotified(r *index.NotifyReport, err error) string {
	if r.Left == 0 {
		return "saved searches could not be told of: " + err.Error()
	}
	return render.Count(r.Left, "message is", "messages are") + " left: " + err.Error()
}
