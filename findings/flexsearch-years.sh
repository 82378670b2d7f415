#!/bin/sh
# Guess: a number is a word to a search engine. A search for 2024 finds what has 2024 in
# it, whatever else the engine does to words to be lenient.
#
# What happens: FlexSearch's default encoder cuts digits into groups of three, from the
# left: 2024 is the two words 202 and 4, anywhere in a text. So it finds the budget of
# 2025 that has 4 parts, and a search for 2025 what happened in 2026 in 5 towns. The
# years of a decade differ by one digit that many texts have. Next to each other or not,
# the score doesn't tell: such a hit may be first. numeric: false in the encoder's
# options keeps numbers whole.
#
# flexsearch 0.8.212, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{ npm init -y && npm install --silent --no-audit --no-fund flexsearch@0.8.212; } >log 2>&1 || { cat log; exit 1; }
cat >main.js <<'JS'
const { Index, Encoder } = require('flexsearch')
console.log('flexsearch', JSON.parse(require('node:fs').readFileSync('node_modules/flexsearch/package.json')).version)
const texts = [
  'In 2025 the budget had 4 parts',
  'The budget of 2024 was passed late',
  'In 2026 there were strikes in 5 towns',
  'The budget of 2023 had 3 parts',
]
const found = (index, query) => index.search(query).map(i => texts[i]).sort()
const plain = new Index()
const whole = new Index({ encoder: new Encoder({ numeric: false }) })
texts.forEach((text, i) => { plain.add(i, text); whole.add(i, text) })
console.log('2024 is', plain.encoder.encode('2024'), 'and 20240305 is', plain.encoder.encode('20240305'))
let changed = JSON.stringify(plain.encoder.encode('2024')) !== '["202","4"]'
for (const [query, want] of [['2024', [0, 1]], ['2025', [0, 2]], ['budget 2024', [0, 1]]]) {
  const got = found(plain, query)
  console.log(query, 'finds', got)
  changed ||= JSON.stringify(got) !== JSON.stringify(want.map(i => texts[i]).sort())
}
console.log('2024 finds', found(whole, '2024'), 'with numeric: false')
changed ||= JSON.stringify(found(whole, '2024')) !== JSON.stringify([texts[1]])
if (changed) { console.log('CHANGED: numbers are cut otherwise'); process.exit(1) }
console.log('as found: a search for 2024 finds 2025')
JS
node main.js
