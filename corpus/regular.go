package corpus

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// openRegular opens a regular file. Anything else, such as a pipe that took the
// file's place, is not read: that might never end.
func openRegular(path string) (*os.File, os.FileInfo, error) {
	// Without O_NONBLOCK, opening a pipe waits for its writer.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errIrregular(info.Mode())
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, info, nil
}

// errIrregular names what a file is that is no file.
func errIrregular(m fs.FileMode) error {
	what := "not a regular file"
	switch {
	case m.IsDir():
		what = "is a folder"
	case m&fs.ModeNamedPipe != 0:
		what = "is a pipe"
	case m&fs.ModeSocket != 0:
		what = "is a socket"
	case m&fs.ModeDevice != 0:
		what = "is a device"
	}
	return errors.New(what)
}
