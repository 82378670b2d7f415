#!/bin/sh
# Guess: a stemmer of a language with cases takes the ending of a case off a name, and
# leaves a name alone that stands as a reader types it, in the nominative. So a search
# for a country finds it in every case.
#
# What happens: the last letters of a name are taken for an ending where they look like
# one, and more so in the nominative, which has nothing behind them. In Snowball's
# Finnish stemmer Ukraine is "ukr", but of and in Ukraine "ukrain", and so Palestine,
# Argentina, Bosnia, Syria and India; Putin is "put". In Greek Ukraine and Turkey part
# from their genitives, in Romanian Ukraine and Russia, in Hungarian Putin and Brussels,
# in Turkish Syria. In Russian, Iran has two stems in three cases, and the stem of "of
# China" is the word for a whale. Names of countries and of the people in the news
# have to be tested in their cases, or kept in a list.
#
# snowballstemmer 3.1.1 (PyPI), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install snowballstemmer==3.1.1 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import snowballstemmer
print("snowballstemmer", version("snowballstemmer"))
changed = False
for language, names, stems in [
    ("finnish", "ukraina ukrainan ukrainassa", "ukr ukrain ukrain"),
    ("finnish", "palestiina palestiinan palestiinassa", "palest palestiin palestiin"),
    ("finnish", "argentiina argentiinan", "argent argentiin"),
    ("finnish", "bosnia bosnian", "bosn bosnia"),
    ("finnish", "syyria syyrian", "syyr syyria"),
    ("finnish", "intia intian", "int intia"),
    ("finnish", "putin putinin putinia", "put putin putin"),
    ("finnish", "venäjä venäjän", "venäj venäj"),
    ("greek", "ουκρανία ουκρανίας", "ουκραν ουκρανι"),
    ("greek", "τουρκία τουρκίας", "τουρκ τουρκι"),
    ("romanian", "ucraina ucrainei", "ucrain ucraine"),
    ("romanian", "rusia rusiei", "rusi rus"),
    ("hungarian", "putyin putyint putyinnak", "puty putyin putyin"),
    ("hungarian", "brüsszel brüsszelben", "brüsz brüsszel"),
    ("hungarian", "ukrajna ukrajnában ukrajnát", "ukrajn ukrajn ukrajn"),
    ("turkish", "suriye suriyenin", "suri suriye"),
    ("russian", "иран ирана иране", "ира ира иран"),
    ("russian", "китай китая кит", "кита кит кит"),
    ("russian", "россия россии россию", "росс росс росс"),
]:
    got = " ".join(snowballstemmer.stemmer(language).stemWords(names.split()))
    print(f"{language}: {names}: {got}")
    changed |= got != stems
if changed:
    sys.exit("CHANGED: the stems are not what they were")
print("as found: Ukraine is not found in its other cases, and of China is a whale")
PY
