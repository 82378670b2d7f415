package learned

import (
	"encoding/binary"
	"hash/crc32"
)

// withSum returns the bytes of a model with their sum.
func withSum(b []byte) []byte {
	return binary.LittleEndian.AppendUint32(b[:len(b):len(b)], crc32.Checksum(b, castagnoli))
}
