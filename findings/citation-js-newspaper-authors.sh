#!/bin/sh
# Guess: the authors of a newspaper article in RIS (TY NEWS, AU) are its authors,
# and its date (DA 2024/03/05/) is a day, when Citation.js reads it.
#
# What happens: they become "reporter" in CSL-JSON, which most styles don't print: the
# citation in APA begins with the title and names nobody. With a year in PY beside it,
# the day in DA is dropped, too. The same article as JOUR keeps its authors. So a
# file that is right to Zotero and EndNote loses its authors on the way; CSL-JSON,
# which all of them read, does not.
#
# @citation-js/core, plugin-ris and plugin-csl 0.8.2, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
npm init -y >log 2>&1 && npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 @citation-js/plugin-csl@0.8.2 >>log 2>&1 || { cat log; exit 1; }
cat >main.js <<'JS'
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-ris')
require('@citation-js/plugin-csl')
console.log('@citation-js/plugin-ris', require('@citation-js/plugin-ris/package.json').version)
const record = type => `TY  - ${type}\r\nTI  - Ferries sail again\r\nAU  - Okoye, Adaeze\r\nT2  - Harbour Review\r\nPY  - 2024\r\nDA  - 2024/03/05/\r\nER  - \r\n`
const read = type => {
  const cite = new Cite(record(type))
  const { author, reporter, issued } = cite.data[0]
  console.log(type, 'author:', JSON.stringify(author), 'reporter:', JSON.stringify(reporter), 'issued:', JSON.stringify(issued))
  const apa = cite.format('bibliography', { template: 'apa' }).trim()
  console.log('  ' + apa)
  return { author, reporter, apa, date: JSON.stringify(issued) }
}
const news = read('NEWS')
const journal = read('JOUR')
if (news.author || !news.reporter || news.apa.includes('Okoye') || news.date.includes('3,5') || !journal.apa.includes('Okoye')) {
  console.log('CHANGED: the authors or the date are read otherwise')
  process.exit(1)
}
console.log('as found: a newspaper article has no author, and no day')
JS
node main.js
