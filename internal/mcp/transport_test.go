package mcp

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

type nopWriter struct{ io.Writer }

func (nopWriter) Close() error { return nil }

// Who pipes calls in and closes the pipe gets all answers.
func TestRunAnswersBeforeItEnds(t *testing.T) {
	var in, out strings.Builder
	fmt.Fprintln(&in, `{"jsonrpc":"2.0","id":"start","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
	fmt.Fprintln(&in, `{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	for i := range 50 {
		fmt.Fprintf(&in, `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"search","arguments":{"query":"ship %d"}}}`+"\n", i, i)
	}
	o := &Options{Index: newIndex(t)}
	if err := Run(t.Context(), o, io.NopCloser(strings.NewReader(in.String())), nopWriter{&out}); err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]bool)
	for line := range strings.Lines(out.String()) {
		var answer struct {
			ID     any             `json:"id"`
			Result json.RawMessage `json:"result"`
		}
		if err := json.Unmarshal([]byte(line), &answer); err != nil || answer.Result == nil {
			t.Fatalf("%v: %s", err, line)
		}
		ids[fmt.Sprint(answer.ID)] = true
	}
	if len(ids) != 51 {
		t.Errorf("%d answers", len(ids))
	}
	for _, wrong := range []string{"x\n", strings.Repeat(" ", 2*maxMessage) + "{}\n"} {
		err := Run(t.Context(), o, io.NopCloser(strings.NewReader(wrong)), nopWriter{io.Discard})
		if err == nil || !strings.Contains(err.Error(), "no message of the Model Context Protocol") {
			t.Errorf("%.10q: %v", wrong, err)
		}
	}
}
