package main

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// wireIndex makes an index of what an agency sent, which commands find.
func wireIndex(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	t.Setenv("TZ", "UTC")
	t.Setenv("COLUMNS", "")
	dir := t.TempDir()
	t.Setenv("NEWSQ_INDEX", dir)
	ix, err := index.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	sent := func(id, title string, day int, h corpus.Handling) corpus.Article {
		at := time.Date(2026, 3, day, 9, 20, 0, 0, time.UTC)
		return corpus.Article{
			ID: id, Title: title, Body: "The harbour of Vessem stays closed.", Published: at, PublishedAs: "2026-03-0" + string(rune('0'+day)) + "T10:20+01:00",
			Form: "ninjs", Path: "wire/" + id + ".json", Handling: &h,
		}
	}
	month := sent("m", "A monthly", 1, corpus.Handling{Version: 1})
	month.Published, month.PublishedAs = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "2026-03"
	articles := []corpus.Article{
		sent("x", "Harbour closes", 1, corpus.Handling{Version: 1}),
		sent("x", "Harbour closes for a week", 2, corpus.Handling{Version: 2, Notice: "corrects how long", Rights: "not for resale", NoAI: true}),
		sent("z", "Mayor resigns", 1, corpus.Handling{Version: 1}),
		sent("k", "KILL: Mayor resigns", 3, corpus.Handling{Version: 1, Withdraws: []string{"z"}, Notice: "She does not."}),
		sent("e", "Zirconium figures", 3, corpus.Handling{Version: 1, Embargoed: true, EmbargoedUntil: time.Date(2099, 1, 2, 6, 0, 0, 0, time.UTC)}),
		month,
	}
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
}

// What senders mean is shown by all commands.
func TestHandlingIsShown(t *testing.T) {
	wireIndex(t)
	for _, test := range []struct {
		args string
		code int
		want []string // in what is printed
		not  string
	}{
		{"search harbour --count", exitDone, []string{"3\n"}, ""},
		{"search harbour", exitDone, []string{"A monthly", "· Mar 2026", "KILL: Mayor resigns"}, "Zirconium"},
		{"search harbour --include-embargoed", exitDone, []string{"Zirconium figures", "embargoed until 2 Jan 2099 06:00 UTC"}, ""},
		{"search zirconium --count", exitNoMatch, []string{"0\n"}, ""},
		{"search --ids zirconium --include-embargoed", exitDone, []string{"e\n"}, ""},
		{"suggest zirc", exitNoMatch, []string{"note: "}, "zirconium "},
		{"suggest zirc --include-embargoed", exitDone, []string{"irconium"}, ""},
		{"show e", exitNoMatch, []string{"e is under embargo, until 2 Jan 2099 06:00 UTC", "--include-embargoed"}, ""},
		{"show e --include-embargoed", exitDone, []string{"embargo        embargoed until 2 Jan 2099"}, ""},
		{"show z", exitNoMatch, []string{`article "z" was canceled by its sender on 2026-03-03: She does not.`, "newsq withdrawn"}, ""},
		{"show x", exitDone, []string{
			"Harbour closes for a week", "published      2026-03-02T10:20+01:00", "form           ninjs", "version        2", "notice         corrects how long",
			"rights         not for resale", "no AI ",
		}, ""},
		{"show m", exitDone, []string{"Mar 2026"}, "1 Mar 2026"},
		{"show x --json", exitDone, []string{`"published_as":"2026-03-02T10:20+01:00"`, `"form":"ninjs"`, `"handling":{"version":2,`, `"no_ai":true`}, ""},
		{"show x --versions", exitDone, []string{"version 2", "stands", "version 1", "replaced by version 2", "wire/x.json"}, ""},
		{"show x --versions --json", exitDone, []string{`"versions":[{"id":"x","version":2,`, `"stands":false,"why":"replaced by version 2"`}, ""},
		{"withdrawn", exitDone, []string{"Mayor resigns\n", "z · canceled · 3 Mar 2026 09:20 UTC · by k · wire/k.json", "She does not."}, ""},
		{"withdrawn --json", exitDone, []string{`"withdrawn":[{"id":"z","title":"Mayor resigns","status":"canceled"`, `"reason":"She does not."`}, ""},
		{"search --ids rights:no-ai", exitDone, []string{"x\n"}, "k\n"},
		{"search --count harbour NOT rights:no-ai", exitDone, []string{"2\n"}, ""},
		{"search --count rights:*", exitDone, []string{"1\n"}, ""},
		{"stats", exitDone, []string{"articles       3\n", "1 under embargo, 1 taken back by their senders, 2 other versions"}, ""},
		{"stats --json", exitDone, []string{`"embargoed":1,"withdrawn":1,"versions":2`}, ""},
	} {
		out, talk, code := command(t, strings.Fields(test.args)...)
		all := out + talk
		for _, want := range test.want {
			if !strings.Contains(all, want) {
				t.Errorf("newsq %s: no %q in\n%s", test.args, want, all)
			}
		}
		if code != test.code || test.not != "" && strings.Contains(all, test.not) {
			t.Errorf("newsq %s ends with %d, prints\n%s", test.args, code, all)
		}
	}
}
