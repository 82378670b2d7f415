#!/bin/sh
# Guess: no span query says exactly that a is near b and this b near c, in any order.
# span_near with in_order false bounds the width of all three together; the AND of two
# pairs matches as well where two different b are meant. So the server can give a
# superset, which the client has to check. And how often words occur near each other,
# the score does not tell: a span_near counts less the more gaps it has.
#
# What happens: both can be had, with three spans that are documented. span_within gives
# the spans of its little one, so that it nests: b within the reach of a c, and a within
# the reach of such a b. The reach of a span to the left is a span_near that ends in it;
# to the right it is a span_near without slop of it and a span_gap, which also reaches
# beyond the end of the text. On all 1,364 texts of up to 5 words of a, b, c and x, this
# is exact, where the AND of pairs matches more. And a span_near without slop of a span
# that has gaps and a span_gap of 1 counts 1 for each place, however wide the span is,
# since only the gaps between its own two clauses make it count less.
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
    "settings": {
        "number_of_shards": 1, "max_result_window": 100000,
        "similarity": {"count": {"type": "scripted", "script": {"source": "return doc.freq;"}}},
    },
    "mappings": {"properties": {"text": {"type": "text", "analyzer": "whitespace", "similarity": "count"}}},
})
texts = [" ".join(t) for n in range(1, 6) for t in itertools.product("abcx", repeat=n)]
index([{"text": t} for t in texts])

def found(query):
    body = {"size": 100000, "query": query}
    return {h["_source"]["text"]: h["_score"] for h in ask("POST", "/x/_search", body)["hits"]["hits"]}

def word(w):
    return {"span_term": {"text": w}}

def near(slop, *spans):
    return {"span_near": {"clauses": list(spans), "slop": slop, "in_order": True}}

def gap(width):
    return {"span_gap": {"text": width}}

def either(*spans):
    return {"span_or": {"clauses": list(spans)}}

distance = 2 # from word to word: one other between them

def within_reach(little, other):
    left, right = near(distance - 1, little, other), near(0, other, gap(distance))
    return {"span_within": {"little": little, "big": either(left, right)}}

def pair(x, y):
    return either(near(distance - 1, x, y), near(distance - 1, y, x))

def chains(text):
    at = {w: [i for i, t in enumerate(text.split()) if t == w] for w in "abc"}
    close = lambda i, j: abs(i - j) <= distance
    return sum(any(close(i, j) and any(close(j, k) for k in at["c"]) for j in at["b"]) for i in at["a"])

a, b, c = map(word, "abc")
want = {t for t in texts if chains(t)}
nested = found(within_reach(a, within_reach(b, c)))
pairs = found({"bool": {"filter": [pair(a, b), pair(b, c)]}})
print(len(texts), "texts, of which", len(want), "have a near a b that is near a c")
print("AND of two pairs: %d, %d of them wrong, such as %r" % (len(pairs), len(pairs.keys() - want), min(pairs.keys() - want, default="")))
print("nested span_within: %d, %d of them wrong, %d missing" % (len(nested), len(nested.keys() - want), len(want - nested.keys())))

# The score of a span of words has the number of places once for each different word.
counts = sum(nested[t] != 3 * chains(t) for t in nested)
print("the score is not 3 times the number of such a in %d" % counts)

wide = near(3, a, b)
plain, counted = found(wide), found(near(0, wide, gap(1)))
for t in ["a b", "a x b", "a x x b", "a x x x b", "a b a b"]:
    print("%-10s span_near %.2f, before a span_gap %.2f" % (t, plain[t], counted[t]))
changed = (
    nested.keys() != want or counts or not pairs.keys() > want or plain["a x x x b"] >= 1
    or any(counted[t] != 2 for t in ["a b", "a x b", "a x x b", "a x x x b"]) or counted["a b a b"] != 4
)
if changed:
    sys.exit("CHANGED")
print("as found: nested span_within is exact, and a span before a span_gap counts 1 wherever it is")
PY
python3 try.py
