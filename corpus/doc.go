// Package corpus reads articles from the forms in which people keep them.
package corpus
