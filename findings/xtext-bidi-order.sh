#!/bin/sh
# Guess: Order and Line of golang.org/x/text/unicode/bidi return the runs of a text as
# they stand on the line from left to right, since "Order computes the visual ordering
# of all the runs in a Paragraph". And Direction of an Ordering, which "may be
# LeftToRight, RightToLeft, Mixed, or Neutral", is Mixed where runs of both stand.
#
# What happens: the runs come in the order of the text. They are cut at the changes of
# direction, but rule L2 of UAX 9, which reorders them, isn't there. A Hebrew sentence
# with a Latin word in it has its first words at the right, and the package returns
# them first, so that who prints run after run shows the halves of the sentence
# exchanged. Direction is that of the first run, never Mixed. And Line judges a line
# for itself: where a line of that sentence begins with the Latin word, the line is
# one from left to right. Levels, which would be needed to reorder the runs, are not
# exported.
#
# golang.org/x/text v0.44.0, against python-bidi 0.6.12, 1 December 2026.
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
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// sentence is Hebrew letters in the order of the alphabet around a name, in
// the order in which they are read.
const sentence = "אב Reuters גד"

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		fmt.Println(m.Path, m.Version)
	}
	var p bidi.Paragraph
	_, err := p.SetString(sentence)
	check(err)
	order, err := p.Order()
	check(err)
	whole, shown := runs(order)
	fmt.Printf("Order: %s, direction %d\n", whole, order.Direction())
	fmt.Printf("run after run, from left to right: %+q\n", shown)
	line, err := p.Line(3, 13) // "Reuters גד"
	check(err)
	second, _ := runs(line)
	fmt.Printf("Line from the name on: %s, direction %d\n", second, line.Direction())
	fmt.Printf("python-bidi, from left to right:   %+q\n", os.Args[1])
	if whole != "אב (1)|Reuters (0)| גד (1)" || order.Direction() != bidi.RightToLeft ||
		second != "Reuters (0)|גד (1)" || line.Direction() != bidi.LeftToRight ||
		shown != " \u05d1\u05d0Reuters\u05d3\u05d2 " || os.Args[1] != "\u05d3\u05d2 Reuters \u05d1\u05d0" {
		fmt.Println("CHANGED: the runs are ordered otherwise")
		os.Exit(1)
	}
	fmt.Println("as found: the runs are in the order of the text, and the line shows them exchanged")
}

// runs returns the runs of an ordering with their directions, and their
// characters as they stand from left to right if runs are shown in its order.
func runs(o bidi.Ordering) (list, shown string) {
	var parts []string
	for i := range o.NumRuns() {
		r := o.Run(i)
		parts = append(parts, fmt.Sprintf("%s (%d)", strings.TrimRight(r.String(), " "), r.Direction()))
		if r.Direction() == bidi.RightToLeft {
			shown += bidi.ReverseString(r.String())
		} else {
			shown += r.String()
		}
	}
	return strings.Join(parts, "|"), shown
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1 && go get golang.org/x/text@v0.44.0 >>log 2>&1 || { cat log; exit 1; }
python3 -m venv venv >>log 2>&1 && venv/bin/pip -q install python-bidi==0.6.12 >>log 2>&1 || { cat log; exit 1; }
peer=$(venv/bin/python -c 'from bidi.algorithm import get_display; print(get_display("אב Reuters גד"))')
go run -mod=mod . "$peer"
