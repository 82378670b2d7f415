#!/bin/sh
# Guess: the text of a scanned newspaper's ALTO has words that are parted at the end of
# a line either whole, as ALTO has the whole word in SUBS_CONTENT beside each half, or
# in their two halves.
#
# What happens: alto-tools writes the first half twice, and the second nowhere. "The
# parlia-" and "ment votes" is "The parlia" and "parliavotes", without a blank behind it,
# so that the next word is lost as well. That is how all narrow columns are set: in old
# newspapers there is such a word every few lines. The test for the second half lies
# within that for the first.
#
# alto-tools 0.1.0 (PyPI), 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
python3 -m venv venv >log 2>&1 && venv/bin/pip -q install alto-tools==0.1.0 >>log 2>&1 || { cat log; exit 1; }
cat >page.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">
  <Description>
    <MeasurementUnit>pixel</MeasurementUnit>
    <sourceImageInformation><fileName>page.tif</fileName></sourceImageInformation>
  </Description>
  <Layout>
    <Page ID="P1" PHYSICAL_IMG_NR="1" HEIGHT="100" WIDTH="100">
      <PrintSpace HEIGHT="100" WIDTH="100" VPOS="0" HPOS="0">
        <TextBlock ID="B1" HEIGHT="40" WIDTH="90" VPOS="1" HPOS="1">
          <TextLine HEIGHT="10" WIDTH="80" VPOS="1" HPOS="1">
            <String CONTENT="The" HEIGHT="9" WIDTH="20" VPOS="1" HPOS="1"/>
            <SP WIDTH="2" VPOS="1" HPOS="21"/>
            <String CONTENT="parlia" SUBS_TYPE="HypPart1" SUBS_CONTENT="parliament" HEIGHT="9" WIDTH="40" VPOS="1" HPOS="23"/>
            <HYP CONTENT="-" WIDTH="2" VPOS="1" HPOS="63"/>
          </TextLine>
          <TextLine HEIGHT="10" WIDTH="80" VPOS="12" HPOS="1">
            <String CONTENT="ment" SUBS_TYPE="HypPart2" SUBS_CONTENT="parliament" HEIGHT="9" WIDTH="30" VPOS="12" HPOS="1"/>
            <SP WIDTH="2" VPOS="12" HPOS="31"/>
            <String CONTENT="votes" HEIGHT="9" WIDTH="30" VPOS="12" HPOS="33"/>
          </TextLine>
          <TextLine HEIGHT="10" WIDTH="80" VPOS="23" HPOS="1">
            <String CONTENT="today." HEIGHT="9" WIDTH="30" VPOS="23" HPOS="1"/>
          </TextLine>
        </TextBlock>
      </PrintSpace>
    </Page>
  </Layout>
</alto>
XML
venv/bin/pip list 2>/dev/null | grep alto-tools
venv/bin/alto-tools -t page.xml >out 2>>log || { cat log; exit 1; }
cat out
echo
case $(tr '\n' '|' <out) in
*"The parlia|parliavotes"*) ;;
*) echo "CHANGED: halves of words are read otherwise"; exit 1 ;;
esac
if grep -q ment out; then echo "CHANGED: the second half is there"; exit 1; fi
echo "as found: the second half of the word is the first again"
