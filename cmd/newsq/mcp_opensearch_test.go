//go:build opensearch

package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/index"
)

// askedByAssistants are calls that must be answered alike from either engine.
var askedByAssistants = []string{
	`"search","arguments":{"query":"deterrence","facets":["source","topic","year"]}`,
	`"search","arguments":{"query":"nuclear deterrence north korea","limit":5}`,
	`"search","arguments":{"query":"deterrence zirconium"}`,
	`"search","arguments":{"query":"zirconium"}`,
	`"search","arguments":{"query":"rights:no-ai OR sanctions","budget":3000}`,
	`"search","arguments":{"source":["meridian"],"since":"2023","sort":"newest"}`,
	`"passages","arguments":{"question":"Why do sanctions fail?","limit":20,"budget":50000}`,
	`"passages","arguments":{"question":"Who sells zirconium?"}`,
	`"topics","arguments":{"query":"sanctions"}`,
	`"explain_query","arguments":{"query":"deterrence zebra"}`,
	`"explain_query","arguments":{"query":"zirconium"}`,
	`"similar","arguments":{"id":"meridian-2024-02"}`,
	`"similar","arguments":{"text":"Sanctions and deterrence"}`,
	`"copies","arguments":{"id":"meridian-2024-02"}`,
	`"read","arguments":{"id":"meridian-2024-02"}`,
	`"read","arguments":{"id":"withheld"}`,
	`"read","arguments":{"id":"embargoed"}`,
}

// Assistants get the same from an index on a cluster, and from neither what is withheld.
func TestAssistantOnACluster(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	t.Setenv("TZ", "UTC")
	dir := t.TempDir()
	articles := filepath.Join(dir, "articles")
	if err := sample.Write(articles); err != nil {
		t.Fatal(err)
	}
	var answers [][]any
	for _, at := range []string{filepath.Join(dir, "index"), clusterURL(t, "assistant")} {
		if out, talk, code := command(t, "index", "-q", "-i", at, articles); code != exitDone {
			t.Fatalf("index: %d %s%s", code, out, talk)
		}
		addHandled(t, at)
		answers = append(answers, ask(t, at))
	}
	for i, call := range askedByAssistants {
		if where := difference(answers[0][i], answers[1][i]); where != "" {
			t.Errorf("%s: %s\non the cluster %v\nin the folder %v", call, where, answers[1][i], answers[0][i])
		}
	}
}

// addHandled adds an article that is withheld from assistants, and one under embargo.
func addHandled(t *testing.T, at string) {
	t.Helper()
	ix, err := index.Open(t.Context(), at, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	err = ix.Add(
		t.Context(),
		corpus.Article{ID: "withheld", Title: "Deterrence by zirconium", Body: "Sanctions on zirconium have failed.", Handling: &corpus.Handling{NoAI: true}},
		corpus.Article{ID: "embargoed", Title: "Zirconium", Body: "Sanctions on zirconium end.", Handling: &corpus.Handling{Embargoed: true}},
	)
	if err != nil {
		t.Fatal(err)
	}
}

// ask makes all calls, one after the other, and returns what is answered: a structure, or
// the text of an error.
func ask(t *testing.T, at string) []any {
	t.Helper()
	var in strings.Builder
	fmt.Fprintln(&in, `{"jsonrpc":"2.0","id":-1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
	for i, call := range askedByAssistants {
		fmt.Fprintf(&in, `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":%s}}`+"\n", i, call)
	}
	var out, talk strings.Builder
	if code := run(t.Context(), []string{"mcp", "-i", at}, strings.NewReader(in.String()), &out, &talk); code != exitDone {
		t.Fatalf("newsq mcp ends with %d: %s", code, talk.String())
	}
	answers := make([]any, len(askedByAssistants))
	for line := range strings.Lines(out.String()) {
		var answer struct {
			ID     int
			Result struct {
				IsError           bool
				StructuredContent any
				Content           []struct{ Text string }
			}
		}
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if answer.ID < 0 {
			continue
		}
		r := &answer.Result
		for _, secret := range []string{`"withheld","uri"`, "Sanctions on zirconium have", "zirconium end"} {
			if strings.Contains(line, secret) {
				t.Errorf("%s of %s tells %q: %s", askedByAssistants[answer.ID], at, secret, line)
			}
		}
		if answers[answer.ID] = r.StructuredContent; r.IsError {
			answers[answer.ID] = r.Content[0].Text
		}
	}
	return answers
}
