// Package wire holds the JSON forms of newsq: what it prints with --json and
// --jsonl, and what other programs read. Each form is a struct with the names
// of its fields in the tags, and a function that makes it of a value of package
// index or corpus.
//
// The forms are a promise:
//
//   - The number in the field "format" is [Format]. It changes only when a
//     program that reads the present form would break. A new field may come
//     without a new number.
//   - Fields come in the order of the struct.
//   - A list is always there, as [] if it is empty. The exceptions are optional
//     parts, which are left out where they have nothing to say; their tags say
//     omitempty or omitzero.
//   - A fact of an article that is not known is left out.
//   - Times are in RFC 3339, durations in milliseconds, places in a text in
//     bytes from its start.
//
// [Write] turns a form into bytes. The forms share the slices and maps of the
// values that they are made of, so that both must stay unchanged until they
// are written.
package wire
