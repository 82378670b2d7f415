#!/bin/sh
# Guess: a brace that a title has is written in BibTeX as \textbraceleft, LaTeX's name
# for it, since BibTeX counts the brace of \{ and an odd one would end the entry. What
# reads \textasciitilde and \textbackslash reads that, too.
#
# What happens: pandoc leaves \textbraceleft and \textbraceright out, without a
# warning, where it reads BibTeX: "{NATO} and a tilde" becomes "NATO and a tilde". It
# knows \{ and \textasciitilde. So braces that match are better written as \{ \}; one
# without its other half has no form that BibTeX and pandoc both take.
#
# pandoc 3.9 in pypandoc_binary 1.17, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install pypandoc_binary==1.17 >>log 2>&1 || { cat log; exit 1; }
cat >a.bib <<'BIB'
@article{named,
  title = {{\textbraceleft{}NATO\textbraceright{} and a \textasciitilde{}tilde}},
  journal = {Harbour Review}, year = {2024}
}
@article{escaped,
  title = {{\{NATO\} and a \textasciitilde{}tilde}},
  journal = {Harbour Review}, year = {2024}
}
BIB
venv/bin/python - <<'PY'
import json, sys, pypandoc
print("pandoc", pypandoc.get_pandoc_version())
titles = {i["id"]: i["title"] for i in json.loads(pypandoc.convert_file("a.bib", "csljson", format="bibtex"))}
for k, v in titles.items():
    print(f"{k + ':':9}", v)
if titles != {"named": "NATO and a ~tilde", "escaped": "{NATO} and a ~tilde"}:
    sys.exit("CHANGED: braces are read otherwise")
print("as found: braces with names are lost")
PY
