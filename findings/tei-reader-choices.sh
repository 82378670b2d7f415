#!/bin/sh
# Guess: a reader of TEI, in which old newspapers are edited, takes one of what an
# editor gives as a choice: what was printed, or its correction. And a word that is
# parted at the end of a line with break="no" is whole.
#
# What happens: the word is whole, but tei-reader takes both sides of a choice, without
# a blank: "parlament", corrected to parliament, is the word "parlamentparliament", and
# an abbreviation and what it stands for are one word, as are an old spelling and
# today's. Neither form is found in its text. The more an edition was cared for, the
# more of its words are lost.
#
# tei-reader 0.0.17 (PyPI), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install tei-reader==0.0.17 >>log 2>&1 || { cat log; exit 1; }
cat >article.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>Ferries</title></titleStmt><publicationStmt><p>Unpublished</p></publicationStmt><sourceDesc><p>Written for this test</p></sourceDesc></fileDesc></teiHeader>
<text><body><div><head>Ferries</head>
<p>The <choice><sic>parlament</sic><corr>parliament</corr></choice> of <choice><abbr>Nor.</abbr><expan>Norway</expan></choice> vo<lb break="no"/>tes <choice><orig>to-day</orig><reg>today</reg></choice>.</p>
</div></body></text></TEI>
XML
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
from tei_reader import TeiReader

print("tei-reader", version("tei-reader"))
text = TeiReader().read_file("article.xml").text
print(text.strip())
if "The parlamentparliament of Nor.Norway votes to-daytoday." not in text:
    sys.exit("CHANGED: choices are read otherwise")
print("as found: both sides of a choice are one word")
PY
