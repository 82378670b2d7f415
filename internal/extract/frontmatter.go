package extract

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// FrontMatter parts the YAML between two --- lines from the text after it.
func FrontMatter(s string) (meta map[string]any, rest string, err error) {
	if !strings.HasPrefix(s, "---\n") {
		return nil, s, nil
	}
	head, rest, ok := strings.Cut(s[4:], "\n---\n")
	if !ok {
		return nil, s, nil
	}
	if len(head) > 64<<10 {
		return nil, rest, errors.New("front matter exceeds 64 KB")
	}
	if err := yaml.Unmarshal([]byte(head), &meta); err != nil {
		return nil, rest, fmt.Errorf("front matter: %w", err)
	}
	return meta, rest, nil
}
