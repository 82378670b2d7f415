package segment

import (
	"os"
	"syscall"
	"unsafe"
)

// dropPages lets go of the memory that a part of the mapped file takes, after it
// was read for the last time in a while: it is read from the file again when
// it is looked at. Merging would otherwise hold all of its inputs. It is a
// hint, so that a failure doesn't matter.
func (s *Segment) dropPages(b []byte) {
	if s.mapping == nil || len(b) == 0 {
		return
	}
	page := os.Getpagesize()
	skip := -int(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) & (page - 1)
	if whole := (len(b) - skip) &^ (page - 1); whole > 0 {
		_ = syscall.Madvise(b[skip:skip+whole], syscall.MADV_DONTNEED)
	}
}
