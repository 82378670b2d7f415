package eval

import (
	"bytes"

	"github.com/newsq/newsq/internal/fsutil"
)

// SaveQrels puts a file of judgments at path, see [WriteQrels]. After a crash, path
// has either the old file or the new one.
func SaveQrels(path string, qrels Qrels) error {
	var b bytes.Buffer
	if err := WriteQrels(&b, qrels); err != nil {
		return err
	}
	return fsutil.ReplaceFile(path, b.Bytes())
}

// SaveRun puts a run file at path, see [WriteRun]. After a crash, path has either
// the old file or the new one.
func SaveRun(path string, r Run, tag string) error {
	var b bytes.Buffer
	if err := WriteRun(&b, r, tag); err != nil {
		return err
	}
	return fsutil.ReplaceFile(path, b.Bytes())
}
