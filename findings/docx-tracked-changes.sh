#!/bin/sh
# Guess: the text of a Word document with tracked changes is what Word shows as final, or
# what was there before them. A reader takes one or the other.
#
# What happens: to python-docx it is neither. It takes what lies in a paragraph itself,
# and what was inserted lies in an element of its own: of "Ferries again sail", where
# "again" replaced "never", it has "Ferries sail". A sentence that was moved is in neither
# place, and what was filled into a field of a form (a content control) is gone, too.
# docx2txt takes all text there is, and so a sentence that was moved twice: what moved
# away is kept as text, unlike what was deleted. mammoth has what Word shows. Press
# releases come with changes that nobody has accepted.
#
# python-docx 1.2.0, docx2txt 0.9, against mammoth 1.13.0 (PyPI), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0 >>log 2>&1 || { cat log; exit 1; }
venv/bin/python - <<'PY'
import sys
import zipfile
from importlib.metadata import version
import docx
import docx2txt
import mammoth

print("python-docx", version("python-docx"), "docx2txt", version("docx2txt"), "mammoth", version("mammoth"))

def run(text, tag="t"):
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'

ids = iter(range(1, 20))

def change(kind, content):
    return f'<w:{kind} w:id="{next(ids)}" w:author="Editor" w:date="2024-03-05T10:00:00Z">{content}</w:{kind}>'

body = "".join(f"<w:p>{p}</w:p>" for p in [
    run("Ferries ") + change("del", run("never ", "delText")) + change("ins", run("again ")) + run("sail."),
    change("moveFrom", run("The strike is over.")),
    run("Crews are back."),
    change("moveTo", run("The strike is over.")),
    run("Port: ") + f"<w:sdt><w:sdtContent>{run('Oslo')}</w:sdtContent></w:sdt>" + run("."),
])
main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
package = "http://schemas.openxmlformats.org/package/2006"
office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
with zipfile.ZipFile("release.docx", "w") as z:
    z.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
               '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    z.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>')
    z.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}/relationships"></Relationships>')
    z.writestr("word/document.xml", f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>')

paragraphs = lambda text: [line for line in text.split("\n") if line]
shown = ["Ferries again sail.", "Crews are back.", "The strike is over.", "Port: Oslo."]
with open("release.docx", "rb") as f:
    by_mammoth = paragraphs(mammoth.extract_raw_text(f).value)
by_python_docx = [p.text for p in docx.Document("release.docx").paragraphs if p.text]
by_docx2txt = paragraphs(docx2txt.process("release.docx"))
print("mammoth:    ", by_mammoth)
print("python-docx:", by_python_docx)
print("docx2txt:   ", by_docx2txt)
moved = "The strike is over."
if (by_mammoth != shown or by_python_docx != ["Ferries sail.", "Crews are back.", "Port: ."]
        or by_docx2txt != ["Ferries again sail.", moved, "Crews are back.", moved, "Port: Oslo."]):
    sys.exit("CHANGED: changes are read otherwise")
print("as found: what was inserted or moved is lost by one, and doubled by another")
PY
