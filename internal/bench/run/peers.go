package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// peer is a way to use an engine: what is built, and how it is run.
type peer struct {
	name   string // of the row
	folder string // in peers
	args   []string
	// mergeArgs are further arguments of merge.
	mergeArgs []string
	// indexOnly is set where only building differs from another row.
	indexOnly bool
	// src is the harness's own folder, where it isn't folder of the peers.
	src string
}

// beforeRow is the row of an older build of newsq.
const beforeRow = "newsq-before"

// plainRow is newsq built with no more than its peers do.
const plainRow = "newsq-plain"

// before is the peer that an older checkout of newsq makes.
func before(checkout string) peer {
	return peer{
		name: beforeRow, folder: beforeRow, args: []string{"2"},
		src: filepath.Join(checkout, "internal", "bench", "peers", "newsq"),
	}
}

// peers are the rows. Indexing takes two threads where it takes a number.
var peers = []peer{
	{name: "newsq", folder: "newsq", args: []string{"2"}},
	{name: plainRow, folder: "newsq", args: []string{"2", "plain"}, indexOnly: true},
	{name: "lucene", folder: "lucene", args: []string{"2"}},
	{name: "lucene-bp", folder: "lucene", args: []string{"2"}, mergeArgs: []string{"reorder"}},
	{name: "lucene-1t", folder: "lucene", args: []string{"1"}, indexOnly: true},
	{name: "tantivy", folder: "tantivy", args: []string{"2"}},
	{name: "seekstorm", folder: "seekstorm", args: []string{"1"}},
	{name: "bleve", folder: "bleve", args: []string{"2"}},
	{name: "bluge", folder: "bluge", args: []string{"2"}},
	{name: "sqlite", folder: "sqlite", args: []string{"1"}},
	{name: "xapian", folder: "xapian", args: []string{"1"}},
}

// maker builds the harness of a folder in peers.
type maker struct {
	// version finds the engine's version in a file of the folder.
	file, version string
	// build runs in the folder; out is where to put what it makes.
	build func(out string) [][]string
	env   []string
	// command is what stands before a harness's arguments; cold, where it is
	// another, the same for a process that answers one query.
	command, cold func(out string) []string
}

func binary(out string) []string { return []string{filepath.Join(out, "peer")} }

func goBuild(flags ...string) func(string) [][]string {
	return func(out string) [][]string {
		return [][]string{append(append([]string{"go", "build", "-buildvcs=false", "-o", filepath.Join(out, "peer")}, flags...), ".")}
	}
}

var makers = map[string]maker{
	"newsq":   {build: goBuild(), command: binary},
	beforeRow: {build: goBuild(), command: binary},
	"bleve":   {file: "go.mod", version: `bleve/v2 (\S+)`, build: goBuild(), command: binary},
	"bluge":   {file: "go.mod", version: `blugelabs/bluge (\S+)`, build: goBuild(), command: binary},
	"sqlite":  {file: "go.mod", version: `(go-sqlite3 \S+)`, build: goBuild("-tags", "sqlite_fts5"), env: []string{"CGO_ENABLED=1"}, command: binary},
	"xapian": {
		file: "main.cc", version: `Xapian (\d[\d.]*\d)`,
		build: func(out string) [][]string {
			return [][]string{{"sh", "-c", `exec "${CXX:-c++}" -std=c++17 -O3 -march=native -o "$0" main.cc $(xapian-config --cxxflags --libs) -pthread`, filepath.Join(out, "peer")}}
		},
		command: binary,
	},
	"tantivy": {
		file: "Cargo.toml", version: `tantivy = .*version = "(.*?)"`,
		build: cargo, env: []string{"RUSTFLAGS=-C target-cpu=native"},
		command: func(out string) []string { return []string{filepath.Join(out, "release", "tantivy-peer")} },
	},
	"seekstorm": {
		file: "Cargo.toml", version: `seekstorm = .*version = "(.*?)"`,
		build: cargo, env: []string{"RUSTFLAGS=-C target-cpu=native"},
		command: func(out string) []string { return []string{filepath.Join(out, "release", "seekstorm-peer")} },
	},
	"lucene": {
		file: "pom.xml", version: `<lucene.version>(.*?)<`,
		build: func(out string) [][]string {
			return [][]string{{"mvn", "-q", "-B", "-Dpeer.build=" + out, "package", "dependency:copy-dependencies", "-DoutputDirectory=" + filepath.Join(out, "lib")}}
		},
		command: java, cold: coldJava,
	},
}

func cargo(out string) [][]string {
	return [][]string{{"cargo", "build", "--release", "--locked", "--target-dir", out}}
}

// java runs Lucene with what it is fastest with: the vectors that its decoders
// use where they may, and a garbage collector that costs the program least.
func java(out string) []string {
	return javaWith(out, "-Xmx2g", "-XX:+UseParallelGC")
}

// coldJava is for a process that ends soon: without the slow compiler, and
// with the archive of loaded classes that the first such process writes.
func coldJava(out string) []string {
	return javaWith(out, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
		"-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile="+filepath.Join(out, "classes.jsa"))
}

func javaWith(out string, flags ...string) []string {
	bin := "java"
	if home := os.Getenv("JAVA_HOME"); home != "" {
		bin = filepath.Join(home, "bin", "java")
	}
	return append(append([]string{bin, "-Xlog:disable"}, flags...),
		"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
		"-cp", filepath.Join(out, "peer.jar")+string(os.PathListSeparator)+filepath.Join(out, "lib", "*"), "peer.Main")
}

// make builds the harness in a folder of src into out, and returns the version
// of its engine.
func (m maker) make(ctx context.Context, src, out string) (version string, err error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	if m.file != "" {
		text, err := os.ReadFile(filepath.Join(src, m.file))
		if err != nil {
			return "", err
		}
		found := regexp.MustCompile(m.version).FindSubmatch(text)
		if found == nil {
			return "", fmt.Errorf("%s/%s names no version", src, m.file)
		}
		version = string(found[1])
	}
	for _, args := range m.build(out) {
		c := exec.CommandContext(ctx, args[0], args[1:]...)
		c.Dir = src
		c.Env = append(os.Environ(), m.env...)
		if text, err := c.CombinedOutput(); err != nil {
			return version, fmt.Errorf("%w: %s", err, gist(string(text)))
		}
	}
	return version, nil
}

// gist is the line of a failed build that says why.
func gist(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	for _, l := range lines {
		if strings.Contains(strings.ToLower(l), "error") {
			return strings.TrimSpace(l)
		}
	}
	return lines[len(lines)-1]
}

// pick returns the peers of a list of names parted by commas; all of them for
// an empty one.
func pick(names string) ([]peer, error) {
	if names == "" {
		return peers, nil
	}
	var some []peer
	for name := range strings.SplitSeq(names, ",") {
		n := len(some)
		for _, p := range peers {
			if p.name == name {
				some = append(some, p)
			}
		}
		if len(some) == n {
			return nil, fmt.Errorf("no peer %s", name)
		}
	}
	return some, nil
}

var errNoMerge = errors.New("no merging")
