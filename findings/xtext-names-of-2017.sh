#!/bin/sh
# Guess: the names of countries in the newest golang.org/x/text are those of a recent
# Unicode CLDR, or at most a year or two old.
#
# What happens: its tables of names are those of CLDR 32, of 2017. MK is Macedonia, which
# has been North Macedonia since 2019, and SZ Swaziland, which has been Eswatini since
# 2018; who makes a list of places from them finds neither in the news. A constant says
# so, language.CLDRVersion; an error doesn't.
#
# golang.org/x/text v0.44.0, beside Babel 2.19.0 with CLDR 49; 1 December 2026.
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
	"runtime/debug"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, dep := range info.Deps {
		fmt.Println(dep.Path, dep.Version, "with CLDR", language.CLDRVersion)
	}
	names := map[string]string{}
	for _, code := range []string{"MK", "SZ"} {
		region := language.MustParseRegion(code)
		names[code] = display.English.Regions().Name(region)
		fmt.Printf("%s: %s, %s, %s\n", code, names[code], display.German.Regions().Name(region), display.French.Regions().Name(region))
	}
	if language.CLDRVersion != "32" || names["MK"] != "Macedonia" || names["SZ"] != "Swaziland" {
		fmt.Println("CHANGED: other names")
		os.Exit(1)
	}
}
GO
{ go mod init example.org/names && go get golang.org/x/text@v0.44.0 && go mod tidy; } >log 2>&1 || { cat log; exit 1; }
go run .
{ python3 -m venv venv && venv/bin/pip -q install Babel==2.19.0; } >log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
import babel
from babel.core import get_cldr_version
names = {code: babel.Locale("en").territories[code] for code in ("MK", "SZ")}
print("Babel", babel.__version__, "with CLDR", get_cldr_version(), names)
if names != {"MK": "North Macedonia", "SZ": "Eswatini"}:
    sys.exit("CHANGED: other names")
print("as found: names of 2017 in a module of this year")
PY
