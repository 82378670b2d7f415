package opensearch

import (
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// AccessFrom reads how to reach servers from the variables that getenv returns.
func AccessFrom(getenv func(string) string) (engine.Access, error) {
	return transport.FromEnvironment(getenv)
}
