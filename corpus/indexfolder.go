package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
)

// ErrIndexFolder tells of a folder that holds an index of newsq, a backup of one, or
// a part of it. What lies in it is made of articles, and is none.
var ErrIndexFolder = errors.New("is the folder of a newsq index")

// errIndexGiven says so of a folder that was itself given to be read.
var errIndexGiven = errors.New("is the folder of a newsq index, and holds no articles to read")

// What lies in a folder by which it is known as that of an index. The names are those
// of internal/engine/local/store; a test holds them to what that makes.
const (
	indexHeader  = "newsq.json"      // of an index, and of a backup
	storeHeader  = "index_meta.json" // of a part of one
	indexPointer = "CURRENT"
)

// maxHeader is more than a header takes, in bytes.
const maxHeader = 4 << 10

// isIndexFolder reports whether a folder with these entries is that of an index, or a
// part of one. What its files say decides, as a name alone may be anybody's.
func isIndexFolder(dir string, entries []fs.DirEntry) bool {
	at := map[string]bool{} // of the names that matter; true for a folder
	for _, e := range entries {
		switch name := e.Name(); name {
		case indexHeader, storeHeader, indexPointer, "work", "generations":
			at[name] = e.IsDir()
		}
	}
	if folder, ok := at[indexHeader]; ok && !folder {
		var h struct {
			Format string `json:"format"`
			Schema int    `json:"schema"`
		}
		if readHeader(dir, indexHeader, &h) && h.Format == "newsq" && h.Schema > 0 {
			return true
		}
	}
	if folder, ok := at[storeHeader]; ok && !folder {
		var h struct {
			Storage string `json:"storage"`
			Type    string `json:"index_type"`
		}
		if readHeader(dir, storeHeader, &h) && h.Storage == "scorch" && h.Type == "scorch" {
			return true
		}
	}
	// One whose header was damaged or lost.
	folder, ok := at[indexPointer]
	return ok && !folder && at["work"] && at["generations"]
}

// readHeader reads a small file of JSON; false when it is something else.
func readHeader(dir, name string, into any) bool {
	f, _, err := openRegular(filepath.Join(dir, name))
	if err != nil {
		return false
	}
	defer f.Close() // nothing was written
	b, err := io.ReadAll(io.LimitReader(f, maxHeader+1))
	return err == nil && len(b) <= maxHeader && json.Unmarshal(bytes.TrimSpace(b), into) == nil
}
