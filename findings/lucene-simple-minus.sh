#!/bin/sh
# Guess: "ferry -norway" in Lucene's SimpleQueryParser, the one for what people type,
# finds what has ferry and hasn't norway, as in the classic parser and anywhere on the
# web. Who wants to be sure writes "+ferry -norway".
#
# What happens: words are joined by OR unless the caller says otherwise, and the minus is
# joined so, too: it finds what has ferry or hasn't norway. These are the ferry to Norway,
# which was excluded, and all articles on anything else. The plus doesn't help, since it
# is AND between two words in this language, and nothing in front of one.
# setDefaultOperator(MUST), or "ferry +-norway", does what is meant.
#
# Lucene 9.12.3, lucene-queryparser, 1 December 2026.
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
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-queryparser</artifactId><version>9.12.3</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >log 2>&1 || { cat log; exit 1; }
cat >Finding.java <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.ByteBuffersDirectory;

public class Finding {
  public static void main(String[] args) throws Exception {
    System.out.println("Lucene " + org.apache.lucene.util.Version.LATEST);
    var analyzer = new StandardAnalyzer();
    var dir = new ByteBuffersDirectory();
    try (var writer = new IndexWriter(dir, new IndexWriterConfig(analyzer))) {
      for (String text : List.of("ferry to Denmark", "ferry to Norway", "budget of Poland")) {
        var doc = new Document();
        doc.add(new TextField("text", text, Field.Store.YES));
        writer.addDocument(doc);
      }
    }
    var searcher = new IndexSearcher(DirectoryReader.open(dir));
    var simple = new SimpleQueryParser(analyzer, "text");
    var must = new SimpleQueryParser(analyzer, "text");
    must.setDefaultOperator(BooleanClause.Occur.MUST);
    var all = List.of("budget of Poland", "ferry to Denmark", "ferry to Norway");
    var meant = List.of("ferry to Denmark");
    boolean changed = false;
    changed |= differs(searcher, "simple", "ferry -norway", simple.parse("ferry -norway"), all);
    changed |= differs(searcher, "simple", "+ferry -norway", simple.parse("+ferry -norway"), all);
    changed |= differs(searcher, "simple", "ferry +-norway", simple.parse("ferry +-norway"), meant);
    changed |= differs(searcher, "simple, MUST", "ferry -norway", must.parse("ferry -norway"), meant);
    changed |= differs(searcher, "classic", "ferry -norway", new QueryParser("text", analyzer).parse("ferry -norway"), meant);
    if (changed) {
      System.out.println("CHANGED: the minus is read otherwise");
      System.exit(1);
    }
    System.out.println("as found: what is excluded is found, and all else");
  }

  static boolean differs(IndexSearcher searcher, String what, String typed, Query query, List<String> want) throws Exception {
    var got = new ArrayList<String>();
    for (var hit : searcher.search(query, 10).scoreDocs) {
      got.add(searcher.storedFields().document(hit.doc).get("text"));
    }
    got.sort(null);
    System.out.println(what + ": " + typed + " is " + query + " and finds " + got);
    return !got.equals(want);
  }
}
JAVA
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp 'lib/*' Finding.java 2>>log || { cat log; exit 1; }
