// Package transport talks to the nodes of an OpenSearch cluster: addresses,
// credentials, repetition, deadlines, and what an answer means that is no success.
//
// # Why not opensearch-go
//
// It is net/http and no more. All that newsq asks are some dozen paths, whose answers it
// decodes into what it needs of them, while the API of opensearch-go (4.8.1) is 359 files
// with a type for each request. What is hard is what it leaves to its caller: bulk
// requests that are divided and repeated item by item, versions that tell a repetition
// from another writer, bounds on answers, nodes that hang, and what may be sent twice.
//
// # Repetition
//
// A request goes to one node after the other. What may pass is tried again, after
// pauses of random length, until it has taken as long as it may: a node that cannot
// be reached, that breaks off or doesn't answer in time, an answer that isn't whole,
// and the answers 429, 502, 503 and 504. So a request must be one that may be carried
// out twice; one that must not has Request.Once, and is repeated only where it surely
// was not carried out. After a lost answer, a write with a condition meets what it wrote
// itself, and is an [ErrConflict]: its caller has to look. The context ends everything at
// once.
//
// Addresses are asked by turns, and no others are sought. A node that fails rests, and is
// asked for nothing before it gets a request again. So is one that lets a request wait,
// all the while: a search may take long, but a node that is well answers that.
//
// # Errors
//
// An [Error] is what a node answered; it wraps what callers tell apart: an error of
// package engine, or one of this package. Nothing that a client was given to prove
// who it is stands in an error, also where a server sends it back.
package transport
