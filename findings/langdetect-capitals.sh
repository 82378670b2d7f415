#!/bin/sh
# Guess: a detector of languages reads "PRESIDENT SIGNS BUDGET" as it does small
# letters. Wires, teletext and older papers have headlines in capitals.
#
# What happens: langdetect (PyPI), a port of the detector of 2010 in Java, passes over a
# word from its second capital on when it counts sequences of letters. Of a headline in
# capitals the first letters of its words are left, and by these nine of the ten below
# are in another language: Spanish in Portuguese or English, Dutch in German, Ukrainian
# in Russian, five of them with a probability above .99. The same ten in small letters
# are right. CLD2 has nine of the ten in capitals, and of the tenth it says that it doesn't
# know. Capitals have to be made small before langdetect is asked.
#
# langdetect 1.0.9, against pycld2 0.42, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install langdetect==1.0.9 pycld2==0.42 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import pycld2
from langdetect import DetectorFactory, detect_langs

DetectorFactory.seed = 0
print("langdetect", version("langdetect"), "pycld2", version("pycld2"))
headlines = [
    ("en", "Storm kills nine on northern coast"),
    ("en", "The government promised new ships to the ferry workers"),
    ("fr", "Le ministre promet une loi avant la fin de l'année"),
    ("fr", "La grève des trains continue après l'échec des discussions"),
    ("es", "El gobierno aprueba una ley sobre la vivienda"),
    ("es", "La huelga de trenes termina tras una larga noche"),
    ("it", "Il governo approva la legge sulle pensioni"),
    ("it", "Lo sciopero dei treni finisce dopo una lunga notte"),
    ("nl", "De regering keurt de wet op de pensioenen goed"),
    ("uk", "Президент підписав закон про бюджет"),
]
small = capitals = other = sure = 0
for language, headline in headlines:
    written = detect_langs(headline)[0]
    shouted = detect_langs(headline.upper())[0]
    cld2 = pycld2.detect(headline.upper())[2][0][1]
    print(f"{language}: {headline.upper()}: {shouted.lang} ({shouted.prob:.2f}), in small letters {written.lang}, CLD2 {cld2}")
    small += written.lang == language
    capitals += shouted.lang == language
    sure += shouted.lang != language and shouted.prob > 0.99
    other += cld2 == language
print(f"right: {capitals} of {len(headlines)} in capitals, {small} in small letters, {other} by CLD2 in capitals; wrong and sure: {sure}")
if capitals > 3 or small < 9 or other < 9:
    sys.exit("CHANGED: languages are told otherwise")
print("as found: capitals are in another language")
PY
