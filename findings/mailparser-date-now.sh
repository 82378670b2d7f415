#!/bin/sh
# Guess: the date of a mail whose Date can't be read is missing, or is there as it was
# written.
#
# What happens: mailparser (npm) puts the moment in its place at which the mail is parsed:
# where a zone stands by its name, as MEZ or JST, which RFC 5322 wants read as of no
# known zone; where a month is German, or dots stand in the time; where Date is empty.
# Only a mail without a Date has none. So an archive of newsletters that is imported today
# has old issues of today among the others, and the next import has other dates. A Date of
# "05.01.2026" is read as the first of May. postal-mime gives what it can't read as it
# stands.
#
# mailparser 3.14.2, against postal-mime 4.0.0, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{ npm init -y && npm install --silent --no-audit --no-fund mailparser@3.14.2 postal-mime@4.0.0; } >log 2>&1 || { cat log; exit 1; }
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
for (const name of ['mailparser', 'postal-mime']) console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version)
const started = Date.now()
let changed = false
const read = async line => {
  const mail = `From: Letters <letters@example.org>\r\nSubject: Ferries\r\n${line}\r\nText.\r\n`
  const { date } = await simpleParser(mail)
  const other = (await PostalMime.parse(mail)).date
  return [date, other]
}
for (const [stated, now] of [
  ['Mon, 05 Jan 2026 10:00:00 +0100', false],
  ['Mon, 05 Jan 2026 10:00:00 MEZ', true],
  ['Mon, 05 Jan 2026 10:00:00 JST', true],
  ['Do, 5 Mrz 2026 10:00:00 +0100', true],
  ['Mon, 05 Jan 2026 10.00.00 +0100', true],
  ['', true],
]) {
  const [date, other] = await read(`Date: ${stated}\r\n`)
  const isNow = date >= started && date <= Date.now()
  console.log(`Date: ${stated}: ${isNow ? 'the moment of parsing' : date.toISOString()}; postal-mime: ${other}`)
  changed ||= isNow !== now || (now && other !== stated)
}
const [without] = await read('')
const [dots] = await read('Date: 05.01.2026\r\n')
console.log('without Date:', without, 'and 05.01.2026 is in month', dots.getMonth() + 1)
changed ||= without !== undefined || dots.getMonth() !== 4
if (changed) { console.log('CHANGED: dates are read otherwise'); process.exit(1) }
console.log('as found: a date that can\'t be read is now')
JS
TZ=UTC node main.mjs
