//go:build opensearch

package transport

import (
	"os"
	"testing"

	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

func TestMain(m *testing.M) { os.Exit(clustertest.Run(m)) }
