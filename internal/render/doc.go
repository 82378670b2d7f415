// Package render shows what package index returns: on a terminal, as plain
// text, and as JSON, JSON Lines and CSV.
//
// Two rules hold throughout. Text and colour differ by escape sequences alone,
// so that what a person sees is what a pipe gets. And no character of an
// article reaches the output before it went through clean, since an article
// comes from outside and a terminal obeys control characters.
package render
