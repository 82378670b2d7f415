// Package transport talks to the nodes of an OpenSearch cluster: addresses,
// credentials, repetition, deadlines, and what an answer means that is no success.
//
// # Repetition
//
// A request goes to one node after the other. What may pass is tried again, after
// pauses of random length, until it has taken as long as it may: a node that cannot
// be reached, that breaks off or doesn't answer in time, an answer that isn't whole,
// and the answers 429, 502, 503 and 504. So a request must be one that may be carried
// out twice; one that must not has Request.Once, and is repeated only where it surely
// was not carried out. The context ends everything at once.
//
// # Errors
//
// An [Error] is what a node answered; it wraps what callers tell apart: an error of
// package engine, or one of this package. Nothing that a client was given to prove
// who it is stands in an error, also where a server sends it back.
package transport
