package corpus

import (
	"errors"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// What newsq cannot decompress is named with what to do about it.
func TestZstdAdvice(t *testing.T) {
	lines := strings.Repeat(`{"title": "The slow thaw", "text": "The ice went out late."}`+"\n", 40)
	encode := func(o ...zstd.EOption) string {
		w, err := zstd.NewWriter(nil, o...)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		return string(w.EncodeAll([]byte(lines), nil))
	}
	// The head of a frame that asks for a window of 2 GB, as zstd --long=31 writes it
	// for what is as large.
	wide := "\x28\xb5\x2f\xfd\x00\xa8" + "\x01\x00\x00"
	for _, tt := range []struct {
		name, file, content, hint string
		articles                  int
	}{
		{"with a dictionary", "x.jsonl.zst", encode(zstd.WithEncoderDictRaw(77, []byte(lines))), "-D DICTIONARY", 0},
		{"with a dictionary, after a frame without", "x.jsonl.zst", encode() + encode(zstd.WithEncoderDictRaw(77, []byte(lines))), "-D DICTIONARY", 40},
		{"with a dictionary, under another name", "x.txt", encode(zstd.WithEncoderDictRaw(1<<20, []byte(lines))), "-D DICTIONARY", 0},
		{"with a large window", "x.jsonl.zst", wide, "--long=31", 0},
		{"damaged", "x.jsonl.zst", "\x28\xb5\x2f\xfd" + strings.Repeat("\xff", 64), "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			articles, errs := collect(t, open(t, Options{}, tree(t, map[string]string{tt.file: tt.content})))
			var re *ReadError
			if len(articles) != tt.articles || len(errs) != 1 || !errors.As(errs[0], &re) || !strings.Contains(re.Hint, tt.hint) {
				t.Errorf("%d articles, %+v, hint of %+v", len(articles), errs, re)
			}
			if tt.hint == "" && re != nil && (strings.Contains(re.Hint, "DICTIONARY") || strings.Contains(re.Hint, "--long")) {
				t.Errorf("hint %q", re.Hint)
			}
		})
	}
}
