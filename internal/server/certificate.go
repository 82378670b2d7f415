package server

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificate is a certificate with its key, which is read again when the files change: it
// is renewed every few weeks, and nobody should have to start the server anew for it.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu      sync.Mutex
	current *tls.Certificate
	stamp   [2]time.Time // of the files that current was read from
	looked  time.Time
}

// lookInterval is how often the files are looked at, at most.
const lookInterval = time.Second

func newCertificate(certFile, keyFile string, log *slog.Logger) (*certificate, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, log: log}
	if err := c.read(); err != nil {
		return nil, err
	}
	return c, nil
}

// read reads the files if they have changed. The caller holds mu, or is the only one to
// know c.
func (c *certificate) read() error {
	var stamp [2]time.Time
	for i, path := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("certificate: %w", err)
		}
		stamp[i] = info.ModTime()
	}
	if c.current != nil && stamp == c.stamp {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("certificate %s with key %s: %w", c.certFile, c.keyFile, err)
	}
	if c.current != nil {
		c.log.Info("the certificate was read anew", "until", pair.Leaf.NotAfter.Format(time.RFC3339))
	}
	c.current, c.stamp = &pair, stamp
	return nil
}

// get implements tls.Config.GetCertificate. While new files can't be read, as when only one
// of them is there yet, the last certificate is good.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now(); now.Sub(c.looked) >= lookInterval {
		c.looked = now
		if err := c.read(); err != nil {
			c.log.Warn("the new certificate can't be read, and the last one stays", "error", err.Error())
		}
	}
	return c.current, nil
}
