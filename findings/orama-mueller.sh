#!/bin/sh
# Guess: the English tokenizer of a search engine takes letters of English, or all
# letters. A name with an umlaut is then found by itself, or by nothing.
#
# What happens: the English tokenizer of Orama knows the accents of Italian, as in caffè,
# and no others. Müller is the words "m" and "ller", and as each word of a query also
# stands for what begins with it, and one of them is enough, a search for Müller finds
# the mayor, the minister and all else with an m, and for İmamoğlu what has a word that
# begins with an i. Texts in Cyrillic or Chinese have no words at all, and are not found,
# without an error. Its tokenizers of German and other languages know the letters of the
# one language only.
#
# @orama/orama 3.1.18, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{ npm init -y && npm install --silent --no-audit --no-fund @orama/orama@3.1.18; } >log 2>&1 || { cat log; exit 1; }
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { create, insert, search } from '@orama/orama'
console.log('@orama/orama', JSON.parse(readFileSync('node_modules/@orama/orama/package.json')).version)
const texts = ['Müller spoke', 'The mayor spoke', 'The minister left', 'Österreich votes', 'Caffè closed', 'Паром ушёл']
const fill = async language => {
  const db = create({ schema: { text: 'string' }, language })
  for (const text of texts) await insert(db, { text })
  return db
}
const found = async (db, term) => (await search(db, { term })).hits.map(h => h.document.text).sort()
const english = await fill('english')
const german = await fill('german')
console.log('Müller is', english.tokenizer.tokenize('Müller', 'english'))
let changed = false
const check = async (what, db, term, want) => {
  const got = await found(db, term)
  console.log(`${what}: ${term} finds`, got)
  changed ||= JSON.stringify(got) !== JSON.stringify(want)
}
await check('english', english, 'Müller', ['Müller spoke', 'The mayor spoke', 'The minister left'])
await check('english', english, 'caffè', ['Caffè closed'])
await check('english', english, 'паром', [])
await check('german', german, 'Müller', ['Müller spoke'])
await check('german', german, 'паром', [])
if (changed) { console.log('CHANGED: words are cut otherwise'); process.exit(1) }
console.log('as found: a search for Müller finds the mayor')
JS
node main.mjs
