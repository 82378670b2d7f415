package opensearch

import (
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// ExposedSecrets says which files with secrets, as the variables that getenv returns name
// them, others can read.
func ExposedSecrets(getenv func(string) string) []string {
	return transport.ExposedSecrets(getenv)
}

// AccessFrom reads how to reach servers from the variables that getenv returns.
func AccessFrom(getenv func(string) string) (engine.Access, error) {
	return transport.FromEnvironment(getenv)
}
