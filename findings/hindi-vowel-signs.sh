#!/bin/sh
# Guess: a Hindi word is found by the same word. A tokenizer or a cleaner that keeps
# letters and digits and knows Unicode keeps it whole, as it does with é.
#
# What happens: Hindi writes its vowels as signs on the consonants, which are marks to
# Unicode, no letters. FTS5 of SQLite parts words at them, and drops them: what is left
# of Russia are two consonants, and a search for Russia finds every race. Army, gold
# and chest are one word, and China is found in elections. A phrase is asked for in
# silence, so that some words are right by chance. To rapidfuzz, two such names cleaned
# by its default_process are alike to 100 percent. The tokenizer has to be told
# (categories 'L* N* Co Mn Mc'), and the cleaner left out. The same is true of other
# scripts of India.
#
# SQLite 3.54.1 in apsw 3.54.1.0, rapidfuzz 3.14.6, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install apsw==3.54.1.0 rapidfuzz==3.14.6 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import apsw
from rapidfuzz import fuzz, utils

print("SQLite", apsw.sqlite_lib_version(), "rapidfuzz", version("rapidfuzz"))
words = {
    "रूस": "Russia", "रेस": "race", "सेना": "army", "सोना": "gold", "सीना": "chest",
    "चीन": "China", "चुनाव": "election", "मोदी": "Modi",
}
db = apsw.Connection(":memory:").cursor()
db.execute("create virtual table plain using fts5(word)")
db.execute("create virtual table marks using fts5(word, tokenize=\"unicode61 categories 'L* N* Co Mn Mc'\")")
for table in "plain", "marks":
    for word in words:
        db.execute(f"insert into {table} values (?)", (word,))

def found(table, word):
    return [words[w] for w, in db.execute(f"select word from {table} where {table} match ? order by rowid", (f'"{word}"',))]

changed = False
for word, want in [
    ("रूस", ["Russia", "race"]),
    ("सेना", ["army", "gold", "chest"]),
    ("चीन", ["China", "election"]),
    ("मोदी", ["Modi"]),
]:
    got, told = found("plain", word), found("marks", word)
    print(f"{word} ({words[word]}): found {', '.join(got)}; with marks: {', '.join(told)}")
    changed |= got != want or told != [words[word]]
for a, b in [("रूस", "रेस"), ("सेना", "सोना")]:
    cleaned = fuzz.ratio(a, b, processor=utils.default_process)
    print(f"{words[a]} and {words[b]}: alike to {fuzz.ratio(a, b):.0f} percent, cleaned to {cleaned:.0f}")
    changed |= cleaned != 100
if changed:
    sys.exit("CHANGED: vowel signs are no longer lost so")
print("as found: Russia finds races, and the army gold")
PY
