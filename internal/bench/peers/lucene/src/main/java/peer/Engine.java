package peer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

/** Searches an index. */
final class Engine implements AutoCloseable {
  /** Hits that are counted where the number need not be known. */
  private static final int THRESHOLD = 10;

  private static final Sort NEWEST =
      new Sort(LongField.newSortField("date", true, SortedNumericSelector.Type.MAX));

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final Analyzer analyzer = new Builder.English();
  private SortedSetDocValuesReaderState state;

  record Result(List<String> ids, String hits) {}

  Engine(String dir) throws IOException {
    reader = DirectoryReader.open(FSDirectory.open(Path.of(dir)));
    searcher = new IndexSearcher(reader);
  }

  /** The state of facets, which is made once for a reader. */
  private synchronized SortedSetDocValuesReaderState state() throws IOException {
    if (state == null) {
      state = new DefaultSortedSetDocValuesReaderState(reader, Builder.facets());
    }
    return state;
  }

  private Query query(Ask a) throws IOException {
    if (a.mode() == Ask.Mode.PREFIX) {
      return filtered(a, new PrefixQuery(new Term("all", a.words().get(0))));
    }
    List<Term> terms = new ArrayList<>();
    for (String w : a.words()) {
      try (TokenStream s = analyzer.tokenStream("all", w)) {
        CharTermAttribute text = s.addAttribute(CharTermAttribute.class);
        s.reset();
        while (s.incrementToken()) {
          terms.add(new Term("all", text.toString()));
        }
        s.end();
      }
    }
    if (a.mode() == Ask.Mode.PHRASE) {
      PhraseQuery.Builder p = new PhraseQuery.Builder();
      terms.forEach(p::add);
      return filtered(a, p.build());
    }
    if (terms.size() == 1) {
      return filtered(a, new TermQuery(terms.get(0)));
    }
    BooleanQuery.Builder b = new BooleanQuery.Builder();
    for (Term t : terms) {
      b.add(new TermQuery(t), a.mode() == Ask.Mode.ALL ? Occur.MUST : Occur.SHOULD);
    }
    return filtered(a, b.build());
  }

  private static Query filtered(Ask a, Query q) {
    if (a.topic() == null) {
      return q;
    }
    return new BooleanQuery.Builder()
        .add(q, Occur.MUST)
        .add(new TermQuery(new Term("topic", a.topic())), Occur.FILTER)
        .build();
  }

  private TopDocs top(Ask a, Query q, int threshold) throws IOException {
    if (a.newest()) {
      return searcher.search(q, new TopFieldCollectorManager(NEWEST, 10, null, threshold));
    }
    return searcher.search(q, new TopScoreDocCollectorManager(10, null, threshold));
  }

  /**
   * Hits are counted, and facets collected, in a search of their own: each then goes without the
   * other's needs, which is twice as fast as one search that scores all hits.
   */
  Result search(Ask a) throws IOException {
    Query q = query(a);
    Result r = result(top(a, q, THRESHOLD));
    if (a.facet()) {
      FacetsCollector all = searcher.search(q, new FacetsCollectorManager());
      new SortedSetDocValuesFacetCounts(state(), all).getTopChildren(10, "topic");
      long n = 0;
      for (FacetsCollector.MatchingDocs m : all.getMatchingDocs()) {
        n += m.totalHits();
      }
      return new Result(r.ids, Long.toString(n));
    }
    return a.count() ? new Result(r.ids, Integer.toString(searcher.count(q))) : r;
  }

  private Result result(TopDocs top) throws IOException {
    List<String> ids = new ArrayList<>(top.scoreDocs.length);
    for (ScoreDoc s : top.scoreDocs) {
      List<LeafReaderContext> leaves = reader.leaves();
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(s.doc, leaves));
      BinaryDocValues values = leaf.reader().getBinaryDocValues("id");
      ids.add(values.advanceExact(s.doc - leaf.docBase) ? values.binaryValue().utf8ToString() : "");
    }
    boolean exact = top.totalHits.relation() == TotalHits.Relation.EQUAL_TO;
    return new Result(ids, top.totalHits.value() + (exact ? "" : "+"));
  }

  /** Prints ten articles with two passages each. */
  void show(PrintWriter out, Ask a) throws IOException {
    Query q = query(a);
    TopDocs top = top(a, q, THRESHOLD);
    UnifiedHighlighter marker = UnifiedHighlighter.builderWithoutSearcher(analyzer).build();
    for (ScoreDoc s : top.scoreDocs) {
      Document d = searcher.storedFields().document(s.doc);
      out.println(d.get("title"));
      out.println(marker.highlightWithoutSearcher("all", q, d.get("text"), 2));
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
