#!/bin/sh
# Guess: iter_lines of httpx, with which answers of JSON Lines are read as they come, gives
# a line of JSON for each line feed, as a file does in Python.
#
# What happens: it ends lines where str.splitlines does: at U+2028, which editors of web
# pages leave in texts, and at U+0085, which an ellipsis of Windows-1252 is where a page was
# taken for Latin-1. JSON has both in strings as they stand. The object is cut within
# an article, and both parts are no JSON. json.dumps escapes the two, so that a server in
# Python tests well; with ensure_ascii=False they come as they are. iter_bytes, cut at
# line feeds by hand, is right.
#
# httpx 0.28.1, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install httpx==0.28.1 >>log 2>&1 || { cat log; exit 1; }
cat >main.py <<'PY'
import io
import json
import sys
from importlib.metadata import version
import httpx

print("httpx", version("httpx"))
articles = [
    {"title": "Ferries", "body": "They sail\u2028again."},
    {"title": "Elections", "body": "In May\u0085"},
    {"title": "Budget", "body": "Passed."},
]
body = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles).encode()
client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, content=body)))
with client.stream("GET", "http://news.example.org/articles.jsonl") as response:
    lines = list(response.iter_lines())

def whole(lines):
    n = 0
    for line in lines:
        try:
            n += json.loads(line) in articles
        except ValueError as err:
            print(f"  {line!r}: {err}")
    return n

print(f"{len(lines)} lines by iter_lines")
by_httpx = whole(lines)
by_file = whole(io.TextIOWrapper(io.BytesIO(body), encoding="utf-8"))
print(f"articles: {by_httpx} by iter_lines, {by_file} by a file")
if (len(lines), by_httpx, by_file) != (5, 1, 3):
    sys.exit("CHANGED: lines end elsewhere")
print("as found: lines end within articles")
PY
venv/bin/python main.py
