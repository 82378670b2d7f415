#!/bin/sh
# Guess: with a scripted similarity of one line, "return doc.freq;", the score of a
# query is how often it occurs: of a word so often, and of a phrase so often as well.
#
# What happens: the script is run for each term of the phrase, with the frequency of
# the whole phrase in place of the term's, and the results are added. match_phrase
# adds one for each word, and span_near one for each different word: "to be or not to
# be", which stands there once, scores 6 by the one and 4 by the other. The script
# cannot tell.
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

ask("PUT", "/x", {
    "settings": {"number_of_shards": 1, "similarity": {"count": {"type": "scripted", "script": {"source": "return doc.freq;"}}}},
    "mappings": {"properties": {"text": {"type": "text", "analyzer": "whitespace", "similarity": "count"}}},
})
index([{"text": "to be or not to be said Hamlet"}, {"text": "bye bye and bye bye and bye"}])

def score(query):
    return ask("POST", "/x/_search", {"query": query})["hits"]["hits"][0]["_score"]

def phrase(words):
    return score({"match_phrase": {"text": words}})

def spans(words):
    terms = [{"span_term": {"text": w}} for w in words.split()]
    return score({"span_near": {"clauses": terms, "slop": 0, "in_order": True}})

changed = False
for what, how, text, occurs, want in [
    ("term", lambda w: score({"term": {"text": w}}), "be", 2, 2),
    ("match_phrase", phrase, "to be", 2, 4),
    ("match_phrase", phrase, "to be or not to be", 1, 6),
    ("span_near", spans, "to be or not to be", 1, 4),
    ("match_phrase", phrase, "bye bye", 2, 4),
    ("span_near", spans, "be or not", 1, 3),
]:
    got = how(text)
    print("%-13s %-20s occurs %d, score %g" % (what, text, occurs, got))
    changed = changed or got != want
if changed:
    sys.exit("CHANGED: the scores are others")
print("as found: a phrase scores its occurrences times its words, or its different words")
PY
python3 try.py
