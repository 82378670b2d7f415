package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoad(t *testing.T) {
	tests := []struct {
		name    string
		file    string
		environ []string
		want    func(*Config) // what differs from the defaults
	}{
		{"nothing set", "", nil, func(*Config) {}},
		{"comments alone", "# limit: 3\n", nil, func(*Config) {}},
		{
			"a file",
			"index: ~/news\nlimit: 25\nany: yes\nfacet: [topic, year]\nnot-topic: sport\ntimezone:\n", nil,
			func(c *Config) {
				c.Index, c.Limit, c.Any = "~/news", 25, true
				c.Facet, c.NotTopic = []string{"topic", "year"}, []string{"sport"}
			},
		},
		{
			"the environment goes over the file",
			"limit: 25\nfacet: [topic, year]\nsort: newest\n",
			[]string{"NEWSQ_LIMIT=5", "NEWSQ_FACET=source, author", "NEWSQ_NO_PAGER=1", "HOME=/x"},
			func(c *Config) {
				c.Limit, c.Facet, c.Sort, c.NoPager = 5, []string{"source", "author"}, "newest", true
			},
		},
		{"an empty variable sets nothing", "color: never\n", []string{"NEWSQ_COLOR="}, func(c *Config) { c.Color = "never" }},
		{"language is lang", "language: pt\nnot-lang: pt-BR\n", []string{"NEWSQ_NOT_LANGUAGE=de,fr"}, func(c *Config) {
			c.Lang, c.NotLang = []string{"pt"}, []string{"de", "fr"}
		}},
		{"a file can say false", "any: true\n", []string{"NEWSQ_ANY=false"}, func(*Config) {}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(file, []byte(tt.file), 0o666); err != nil {
				t.Fatal(err)
			}
			got, err := Load(file, tt.environ)
			if err != nil {
				t.Fatal(err)
			}
			want := Default()
			tt.want(&want)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestLoadErrors(t *testing.T) {
	tests := []struct {
		name    string
		file    string
		environ []string
		want    string // FILE stands for the file's path
	}{
		{"a misspelled key", "color: never\nlimt: 5\n", nil, `FILE:2: there is no setting "limt"; did you mean "limit"?`},
		{"an unknown key", "colour-scheme-of-the-night: x\n", nil, `FILE:1: there is no setting "colour-scheme-of-the-night"; the settings are accessed, add, addr, after, aliases, all, all-copies, analyze, any,`},
		{"not a number", "limit: ten\n", nil, `FILE:1: limit must be a whole number, not "ten"`},
		{"not a truth", "any: perhaps\n", nil, `FILE:1: any must be true or false, not "perhaps"`},
		{"a list for one value", "index: [a, b]\n", nil, "FILE:1: index must be a single value"},
		{"a list of lists", "facet: [[a]]\n", nil, "FILE:1: facet must be a list of single values"},
		{"a mapping for one value", "sort: {by: date}\n", nil, "FILE:1: sort must be a single value"},
		{"set twice", "limit: 1\nlimit: 2\n", nil, "FILE:2: limit is set in line 1 already"},
		{"set twice under two names", "lang: pt\nlanguage: de\n", nil, "FILE:2: language is set in line 1 already"},
		{"not a mapping", "- limit\n", nil, `FILE:1: must hold lines such as "limit: 20"`},
		{"two documents", "limit: 1\n---\nlimit: 2\n", nil, "FILE: holds more than one document"},
		{"not YAML", "limit: [1\n", nil, "FILE: yaml: line"},
		{"too large", strings.Repeat("#\n", 33<<10), nil, "read configuration: FILE is larger than 64 KB"},
		{"a bad variable", "", []string{"NEWSQ_PASSAGES=many"}, `NEWSQ_PASSAGES: passages must be a whole number, not "many"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(file, []byte(tt.file), 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := Load(file, tt.environ)
			if err == nil {
				t.Fatal("no error")
			}
			if want := strings.ReplaceAll(tt.want, "FILE", file); !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

func TestLoadWithoutFile(t *testing.T) {
	for _, file := range []string{"", filepath.Join(t.TempDir(), "none", "config.yaml")} {
		got, err := Load(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(Default(), got); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}

func TestVariable(t *testing.T) {
	for key, want := range map[string]string{"index": "NEWSQ_INDEX", "not-topic": "NEWSQ_NOT_TOPIC"} {
		if got := Variable(key); got != want {
			t.Errorf("Variable(%q) = %q, want %q", key, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("limit: 5\nfacet: [a, b]\n")
	f.Add("a: &x [1]\nb: *x\n")
	f.Add("? [a]\n: {b: c}\n")
	f.Fuzz(func(t *testing.T, s string) {
		c := Default()
		_ = c.parse([]byte(s), "config.yaml") // must not panic
	})
}
