package main

import (
	"errors"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// embeddings returns who makes vectors, by the settings; nil for nobody.
func (a *app) embeddings() (*index.Embeddings, error) {
	c := &a.cfg
	if c.EmbeddingsURL == "" {
		return nil, nil
	}
	key, err := index.EmbeddingsKeyFrom(a.embeddingsSetting)
	if err != nil {
		return nil, settingError(err)
	}
	for _, w := range index.ExposedEmbeddingsKey(a.embeddingsSetting) {
		if !a.warnedOfKey {
			a.logger(a.stderr).Warn(render.Clean(w))
		}
	}
	a.warnedOfKey = true
	timeout, err := time.ParseDuration(c.EmbeddingsTimeout)
	if err != nil || timeout <= 0 {
		return nil, settingError(errors.New("setting embeddings-timeout: it must be a time such as 2s"))
	}
	return &index.Embeddings{
		URL: c.EmbeddingsURL, Model: c.EmbeddingsModel, Dims: c.EmbeddingsDims, Key: key, PlainHTTP: c.EmbeddingsPlainHTTP,
		QueryPrefix: c.EmbeddingsQueryPrefix, PassagePrefix: c.EmbeddingsPassagePrefix, Chars: c.EmbeddingsChars,
		Batch: c.EmbeddingsBatch, PerMinute: c.EmbeddingsRate, QueryTimeout: timeout,
	}, nil
}

// embeddingsSetting returns what a variable of the environment says of the key, or else the
// file of settings.
func (a *app) embeddingsSetting(name string) string {
	if v := a.getenv(name); v != "" {
		return v
	}
	// A key of the environment goes over a file of the settings.
	if secret, isFile := strings.CutSuffix(name, "_FILE"); !isFile || a.getenv(secret) != "" {
		return ""
	}
	if path, err := config.ExpandHome(a.cfg.EmbeddingsKeyFile); err == nil {
		return path
	}
	return a.cfg.EmbeddingsKeyFile
}

func settingError(err error) error {
	return &commandError{err: err, hint: "newsq help config  tells what can be set", code: exitUsage}
}
