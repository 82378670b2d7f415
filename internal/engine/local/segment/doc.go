// Package segment is newsq's own format of index segments, as a plugin for
// bleve's scorch. Scorch keeps the life of the index (batches, snapshots,
// merges, deletions); a segment of this package brings the layout. It answers
// scorch through the interfaces of scorch_segment_api, and beside them offers
// lists of postings that are read a block at a time, for code that ranks.
//
// # The file
//
// A file is a header, sections, and a footer; a segment in memory holds the
// same bytes. Integers are little-endian where they have a fixed width; a
// uvarint is that of encoding/binary. Documents are numbered from 0. Fields
// are numbered as they stand in the section of fields, where _id is the first
// and the others follow in the order of their names.
//
//	header    8 bytes "newsqseg", u32 version, u32 zero
//	sections  each starts at a multiple of 8, zeroes between
//	table     for each section: u32 kind, u32 which, u64 offset, u64 length,
//	          u32 CRC-32C of its bytes, u32 zero
//	trailer   u32 documents, u32 sections, u64 length of the file,
//	          u32 version, u32 CRC-32C of header, table and the trailer's
//	          first 20 bytes, 8 bytes "newsqseg"
//
// Opening reads header, table, trailer and the sections of fields and sums, and
// checks their sums. What else is read of a file is held to the sums of its
// pages at first touch: a dictionary as a whole, a list when it is opened, its
// positions a block at a time, stored values by sums of their own. So reading a
// damaged file gives what it held, or ErrDamaged; a merge, which would give
// damage new sums, checks all of its inputs first. Every offset and document
// number is held against its bounds besides, as a segment in memory has no sums.
//
// Version 1 had no sums, values and numbers. Ids and stored values of it can be
// read; see [Stored].
//
// # Sections
//
// Their kinds are numbered from 1 as they are listed here, sums before sample.
//
// fields: uvarint number of fields, then for each: uvarint length of its name,
// the name, uvarint options (index.FieldIndexingOptions), uvarint number of
// terms, uvarint length of the longest, uvarint 1 + its column of lengths, 0
// for none.
//
// ids: documents+1 u32, where each id starts and the last one ends, counted
// from the end of these; then the ids.
//
// lengths, one for each column: a u32 for each document, or a single u32 that
// stands for all. The length of a field in a document is what bleve calls its
// norm. Fields share a column when no document has them both in different
// lengths; a document with none of the fields has 0.
//
// dictionary, one for each field with terms: a vellum FST. A term's value is
// document<<5 | frequency<<1 | 1 for a single posting without locations and
// with a frequency below 16; else the offset of its list << 1.
//
// postings, one for each field with terms: lists, and 8 zeroes that let
// unpacking read ahead.
//
// stored: blocks of documents. A block is u32 length of its content, u32
// CRC-32C of that length and of what follows, then the content compressed by
// zstd: for each document u32 where its values end, counted from the end of
// these; then the values, ordered by field, each as uvarint field, u8 type,
// uvarint number of array positions, these as uvarints, uvarint length, and the
// value. The _id is left out: it has a section of its own.
// In a segment with a sample, that is dictionary 1 of the compression.
//
// blocks: for each block of stored, u32 its first document and u64 its offset.
//
// values, one for each field indexed with doc values: u8 width of an entry in
// bytes, 3 zeroes, u32 number of further entries; the u32 document of each of
// these; then an entry for each document, and the further ones. An entry is 1 +
// a term's place in the order of terms, 0 for no term.
//
// numbers, one for each field of a number: an i64 for each document, the least
// one for none; then, if the field is indexed, u32 the documents that have a
// number, ordered by it.
//
// sample, twice, before and behind what is stored, if there is much of it: u32
// length, u32 CRC-32C of that length and of what follows, then a frame that
// zstd skips, of the bytes that blocks of stored are compressed after.
//
// sums, the last: for each 4 KB of the file before it, and what is left of them,
// the u32 CRC-32C.
//
// # Lists
//
// A list holds the postings of a term in the order of documents, in blocks of
// 128, of which the last may have fewer. It starts with u8, the kind of locations
// in its lower four bits, and uvarint number of postings. A list below 128 goes
// on with uvarint greatest frequency and uvarint least length, then one open
// block, then locations. A longer one goes on with uvarint length of its blocks
// together, uvarint length of its locations, the impacts of the list, in a list
// of more than 32 blocks those of each 32 of them, and for each block: u32 last
// document, u32 offset of the block, u32 offset of its locations (left out when
// the list has none), the impacts of the block, of which only as many pairs are
// kept as the upper four bits of the first byte say; then the blocks, then the
// locations.
//
// A full block is u16, of which the lowest 6 bits are the width of deltas, 6 the
// width of frequencies, 3 the number of exceptions, and the highest says that
// frequencies are less 1; then the exceptions, then deltas and frequencies as 128
// integers of so many bits each, lowest first. A delta is the distance from the
// document before, less 1; the first counts from the last document of the block
// before. An exception is u8: its lower seven bits are the place of a frequency
// that is greater by 1<<width than its bits, or by 4<<width when the highest bit
// is set; those of one place add up. An open block is for each posting the uvarint
// delta<<1 | (frequency is 1), then, unless that bit is set, uvarint frequency.
//
// Impacts bound the score of any posting, whatever the mean length is: four
// pairs of u8 frequency and u16 length, such that every posting has at most
// the frequency and at least the length of one of them. A pair of frequency 0
// stands for none, frequency 255 for that or more, length 65535 likewise.
//
// Locations are of one of three kinds. 0: there are none. 1: a posting has as
// many positions as its frequency, ascending, as the first and then the
// distances from the one before. In a list below 128 they are uvarints. In a
// longer one those of each block are parted into runs of 128, of which the last
// may have fewer: u8 width; when its highest bit is set, u8 number of exceptions
// and u8 width of what exceeds the width of the run, then for each exception in
// order 7 bits of its place in the run and what exceeds, filled up to bytes; then
// the distances in the width of the run, lowest bits first, filled up to bytes.
// 2: for each posting uvarint length in bytes, uvarint number of locations, and
// for each uvarint field, position, start, end, number of array positions, and
// these.
package segment
