// Package wordset has the one way in which the house keeps a list of words that
// others are held against: as a set that is made when it is first asked for. A
// command that reads nothing does not pay for the lists of readers.
package wordset

import (
	"strings"
	"sync"
)

// Of returns the set of the words of some lists. Within a list, white space parts
// them. The set must not be changed.
func Of(lists ...string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := make(map[string]bool, len(lists))
		for _, list := range lists {
			for word := range strings.FieldsSeq(list) {
				set[word] = true
			}
		}
		return set
	})
}

// Table returns what each word of some lists stands for. Within a list, white space
// parts the words, and a word is in one list. The table must not be changed.
func Table[V comparable](lists map[V]string) func() map[string]V {
	return sync.OnceValue(func() map[string]V {
		table := make(map[string]V, 8*len(lists))
		for value, list := range lists {
			for word := range strings.FieldsSeq(list) {
				table[word] = value
			}
		}
		return table
	})
}
