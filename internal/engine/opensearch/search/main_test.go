//go:build opensearch

package search

import (
	"os"
	"testing"

	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

func TestMain(m *testing.M) { os.Exit(clustertest.Run(m)) }

// rounds is how many random checks a test makes, a sixth of them with -short.
func rounds(all int) int {
	if testing.Short() {
		return all / 6
	}
	return all
}
