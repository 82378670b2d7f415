package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// maxSetting bounds a setting, in bytes: what is sent is a third longer, and a cluster
// takes 100 MB.
const maxSetting = 32 << 20

// setting is the document of a setting.
type setting struct {
	Content []byte `json:"content"`
}

// settingNames returns the names of the settings.
func settingNames() []string {
	return []string{engine.TopicsSetting, engine.TopicModelSetting, engine.AliasesSetting, engine.EntitiesSetting, engine.QuotationsSetting, engine.RemovedSetting, engine.SavedSetting}
}

func settingPath(index, name string) string { return transport.Path(index, "_doc", settingID(name)) }

func settingID(name string) string { return "setting:" + name }

// SettingIDs returns the ids of the documents of all settings.
func SettingIDs() []string {
	ids := settingNames()
	for i, name := range ids {
		ids[i] = settingID(name)
	}
	return ids
}

// ReadSetting reads a file that people keep with an index; see engine.Settings.
func ReadSetting(ctx context.Context, c *transport.Client, alias, name string) (content []byte, where string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	if !slices.Contains(settingNames(), name) {
		return nil, "", fmt.Errorf("%s is no setting: %w", name, fs.ErrNotExist)
	}
	where = name + " of the index " + alias
	var d struct {
		Source setting `json:"_source"`
	}
	err = c.Do(ctx, &transport.Request{Method: http.MethodGet, Path: settingPath(StateOf(alias), name)}, &d)
	if errors.Is(err, engine.ErrNotFound) || errors.Is(err, engine.ErrNoIndex) {
		return nil, where, fmt.Errorf("%s: %w", where, fs.ErrNotExist)
	}
	if err != nil {
		return nil, where, fmt.Errorf("read %s: %w", where, err)
	}
	return d.Source.Content, where, nil
}

// WriteSetting writes a file that people keep with an index; see engine.Settings.
func WriteSetting(ctx context.Context, c *transport.Client, alias, name string, content []byte) error {
	switch {
	case !slices.Contains(settingNames(), name):
		return fmt.Errorf("%s is no setting", name)
	case len(content) > maxSetting:
		return fmt.Errorf("%s has %d bytes, and an index on OpenSearch keeps %d at most", name, len(content), maxSetting)
	}
	body, err := marshal(setting{content})
	if err != nil {
		return err
	}
	if err := c.Do(ctx, &transport.Request{Method: http.MethodPut, Path: settingPath(StateWriter(alias), name), Body: body}, nil); err != nil {
		return fmt.Errorf("write %s of the index %s: %w", name, alias, err)
	}
	return nil
}
