#!/bin/sh
# Guess: a detector of languages knows Japanese by its kana. A headline with a single
# one isn't Chinese, as Chinese has none; only one of kanji alone may be either.
#
# What happens: py3langid, after langid.py, adds up the weights of sequences of bytes.
# A particle at the end of a headline weighs little against ten kanji. So eight of the
# ten headlines below, all written with kana in the manner of the Japanese press, are
# Chinese, or Wu, another of its languages. Asked for Japanese, Chinese and Korean only,
# it takes all eight for Chinese. Where kana stand, they should decide before such a
# detector is asked.
#
# py3langid 0.4.0, against lingua-language-detector 2.1.1, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install py3langid==0.4.0 lingua-language-detector==2.1.1 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import py3langid
from lingua import LanguageDetectorBuilder
print("py3langid", version("py3langid"), "lingua", version("lingua-language-detector"))
peer = LanguageDetectorBuilder.from_all_languages().build()
headlines = [
    ("日銀、利上げ決定", "zh"),
    ("首相、解散表明へ", "zh"),
    ("経済対策、月内決定へ", "zh"),
    ("原発再稼働、知事同意へ", "zh"),
    ("内閣支持率、過去最低に", "zh"),
    ("中国、台湾周辺で軍事演習", "wuu"),
    ("韓国国会、大統領弾劾訴追案を可決", "wuu"),
    ("防衛省、新型迎撃弾発射実験成功と発表", "wuu"),
    ("米軍、撤退開始へ", "ja"),
    ("日米、貿易交渉で合意", "ja"),
]
changed = False
for headline, want in headlines:
    got, other = py3langid.classify(headline)[0], peer.detect_language_of(headline).name
    print(f"{headline}: py3langid {got}, lingua {other}")
    changed |= got != want or other != "JAPANESE"
py3langid.set_languages(["ja", "zh", "ko"])
wrong = [headline for headline, _ in headlines if py3langid.classify(headline)[0] == "zh"]
print(len(wrong), "of", len(headlines), "are Chinese if only Japanese, Chinese and Korean are asked for")
if changed or len(wrong) != 8:
    sys.exit("CHANGED: the languages are not what they were")
print("as found: a headline with kana is Chinese")
PY
