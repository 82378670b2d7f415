#!/bin/sh
# Guess: the dictionary of jieba, with a count for each of its 349,045 words, holds words.
# What doesn't belong there is rare, and goes if words below some count are left out.
#
# What happens: cut makes one word of "and Putin", another of "to Putin", and leaves
# "with Putin" two, as the first two are in the dictionary, with a count of 3. There are
# "President Bush", "goes to the US" and the governments of most countries, too, and
# "the US will" is the American Congress. A search for Putin by the words of cut misses
# who met "Biden and Putin". The counts don't tell such words from names: Biden has 2,
# Merkel 3, Xi Jinping 4, and Zelensky isn't there. To leave out words below 5 takes
# these names away with the rest. cut_for_search gives the words within, and is the one
# to take; a dictionary of one's own needs the names before it is pruned.
#
# jieba 0.42.1, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install setuptools==65.5.0 jieba==0.42.1 >>log 2>&1 || { cat log; exit 1; }
TMPDIR="$dir" venv/bin/python -W ignore - <<'PY'
import logging, sys
import jieba
jieba.setLogLevel(logging.ERROR)
jieba.initialize()
print("jieba", jieba.__version__)
changed = False
for what, text, want in [
    ("Biden and Putin speak", "拜登和普京通话", "拜登|和普京|通话"),
    ("calls on Putin", "向普京呼吁", "向普京|呼吁"),
    ("speaks with Putin", "与普京会谈", "与|普京|会谈"),
    ("Biden and Xi speak", "拜登和习近平通话", "拜登|和|习近平|通话"),
    ("the US will support Ukraine", "美国会支持乌克兰", "美国会|支持|乌克兰"),
    ("Germany will support Ukraine", "德国会支持乌克兰", "德国|会|支持|乌克兰"),
]:
    got = "|".join(jieba.cut(text))
    print(f"{what}: {got}, for search: {'|'.join(jieba.cut_for_search(text))}")
    changed |= got != want
words = {word: count for word, count in jieba.dt.FREQ.items() if count}
print(len(words), "words")
changed |= len(words) != 349045
for what, word, want in [
    ("Biden", "拜登", 2), ("Merkel", "默克尔", 3), ("Xi Jinping", "习近平", 4), ("Zelensky", "泽连斯基", None),
    ("and Putin", "和普京", 3), ("to Putin", "向普京", 3), ("goes to the US", "赴美国", 3), ("Iran's government", "伊朗政府", 41),
]:
    print(f"{what}, {word}: {words.get(word)}")
    changed |= words.get(word) != want
if changed:
    sys.exit("CHANGED: words are cut or counted otherwise")
print("as found: and Putin is a word, with a higher count than Biden")
PY
