//go:build opensearch

package search

import (
	"os"
	"testing"

	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

func TestMain(m *testing.M) { os.Exit(clustertest.Run(m)) }
