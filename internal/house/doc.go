// Package house holds the rules of the house as tests: which package may
// import which, what lies where, and what no file may hold. There is no code
// to import.
//
// Where a rule must be broken, a directive gives the reason, on the line
// concerned or on the one above it:
//
//	panic(err) //house:allow the table is part of the program, and a test reads it
//
// For the length of a file it stands above the package clause.
package house
