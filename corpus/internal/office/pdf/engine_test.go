package pdf

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/klippa-app/go-pdfium"
)

// A cache that is damaged or full keeps nobody from reading PDFs: it is emptied.
func TestCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pdfium")
	entry := filepath.Join(dir, "entry")
	fill := func() {
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(entry, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	var asked []string
	damaged := errors.New("the cache is damaged")
	compile := func(dir string) (pdfium.Pool, error) {
		if asked = append(asked, dir); dir != "" {
			return nil, damaged
		}
		return nil, nil
	}
	fill()
	if _, err := cached(dir, compile); err != nil || len(asked) != 2 || asked[0] != dir || asked[1] != "" {
		t.Errorf("asked %q, %v", asked, err)
	}
	if _, err := os.Stat(entry); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the damaged entry stays: %v", err)
	}
	fill()
	if _, err := cached(dir, func(string) (pdfium.Pool, error) { return nil, nil }); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(entry); err != nil {
		t.Errorf("a cache that serves was emptied: %v", err)
	}
}
