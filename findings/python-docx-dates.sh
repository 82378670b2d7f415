#!/bin/sh
# Guess: a document that a program makes with python-docx says that it was created
# when it was made, or says nothing.
#
# What happens: it says that it was created and modified on 23 December 2013, at
# 23:15 UTC, when the template inside the package was. The author is "python-docx".
# Thousands of exports seem to be of one minute; a reader must take that moment for
# no date.
#
# python-docx 1.2.0, 29 November 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install python-docx==1.2.0 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys, docx
d = docx.Document()
d.add_paragraph("The harbour of Vessem reopens.")
d.save("a.docx")
p = docx.Document("a.docx").core_properties
print("python-docx", docx.__version__)
print("created: ", p.created)
print("modified:", p.modified)
print("author:  ", p.author)
if str(p.created)[:16] != "2013-12-23 23:15" or str(p.modified)[:16] != "2013-12-23 23:15" or p.author != "python-docx":
    sys.exit("CHANGED: the properties are not those of the template")
print("as found: the dates are those of the template")
PY
