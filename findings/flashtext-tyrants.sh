#!/bin/sh
# Guess: FlashText, which replaces a long list of regular expressions with \b, finds
# names of places in text where they stand as words, in Russian as in English.
#
# What happens: a word is to it what consists of the letters A to Z, digits and the
# underscore, as its page says, where Python's \b knows all letters. All others bound
# words, and so in Russian every place in a word is a bound. Iran is found in "tyrant",
# Rome in "for example", Mali in "normalization" and Oman in "romantic", without an
# error, whatever the case. In Spanish, Ana is found in "tomorrow", behind the ñ. The
# letters can be given to it (non_word_boundaries); flashtext2 knows Unicode's words and
# finds none of these.
#
# flashtext 2.7, against flashtext2 1.1.0, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install flashtext==2.7 flashtext2==1.1.0 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import flashtext
import flashtext2

print("flashtext", version("flashtext"), "flashtext2", version("flashtext2"))
names = {"Иран": "Iran", "Рим": "Rome", "Мали": "Mali", "Оман": "Oman", "Ana": "Ana"}
first, second = flashtext.KeywordProcessor(), flashtext2.KeywordProcessor(case_sensitive=False)
told = flashtext.KeywordProcessor()
for c in "абвгдежзийклмнопрстуфхцчшщъыьэюяё":
    told.non_word_boundaries |= {c, c.upper()}
for name in names:
    for processor in (first, second, told):
        processor.add_keyword(name)
changed = False
for text, meaning, want in [
    ("Он назвал его тираном.", "He called him a tyrant.", ["Иран"]),
    ("Паром, например, стоит.", "The ferry, for example, stands.", ["Рим"]),
    ("Нормализация отношений", "Normalization of relations", ["Мали"]),
    ("Романтик и тиран", "A romantic and a tyrant", ["Оман", "Иран"]),
    ("Sale mañana.", "It leaves tomorrow.", ["Ana"]),
]:
    got = first.extract_keywords(text)
    print(f"{text} ({meaning}) has", *[names[n] for n in got])
    changed |= got != want or second.extract_keywords(text) != []
    changed |= want != ["Ana"] and told.extract_keywords(text) != []
if changed or second.extract_keywords("Паром в Иран") != ["Иран"]:
    sys.exit("CHANGED: names are found otherwise")
print("as found: Iran is in every tyrant")
PY
