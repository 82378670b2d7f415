package reader

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// A head knows whether it is all of a file, however small its buffer is.
func TestHeadIsWhole(t *testing.T) {
	for _, size := range []int{1, 100, headBytes - 600, headBytes, headBytes + 1, 3 * headBytes} {
		for _, known := range []bool{true, false} {
			content := strings.Repeat("x", size)
			stated := int64(0)
			if known {
				stated = int64(size)
			}
			in := &Input{Context: context.Background(), Limits: Limits{MaxFile: 1 << 20}}
			closing, err := in.Open(bytes.NewReader([]byte(content)), stated)
			if err != nil {
				t.Fatal(err)
			}
			head, whole := in.Head()
			if want := size < headBytes; len(head) != min(size, headBytes) || whole != want && size != headBytes {
				t.Errorf("size %d, known %v: head of %d, whole %v", size, known, len(head), whole)
			}
			closing()
		}
	}
}
