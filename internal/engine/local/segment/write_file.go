package segment

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/fsutil"
)

// writeFile writes a file. When it returns, the file and its name are durable,
// or there is no file. Scorch names the file in its root right after.
func writeFile(path string, write func(io.Writer) error) error {
	err := fsutil.WriteFile(path, 0o666, func(f io.Writer) error {
		w := bufio.NewWriterSize(f, 1<<20)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	})
	if err != nil {
		return err
	}
	if err := fsutil.SyncDir(filepath.Dir(path)); err != nil {
		_ = os.Remove(path)
		return err
	}
	return nil
}
