package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// What people call a topic stands beside it where that says more than its path, and
// where there is room.
func TestTopicLabels(t *testing.T) {
	labels := map[string]string{"security/nuclear": "Nuclear weapons\x1b", "press_freedom": "Press freedom", "security": "Security and conflict"}
	opt := Options{Width: 80, TopicLabel: func(path string) string { return labels[path] }}
	values := []index.FacetValue{{Value: "security/nuclear", Count: 12}, {Value: "press_freedom", Count: 6}}
	tree := []index.TopicNode{
		{Topic: "press_freedom", Articles: 6, Learned: 6}, {Topic: "security", Articles: 12, Stated: 2, Rule: 11}, {Topic: "security/nuclear", Articles: 12, Stated: 2, Rule: 11},
	}
	for _, tt := range []struct {
		width int
		tree  bool
		want  string
	}{
		{90, true, "security       12  2 stated, 11 rule  ━━━━━━━━━━━━━━━━━━━━━━━━  Security and conflict\n"},
		{90, true, "  nuclear      12  2 stated, 11 rule  ━━━━━━━━━━━━━━━━━━━━━━━━  Nuclear weapons\uFFFD\n"},
		{90, true, "press_freedom   6  6 learned          ━━━━━━━━━━━━\n"},
		{60, true, "  nuclear      12  2 stated, 11 rule  ━━━━━━━━\n"},
		{40, true, "  nuclear      12  2 stated, 11 rule\n"},
		{25, true, "  nuclear      12\n"},
		{80, false, "security/nuclear  12\n"},
	} {
		opt.Width = tt.width
		var b strings.Builder
		err := Topics(&b, values, opt)
		if tt.tree {
			b.Reset()
			err = TopicTree(&b, tree, opt)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), tt.want) {
			t.Errorf("%d columns, tree %t:\n%s\nwant %s", tt.width, tt.tree, b.String(), tt.want)
		}
	}
	opt.Width = 80
	a := &corpus.Article{ID: "a", Title: "T", Topics: []corpus.Topic{
		{Path: "security/nuclear", Origin: corpus.Stated}, {Path: "press_freedom", Origin: corpus.ByRule},
	}}
	var b strings.Builder
	if err := Article(&b, a, nil, opt); err != nil {
		t.Fatal(err)
	}
	want := "T\n\ntopics         security/nuclear (Nuclear weapons\uFFFD)\n  by rule      press_freedom\nid             a\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
