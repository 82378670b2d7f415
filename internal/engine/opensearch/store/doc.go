// Package store writes an index: the lease, batches, generations, settings, and the
// aliases by which an index is found.
package store
