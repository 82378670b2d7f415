package transport

import "testing"

func TestUnsupported(t *testing.T) {
	for v, ok := range map[Version]bool{
		{Number: "3.8.0", Distribution: "opensearch"}:       true,
		{Number: "3.4.0", Distribution: "opensearch"}:       true,
		{Number: "10.0.0", Distribution: "opensearch"}:      true,
		{Number: "3.3.2", Distribution: "opensearch"}:       false,
		{Number: "2.19.4", Distribution: "opensearch"}:      false,
		{Number: "1.3.20", Distribution: "opensearch"}:      false,
		{Number: "what", Distribution: "opensearch"}:        false,
		{Number: "8.11.0", tagline: "You Know, for Search"}: false, // Elasticsearch names no distribution
		{Number: "1.0", Distribution: "another"}:            false,
		{}:                                                  false,
	} {
		if why := v.Unsupported(); (why == "") != ok {
			t.Errorf("%+v: %q", v, why)
		}
	}
}
