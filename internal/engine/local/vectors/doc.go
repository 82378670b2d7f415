// Package vectors is the format of the files that keep the vectors of articles: a file
// for each segment and model, and a log of vectors that came from outside and are in no
// such file yet. What the vectors mean is said by package embed.
//
// A file belongs to one segment, which its info names by size and checksum, and to one
// model. It is written once and never changes. A segment whose articles are deleted
// keeps their vectors: who reads them leaves deleted articles out.
//
// # The file
//
// Numbers are little endian.
//
//	vectors    a row for each article, in the order of documents: a byte for each
//	           dimension, and zeros up to embed.Padded
//	keys       of a model from outside, for each row an embed.PassageKey: of the text
//	           that was sent, zero where none may be
//	set        a bit for each document of the segment: whether it has a row
//	info       infoSize bytes, see Info
//	checksums  CRC-32C of each page of pageSize bytes of all that stands before
//	trailer    trailerSize bytes: magic, version, checksum of the checksums, their
//	           offset, checksum of the trailer itself
//
// So documents that are no articles, such as the records of files, take a bit each. The
// last page may be shorter. Open verifies the trailer, the checksums, the info and the
// set; rows are verified when they are first read, by pages. Files with keys are of version
// 2, others of version 1.
//
// # The log
//
// A log is appended to, and each append is durable before it counts. It starts with a
// magic, the length of the description of the model (embed.Outside, encoded), that, and a
// CRC-32C of all before it. Records follow, all of one size: a key, a vector, and the
// CRC-32C of both. A record that was cut, or damaged, is none, and harms no other.
package vectors
