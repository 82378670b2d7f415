#!/bin/sh
# Guess: ru_maxrss, the peak of resident memory that the system tells of a process that
# has ended, is that of the program that ran in it. A benchmark that starts one engine
# after the other may read it from wait4 or, within the engine, from getrusage.
#
# What happens: it is at least the peak of the process that started it. A program takes
# over the peak of the memory that it replaces, and what Go starts shares its parent's
# memory until then. So a driver that made its corpus before has "true" take 300 MB,
# and all small engines take the same. Python's subprocess does likewise, while a shell
# copies itself first and tells less. VmHWM of /proc/self/status is the program's own.
#
# Go 1.26, Linux 6, 1 December 2026. No package: the standard library alone.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off

cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// peak is the peak in MB of a program, as wait4 tells it.
func peak(name string, args ...string) int64 {
	c := exec.Command(name, args...)
	if err := c.Run(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	return c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss / 1024
}

func main() {
	var system syscall.Utsname
	syscall.Uname(&system)
	release := make([]byte, 0, len(system.Release))
	for _, c := range system.Release {
		if c == 0 {
			break
		}
		release = append(release, byte(c))
	}
	fmt.Printf("%s, Linux %s\n", runtime.Version(), release)
	before := peak("true")
	b := make([]byte, 300<<20)
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	after := peak("true")
	own, err := exec.Command("sed", "-n", "s/^VmHWM:[^0-9]*//p", "/proc/self/status").Output()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	runtime.KeepAlive(b)
	fmt.Printf("true started by a small process: %d MB; by one of 300 MB: %d MB; VmHWM of what that starts: %s", before, after, own)
	var kb int64
	fmt.Sscan(string(own), &kb)
	if before > 100 || after < 300 || kb > 100<<10 {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1
go run .
