#!/bin/sh
# Guess: max_expansions of a fuzzy query says how many terms it may stand for, 50 if
# it isn't given. "rewrite" is about scores, and so which documents match doesn't
# depend on it.
#
# What happens: it does. With rewrite constant_score or scoring_boolean, max_expansions
# is not looked at: all terms within the distance match, though it be 1. With none, 50 of
# 210 documents are found and nothing says so. With top_terms_N the N counts in
# its place, and a higher max_expansions does nothing. So who sets a rewrite to be
# rid of scores gets more hits, and who sets a bound for the cost has none.
#
# OpenSearch 3.8.0, 30 November 2026.
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
import json, re, sys, time, urllib.error, urllib.request

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

ask("PUT", "/x", {"settings": {"number_of_shards": 1}, "mappings": {"properties": {"word": {"type": "keyword"}}}})
letters = "bcdefghijklmnopqrstuv"
index({"word": "harbour" + a + b} for a in letters for b in letters[:10])  # all two letters from harbour

def found(**options):
    query = {"fuzzy": {"word": {"value": "harbour", "fuzziness": 2, **options}}}
    return ask("POST", "/x/_search", {"size": 0, "track_total_hits": True, "query": query})["hits"]["total"]["value"]

changed = False
for options, want in [
    ({}, 50),
    ({"max_expansions": 500}, 210),
    ({"max_expansions": 1}, 1),
    ({"max_expansions": 1, "rewrite": "constant_score"}, 210),
    ({"max_expansions": 1, "rewrite": "scoring_boolean"}, 210),
    ({"max_expansions": 1, "rewrite": "top_terms_7"}, 7),
    ({"max_expansions": 500, "rewrite": "top_terms_7"}, 7),
]:
    got = found(**options)
    print("%3d of 210 documents with %s" % (got, json.dumps(options)))
    changed = changed or got != want
if changed:
    sys.exit("CHANGED: other numbers of documents are found")
print("as found: a rewrite decides how many terms are found, and max_expansions doesn't")
PY
python3 try.py
