package store

import (
	"slices"
	"testing"
)

func TestIndexFiles(t *testing.T) {
	for _, tt := range []struct {
		name       string
		own, early bool
	}{
		{"newsq.json", true, false},
		{"newsq.json.tmp", true, true},
		{"LOCK", true, true},
		{"writer.json", true, true},
		{"writer.json.tmp", true, true},
		{"work", true, false},
		{"generations", true, false},
		{"CURRENT", true, false},
		{"CURRENT.tmp", true, false},
		{"topics.yaml", true, true},
		{"topics.yaml.tmp", true, false},
		{"aliases.yaml", true, true},
		{"aliases.yaml.tmp", false, false}, // newsq never writes it
		{"article.txt", false, false},
		{"", false, false},
	} {
		if got := isIndexFile(tt.name); got != tt.own {
			t.Errorf("isIndexFile(%q) = %v", tt.name, got)
		}
		if got := mayPrecedeIndex(tt.name); got != tt.early {
			t.Errorf("mayPrecedeIndex(%q) = %v", tt.name, got)
		}
	}
	if got, want := settingFiles(), []string{"topics.yaml", "topics.model", "aliases.yaml", "entities.json", "quotations.json", "removed.jsonl", "saved.json"}; !slices.Equal(got, want) {
		t.Errorf("settings %q, want %q", got, want)
	}
}
