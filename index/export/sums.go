package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/newsq/newsq/corpus"
)

// textSum returns the SHA-256 of a text in UTF-8, in hexadecimal digits.
func textSum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// articleSum returns the SHA-256 of what an article says. Where it stands in a corpus is
// no part of it, nor is what the index derives, such as topics by rules, and what readers
// wrote about it: a file may be moved, and rules may change, while the article stays the
// same.
func articleSum(a *corpus.Article) (string, error) {
	said := *a
	said.Key, said.Path, said.Form, said.Topics, said.Added, said.Annotations = "", "", "", nil, time.Time{}, nil
	for _, t := range a.Topics {
		if t.Origin == corpus.Stated {
			said.Topics = append(said.Topics, corpus.Topic{Path: t.Path, Origin: t.Origin})
		}
	}
	b, err := json.Marshal(&said)
	return textSum(string(b)), err
}
