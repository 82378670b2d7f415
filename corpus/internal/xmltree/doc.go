// Package xmltree reads XML as it is found in exports, feeds and wires, of which
// much is not well-formed: prefixes that nobody declared, bare ampersands and
// angle brackets, elements that are not closed, a character set other than the
// one that is declared.
//
// It reads with the tokenizer of package html, which has a reading for anything.
// So names are in lower case: "pubDate" is "pubdate". Nothing outside of the text
// is fetched; of a DTD only the entities in it are known, and these hold no
// others.
//
// Texts and the values of attributes are clean, as package extract's Clean has it.
//
// A file is read as a stream of records. What stands around them is kept as far
// as it is small, so that an item knows its channel.
package xmltree
