#!/bin/sh
# Guess: a sentence that only says which institution met where has no sentiment. Names
# are names to a program that measures the tone of news, as it can see their capitals.
#
# What happens: VADER, and likewise AFINN in npm's package sentiment, add up words, names
# or not. The United Nations and the United States are united, which is good; the Supreme
# Court is supreme, which is better; and the gross domestic product is gross. "The United
# Nations Security Council met in the United States on Tuesday" has .79 of 1, more than
# "The talks were a success", and Warsaw is slightly bad. VADER looks at capitals only
# where a whole word is in them. So the tone of an outlet is that of whom it writes
# about: names have to be taken out of the text first.
#
# vaderSentiment 3.3.2 (PyPI), sentiment 5.0.2 (npm), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{ python3 -m venv venv && venv/bin/pip -q install vaderSentiment==3.3.2; } >log 2>&1 || { cat log; exit 1; }
{ npm init -y && npm install --silent --no-audit --no-fund sentiment@5.0.2; } >log 2>&1 || { cat log; exit 1; }
cat >texts <<'TXT'
The United Nations Security Council met in the United States on Tuesday.
The Supreme Court of the United States heard the case on Monday.
The gross domestic product was published on Friday.
The talks were a success.
The council met in the country on Tuesday.
TXT
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

print("vaderSentiment", version("vaderSentiment"))
analyzer = SentimentIntensityAnalyzer()
scores = []
for text in open("texts").read().splitlines():
    scores.append(analyzer.polarity_scores(text)["compound"])
    words = {w: analyzer.lexicon[w.lower()] for w in text.rstrip(".").split() if w.lower() in analyzer.lexicon}
    print(f"{scores[-1]:+.2f} {text} {words}")
print("Warsaw:", analyzer.lexicon.get("warsaw"))
council, court, product, success, plain = scores
if not (council > success > 0.5 and court > success and product < -0.4 and plain == 0 and analyzer.lexicon.get("warsaw", 0) < 0):
    sys.exit("CHANGED: VADER takes these names otherwise")
PY
cat >main.js <<'JS'
const fs = require('fs')
const Sentiment = require('sentiment')
console.log('sentiment', require('sentiment/package.json').version)
const scores = fs.readFileSync('texts', 'utf8').trim().split('\n').map(text => {
  const { score, calculation } = new Sentiment().analyze(text)
  console.log(score, text, JSON.stringify(calculation))
  return score
})
const [council, court, product, , plain] = scores
if (!(council > 0 && court > council && product < 0 && plain === 0)) {
  console.log('CHANGED: AFINN takes these names otherwise')
  process.exit(1)
}
console.log('as found: the United Nations are good news')
JS
node main.js
