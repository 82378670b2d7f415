package maintain

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

const (
	// maxClausesSetting bounds the clauses of a query. A word with many forms has one
	// for each, and a field of its own triples them.
	maxClausesSetting = "indices.query.bool.max_clause_count"
	defaultClauses    = 1024
	wantedClauses     = 20_000
)

// limits are settings of a cluster that bound what can be done.
type limits struct {
	maxClauses       int
	low, high, flood watermark
}

// limits asks for the settings of the cluster.
func (a Archive) limits(ctx context.Context) (limits, error) {
	const disk = "cluster.routing.allocation.disk.watermark."
	var answer map[string]map[string]any // persistent, transient, defaults
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: "/_cluster/settings", Query: url.Values{
		"include_defaults": {"true"},
		"flat_settings":    {"true"},
	}}, &answer)
	if err != nil {
		return limits{}, err
	}
	get := func(name string) string {
		for _, of := range []string{"transient", "persistent", "defaults"} {
			if s, ok := answer[of][name].(string); ok {
				return s
			}
		}
		return ""
	}
	l := limits{
		low:   watermark{disk + "low", get(disk + "low")},
		high:  watermark{disk + "high", get(disk + "high")},
		flood: watermark{disk + "flood_stage", get(disk + "flood_stage")},
	}
	if l.maxClauses, err = strconv.Atoi(get(maxClausesSetting)); err != nil {
		l.maxClauses = defaultClauses
	}
	return l, nil
}

// watermark is a bound of the disk that the cluster keeps: a share that is used, such
// as 85%, or bytes that are free, such as 10gb.
type watermark struct{ name, value string }

func (w watermark) String() string { return w.name + " is " + w.value }

// reached reports whether a disk is beyond the bound; false for one in a form that
// isn't known.
func (w watermark) reached(used, free, total int64) bool {
	if percent, ok := strings.CutSuffix(w.value, "%"); ok {
		p, err := strconv.ParseFloat(percent, 64)
		return err == nil && float64(used) >= p/100*float64(total)
	}
	if ratio, err := strconv.ParseFloat(w.value, 64); err == nil && ratio <= 1 {
		return float64(used) >= ratio*float64(total)
	}
	bytes, ok := parseBytes(w.value)
	return ok && free <= bytes
}

// parseBytes reads a size as OpenSearch writes it, such as 10gb.
func parseBytes(s string) (int64, bool) {
	for i, unit := range []string{"kb", "mb", "gb", "tb", "pb"} {
		if digits, ok := strings.CutSuffix(strings.ToLower(s), unit); ok {
			n, err := strconv.ParseInt(digits, 10, 64)
			return n << (10 * (i + 1)), err == nil
		}
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(strings.ToLower(s), "b"), 10, 64)
	return n, err == nil
}

// bytesText writes a size for a person.
func bytesText(n int64) string {
	const unit = 1 << 10
	if n < unit*unit {
		return fmt.Sprintf("%d KB", n/unit)
	}
	if n < unit*unit*unit {
		return fmt.Sprintf("%d MB", n/unit/unit)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/unit/unit/unit)
}
