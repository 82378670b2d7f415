#!/bin/sh
# Guess: a name in katakana is one word, as the script has no blanks but is used for
# names and foreign words only. The default rules of UAX 29 say so, too (WB13: don't
# break between katakana).
#
# What happens: ICU, and with it Intl.Segmenter, leaves Japanese to a dictionary in every
# locale, and cuts runs of katakana by it as well. Trump, Zelensky and Ukraine are whole. Putin is two words,
# Biden three, of which one is a single letter, a drone two. Erdogan is "el", "door"
# and "n", so that who looks for doors finds him. In Chinese Trump, Biden and Putin are
# single letters, and Ukraine is whole. It depends on the
# name whether a search for it is one of a word or of a phrase. Runs of katakana
# should be kept together by whoever cuts text with it.
#
# Node 24.4.1 with ICU 77.1, 1 December 2026. The same with ICU 78.2.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
npm init -y >log 2>&1 && npm install --silent --no-audit --no-fund node@24.4.1 >>log 2>&1 || { cat log; exit 1; }
cat >main.js <<'JS'
console.log('node', process.version, 'ICU', process.versions.icu)
const words = (text, locale) => [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].map(s => s.segment).join('|')
let changed = false
for (const [what, text, want, locales] of [
  ['President Trump', 'トランプ大統領', 'トランプ|大統領', ['ja', 'en']],
  ['Zelensky', 'ゼレンスキー', 'ゼレンスキー', ['ja', 'en']],
  ['Ukraine', 'ウクライナ', 'ウクライナ', ['ja', 'en']],
  ['President Putin', 'プーチン大統領', 'プー|チン|大統領', ['ja', 'en']],
  ['President Biden', 'バイデン大統領', 'バイ|デ|ン|大統領', ['ja', 'en']],
  ['Macron', 'マクロン', 'マクロ|ン', ['ja', 'en']],
  ['Erdogan', 'エルドアン', 'エル|ドア|ン', ['ja', 'en']],
  ['door', 'ドア', 'ドア', ['ja', 'en']],
  ['drone', 'ドローン', 'ド|ローン', ['ja', 'en']],
  ['Ukraine', '乌克兰', '乌克兰', ['zh', 'en']],
  ['Trump', '特朗普', '特|朗|普', ['zh', 'en']],
  ['Biden', '拜登', '拜|登', ['zh', 'en']],
  ['Putin', '普京', '普|京', ['zh', 'en']],
  ['Netanyahu', '内塔尼亚胡', '内|塔|尼亚|胡', ['zh', 'en']]
]) {
  for (const locale of locales) {
    const got = words(text, locale)
    console.log(`${what}, ${locale}: ${got}`)
    changed ||= got !== want
  }
}
if (changed) {
  console.log('CHANGED: words are cut otherwise')
  process.exit(1)
}
console.log('as found: some names in katakana are cut, and some are whole')
JS
node_modules/.bin/node main.js
