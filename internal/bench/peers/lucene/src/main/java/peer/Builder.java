package peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.misc.index.BPIndexReorderer;
import org.apache.lucene.misc.index.BPReorderingMergePolicy;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.tartarus.snowball.ext.EnglishStemmer;

/** Builds and merges an index. */
final class Builder {
  /** Megabytes of postings in memory before a segment is written. */
  private static final double BUFFER = 256;

  private static final int CHUNK = 64;

  private Builder() {}

  /** Unicode words in lower case, without English stop words, as stems. */
  static final class English extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new StandardTokenizer();
      TokenStream s = new LowerCaseFilter(new EnglishPossessiveFilter(words));
      s = new StopFilter(s, EnglishAnalyzer.getDefaultStopSet());
      return new TokenStreamComponents(words, new SnowballFilter(s, new EnglishStemmer()));
    }
  }

  static FacetsConfig facets() {
    FacetsConfig c = new FacetsConfig();
    c.setMultiValued("topic", true);
    return c;
  }

  private static Document document(FacetsConfig facets, Article a) throws IOException {
    Document d = new Document();
    d.add(new StringField("id", a.id, Field.Store.NO));
    d.add(new BinaryDocValuesField("id", new BytesRef(a.id)));
    d.add(new TextField("all", a.title + "\n" + a.text, Field.Store.NO));
    d.add(new StoredField("title", a.title));
    d.add(new StoredField("text", a.text));
    for (String t : a.topics) {
      d.add(new StringField("topic", t, Field.Store.NO));
      d.add(new SortedSetDocValuesFacetField("topic", t));
    }
    Long at = a.seconds();
    if (at != null) {
      d.add(new LongField("date", at, Field.Store.NO));
    }
    return facets.build(d);
  }

  /** Returns the number of articles and their bytes. */
  static long[] index(String corpus, String dir, int threads) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new English());
    config.setRAMBufferSizeMB(BUFFER);
    AtomicLong docs = new AtomicLong();
    AtomicLong size = new AtomicLong();
    FacetsConfig facets = facets();
    try (BufferedReader in = Files.newBufferedReader(Path.of(corpus));
        IndexWriter writer = new IndexWriter(FSDirectory.open(Path.of(dir)), config);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(
            pool.submit(
                () -> {
                  for (List<String> lines = take(in); !lines.isEmpty(); lines = take(in)) {
                    for (String line : lines) {
                      Article a = Article.parse(line);
                      writer.addDocument(document(facets, a));
                      docs.incrementAndGet();
                      size.addAndGet(a.bytes());
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> f : running) {
        f.get();
      }
      writer.commit();
    }
    return new long[] {docs.get(), size.get()};
  }

  private static List<String> take(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>(CHUNK);
    synchronized (in) {
      for (String l; lines.size() < CHUNK && (l = in.readLine()) != null; ) {
        lines.add(l);
      }
    }
    return lines;
  }

  /** Merges to one segment, with like articles beside each other if asked. */
  static void merge(String dir, boolean reorder) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(new English());
    if (reorder) {
      BPIndexReorderer bp = new BPIndexReorderer();
      bp.setFields(Set.of("all"));
      config.setMergePolicy(new BPReorderingMergePolicy(new TieredMergePolicy(), bp));
    }
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(Path.of(dir)), config)) {
      writer.forceMerge(1);
      writer.commit();
      writer.deleteUnusedFiles();
    }
  }
}
