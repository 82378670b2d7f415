// Package maintain takes care of indexes in folders that are not open: it makes
// an index again beside the old one and replaces that, and writes and reads
// backups. What it is made of, checks, salvage and the replacement itself, is in
// package store.
package maintain
