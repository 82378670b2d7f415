// Package endpoint asks a server for vectors of texts, by the form of OpenAI that most
// servers of embeddings understand:
//
//	POST {url}/embeddings
//	{"model": "...", "input": ["...", "..."], "encoding_format": "float", "dimensions": 256}
//
// and its answer:
//
//	{"data": [{"index": 0, "embedding": [0.1, -0.2, ...]}, ...]}
//
// An embedding may also be a string: 32-bit floats, little-endian, in base64.
//
// # What is not believed
//
// An answer has a bounded size, a vector for each text and no other, each with its index,
// all of as many dimensions, finite and not zero. What is not so is an [Error], and
// nothing of the answer is used.
//
// # Secrets
//
// The key goes to the configured host alone: no redirection is followed, and over plain
// HTTP nothing is sent to another machine unless that was said. The key stands in no
// error, also where a server sends it back.
//
// # Repetition
//
// What may pass is tried again, after pauses of random length or as long as the server
// says: no answer, 429, 500, 502, 503, 504, and an answer that is cut. See [Client.Vectors].
package endpoint
