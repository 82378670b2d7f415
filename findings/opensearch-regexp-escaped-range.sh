#!/bin/sh
# Guess: to escape a character in a class of a regexp query changes nothing where
# the character has no meaning of its own: [\+-9] is what [+-9] is, the range from
# plus to nine. So who makes patterns for OpenSearch escapes all punctuation, as the
# functions for that do, to be safe.
#
# What happens: behind an escaped character a hyphen is no range but a hyphen. The
# class [\+-9] has three members: +, - and 9. No error says so; digits are just not
# found. At its end an escape does no harm: [#-\&] is a range. With all flags of the
# query or with none it is the same.
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

ask("PUT", "/x", {"mappings": {"properties": {"c": {"type": "keyword"}}}})
index({"c": chr(c)} for c in range(33, 127))

def members(pattern):
    query = {"regexp": {"c": {"value": pattern, "flags": "NONE"}}}
    hits = ask("POST", "/x/_search", {"size": 100, "query": query})["hits"]["hits"]
    return "".join(sorted(h["_source"]["c"] for h in hits))

changed = False
for pattern, want in [
    ("[+-9]", "+,-./0123456789"),
    ("[\\+-9]", "+-9"),
    ("[!-/]", "!\"#$%&'()*+,-./"),
    ("[\\!-/]", "!-/"),
    ("[#-\\&]", "#$%&"),
]:
    got = members(pattern)
    print("%-8s matches %s" % (pattern, got))
    changed = changed or got != want
if changed:
    sys.exit("CHANGED: the classes have other members")
print("as found: behind an escaped character there is no range")
PY
python3 try.py
