package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// indexOfCorpus makes an index of the articles of scripts with the command, and returns its
// folder.
func indexOfCorpus(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	dir := filepath.Join(t.TempDir(), "index")
	if out, err := exec.Command("newsq", "index", "-i", dir, "testdata/corpus").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// serveIndex serves an index on loopback by the command, until the test ends, and returns
// the address.
func serveIndex(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command("newsq", "serve", "-i", dir, "--addr", "127.0.0.1:0")
	talk, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(talk)
	for lines.Scan() {
		for word := range strings.FieldsSeq(lines.Text()) {
			if strings.HasPrefix(word, "http://") {
				go func() {
					for lines.Scan() { // so that the server is never held up
					}
				}()
				return word
			}
		}
	}
	t.Fatal("the server did not say where it is")
	return ""
}

// The client of the SDK talks to the command as an assistant's program does, and to what
// newsq serve has at /mcp.
func TestAssistant(t *testing.T) {
	dir := indexOfCorpus(t)
	for name, transport := range map[string]mcp.Transport{
		"standard input and output": &mcp.CommandTransport{Command: exec.Command("newsq", "mcp", "-i", dir)},
		"HTTP":                      &mcp.StreamableClientTransport{Endpoint: serveIndex(t, dir) + "mcp"},
	} {
		t.Run(name, func(t *testing.T) {
			session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			res, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "passages", Arguments: map[string]any{"question": "What is deterrence?"}})
			if err != nil || res.IsError {
				t.Fatalf("%v %+v", err, res)
			}
			if text := res.Content[0].(*mcp.TextContent).Text; !strings.Contains(text, "Deterrence is a conversation") {
				t.Errorf("passages:\n%s", text)
			}
		})
	}
}

// The client in Python is another reading of the protocol than the SDK's.
func TestAssistantInPython(t *testing.T) {
	python := os.Getenv("NEWSQ_MCP_PYTHON")
	if python == "" {
		t.Skip("NEWSQ_MCP_PYTHON is not set to a Python that has the package mcp; .ci/run makes one")
	}
	newsq, err := exec.LookPath("newsq")
	if err != nil {
		t.Fatal(err)
	}
	dir := indexOfCorpus(t)
	out, err := exec.Command(python, "testdata/mcp_client.py", newsq, dir, serveIndex(t, dir)+"mcp").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Logf("%s", out)
}
