// Package opensearch is the engine on an OpenSearch cluster: a facade over its rooms.
package opensearch
