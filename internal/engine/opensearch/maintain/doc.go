// Package maintain takes care of an index as a whole: what it is made with, its state,
// checks, backups, and making it again.
package maintain
