#!/bin/sh
# Guess: a number is a word to Terrier, the engine of many papers on retrieval. A year is
# found, and so is a number of troops.
#
# What happens: its tokenisers, that for all letters as well as that for English, drop what
# has more than 4 digits, more than 3 of one letter in a row, or more than 20 letters. So
# 2026 is a word, and 20260105 is none; 1000 ships are found, but not 9999, which has a
# nine too many, nor 12345. "10000 troops" is troops, while 150,000 voters are words for
# their comma. The German constitutional court is too long. Nothing tells that a number
# of a document isn't in the index.
#
# org.terrier:terrier-core 5.11, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.terrier</groupId><artifactId>terrier-core</artifactId><version>5.11</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >log 2>&1 || { cat log; exit 1; }
ls lib | grep '^terrier-core'
cat >Finding.java <<'JAVA'
import java.io.StringReader;
import org.terrier.indexing.tokenisation.EnglishTokeniser;
import org.terrier.indexing.tokenisation.Tokeniser;
import org.terrier.indexing.tokenisation.UTFTokeniser;

public class Finding {
  public static void main(String[] args) {
    String[][] texts = {
      {"2026 20260105", "2026"},
      {"1000 ships, 9999 ships, 12345 ships", "1000 ships ships ships"},
      {"10000 troops and 150,000 voters", "troops and 150 000 voters"},
      {"Das Bundesverfassungsgericht urteilt", "das urteilt"},
      {"counterintelligence internationally", "counterintelligence internationally"},
    };
    boolean changed = false;
    for (String[] t : texts) {
      String english = words(new EnglishTokeniser(), t[0]), utf = words(new UTFTokeniser(), t[0]);
      System.out.println(t[0] + ": " + english + (utf.equals(english) ? "" : ", by UTFTokeniser " + utf));
      changed |= !english.equals(t[1]) || !utf.equals(t[1]);
    }
    if (changed) {
      System.out.println("CHANGED: other words are kept");
      System.exit(1);
    }
    System.out.println("as found: numbers of five digits are no words");
  }

  static String words(Tokeniser tokeniser, String text) {
    var b = new StringBuilder();
    var words = tokeniser.tokenise(new StringReader(text));
    while (words.hasNext()) {
      String word = words.next();
      if (word != null) {
        b.append(b.length() > 0 ? " " : "").append(word);
      }
    }
    return b.toString();
  }
}
JAVA
java -Dfile.encoding=UTF-8 -cp 'lib/*' Finding.java 2>>log || { cat log; exit 1; }
