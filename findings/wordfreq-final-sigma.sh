#!/bin/sh
# Guess: the words of a frequency list are words as they are printed, in small
# letters. The 46,916 Greek ones of wordfreq can be looked up, suggested or stemmed as
# they stand, and so can the German ones.
#
# What happens: words are case-folded in full, which is more than small letters. The
# fold makes σ of ς, the sigma that ends words, so that no Greek word of the list ends
# as Greek words do: the minister is not in it, only the same with a wrong last letter,
# which no text has. No German word has ß. Serbian words are in Latin letters only.
# word_frequency folds what it is asked for and hides that; who reads
# get_frequency_dict or top_n_list himself gets words that nobody writes, and a stemmer
# of Greek, whose endings are in -ς, is tested with none of them.
#
# wordfreq 3.1.1, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install wordfreq==3.1.1 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
from wordfreq import get_frequency_dict, top_n_list, word_frequency
print("wordfreq", version("wordfreq"))
changed = False
for language, printed, listed, letter in [
    ("el", "υπουργός", "υπουργόσ", "ς"),
    ("el", "πόλεμος", "πόλεμοσ", "ς"),
    ("de", "außenminister", "aussenminister", "ß"),
    ("sh", "председник", "predsednik", "ј"),
]:
    words = get_frequency_dict(language)
    having = sum(letter in word for word in words)
    print(f"{language}, {len(words)} words, {having} with {letter}. In it: {printed} {printed in words}, {listed} {listed in words}.",
          f"word_frequency: {word_frequency(printed, language)}")
    changed |= printed in words or listed not in words or having > 0 or word_frequency(printed, language) == 0
best = [word for word in top_n_list("el", 200) if word.endswith("σ")]
print("among the 200 most frequent Greek words:", *best[:8])
if changed or len(best) < 8:
    sys.exit("CHANGED: words are listed otherwise")
print("as found: no Greek word has the sigma that ends words")
PY
