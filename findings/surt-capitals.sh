#!/bin/sh
# Guess: the key under which an index of a web archive (CDX) has a page is its address,
# the host turned round. Two addresses have one key if they are one page: "www" goes, and
# the order of parameters. The path and the query keep their letters, in which case
# counts.
#
# What happens: surt, the Internet Archive's package that makes such keys, makes all
# letters small, and cdxj-indexer does so with it. Short addresses and identifiers of
# articles and videos in base 62 differ in case alone: /a/Xy7 and /a/xY7 have one key.
# Both records are in the index, one after the other, and what looks a page up by its
# key and takes the nearest in time may have the other article. The address that stands in
# the line's JSON has to be compared as well.
#
# surt 0.3.1, cdxj-indexer 1.5.0, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install surt==0.3.1 cdxj-indexer==1.5.0 setuptools >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import io
import json
import sys
from importlib.metadata import version
from cdxj_indexer.main import write_cdx_index
from surt import surt
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

print("surt", version("surt"), "cdxj-indexer", version("cdxj-indexer"))
pages = {"https://news.example.org/a/Xy7": b"<p>Ferries sail.", "https://news.example.org/a/xY7": b"<p>Elections are in May."}
with open("news.warc.gz", "wb") as f:
    writer = WARCWriter(f, gzip=True)
    for url, text in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(text), http_headers=headers))
out = io.StringIO()
write_cdx_index(out, ["news.warc.gz"], {})
lines = [line.split(" ", 2) for line in out.getvalue().splitlines()]
for key, _, rest in lines:
    print(key, json.loads(rest)["url"])
videos = surt("https://video.example.org/watch?v=dQx"), surt("https://video.example.org/watch?v=DqX")
print("videos:", *videos)
if len(lines) != 2 or lines[0][0] != lines[1][0] or {json.loads(l[2])["url"] for l in lines} != set(pages) or videos[0] != videos[1]:
    sys.exit("CHANGED: keys tell capitals apart")
print("as found: two articles have one key")
PY
