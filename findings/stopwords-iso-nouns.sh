#!/bin/sh
# Guess: a list of stop words holds what has no content: articles, pronouns,
# prepositions, forms of "to be". At worst it holds a few words too many.
#
# What happens: stopwords-iso, which gathers lists for 57 languages and is behind many
# packages, mixes in lists of the most frequent words. The Russian list has war, Russia,
# Moscow, country, people, money and Soviet, in the form in which they stand in a
# dictionary only: war is dropped, "of the war" is not. Portuguese and Spanish lose the
# state, Italian the state and the country, French the state, German human beings and the
# law, English the UN, fire, a bill, a million and Microsoft. A search for "war
# in Ukraine" in Russian is a search for Ukraine then. Who takes these lists for news
# has to read them.
#
# stopwords-iso 1.1.0 (npm), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
npm init -y >log 2>&1 && npm install --silent --no-audit --no-fund stopwords-iso@1.1.0 >>log 2>&1 || { cat log; exit 1; }
cat >main.js <<'JS'
const lists = require('stopwords-iso')
console.log('stopwords-iso', require('stopwords-iso/package.json').version)
const nouns = {
  ru: 'война россия москва страна народ деньги советский',
  pt: 'estado povo conselho',
  es: 'estado estados',
  it: 'stato stati paese',
  fr: 'état',
  de: 'mensch menschen recht',
  en: 'un bill fire million microsoft'
}
// The same nouns in other cases, and nouns of the same kind, which are kept.
const kept = { ru: 'войны войну россии москвы украина', en: 'war law google' }
let changed = false
for (const [language, words] of Object.entries(nouns)) {
  const list = new Set(lists[language])
  const dropped = words.split(' ').filter(word => list.has(word))
  const others = (kept[language] || '').split(' ').filter(word => word && !list.has(word))
  console.log(`${language}, ${list.size} stop words. Dropped: ${dropped.join(' ')}${others.length ? '. Kept: ' + others.join(' ') : ''}`)
  changed ||= dropped.join(' ') !== words || others.join(' ') !== (kept[language] || '')
}
if (changed) {
  console.log('CHANGED: the lists hold other words')
  process.exit(1)
}
console.log('as found: war and Russia are stop words of Russian')
JS
node main.js
