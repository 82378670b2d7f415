package ask

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/config"
)

// Error is a parameter of an address that cannot be read. Its message begins with the name
// of the parameter.
type Error struct {
	Parameter string // as it was given; empty where it is the address as a whole
	Msg       string // what is wrong
	Hint      string // what to do; may be empty
	// Nearest is the parameter that was likely meant, where Parameter is unknown; may be
	// empty.
	Nearest string
}

func (e *Error) Error() string {
	if e.Parameter == "" {
		return e.Msg
	}
	return "parameter " + e.Parameter + ": " + e.Msg
}

// Read reads the query part of an address, as it is in url.URL.RawQuery. Parameters are
// those that may be given. The error is an *Error.
func Read(rawQuery string, parameters []Parameter) (Request, error) {
	r := New()
	values, err := parse(rawQuery)
	if err != nil {
		return r, err
	}
	given := make(map[string]bool)
	for _, v := range values {
		name := config.Canonical(v.name)
		i := slices.IndexFunc(parameters, func(p Parameter) bool { return p.Name == name })
		switch {
		case i < 0:
			return r, unknown(v.name, parameters)
		case v.value == "":
			continue
		case !parameters[i].List && given[name]:
			return r, &Error{Parameter: name, Msg: "is given more than once", Hint: "leave all but one out"}
		}
		given[name] = true
		if err := check(name, v.value); err != nil {
			return r, err
		}
		if err := parameters[i].read(&r, v.value); err != nil {
			return r, err
		}
	}
	for _, p := range parameters {
		if p.Required && !given[p.Name] {
			return r, &Error{Parameter: p.Name, Msg: "is missing", Hint: p.Name + " is " + p.Doc}
		}
	}
	return r, nil
}

type pair struct{ name, value string }

// parse parts an address into names and values, in their order.
func parse(rawQuery string) ([]pair, error) {
	if n := strings.Count(rawQuery, "&") + 1; n > MaxParameters {
		return nil, &Error{Msg: fmt.Sprintf("the address has %d parameters, more than the %d that it may have", n, MaxParameters)}
	}
	var pairs []pair
	for part := range strings.SplitSeq(rawQuery, "&") {
		if part == "" {
			continue
		}
		rawName, rawValue, _ := strings.Cut(part, "=")
		name, err := url.QueryUnescape(rawName)
		if err != nil {
			return nil, &Error{Msg: fmt.Sprintf("the name %q of a parameter is not encoded as addresses are", config.Clip(rawName, maxClip))}
		}
		value, err := url.QueryUnescape(rawValue)
		switch {
		case err != nil:
			return nil, &Error{Parameter: config.Clip(name, maxClip), Msg: "is not encoded as addresses are", Hint: "write a % as %25"}
		case !utf8.ValidString(name):
			return nil, &Error{Msg: fmt.Sprintf("the name %q of a parameter is not UTF-8", config.Clip(name, maxClip))}
		}
		pairs = append(pairs, pair{name, value})
	}
	return pairs, nil
}

// check holds a value to the bounds of all values.
func check(name, value string) error {
	most := maxValue
	if name == Cursor {
		most = maxCursor
	}
	switch {
	case len(value) > most:
		return &Error{Parameter: name, Msg: fmt.Sprintf("is %d bytes long, more than %d", len(value), most)}
	case !utf8.ValidString(value):
		return &Error{Parameter: name, Msg: "is not UTF-8", Hint: "encode text as UTF-8, and then its bytes as %XX"}
	}
	return nil
}

func unknown(name string, parameters []Parameter) error {
	var names []string
	for _, p := range parameters {
		names = append(names, p.Name)
	}
	e := &Error{Parameter: config.Clip(name, maxClip), Msg: "there is no such parameter", Nearest: config.Nearest(config.Clip(name, maxClip), names)}
	switch {
	case slices.ContainsFunc(Search(), func(p Parameter) bool { return p.Name == name }):
		e.Msg, e.Nearest = "is of no use here", ""
		e.Hint = "there are " + strings.Join(names, ", ")
	case e.Nearest != "":
		e.Hint = "did you mean " + e.Nearest + "?"
	case len(names) == 0:
		e.Hint = "there are none here"
	default:
		e.Hint = "there are " + strings.Join(names, ", ")
	}
	return e
}

// meant is the hint for a value that is near one of names.
func meant(parameter, value string, names []string) string {
	if near := config.Nearest(config.Clip(value, maxClip), names); near != "" {
		return "did you mean " + parameter + "=" + near + "?"
	}
	return ""
}

// maxClip bounds what an error repeats of what was asked, in bytes.
const maxClip = 60
