package eval

import (
	"bytes"

	"github.com/newsq/newsq/internal/fsutil"
)

// SaveQueries puts a file of queries at path, see [WriteQueries]. After a crash, path
// has either the old file or the new one.
func SaveQueries(path string, queries []Query) error {
	var b bytes.Buffer
	if err := WriteQueries(&b, queries); err != nil {
		return err
	}
	return fsutil.ReplaceFile(path, b.Bytes())
}

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
