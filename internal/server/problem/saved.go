package problem

import (
	"errors"
	"fmt"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
)

// OfSaved returns what an error of a saved search is to those who ask for the search by its
// name; nil for none.
func OfSaved(name string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, index.ErrNotFound) {
		return New(NotFound, fmt.Sprintf("there is no saved search %q", config.Clip(name, maxClip)), "those that there are:  /saved, and /api/v1/saved for programs")
	}
	p := Of(err)
	switch p.Type {
	case Syntax, Query, TooBroad, Parameter: // of the search, and not of the address
		q := New(p.Type, fmt.Sprintf("the saved search %q can't be asked: %s", config.Clip(name, maxClip), p.Detail), "save it anew:  newsq save NAME QUERY")
		q.Query, q.Place, q.cause = p.Query, p.Place, err
		return q
	}
	return p
}
