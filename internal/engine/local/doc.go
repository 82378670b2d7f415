// Package local is the engine that keeps an index in a folder. It is a facade: what
// it does is in the rooms below it.
//
//	schema    the fields of a document, and the bytes of a stored article
//	segment   the format of segment files, as a plugin of bleve's scorch
//	reader    views of an index: segments, deletions, bitsets, lookups
//	search    matching, ranking and counting over a view
//	store     batches, generations, locks, checks and repair of an index on disk
//	maintain  rebuilding, repair, backup and restore of an index that is not open
//
// An article gets in by Write: schema makes a document of it, scorch has segment
// build a segment of the batch, and store makes that durable. Publish makes it
// visible.
//
// A query runs on a Snapshot: that holds a generation of store, whose view search
// reads through package reader. Every error that damage causes is
// engine.ErrDamaged, also of files that are cut short while they are mapped.
package local
