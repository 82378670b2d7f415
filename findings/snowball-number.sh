#!/bin/sh
# Guess: whatever a stemmer does to verbs and rare words, it joins the singular and the
# plural of the commonest nouns, where the plural is made by the rule of the language.
#
# What happens: where the singular ends like a form of a verb, Snowball's stemmers of
# Romance and other languages cut it shorter than the plural. In Spanish woman, leader,
# soldier, young and crime part from their plurals, since -er, -ar and -en are endings of
# verbs. In Portuguese an election, an action, a nation, a region, a decision and a
# million do: -ão is -ões in the plural, and only -ação behind a long word is
# known. In Catalan a nation and a prison do, in French a law, in Dutch a war, in
# Turkish a minister and an election, in Hungarian a president and a party. A stemmer
# for a search in news needs tests with the first hundred nouns of news, in both.
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
apart = {
    "spanish": "mujer mujeres, líder líderes, militar militares, joven jóvenes, crimen crímenes",
    "portuguese": "eleição eleições, ação ações, nação nações, região regiões, decisão decisões, milhão milhões",
    "catalan": "nació nacions, presó presons",
    "french": "loi lois",
    "dutch": "oorlog oorlogen",
    "turkish": "bakan bakanlar, seçim seçimler",
    "hungarian": "elnök elnökök, párt pártok",
}
together = {
    "spanish": "elección elecciones, voto votos, rehén rehenes",
    "portuguese": "organização organizações, operação operações",
    "dutch": "aanval aanvallen",
    "turkish": "parti partiler",
    "hungarian": "választás választások",
}
changed = False
for what, pairs in ("apart", apart), ("together", together):
    for language, nouns in pairs.items():
        stem = snowballstemmer.stemmer(language).stemWord
        shown = []
        for pair in nouns.split(", "):
            one, many = pair.split()
            shown.append(f"{one} {stem(one)}, {many} {stem(many)}")
            changed |= (stem(one) != stem(many)) != (what == "apart")
        print(f"{what}, {language}:", "; ".join(shown))
if changed:
    sys.exit("CHANGED: the stems are not what they were")
print("as found: women are no form of woman in Spanish, nor elections of election in Portuguese")
PY
