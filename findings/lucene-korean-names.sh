#!/bin/sh
# Guess: Lucene's KoreanAnalyzer (nori) takes particles off nouns. A name that stands
# alone has none, and so it is indexed whole, or in parts which together are the name.
#
# What happens: parts of names go, since they look like other words, and the analyzer
# drops these by their part of speech. The end of Ukraine is a particle for "or": alone it
# is "ukra", but with the particle of the topic "ukraina", so that a search for the one
# doesn't find the other. The first letter of Korea-US (hanmi) and Korea-Japan
# stands for Korea, but is read as "one" and dropped: what is left is "US", and a search
# for Korea-US finds the trade of the US and China. Zelensky's first syllable is read as
# an adverb, and of the party Saenuri only nuri is left. Names have to stand in a user
# dictionary before an archive is indexed.
#
# Lucene 9.12.3, lucene-analysis-nori, 1 December 2026.
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
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-analysis-nori</artifactId><version>9.12.3</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >log 2>&1 || { cat log; exit 1; }
cat >Finding.java <<'JAVA'
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

public class Finding {
  public static void main(String[] args) throws Exception {
    System.out.println("Lucene " + org.apache.lucene.util.Version.LATEST);
    String[][] cases = {
      {"Ukraine", "우크라이나", "우크라"},
      {"Ukraine, as the topic", "우크라이나는", "우크라이나"},
      {"Ukraine, as the subject", "우크라이나가", "우크라 나가"},
      {"Argentina", "아르헨티나", "아르헨티나"},
      {"Korea-US summit", "한미 정상회담", "미 정상 회담"},
      {"US-China trade", "미중 무역", "미 중 무역"},
      {"Korea-Japan relations", "한일 관계", "일 관계"},
      {"Zelensky", "젤렌스키", "렌 스키"},
      {"the party Saenuri", "새누리당", "누리"},
      {"Netanyahu", "네타냐후", "네타냐후"},
    };
    boolean changed = false;
    for (String[] c : cases) {
      String got = words(c[1]);
      System.out.println(c[0] + ", " + c[1] + ": " + got);
      changed |= !got.equals(c[2]);
    }
    if (changed) {
      System.out.println("CHANGED: the words are not what they were");
      System.exit(1);
    }
    System.out.println("as found: Ukraine has three forms, and Korea-US is the US");
  }

  static String words(String text) throws Exception {
    StringBuilder b = new StringBuilder();
    try (var analyzer = new KoreanAnalyzer(); var stream = analyzer.tokenStream("text", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        b.append(b.length() > 0 ? " " : "").append(term);
      }
      stream.end();
    }
    return b.toString();
  }
}
JAVA
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp 'lib/*' Finding.java 2>>log || { cat log; exit 1; }
