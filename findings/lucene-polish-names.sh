#!/bin/sh
# Guess: a stemmer that doesn't know a name leaves it alone, or takes off an ending that
# is one in the language. So Lucene's PolishAnalyzer finds Trump in Polish news in all
# cases, or at least as he is typed.
#
# What happens: its stemmer, Stempel, learned from a dictionary how to make the base form
# of a word from its last letters, and does so with every word. Trump is "treć", and in
# the other cases "trumpa", "trukać" and "trump". "Of Ukraine" and "in Ukraine" are
# "ukrainy" and "ukrć", Izrael is "izrać", Merz "merać", Kyiv "kij" (a stick), Meloni
# "melon" and NATO "na", which is the preposition "on". Most leaders and countries have
# a stem for each case. Polish words, as president and government, are right. The
# analyzer of the module morfologik, with a dictionary, leaves a name alone which it
# doesn't know, and knows Putin, Tusk and Ukraine in all cases: its stems for Trump are
# the words themselves.
#
# Lucene 9.12.3, lucene-analysis-stempel and lucene-analysis-morfologik, 1 December 2026.
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
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-analysis-stempel</artifactId><version>9.12.3</version></dependency>
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-analysis-morfologik</artifactId><version>9.12.3</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >log 2>&1 || { cat log; exit 1; }
cat >Finding.java <<'JAVA'
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.morfologik.MorfologikAnalyzer;
import org.apache.lucene.analysis.pl.PolishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

public class Finding {
  public static void main(String[] args) throws Exception {
    System.out.println("Lucene " + org.apache.lucene.util.Version.LATEST);
    Analyzer stempel = new PolishAnalyzer(), morfologik = new MorfologikAnalyzer();
    String[][] names = {
      {"Trump Trumpa Trumpowi Trumpem", "treć trumpa trukać trump"},
      {"Ukraina Ukrainy Ukrainie Ukrainę", "ukraina ukrainy ukrć ueć"},
      {"Izrael Izraela Izraelem", "izrać izraela izrael"},
      {"Merz Merza", "merać wać"},
      {"Kijów Kijowa", "kij kijowy"},
      {"Meloni melon", "melon melon"},
      {"NATO", "na"},
      {"prezydent prezydenta prezydentem", "prezydent prezydent prezydent"},
      {"rząd rządu", "rząd rząd"},
    };
    String[][] known = {
      {"Trump Trumpa", "Trump Trumpa"},
      {"Putin Putina", "Putin Putin"},
      {"Tusk Tuska", "Tusk Tusk"},
      {"Ukraina Ukrainy", "Ukraina Ukraina"},
    };
    boolean changed = differ("PolishAnalyzer", stempel, names);
    changed |= differ("MorfologikAnalyzer", morfologik, known);
    if (changed) {
      System.out.println("CHANGED: the stems are not what they were");
      System.exit(1);
    }
    System.out.println("as found: each case of a name has its own stem");
  }

  static boolean differ(String what, Analyzer analyzer, String[][] names) throws Exception {
    boolean differs = false;
    for (String[] n : names) {
      String got = stems(analyzer, n[0]);
      System.out.println(what + ": " + n[0] + ": " + got);
      differs |= !got.equals(n[1]);
    }
    return differs;
  }

  static String stems(Analyzer analyzer, String text) throws Exception {
    StringBuilder b = new StringBuilder();
    try (var stream = analyzer.tokenStream("text", text)) {
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
