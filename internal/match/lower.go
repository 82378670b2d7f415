package match

import (
	"time"

	"github.com/newsq/newsq/internal/query"
)

// Context is what the meaning of a query depends on beside its text.
type Context struct {
	Now      time.Time      // what relative dates count from; zero is time.Now()
	Location *time.Location // what days are counted in; nil is time.Local
	Any      bool           // bare words match any instead of all
}

// Lower turns a query's tree into a plan.
func Lower(n query.Node, c Context) (Plan, error) { panic("to be written") }
