// Package leaktest fails the tests of a package that leave goroutines behind.
package leaktest

import (
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is how long goroutines may take to end after the last test. It is a
// guard against waiting for ever: goleak itself gives them less than a second,
// which a busy machine may need to run them once.
const patience = 2 * time.Minute

// Run runs the tests and returns their exit code, which is 1 if goroutines are
// left that none of the options of goleak.Find leaves out.
func Run(m *testing.M, options ...goleak.Option) int {
	if code := m.Run(); code != 0 {
		return code
	}
	for end := time.Now().Add(patience); ; {
		err := goleak.Find(options...)
		if err == nil {
			return 0
		}
		if time.Now().After(end) {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
}
