// Package jsonvalue reads JSON as values in memory, for readers of formats whose
// names mean something else than in other JSON. It knows a document, a list and
// a record a line, as package json does, and calls for one object at a time.
package jsonvalue

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// Object is an object of JSON.
type Object map[string]any

// Place says where an object stands: its line where each line holds one, else 0.
type Place struct {
	Line  int
	Alone bool // the file holds nothing else
}

// Each calls each for every object of a file, until it returns false. Objects in a
// list at the top come one at a time; lists within an object are for the caller. A
// place that is not JSON is told to out; what follows it in a document is not
// read.
func Each(in *reader.Input, out reader.Output, each func(o Object, at Place) bool) error {
	in.DecodeUTF16()
	head, whole := in.Head()
	if isLinewise(head, whole) {
		return eachLine(in, out, each)
	}
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	if !utf8.Valid(b) {
		s, _, err := extract.Decode(b, "")
		if err != nil {
			return err
		}
		b = []byte(s)
	}
	return eachValue(b, out, each)
}

// isLinewise reports whether the first line is an object, and others follow.
func isLinewise(head []byte, whole bool) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	line, rest, found := bytes.Cut(head, []byte("\n"))
	if !found || len(line) == 0 || line[0] != '{' || whole && len(bytes.TrimSpace(rest)) == 0 {
		return false
	}
	return json.Valid(line)
}

// eachLine reads an object a line.
func eachLine(in *reader.Input, out reader.Output, each func(o Object, at Place) bool) error {
	for n := 1; ; n++ {
		if err := in.Context.Err(); err != nil {
			return err
		}
		line, err := readLine(in.Stream, in.Limits.MaxLine)
		if errors.Is(err, reader.ErrTooLarge) {
			if !out.Fail(&reader.Fault{Line: n, Err: err}) {
				return nil
			}
			continue
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			var o Object
			if fault := decode(line, &o); fault != nil {
				if !out.Fail(&reader.Fault{Line: n, Err: fault}) {
					return nil
				}
			} else if !each(o, Place{Line: n}) {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readLine reads a line of at most limit bytes. Of a longer one the rest is passed
// over.
func readLine(r *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if int64(len(line)+len(part)) > limit {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if tooLong && (err == nil || errors.Is(err, io.EOF)) {
			if err != nil {
				return nil, io.EOF
			}
			return nil, fmt.Errorf("%w: a line of more than %s", reader.ErrTooLarge, reader.SizeText(limit))
		}
		return line, err
	}
}

func decode(b []byte, o *Object) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(o)
}

// eachValue reads the values of a document.
func eachValue(b []byte, out reader.Output, each func(o Object, at Place) bool) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	lineOf := func() int { return 1 + bytes.Count(b[:min(int(d.InputOffset()), len(b))], []byte("\n")) }
	for n := 0; ; n++ {
		rest := bytes.TrimLeft(b[min(int(d.InputOffset()), len(b)):], " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		var err error
		more := true
		if rest[0] == '[' {
			more, err = eachElement(d, each)
		} else {
			var v any
			if err = d.Decode(&v); err == nil {
				if o, ok := v.(map[string]any); ok {
					alone := n == 0 && len(bytes.TrimSpace(b[d.InputOffset():])) == 0
					more = each(o, Place{Alone: alone})
				} else {
					more = out.Fail(&reader.Fault{Line: lineOf(), Err: errors.New("not a JSON object")})
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &reader.Fault{Line: lineOf(), Err: err, Hint: "what follows in this file was not read"}
		}
		if !more {
			return nil
		}
	}
}

// eachElement reads a list one element at a time.
func eachElement(d *json.Decoder, each func(o Object, at Place) bool) (more bool, err error) {
	if _, err := d.Token(); err != nil {
		return false, err
	}
	for d.More() {
		var v any
		if err := d.Decode(&v); err != nil {
			return false, err
		}
		if o, ok := v.(map[string]any); ok && !each(o, Place{}) {
			return false, nil
		}
	}
	_, err = d.Token()
	return true, err
}

// Bytes returns an object as JSON.
func (o Object) Bytes() []byte {
	b, _ := json.Marshal(o) // what was decoded can be encoded
	return b
}

// Get returns a member by its name, in any case; nil when there is none.
func (o Object) Get(name string) any {
	if v, ok := o[name]; ok {
		return v
	}
	for key, v := range o {
		if strings.EqualFold(key, name) {
			return v
		}
	}
	return nil
}

// Object returns a member that is an object; nil when there is none.
func (o Object) Object(name string) Object {
	m, _ := o.Get(name).(map[string]any)
	return m
}

// List returns the objects in a member that is a list of some, or one.
func (o Object) List(name string) []Object {
	switch v := o.Get(name).(type) {
	case map[string]any:
		return []Object{v}
	case []any:
		var list []Object
		for _, e := range v {
			if m, ok := e.(map[string]any); ok {
				list = append(list, m)
			}
		}
		return list
	}
	return nil
}

// Text returns the first of the members that is a text or a number, clean.
func (o Object) Text(names ...string) string {
	for _, name := range names {
		if s := text(o.Get(name)); s != "" {
			return s
		}
	}
	return ""
}

// text returns what a value says, if it is a text or a number.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(extract.Clean(v))
	case json.Number:
		return v.String()
	}
	return ""
}

// Texts returns the texts in a member: its own, those of a list, and of objects
// the first of the names that is one.
func (o Object) Texts(name string, of ...string) []string {
	var texts []string
	add := func(v any) {
		if m, ok := v.(map[string]any); ok {
			v = Object(m).Text(of...)
		}
		if s := text(v); s != "" {
			texts = append(texts, s)
		}
	}
	if list, ok := o.Get(name).([]any); ok {
		for _, v := range list {
			add(v)
		}
		return texts
	}
	add(o.Get(name))
	return texts
}

// Int returns a member that is a whole number, or a text that is one; 0 when it
// is none.
func (o Object) Int(name string) int {
	n, err := strconv.Atoi(o.Text(name))
	if err != nil {
		return 0
	}
	return n
}
