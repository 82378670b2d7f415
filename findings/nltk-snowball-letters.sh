#!/bin/sh
# Guess: NLTK's SnowballStemmer is Snowball: it gives the stems that other packages of
# Snowball give, but for rules that Snowball has changed since.
#
# What happens: it is a translation by hand, and reads other letters. Its Romanian knows
# ş and ţ with a cedilla, which old character sets had in place of ș and ț with a comma,
# Romanian's own letters and those of the press: "information" keeps its ending, and is
# another word in each spelling. Its Hungarian has the vowels õ and û, which stand in
# Latin-1 where Latin-2 has ő and ű: fire and "in the fire" part, and woman and women. In
# Italian -enza becomes -te and not -ente: a presidency is "presidt", and doesn't meet
# the president, as it does in Snowball. Snowball's own package has all of them right.
#
# nltk 3.10.4, against snowballstemmer 3.1.1 (PyPI), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install nltk==3.10.4 snowballstemmer==3.1.1 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import snowballstemmer
from nltk.stem.snowball import SnowballStemmer

print("nltk", version("nltk"), "snowballstemmer", version("snowballstemmer"))
changed = False
for language, what, words in [
    ("romanian", "information in both spellings", "informație informaţie"),
    ("romanian", "relations in both spellings", "relații relaţii"),
    ("hungarian", "fire, in the fire", "tűz tűzben"),
    ("hungarian", "woman, women", "nő nők"),
    ("italian", "president, presidency", "presidente presidenza"),
    ("italian", "different, difference", "differente differenza"),
]:
    nltk, snowball = SnowballStemmer(language), snowballstemmer.stemmer(language)
    by_nltk = [nltk.stem(word) for word in words.split()]
    by_snowball = [snowball.stemWord(word) for word in words.split()]
    print(f"{language}, {what}: {words}: {' '.join(by_nltk)}, by Snowball {' '.join(by_snowball)}")
    changed |= len(set(by_nltk)) == 1 or len(set(by_snowball)) != 1
if changed:
    sys.exit("CHANGED: stems are not what they were")
print("as found: NLTK parts what Snowball joins")
PY
