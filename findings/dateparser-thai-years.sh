#!/bin/sh
# Guess: dateparser, which has Thai among its languages, reads dates as they stand in the
# Thai press. Or, as for what it doesn't know, it returns None.
#
# What happens: months and weekdays are Thai, the year is not. The press counts from the
# Buddha, 543 years more, and 2567 (2024) stays 2567; in two digits, as headlines have
# it, it is 2067. With the letters of the era (พ.ศ.) before it the date is None. March,
# where it is short (มี.ค.), is January; April and others are right. So a Thai archive
# lies in the future, in order, but for March.
#
# dateparser 1.5.0, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install dateparser==1.5.0 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
import dateparser

print("dateparser", version("dateparser"))
changed = False
for text, meant, want in [
    ("5 มีนาคม 2567", "2024-03-05", "2567-03-05"),
    ("5 มี.ค. 2567", "2024-03-05", "2567-01-05"),
    ("5 เม.ย. 2567", "2024-04-05", "2567-04-05"),
    ("5 ธันวาคม 67", "2024-12-05", "2067-12-05"),
    ("5 มีนาคม พ.ศ. 2567", "2024-03-05", "None"),
    ("5 มีนาคม 2024", "2024-03-05", "2024-03-05"),
]:
    date = dateparser.parse(text, languages=["th"])
    got = date.strftime("%Y-%m-%d") if date else "None"
    print(f"{text}: {got}, and is {meant}")
    changed |= got != want
if changed:
    sys.exit("CHANGED: Thai dates are read otherwise")
print("as found: Thai years are 543 years ahead")
PY
