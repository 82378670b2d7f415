package query

import "testing"

func TestTopicPath(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{" \t\n", ""},
		{"economy", "economy"},
		{"Economy", "economy"},
		{" North  Korea ", "north_korea"},
		{"north_korea", "north_korea"},
		{"gun-control", "gun-control"},
		{"Security > Nuclear weapons", "security/nuclear_weapons"},
		{"security/nuclear", "security/nuclear"},
		{"/security//nuclear/", "security/nuclear"},
		{"a > / > b", "a/b"},
		{"Économie/Été", "économie/été"},
		{"政治 / 選挙", "政治/選挙"},
	}
	for _, tt := range tests {
		got := TopicPath(tt.in)
		if got != tt.want {
			t.Errorf("TopicPath(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := TopicPath(got); again != got {
			t.Errorf("TopicPath(%q) = %q, want it unchanged", got, again)
		}
	}
}
