#!/bin/sh
# Guess: readers of "Lucene's syntax" for programs that translate queries make one tree of
# one query. AND binds before OR, NOT takes the word behind it, and so
# "strike AND NOT baseball OR walkout" is (strike without baseball) or walkout.
#
# What happens: of three readers each makes a tree of its own. lucene (npm) has no
# precedence and nests to the right, so that the right side of NOT is all that follows: it
# leaves out walkout, too, which was asked for. It does the same with "a AND b OR c".
# liqe nests to the left, so that "a OR b AND c" is (a OR b) AND c. luqum has the
# precedence that one would guess. Lucene itself has none of these: its classic parser
# marks single words as required or forbidden, and OR leaves walkout optional. Who
# translates saved queries by one of these trees gets other articles, without an error.
# Parentheses are read alike by all.
#
# lucene 2.1.1, liqe 3.8.7 (npm), luqum 1.0.0 (PyPI), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{ npm init -y && npm install --silent lucene@2.1.1 liqe@3.8.7; } >log 2>&1 || { cat log; exit 1; }
{ python3 -m venv venv && venv/bin/pip -q install luqum==1.0.0; } >log 2>&1 || { cat log; exit 1; }

cat >trees.js <<'JS'
const lucene = require('lucene')
const liqe = require('liqe')

const luceneTree = (n) => n.operator ? `(${luceneTree(n.left)} ${n.operator} ${luceneTree(n.right)})` : n.left ? luceneTree(n.left) : n.term
const liqeTree = (n) => {
  switch (n.type) {
    case 'LogicalExpression': return `(${liqeTree(n.left)} ${n.operator.operator} ${liqeTree(n.right)})`
    case 'UnaryOperator': return `${n.operator} ${liqeTree(n.operand)}`
    case 'ParenthesizedExpression': return liqeTree(n.expression)
    default: return n.expression.value
  }
}
const want = {
  'strike AND NOT baseball OR walkout': ['(strike AND NOT (baseball OR walkout))', '((strike AND NOT baseball) OR walkout)'],
  'a AND b OR c': ['(a AND (b OR c))', '((a AND b) OR c)'],
  'a OR b AND c': ['(a OR (b AND c))', '((a OR b) AND c)'],
  '(a OR b) AND c': ['((a OR b) AND c)', '((a OR b) AND c)'],
}
let changed = false
for (const [query, [byLucene, byLiqe]] of Object.entries(want)) {
  const got = [luceneTree(lucene.parse(query)), liqeTree(liqe.parse(query))]
  console.log(`${query}\n  lucene ${require('lucene/package.json').version}: ${got[0]}\n  liqe 3.8.7:   ${got[1]}`)
  changed ||= got[0] !== byLucene || got[1] !== byLiqe
}
if (changed) { console.log('CHANGED: other trees'); process.exit(1) }
JS
node trees.js
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
from luqum.parser import parser

def tree(n):
    name = type(n).__name__
    if name in ("AndOperation", "OrOperation"):
        return "(" + (" AND " if name[0] == "A" else " OR ").join(map(tree, n.children)) + ")"
    if name == "Not":
        return "NOT " + tree(n.children[0])
    return tree(n.children[0]) if n.children else n.value

want = {
    "strike AND NOT baseball OR walkout": "((strike AND NOT baseball) OR walkout)",
    "a OR b AND c": "(a OR (b AND c))",
}
for query, expected in want.items():
    got = tree(parser.parse(query))
    print(query, "\n  luqum", version("luqum") + ":", got)
    if got != expected:
        sys.exit("CHANGED: another tree")
print("as found: three readers, three trees")
PY
