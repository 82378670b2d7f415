package config

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestLocate(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	project := filepath.Join(home, "project")
	deep := filepath.Join(project, "a", "b")
	for _, dir := range []string{deep, filepath.Join(project, ".newsq"), filepath.Join(home, "elsewhere")} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(home, "data")
	tests := []struct {
		name         string
		set, workDir string
		xdg          string
		want         string
	}{
		{"the one set", "news.idx", deep, "", "news.idx"},
		{"below the home folder", "~/news.idx", deep, "", filepath.Join(home, "news.idx")},
		{"a name that begins with ~", "~news", deep, "", "~news"},
		{"in the working folder", "", project, "", filepath.Join(project, ".newsq")},
		{"above it", "", deep, "", filepath.Join(project, ".newsq")},
		{"in the data folder", "", filepath.Join(home, "elsewhere"), data, filepath.Join(data, "newsq", "default")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			getenv := func(name string) string {
				if name == "XDG_DATA_HOME" {
					return tt.xdg
				}
				return ""
			}
			got, err := Locate(tt.set, tt.workDir, getenv)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	got := File(func(name string) string { return map[string]string{"XDG_CONFIG_HOME": dir}[name] })
	if want := filepath.Join(dir, "newsq", "config.yaml"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDataDirOnLinux(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the folder differs on", runtime.GOOS)
	}
	t.Setenv("HOME", "/home/ada")
	got, err := DataDir(func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	if want := "/home/ada/.local/share/newsq"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"limit", "topic", "not-topic", "sort", "search"}
	for s, want := range map[string]string{
		"limt":       "limit", // one left out
		"tpoic":      "topic", // two exchanged
		"serach":     "search",
		"TOPIC":      "topic",
		"no-topic":   "not-topic",
		"deterrence": "",
		"so":         "",
		"":           "",
	} {
		if got := Nearest(s, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", s, got, want)
		}
	}
}
