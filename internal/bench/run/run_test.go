package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/bench/harness"
)

func TestParseAnswers(t *testing.T) {
	got, err := parseAnswers([]byte("and\tand2-01\t12\t3.5\t2.5\nor\tor2-01\t1000+\t7.0\n# mean 5.2 p99 7.0\n"))
	want := []answer{{"and", "and2-01", "12", 3.5, 2.5}, {"or", "or2-01", "1000+", 7, 0}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(answer{})); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	for _, text := range []string{"and\tand2-01\n", "and\tand2-01\t12\tfast\n", "and\tand2-01\t12\t3\tfast\n", "\n"} {
		if _, err := parseAnswers([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestBestRound(t *testing.T) {
	took := times{}
	took.add([]answer{{"or", "a", "1", 9, 0}, {"or", "b", "1", 4, 0}, {"and", "c", "1", 1, 0}}, false)
	took.add([]answer{{"or", "a", "1", 2, 0}, {"or", "b", "1", 5, 0}, {"and", "c", "1", 1, 0}}, false)
	took.add([]answer{{"or", "a", "1", 3, 0}, {"or", "b", "1", 6, 0}, {"and", "c", "1", 8, 0}}, false)
	if diff := cmp.Diff([]float64{2, 4}, took.best("or")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]float64{1, 2, 4}, took.best("")); diff != "" {
		t.Error(diff)
	}
}

func TestMarkdown(t *testing.T) {
	all, err := readRecords(strings.NewReader(`
		{"kind":"run","note":"2026-11-27, a machine"}
		{"kind":"peer","peer":"newsq"}
		{"kind":"peer","peer":"tantivy","version":"0.27.0"}
		{"kind":"peer","peer":"seekstorm","version":"4","note":"not built: why"}
		{"kind":"class","peer":"newsq","corpus":"c","class":"or","queries":40,"mean":99}
		{"kind":"class","peer":"newsq","corpus":"c","class":"or","queries":40,"mean":50}
		{"kind":"class","peer":"tantivy","corpus":"c","class":"or","queries":40,"mean":100}
		{"kind":"all","peer":"tantivy","corpus":"c","queries":40,"mean":100,"p99":200}
		{"kind":"all","peer":"newsq","corpus":"c","queries":40,"mean":50,"p99":300}
		{"kind":"index","peer":"newsq-plain","corpus":"c","build":{"text_mb":10,"wall_s":1,"cpu_s":1,"rss_mb":50,"disk_mb":8}}
		{"kind":"index","peer":"newsq","corpus":"c","build":{"text_mb":10,"wall_s":1,"cpu_s":2,"rss_mb":50,"disk_mb":8}}
		{"kind":"index","peer":"tantivy","corpus":"c","build":{"text_mb":10,"wall_s":2,"cpu_s":2,"rss_mb":100,"disk_mb":8}}
		{"kind":"cold","peer":"newsq","corpus":"c","mean":9}
		{"kind":"cold","peer":"floor","corpus":"c","mean":6}
		{"kind":"throughput","peer":"newsq","corpus":"c","rate":{"per_s":300}}
		{"kind":"throughput","peer":"tantivy","corpus":"c","rate":{"per_s":100}}
		{"kind":"agree","peer":"tantivy","corpus":"c","class":"or","queries":40,"different":3}`))
	if err != nil {
		t.Fatal(err)
	}
	got := markdown(all)
	for _, line := range []string{
		"Measured on 2026-11-27, a machine.",
		"Peers: tantivy 0.27.0, seekstorm 4 (not built: why).",
		"| or | 50.0 | **0.50** (100) |",
		"| mean of the mix | 50.0 | **0.50** (100) |",
		"| p99 of the mix | 300 | **1.50** (200) |",
		"| tantivy | **2.00** (5.00) | **1.00** (5.00) | **0.50** (100) | **1.00** (8.00) |  |  |",
		"newsq-plain does none of it.",
		"| newsq | 9.00 | 300 |  |  |  |",
		"| tantivy |  | **3.00** (100) |  | 3 of 40 | 0 of 0 |",
		"| floor | **1.50** (6.00) |",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is missing in\n%s", line, got)
		}
	}
}

func TestPick(t *testing.T) {
	some, err := pick("tantivy,newsq")
	if err != nil || len(some) != 2 || some[0].name != "tantivy" {
		t.Errorf("%v %v", some, err)
	}
	if _, err := pick("newsq,altavista"); err == nil {
		t.Error("an unknown peer was taken")
	}
	for _, p := range peers {
		if makers[p.folder].build == nil {
			t.Errorf("%s cannot be built", p.name)
		}
	}
}

func TestKeptBuild(t *testing.T) {
	// What is kept beside an index is read as results.
	all, err := readRecords(strings.NewReader(`{"kind":"index","peer":"newsq","corpus":"c","build":{"docs":3,"wall_s":1}}`))
	if diff := cmp.Diff([]record{{Kind: "index", Peer: "newsq", Corpus: "c", Build: &harness.Build{Docs: 3, WallS: 1}}}, all); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}
