package local_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/enginetest"
	"github.com/newsq/newsq/internal/engine/local"
)

// bleve itself, which one test imports, starts workers that never end.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

func TestSuite(t *testing.T) {
	enginetest.Run(t, func(ctx context.Context, dir string) (engine.Engine, error) {
		return local.Open(ctx, dir, local.Options{})
	})
}
