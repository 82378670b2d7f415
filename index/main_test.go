package index_test

import (
	"os"
	"testing"

	"github.com/newsq/newsq/internal/leaktest"
)

// A test may start its binary again as another process, which does what one of
// children says.
const (
	childName = "NEWSQ_TEST_CHILD"
	childDir  = "NEWSQ_TEST_DIR"
)

var children = map[string]func(dir string){}

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		writeUntilKilled(dir)
		return
	}
	if child := children[os.Getenv(childName)]; child != nil {
		child(os.Getenv(childDir))
		return
	}
	code := leaktest.Run(m)
	if realFolder.made != "" {
		_ = os.RemoveAll(realFolder.made)
	}
	os.Exit(code)
}
