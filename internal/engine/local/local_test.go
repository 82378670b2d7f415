package local_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/newsq/newsq/internal/engine/enginetest"
	"github.com/newsq/newsq/internal/engine/local"
	"github.com/newsq/newsq/internal/leaktest"
)

// bleve itself, which one test imports, starts workers that never end. And a
// batch that waits for scorch's background when that dies waits for ever: the
// fail-stop leaves it behind, which TestStoreVanishes makes happen.
func TestMain(m *testing.M) {
	const batch = "github.com/blevesearch/bleve/v2/index/scorch.(*Scorch).prepareSegment"
	os.Exit(leaktest.Run(m, goleak.IgnoreCurrent(), goleak.IgnoreTopFunction(batch)))
}

func TestSuite(t *testing.T) {
	enginetest.Run(t, enginetest.Target{Driver: local.Driver{}})
}
