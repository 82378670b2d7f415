#!/bin/sh
# Guess: Lucene's FuzzySuggester, which completes what is typed with up to one edit,
# forgives one wrong, missing or additional letter, in any script.
#
# What happens: an edit is one of a byte of UTF-8, unless the last of its parameters,
# unicodeAware, says otherwise. A Cyrillic or Greek letter has two bytes. A wrong letter is
# forgiven where the right one has the same first byte, and the Russian alphabet is split
# between п and р: in Putin an е for и is, and an р for и is not. A letter too many is
# never forgiven, nor are two that are exchanged, and of missing ones few. The same slips
# in Latin letters are all found. The first letter, which must be right, is a byte, too.
#
# Lucene 9.12.3, lucene-suggest, 1 December 2026.
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
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-suggest</artifactId><version>9.12.3</version></dependency>
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-analysis-common</artifactId><version>9.12.3</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >log 2>&1 || { cat log; exit 1; }
cat >Finding.java <<'JAVA'
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.search.suggest.InputIterator;
import org.apache.lucene.search.suggest.analyzing.FuzzySuggester;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;

public class Finding {
  record Names(Iterator<String> names) implements InputIterator {
    public BytesRef next() { return names.hasNext() ? new BytesRef(names.next()) : null; }
    public long weight() { return 1; }
    public BytesRef payload() { return null; }
    public boolean hasPayloads() { return false; }
    public Set<BytesRef> contexts() { return null; }
    public boolean hasContexts() { return false; }
  }

  public static void main(String[] args) throws Exception {
    System.out.println("Lucene " + org.apache.lucene.util.Version.LATEST);
    var names = List.of("Putin", "Путин", "Μητσοτάκης");
    Analyzer analyzer = new SimpleAnalyzer();
    var dir = new ByteBuffersDirectory();
    var bytes = new FuzzySuggester(dir, "bytes", analyzer);
    var letters = new FuzzySuggester(dir, "letters", analyzer, analyzer, FuzzySuggester.PRESERVE_SEP, 256, -1, true, 1, true, 1, 3, true);
    bytes.build(new Names(names.iterator()));
    letters.build(new Names(names.iterator()));
    String[][] slips = {
      {"wrong letter", "Puten", "Putin"},
      {"letter too many", "Puttin", "Putin"},
      {"exchanged", "Puitn", "Putin"},
      {"wrong letter", "Путен", "Путин"},
      {"wrong letter", "Путрн", ""},
      {"wrong letter", "Пупин", ""},
      {"letter too many", "Путтин", ""},
      {"exchanged", "Пуитн", ""},
      {"letter missing", "Μητσοτκης", ""},
    };
    boolean changed = false;
    for (String[] s : slips) {
      var got = bytes.lookup(s[1], false, 5);
      var told = letters.lookup(s[1], false, 5);
      System.out.println(s[0] + ": " + s[1] + ": " + got + ", with unicodeAware " + told);
      changed |= !(got.isEmpty() ? "" : got.get(0).key.toString()).equals(s[2]) || told.size() != 1;
    }
    if (changed) {
      System.out.println("CHANGED: other names are suggested");
      System.exit(1);
    }
    System.out.println("as found: which wrong letter is forgiven depends on its bytes");
  }
}
JAVA
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp 'lib/*' Finding.java 2>>log || { cat log; exit 1; }
