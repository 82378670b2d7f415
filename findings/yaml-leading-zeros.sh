#!/bin/sh
# Guess: of a column of codes of eight digits that stands in YAML without quotation marks,
# such as 04000000, a reader makes numbers or texts, one kind for all, and other readers
# the same.
#
# What happens: to a reader of YAML 1.1 a zero in front makes a number octal, so that
# 04000000 is 1048576. 08000000 and 09000000 can't be octal. PyYAML makes texts of them.
# Go's yaml.v3 makes floating-point numbers, so that one column has whole numbers that are
# octal, others that are decimal, and 8e+06, without an error. ruamel.yaml, by YAML 1.2,
# has 4000000. Who decodes into a string in Go gets the text as it stands, which hides it;
# who decodes into any, or sends the file through another tool, has other codes.
#
# go.yaml.in/yaml/v3 v3.0.6, PyYAML 6.0.4, ruamel.yaml 0.19.1, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off
printf 'economy: 04000000\ninterest: 08000000\nlabour: 09000000\nunrest: 20000065\n' >codes.yaml

cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"go.yaml.in/yaml/v3"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, dep := range info.Deps {
		fmt.Println(dep.Path, dep.Version)
	}
	file, err := os.ReadFile("codes.yaml")
	if err != nil {
		panic(err)
	}
	var values map[string]any
	var texts map[string]string
	if err := yaml.Unmarshal(file, &values); err != nil {
		panic(err)
	}
	if err := yaml.Unmarshal(file, &texts); err != nil {
		panic(err)
	}
	for _, name := range []string{"economy", "interest", "labour", "unrest"} {
		fmt.Printf("%s: %T %v, as a string %q\n", name, values[name], values[name], texts[name])
	}
	if values["economy"] != 1048576 || values["interest"] != 8e6 || texts["economy"] != "04000000" {
		fmt.Println("CHANGED: other kinds of numbers")
		os.Exit(1)
	}
}
GO
{ go mod init example.org/zeros && go get go.yaml.in/yaml/v3@v3.0.6 && go mod tidy; } >log 2>&1 || { cat log; exit 1; }
go run .
{ python3 -m venv venv && venv/bin/pip -q install PyYAML==6.0.4 ruamel.yaml==0.19.1; } >log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
import ruamel.yaml
import yaml
text = open("codes.yaml").read()
old, new = yaml.safe_load(text), dict(ruamel.yaml.YAML(typ="safe", pure=True).load(text))
print("PyYAML", yaml.__version__, old)
print("ruamel.yaml", ruamel.yaml.__version__, new)
if (old["economy"], old["interest"], new["economy"]) != (1048576, "08000000", 4000000):
    sys.exit("CHANGED: other kinds of values")
print("as found: one line, three values")
PY
