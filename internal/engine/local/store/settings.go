package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/fsutil"
)

// Folder is the folder of an index, whether that is open or not.
type Folder string

// ReadSetting reads a file that people keep with the index; see engine.Settings.
func (dir Folder) ReadSetting(ctx context.Context, name string) (content []byte, where string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	if !slices.Contains(settingFiles(), name) {
		return nil, "", fmt.Errorf("%s is no setting: %w", name, fs.ErrNotExist)
	}
	where = filepath.Join(string(dir), name)
	content, err = os.ReadFile(where)
	return content, where, err
}

// WriteSetting writes a file that people keep with the index; see
// engine.Settings.
func (s *Store) WriteSetting(ctx context.Context, name string, content []byte) error {
	switch {
	case s.readOnly:
		return fmt.Errorf("write %s: %w", name, engine.ErrReadOnly)
	case s.isClosed():
		return engine.ErrClosed
	case !slices.Contains(settingFiles(), name):
		return fmt.Errorf("%s is no setting", name)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return fsutil.ReplaceFile(filepath.Join(s.dir, name), content)
}

// KeepSettings copies what people keep with an index.
func KeepSettings(from, to string) error {
	for _, name := range settingFiles() {
		err := fsutil.CopyFile(filepath.Join(from, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
