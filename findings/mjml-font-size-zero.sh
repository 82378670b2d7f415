#!/bin/sh
# Guess: an element with "font-size:0" hides what is in it, as newsletters hide the
# line that only the list of mails shall show. Who drops such elements drops what
# nobody sees.
#
# What happens: MJML, in which many newsletters are written, gives every cell and
# column "font-size:0px", to be rid of the gaps between them; the size is set again
# on the innermost element. All text of the letter lies in such elements. The line
# that is hidden has another style: display:none and 1px.
#
# mjml 5.4.1, 29 November 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
npm init -y >log 2>&1 && npm install --no-audit --no-fund mjml@5.4.1 >>log 2>&1 || { cat log; exit 1; }
cat >a.mjml <<'MJML'
<mjml><mj-head><mj-preview>In this issue</mj-preview></mj-head>
<mj-body><mj-section><mj-column><mj-text>Ships sail again.</mj-text></mj-column></mj-section></mj-body></mjml>
MJML
npx mjml a.mjml -o a.html >>log 2>&1 || { cat log; exit 1; }
python3 - <<'PY'
import json, sys
from html.parser import HTMLParser
class Reader(HTMLParser):
    def __init__(self):
        super().__init__(); self.open = []; self.found = {}
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "img", "br", "hr", "input"):
            self.open.append((tag, (dict(attrs).get("style") or "").replace(" ", "")))
    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag: pass
    def handle_data(self, text):
        if text.strip() in ("Ships sail again.", "In this issue"):
            self.found[text.strip()] = [(t, "font-size:0" in s, "display:none" in s) for t, s in self.open]
r = Reader(); r.feed(open("a.html").read())
print("mjml", json.load(open("node_modules/mjml/package.json"))["version"])
zero = [t for t, z, _ in r.found["Ships sail again."] if z]
hidden = [t for t, z, n in r.found["In this issue"] if n]
print("around the text, with font-size 0:      ", " ".join(zero))
print("around the hidden line, with display none:", " ".join(hidden))
if not zero or not hidden or any(z for _, z, _ in r.found["In this issue"]):
    sys.exit("CHANGED: the styles are not what they were")
print("as found: the text lies in elements of font size 0, the hidden line does not")
PY
