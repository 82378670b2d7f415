//go:build !unix

package fsutil

// Inode returns the inode number of a file, in decimal; empty when it is not
// known.
func Inode(string) string { return "" }
