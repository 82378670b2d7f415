// Package query is newsq's query language: the tree that a query means, its
// parser, and its canonical form.
//
//	query   = or ;
//	or      = and { ("OR" | "|") and } ;
//	and     = unary { ["AND"] unary } ;
//	unary   = ("NOT" | "-" | "+") unary | counted ;
//	counted = [ "atleast/" int ] near ;
//	near    = boosted { ["NOT"] ("NEAR" | "ADJ") ["/" (int | "s" | "p")] boosted } ;
//	boosted = primary [ "^" number ] ;
//	primary = "(" or ")" | field ":" value | "=" word | phrase | regex | word ;
//	field   = name | "lead/" int ;
//	value   = "(" or ")" | phrase | regex | range | cmp | "=" word | word ;
//	phrase  = '"' text '"' [ "~" int ] ;
//	word    = chars | prefix* | wi?d*card | wild*{int}card | chars "~" [1|2] ;
//	regex   = "/" re "/" ;
//	range   = [v] ".." [v] | ("["|"{") v "TO" v ("]"|"}") ;
//	cmp     = (">"|">="|"<"|"<=") v ;
//
// All operators of one chain of NEAR are the same; others stand in parentheses. Of several
// NOT NEAR the first is read first.
//
// # Signs and text
//
// Operators are upper case, whole words. A query is often pasted prose, so a
// sign has its meaning only where a person would put it:
//
//   - In a headline in capitals, AND, OR, NOT, NEAR and ADJ are words ([Read]).
//   - "-" and "+" stand before a term, after white space, "(" or "|". Inside a
//     word, before white space, or doubled ("--") they are text. "&&" and "||"
//     are AND and OR.
//   - "?" at the end of a word ends a question, unless the word holds another
//     wildcard sign (wom?n?) or follows "=" (=cat?). Other punctuation that
//     ends a word or a term is dropped, and so is what holds no letter, digit
//     or emoji, unless the query holds nothing else.
//   - "(" within a word belongs to it when its ")" does too: analyst(s).
//   - "/" starts a regular expression only at the start of a term, when the
//     next "/" ends that term. Regular expressions hold no white space, and
//     match whole words, so that anchors are refused.
//   - ":" follows the name of a field, else it is text. What follows the name
//     of a field must be its value, without white space: "topic: asia" is an
//     error, but "Source: no deal" is prose, and so is "in other words: 300".
//   - "atleast/" and a number stand before what they count, also in capitals. A
//     field of its own within a group has no count: lead:(atleast/3 war).
//   - A dash between words ("—"), an ellipsis, and the commas, stops and question
//     marks of Chinese, Japanese, Arabic, Persian, Urdu and Hindi part words. Words
//     in quotation marks of any of the usual kinds are a phrase; single ones are
//     text. Other full-width signs, letters and digits count as their ASCII forms,
//     in operators and names of fields too.
//   - Marks of direction, as they stand around right-to-left words, mean nothing.
//   - A word with "://" in it is a web address: everything up to white space is
//     part of it. So are the values of id, path and url, where only a final
//     "*" has a meaning.
//   - A backslash takes the punctuation after it as text, and at the start of
//     a word any character (\OR). Within a phrase it does so for quotation
//     marks and itself.
//
// # Dates
//
// date:D is the time that D names, as [ParseDate] reads it; date:A..B and
// date:[A TO B] run from the start of A to the end of B, and since:A and
// until:B are their halves; braces, after:A and before:B leave A and B out. As
// the bound of a range, a length of time such as 30d is the day that long ago.
package query
