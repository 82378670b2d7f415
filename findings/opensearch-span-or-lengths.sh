#!/bin/sh
# Guess: a span_near in order takes of a span_or whichever alternative leads on, so that
# (new york city | york) followed by city is found in "new york city", by york.
#
# What happens: where a longer alternative starts before the shorter one, what follows is
# looked for behind its end; where nothing is there, the text is given up, and the shorter
# alternative is never tried. "new york city" is not found, without an error, but
# "york city" is. The OR of two span_near, with one alternative each, finds both. So
# alternatives of several lengths want a query each.
#
# OpenSearch 3.8.0, 1 December 2026.
set -eu
dir=$(mktemp -d)
node=
trap 'kill "$node" 2>/dev/null && wait "$node" || :; rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{
	mvn -B -q -C dependency:copy -DoutputDirectory=. \
		-Dartifact=org.opensearch.distribution.integ-test-zip:opensearch:3.8.0:zip
	unzip -q opensearch-3.8.0.zip
} >log 2>&1 || { cat log; exit 1; }
for home in "${OPENSEARCH_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do # it needs 21 or newer
	[ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || echo 0)" -ge 21 ] 2>/dev/null && break
done
export OPENSEARCH_JAVA_HOME="$home" OPENSEARCH_JAVA_OPTS="-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"
as=
if [ "$(id -u)" = 0 ]; then # OpenSearch refuses to run as root
	chown -R nobody . && chmod 755 .
	as="setpriv --reuid=nobody --clear-groups"
fi
$as opensearch-3.8.0/bin/opensearch -Ediscovery.type=single-node \
	-Ecluster.routing.allocation.disk.threshold_enabled=false >node.log 2>&1 &
node=$!
cat >try.py <<'PY'
import itertools, json, re, sys, time, urllib.error, urllib.request

def node():
    for _ in range(1500):
        found = re.search(r"HttpServerTransport.*publish_address \{(127.0.0.1:\d+|\[::1\]:\d+)", open("node.log").read())
        if found:
            return "http://" + found[1]
        time.sleep(0.2)
    sys.exit(open("node.log").read()[-2000:])

home = node()
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

def ask(method, path, body=None):
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    r = urllib.request.Request(home + path, data, {"Content-Type": "application/json"}, method=method)
    try:
        return json.load(direct.open(r, timeout=60))
    except urllib.error.HTTPError as e:
        sys.exit(e.read().decode()[:500])

def index(docs):
    lines = "".join('{"index":{}}\n' + json.dumps(d) + "\n" for d in docs)
    ask("POST", "/x/_bulk?refresh=true", lines.encode())

print("OpenSearch", ask("GET", "/")["version"]["number"])
ask("PUT", "/x", {
    "settings": {"number_of_shards": 1},
    "mappings": {"properties": {"text": {"type": "text", "analyzer": "whitespace"}}},
})
texts = ["york city", "new york city", "in new york city today", "new york city city", "york new city"]
index([{"text": t} for t in texts])

def term(word):
    return {"span_term": {"text": word}}

def near(*clauses):
    return {"span_near": {"clauses": list(clauses), "slop": 0, "in_order": True}}

def found(query):
    hits = ask("POST", "/x/_search", {"query": query, "size": 10})["hits"]["hits"]
    return sorted(h["_source"]["text"] for h in hits)

long, short, last = near(term("new"), term("york"), term("city")), term("york"), term("city")
one = found(near({"span_or": {"clauses": [long, short]}}, last))
each = found({"bool": {"should": [near(long, last), near(short, last)]}})
print("a span_or in a span_near:  ", one)
print("a span_near for each of it:", each)
if each != sorted(texts[:4]) or one != ["new york city city", "york city"]:
    sys.exit("CHANGED: other texts are found")
print("as found: what the shorter alternative leads to is passed over")
PY
python3 try.py
