// Package sample holds a small corpus of news analyses, so that newsq can be
// tried before one has a corpus of one's own. They are original and written
// for newsq; their outlets, authors and unnamed witnesses are invented. The
// licence is that of the project, Apache-2.0.
//
// Nearly every form that package corpus reads is among them: plain text with
// and without a title, Markdown with front matter, web pages, JSON, JSON
// lines, and compressed files. Some state dates, authors and topics and some
// nothing at all, as it is in a corpus that has grown.
package sample

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// root is the folder that is embedded, and the root of what FS returns.
const root = "articles"

//go:embed articles
var embedded embed.FS

// FS returns the sample articles: files at its top, and those that hold
// several articles or are compressed in the folder archive.
func FS() fs.FS {
	articles, err := fs.Sub(embedded, root)
	if err != nil {
		return embedded // not reached: Sub fails only where root is no valid path
	}
	return articles
}

// Write writes the sample articles into dir, which is created if absent, under
// the names they have in FS. A file that is there already with the same content
// is left alone, so that its modification time stays. One with other content is
// never overwritten: Write stops there, with an error that is fs.ErrExist.
func Write(dir string) error {
	src := FS()
	return fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("write samples: %w", err)
		}
		dst := filepath.Join(dir, filepath.FromSlash(name))
		if d.IsDir() {
			err = os.MkdirAll(dst, 0o755)
		} else {
			err = writeFile(src, name, dst)
		}
		if err != nil {
			return fmt.Errorf("write samples: %w", err)
		}
		return nil
	})
}

func writeFile(src fs.FS, name, dst string) error {
	data, err := fs.ReadFile(src, name)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(dst, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		if old, readErr := os.ReadFile(dst); readErr == nil && bytes.Equal(old, data) {
			return nil
		}
		return err
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(dst) // half a file would stand in the way of the next attempt
	}
	return err
}
