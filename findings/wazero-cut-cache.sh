#!/bin/sh
# Guess: a compilation cache is only a cache. A file in it that is cut, as by a full
# disk or a crash, is a miss: the module is compiled again, and the file replaced.
#
# What happens: wazero returns the error of reading the file from CompileModule, and
# does so each time, in each process, until somebody deletes the file. The program
# that cached to start faster doesn't start any more.
#
# wazero v1.12.0, 29 November 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off

cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/tetratelabs/wazero"
)

// module is a WebAssembly module with one function that does nothing.
var module = []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x03\x02\x01\x00\x0a\x04\x01\x02\x00\x0b")

// compile compiles the module with a cache in a folder, as a new process would.
func compile(dir string) error {
	ctx := context.Background()
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return err
	}
	defer cache.Close(ctx)
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler().WithCompilationCache(cache))
	defer r.Close(ctx)
	_, err = r.CompileModule(ctx, module)
	return err
}

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/tetratelabs/wazero" {
			fmt.Println(m.Path, m.Version)
		}
	}
	dir, err := os.MkdirTemp("", "cache")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer os.RemoveAll(dir)
	fmt.Println("first:                 ", compile(dir))
	fmt.Println("from the cache:        ", compile(dir))
	var files []string
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, p)
			info, _ := d.Info()
			err = os.Truncate(p, info.Size()/2)
		}
		return err
	})
	cut, again := compile(dir), compile(dir)
	fmt.Println("its file cut in half:  ", cut)
	fmt.Println("and once more:         ", again)
	fmt.Println("files in the cache:    ", len(files))
	if cut == nil || again == nil {
		fmt.Println("CHANGED: a cut file is a miss")
		os.Exit(1)
	}
	fmt.Println("as found: a cut file fails each time")
}
GO
go mod init finding >log 2>&1 && go get github.com/tetratelabs/wazero@v1.12.0 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
