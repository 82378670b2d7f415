package metrics

import (
	"strings"
	"testing"
	"time"
)

func TestWrite(t *testing.T) {
	var r Requests
	r.Add("search", 200, 3*time.Millisecond)
	r.Add("search", 200, 5*time.Millisecond) // a bound is part of its bucket
	r.Add("search", 503, time.Minute)
	r.Refuse("a \"b\"\n\\c")
	var b strings.Builder
	if err := r.Write(&b, []Value{{Name: "newsq_x", Help: "x\ny", Value: 1.5}, {Name: "newsq_y_total", Help: "y", Counter: true, Value: 3}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# TYPE newsq_requests_total counter\nnewsq_requests_total{kind=\"search\",status=\"200\"} 2\nnewsq_requests_total{kind=\"search\",status=\"503\"} 1\n",
		"_bucket{kind=\"search\",le=\"0.0025\"} 0\n", "_bucket{kind=\"search\",le=\"0.005\"} 2\n", "_bucket{kind=\"search\",le=\"30\"} 2\n",
		"_bucket{kind=\"search\",le=\"+Inf\"} 3\n", "_sum{kind=\"search\"} 60.008\n", "_count{kind=\"search\"} 3\n",
		`newsq_queries_refused_total{why="a \"b\"\n\\c"} 1` + "\n",
		"# HELP newsq_x x\\ny\n# TYPE newsq_x gauge\nnewsq_x 1.5\n", "# TYPE newsq_y_total counter\nnewsq_y_total 3\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
