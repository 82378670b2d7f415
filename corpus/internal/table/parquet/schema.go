package parquet

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The physical types of columns.
const (
	physBoolean = iota
	physInt32
	physInt64
	physInt96
	physFloat
	physDouble
	physBytes
	physFixed
)

// form says what the numbers of a column are.
type form uint8

const (
	asNumber form = iota
	asDay
	asSeconds // not a type of Parquet's own
	asMillis
	asMicros
	asNanos
)

// leaf is a column that holds values.
type leaf struct {
	name     string // without the names that lists add
	physical int64
	form     form
	maxDef   int // how many of its parents and itself may be absent
	maxRep   int // how many of them repeat
}

// isText reports whether values of the column can be anything of an article's.
// Numbers with a point are scores and vectors.
func (l *leaf) isText() bool {
	return l.physical == physBytes || l.physical == physInt32 || l.physical == physInt64 || l.physical == physInt96
}

// maxLeaves bounds the columns of a file.
const maxLeaves = 10_000

// leavesOf returns the columns that a schema describes, in the order of the
// file.
func leavesOf(schema []value) ([]leaf, error) {
	if len(schema) == 0 {
		return nil, errDamaged
	}
	w := schemaWalker{rest: schema[1:]}
	for range schema[0].field(5).number {
		if err := w.element(nil, 0, 0, 0); err != nil {
			return nil, err
		}
	}
	return w.leaves, nil
}

type schemaWalker struct {
	rest   []value
	leaves []leaf
}

// element reads an element and those below it.
func (w *schemaWalker) element(path []string, def, rep, depth int) error {
	if len(w.rest) == 0 || depth > maxNested || len(w.leaves) >= maxLeaves {
		return errDamaged
	}
	e := w.rest[0]
	w.rest = w.rest[1:]
	switch e.field(3).number {
	case 1: // optional
		def++
	case 2: // repeated
		def++
		rep++
	}
	name := string(e.field(4).text)
	if depth == 0 || !isListName(name) {
		path = append(slices.Clone(path), name)
	}
	if children := e.field(5).number; children > 0 {
		for range children {
			if err := w.element(path, def, rep, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	w.leaves = append(w.leaves, leaf{name: nameOf(path), physical: e.field(1).number, form: formOf(e), maxDef: def, maxRep: rep})
	return nil
}

// isListName reports whether a name is of the groups that make a list.
func isListName(name string) bool {
	switch strings.ToLower(name) {
	case "list", "element", "item", "array", "bag", "array_element", "key_value":
		return true
	}
	return false
}

// nameOf returns the name of a column: that of what it is the name of, else its
// path.
func nameOf(path []string) string {
	if n := len(path); n > 1 && strings.EqualFold(path[n-1], "name") {
		path = path[:n-1]
	}
	return strings.Join(path, ".")
}

// formOf returns what an element says of its numbers.
func formOf(e value) form {
	switch e.field(6).number {
	case 6:
		if e.has(6) {
			return asDay
		}
	case 9:
		return asMillis
	case 10:
		return asMicros
	}
	logical := e.field(10)
	if logical.has(6) {
		return asDay
	}
	if stamp := logical.field(8); stamp.fields != nil {
		switch unit := stamp.field(2); {
		case unit.has(1):
			return asMillis
		case unit.has(2):
			return asMicros
		case unit.has(3):
			return asNanos
		}
	}
	return asNumber
}

// text returns a number as a cell.
func (f form) text(n int64) string {
	const perDay = 24 * 60 * 60
	switch f {
	case asDay:
		if n < math.MinInt32 || n > math.MaxInt32 {
			return ""
		}
		return time.Unix(n*perDay, 0).UTC().Format(time.DateOnly)
	case asSeconds:
		return moment(time.Unix(n, 0))
	case asMillis:
		return moment(time.UnixMilli(n))
	case asMicros:
		return moment(time.UnixMicro(n))
	case asNanos:
		return moment(time.Unix(0, n))
	}
	return strconv.FormatInt(n, 10)
}

// moment writes a time as a cell. Midnight is a day, as tables hold days as
// moments.
func moment(t time.Time) string {
	t = t.UTC()
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}
