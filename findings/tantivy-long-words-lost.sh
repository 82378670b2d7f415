#!/bin/sh
# Guess: Tantivy's default tokenizer cuts text at what is neither letter nor digit. So
# of Chinese, which has no blanks, a sentence is one word: "China" in it is not found,
# but who asks for the whole sentence, or asks any other way for what stands there,
# finds the document.
#
# What happens: the sentence is not indexed at all if it is of fourteen characters or
# more. The tokenizers "default" and "en_stem" end with a filter that drops words of 40
# bytes or more, and it counts bytes of UTF-8, three for each of these characters. A
# document of long sentences has no words, and writing it says nothing. Queries drop
# the word as well, so that even the sentence itself, asked for as a phrase, finds
# nothing. Of languages with blanks, long compounds are lost, and names of files.
#
# tantivy 0.27.0 (its package for Python), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check tantivy==0.27.0
cat >a.py <<'PY'
import sys
from importlib.metadata import version

import tantivy

texts = {
    "13 characters": "两国领导人周一在日内瓦会晤",
    "14 characters": "两国领导人周一在日内瓦会晤了",
    "39 bytes": "a" * 39,
    "40 bytes": "a" * 40,
}
builder = tantivy.SchemaBuilder()
builder.add_text_field("name", stored=True, tokenizer_name="raw")
builder.add_text_field("default")
builder.add_text_field("english", tokenizer_name="en_stem")
index = tantivy.Index(builder.build())
writer = index.writer()
for name, text in texts.items():
    writer.add_document(tantivy.Document(name=name, default=text, english=text))
writer.commit()
index.reload()
searcher = index.searcher()

print("tantivy", version("tantivy"), "documents", searcher.num_docs)
want = {"13 characters": True, "14 characters": False, "39 bytes": True, "40 bytes": False}
changed = False
for name, text in texts.items():
    for field in ("default", "english"):
        hits = searcher.search(index.parse_query(f'"{text}"', [field]), 5).hits
        found = name in [searcher.doc(at)["name"][0] for _, at in hits]
        print(f"{name}, {len(text.encode())} bytes, {field}:", "found by itself" if found else "not found by itself")
        changed |= found != want[name]
if changed:
    sys.exit("the behaviour has changed")
PY
venv/bin/python a.py
