// Package dialect reads queries in the syntax of press databases and of Lucene, and says
// them in newsq's language.
//
// Each dialect has a scanner of its own, which makes tokens of a text; its connectors
// have ranks, by which a group of tokens becomes one tree. What newsq has no counterpart
// for, or means otherwise, is said in a [Note] with what was done instead. A part that
// was left out is a nil node on the way: what joins two nodes takes the other one alone.
//
// The ways to read are those of the public help pages of each service:
//
//   - Nexis, as Lexis+ and Nexis Uni read it: words side by side are a phrase; OR binds
//     most tightly, then w/n, pre/n and not w/n from the smallest number to the largest,
//     then /s, /p, AND, and AND NOT. Lexis Library in the United Kingdom reads connectors
//     from left to right instead; parentheses say the same in both.
//   - Factiva, the language for free text: words side by side are a phrase, found as they
//     are written; adjn, w/n, nearn, same, /Nn/ and /Fn/ bind most tightly, then fields
//     and atleastn, NOT, AND, and OR.
//   - ProQuest: words side by side are joined by AND; PRE/n, NEAR/n, AND, OR, NOT.
//   - Lucene's classic parser, which Elasticsearch and OpenSearch use for query_string,
//     with OR between words side by side. It has no precedence: AND and + make what they
//     join required, NOT and - exclude it, and what else there is then only adds to scores.
package dialect
