package segment

import (
	"os"
	"syscall"
	"unsafe"
)

// dropPages gives back the memory of a part of the mapped file, which is not
// read again soon. If it is, it comes from the file again. Without this, a
// merge would hold all of its inputs in memory. It is a hint to the system, so
// that a failure does not matter.
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
