#!/bin/sh
# Guess: what finds the text of an article on a page by its density of words and links, as
# Boilerpipe does, needs no language. At worst it takes a little less of a Chinese page.
#
# What happens: boilerpy3, its port to Python, counts words between blanks. A paragraph of
# Chinese or Japanese is one word or two, and what has few words is no article: for such
# a page each of the six extractors below returns an empty text, without an error, where
# they find the same article in English. In a crawl of many languages these pages look
# as if they had no text. Resiliparse has all of it.
#
# boilerpy3 1.0.7, against resiliparse 2.0.1, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install boilerpy3==1.0.7 resiliparse==2.0.1 >>log 2>&1 || { cat log; exit 1; }
cat >main.py <<'PY'
import sys
from importlib.metadata import version
from boilerpy3 import extractors
from resiliparse.extract.html2text import extract_plain_text

print("boilerpy3", version("boilerpy3"), "resiliparse", version("resiliparse"))
articles = {
    "English": [
        "Delegates from many countries met in the harbour town on Wednesday and talked about trade and energy.",
        "Both sides agreed to sign a new treaty before next spring, which is to reduce tariffs, and to build ports together.",
        "Analysts said that the treaty would change most in towns on the coast, where firms have long lived on exports.",
        "The next round of talks is to be held in March, at a place not yet told, but delegates said that they were sure to agree.",
    ],
    "Chinese": [
        "各国代表周三在这座港口城市会面，并就贸易和能源问题交换了意见，会谈持续了整整两个小时。",
        "双方同意在明年春天之前签署新的协议，以减少关税和其他壁垒，并扩大在港口建设方面的合作。",
        "分析人士说，协议对沿海城市的影响最大，因为那里的企业长期依赖出口，许多工人也靠港口生活。",
        "下一轮会谈将在三月举行，地点尚未公布，但代表们表示有信心达成共识，并欢迎更多国家参加。",
    ],
    "Japanese": [
        "各国の代表は水曜日、この港町で会談し、貿易とエネルギーについて二時間にわたって意見を交わした。",
        "双方は来年春までに新しい協定に署名し、関税などの障壁を減らし、港の建設で協力することで合意した。",
        "協定の影響が最も大きいのは、長く輸出に頼ってきた沿岸の都市だと専門家はみている。",
        "次の会談は三月に開かれるが、場所はまだ決まっていない。代表らは合意に自信を示した。",
    ],
}
names = ["Article", "ArticleSentences", "Default", "LargestContent", "Canola", "NumWordsRules"]
menu = "".join(f'<li><a href="/{i}">{i}</a></li>' for i in range(6))
changed = False
for language, paragraphs in articles.items():
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = f'<html><head><meta charset="utf-8"><title>1</title></head><body><ul>{menu}</ul><div>{text}</div><p><a href="/about">1</a></p></body></html>'
    kept = []
    for name in names:
        content = getattr(extractors, name + "Extractor")().get_content(page)
        kept.append(sum(p in content for p in paragraphs))
    other = extract_plain_text(page, main_content=True)
    whole = sum(p in other for p in paragraphs)
    print(f"{language}: of {len(paragraphs)} paragraphs", ", ".join(f"{name} {n}" for name, n in zip(names, kept)) + f"; resiliparse {whole}")
    changed |= (min(kept) < 3 if language == "English" else max(kept) > 0) or whole != len(paragraphs)
if changed:
    sys.exit("CHANGED: other text is kept")
print("as found: nothing of a page without blanks")
PY
venv/bin/python main.py
