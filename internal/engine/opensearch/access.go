package opensearch

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/maintain"
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

// getenv is Getenv, of a driver that has none too.
func (d Driver) getenv(name string) string {
	if d.Getenv == nil {
		return ""
	}
	return d.Getenv(name)
}

// connect returns a client of the cluster of a location, and the alias there. The client
// has the access of the context, or else that of the environment. It sends nothing yet.
func (d Driver) connect(ctx context.Context, location string) (c *transport.Client, alias string, err error) {
	addresses, alias, err := transport.ParseLocation(location)
	if err != nil {
		return nil, "", err
	}
	a, ok := engine.AccessOf(ctx)
	if !ok {
		if a, err = AccessFrom(d.getenv); err != nil {
			return nil, "", err
		}
	}
	c, err = transport.New(transport.Config{Addresses: addresses, Access: a})
	return c, alias, err
}

// checksums reports whether a check has the servers read every byte.
func (d Driver) checksums() (bool, error) {
	switch v := d.getenv(maintain.ChecksumsVariable); v {
	case "", "0":
		return false, nil
	case "1":
		return true, nil
	}
	return false, fmt.Errorf("%s is 1 or 0", maintain.ChecksumsVariable)
}
