//! Tantivy in the form of a peer; what the commands do and print is described
//! in ../../../harness/doc.go.

use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
    Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};
use tantivy::{
    DocAddress, Index, IndexWriter, Order, ReloadPolicy, Searcher, TantivyDocument, Term,
};

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Err(e) = run(&args) {
        eprintln!("tantivy: {e}");
        std::process::exit(1);
    }
}

fn run(args: &[String]) -> Fallible<()> {
    let arg = |n: usize| args.get(n).map(String::as_str).unwrap_or("");
    let number = |n: usize, other: usize| arg(n).parse().unwrap_or(other);
    match arg(0) {
        "index" => build(arg(2), || index(arg(1), arg(2), number(3, 1))),
        "merge" => build(arg(1), || merge(arg(1)).map(|()| (0, 0))),
        "search" => search(&Peer::open(arg(1))?, &queries(arg(2))?, number(3, 5)),
        "check" => check(&Peer::open(arg(1))?, queries(arg(2))?),
        "cold" => Peer::open(arg(1))?.show(&Ask::parse(arg(2))?),
        "throughput" => throughput(
            &Peer::open(arg(1))?,
            &queries(arg(2))?,
            number(3, 8),
            number(4, 1000),
        ),
        _ => Err("commands: index merge search check cold throughput".into()),
    }
}

// Articles and queries.

#[derive(Deserialize)]
struct Article {
    id: String,
    title: String,
    text: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    topics: Vec<String>,
}

/// Seconds since 1970 of 2006-01-02 or 2006-01-02T15:04:05Z.
fn unix(date: &str) -> Option<i64> {
    let n = |from: usize, to: usize| date.get(from..to)?.parse::<i64>().ok();
    let (y, m, d) = (n(0, 4)?, n(5, 7)?, n(8, 10)?);
    // Days from the civil calendar, by eras of 400 years from 1 March.
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let day_of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    let year_of_era = y.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    let seconds = if date.len() >= 19 {
        n(11, 13)? * 3600 + n(14, 16)? * 60 + n(17, 19)?
    } else {
        0
    };
    Some(days * 86400 + seconds)
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Any,
    All,
    Phrase,
    Prefix,
}

/// A query as a file has it.
#[derive(Clone)]
struct Ask {
    class: String,
    id: String,
    mode: Mode,
    words: Vec<String>,
    count: bool,
    facet: bool,
    newest: bool,
    topic: Option<String>,
}

impl Ask {
    fn parse(text: &str) -> Fallible<Ask> {
        let mut a = Ask {
            class: String::new(),
            id: String::new(),
            mode: Mode::Any,
            words: vec![],
            count: false,
            facet: false,
            newest: false,
            topic: None,
        };
        for part in text.split_whitespace() {
            match part {
                "@count" => a.count = true,
                "@facet" => a.facet = true,
                "@newest" => a.newest = true,
                _ if part.starts_with("@topic=") => a.topic = Some(part[7..].into()),
                _ if part.starts_with('@') => return Err(format!("unknown {part}").into()),
                _ => {
                    if part.starts_with('"') {
                        a.mode = Mode::Phrase;
                    } else if part.starts_with('+') {
                        a.mode = Mode::All;
                    } else if part.ends_with('*') {
                        a.mode = Mode::Prefix;
                    }
                    a.words.push(part.trim_matches(['"', '+', '*']).into());
                }
            }
        }
        Ok(a)
    }
}

fn queries(path: &str) -> Fallible<Vec<Ask>> {
    let mut all = vec![];
    for line in fs::read_to_string(path)?.lines().filter(|l| !l.is_empty()) {
        let mut parts = line.splitn(3, '\t');
        let (class, id, text) = (parts.next(), parts.next(), parts.next());
        let (Some(class), Some(id), Some(text)) = (class, id, text) else {
            return Err(format!("line {line:?}").into());
        };
        all.push(Ask {
            class: class.into(),
            id: id.into(),
            ..Ask::parse(text)?
        });
    }
    Ok(all)
}

// The index.

const TOKENIZER: &str = "english";

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(255))
        .filter(LowerCaser)
        .filter(StopWordFilter::new(Language::English).expect("English has stop words"))
        .filter(Stemmer::new(Language::English))
        .build()
}

const ID_PARTS: [&str; 4] = ["id0", "id1", "id2", "id3"];

/// Cuts an id into numbers, eight bytes each, filled up with zeros.
fn cut(id: &str) -> Fallible<[u64; 4]> {
    let mut bytes = [0; 32];
    let n = id.len();
    if n > bytes.len() {
        return Err(format!("id {id} has more than 32 bytes").into());
    }
    bytes[..n].copy_from_slice(id.as_bytes());
    let part = |i: usize| u64::from_be_bytes(std::array::from_fn(|j| bytes[8 * i + j]));
    Ok(std::array::from_fn(part))
}

/// Puts together what was cut.
fn join(parts: [u64; 4]) -> String {
    let mut bytes = vec![];
    for p in parts {
        bytes.extend(p.to_be_bytes().iter().filter(|&&b| b != 0));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn schema() -> Schema {
    let mut s = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    s.add_text_field("all", TextOptions::default().set_indexing_options(words));
    s.add_text_field(
        "id",
        TextOptions::default().set_indexing_options(raw.clone()) | STORED,
    );
    // Finding ten ids in the store, or in a column of strings, takes longer
    // than most searches. Columns of numbers are read at once: these hold the
    // bytes of an id.
    for name in ID_PARTS {
        s.add_u64_field(name, FAST);
    }
    s.add_text_field("title", STORED);
    s.add_text_field("text", STORED);
    s.add_text_field(
        "topic",
        TextOptions::default()
            .set_indexing_options(raw)
            .set_fast("raw"),
    );
    s.add_i64_field("date", NumericOptions::default() | FAST);
    s.build()
}

/// What a writer may keep in memory before it writes a segment, in bytes, over
/// all its threads.
const BUDGET: usize = 256 << 20;

fn index(corpus: &str, dir: &str, threads: usize) -> Fallible<(usize, usize)> {
    fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema())?;
    index.tokenizers().register(TOKENIZER, analyzer());
    let f = Fields::of(&index)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, BUDGET)?;
    let (mut docs, mut size) = (0, 0);
    let mut lines = BufReader::with_capacity(1 << 20, fs::File::open(corpus)?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let a: Article = serde_json::from_str(&line)?;
        docs += 1;
        size += a.title.len() + a.text.len();
        let mut d = TantivyDocument::default();
        d.add_text(f.all, format!("{}\n{}", a.title, a.text));
        d.add_text(f.id, &a.id);
        for (field, part) in f.id_parts.iter().zip(cut(&a.id)?) {
            d.add_u64(*field, part);
        }
        d.add_text(f.title, &a.title);
        d.add_text(f.text, &a.text);
        for t in &a.topics {
            d.add_text(f.topic, t);
        }
        if let Some(at) = unix(&a.date) {
            d.add_i64(f.date, at);
        }
        writer.add_document(d)?;
        line.clear();
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((docs, size))
}

fn merge(dir: &str) -> Fallible<()> {
    let index = Index::open_in_dir(dir)?;
    index.tokenizers().register(TOKENIZER, analyzer());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}

struct Fields {
    all: Field,
    id: Field,
    id_parts: Vec<Field>,
    title: Field,
    text: Field,
    topic: Field,
    date: Field,
}

impl Fields {
    fn of(index: &Index) -> tantivy::Result<Fields> {
        let s = index.schema();
        Ok(Fields {
            all: s.get_field("all")?,
            id: s.get_field("id")?,
            id_parts: ID_PARTS
                .iter()
                .map(|n| s.get_field(n))
                .collect::<Result<_, _>>()?,
            title: s.get_field("title")?,
            text: s.get_field("text")?,
            topic: s.get_field("topic")?,
            date: s.get_field("date")?,
        })
    }
}

struct Peer {
    searcher: Searcher,
    fields: Fields,
    ids: Vec<Vec<Column<u64>>>,
    facets: Aggregations,
}

impl Peer {
    fn open(dir: &str) -> Fallible<Peer> {
        let index = Index::open_in_dir(dir)?;
        index.tokenizers().register(TOKENIZER, analyzer());
        let fields = Fields::of(&index)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let mut ids = vec![];
        for s in searcher.segment_readers() {
            let columns = ID_PARTS.iter().map(|n| s.fast_fields().u64(n));
            ids.push(columns.collect::<Result<_, _>>()?);
        }
        let facets =
            serde_json::from_str(r#"{"topic": {"terms": {"field": "topic", "size": 10}}}"#)?;
        Ok(Peer {
            searcher,
            fields,
            ids,
            facets,
        })
    }

    fn query(&self, ask: &Ask) -> Box<dyn Query> {
        let mut analyzer = analyzer();
        let mut terms = vec![];
        for w in &ask.words {
            // The beginning of a word has no stem.
            if ask.mode == Mode::Prefix {
                terms.push(Term::from_field_text(self.fields.all, w));
                continue;
            }
            analyzer
                .token_stream(w)
                .process(&mut |t| terms.push(Term::from_field_text(self.fields.all, &t.text)));
        }
        let term = |t: Term| -> Box<dyn Query> {
            Box::new(TermQuery::new(t, IndexRecordOption::WithFreqs))
        };
        let query: Box<dyn Query> = match ask.mode {
            Mode::Prefix => {
                let mut p = PhrasePrefixQuery::new(terms);
                p.set_max_expansions(u32::MAX);
                Box::new(p)
            }
            _ if terms.len() == 1 => term(terms.remove(0)),
            Mode::Phrase => Box::new(PhraseQuery::new(terms)),
            Mode::All | Mode::Any => {
                let occur = if ask.mode == Mode::All {
                    Occur::Must
                } else {
                    Occur::Should
                };
                Box::new(BooleanQuery::new(
                    terms.into_iter().map(|t| (occur, term(t))).collect(),
                ))
            }
        };
        let Some(topic) = &ask.topic else {
            return query;
        };
        let topic = Box::new(TermQuery::new(
            Term::from_field_text(self.fields.topic, topic),
            IndexRecordOption::Basic,
        ));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, query),
            (Occur::Must, Box::new(ConstScoreQuery::new(topic, 0.0))),
        ]))
    }

    /// Searches with a collector of the best, and with what else is asked.
    fn collect<T: Collector>(
        &self,
        ask: &Ask,
        top: T,
        address: impl Fn(T::Fruit) -> Vec<DocAddress>,
    ) -> Fallible<(Vec<DocAddress>, Option<usize>)> {
        let query = self.query(ask);
        let found = address(self.searcher.search(&*query, &top)?);
        if ask.facet {
            let facets = AggregationCollector::from_aggs(self.facets.clone(), Default::default());
            let (n, _) = self.searcher.search(&*query, &(Count, facets))?;
            return Ok((found, Some(n)));
        }
        if ask.count {
            return Ok((found, Some(self.searcher.search(&*query, &Count)?)));
        }
        Ok((found, None))
    }

    /// Returns ten ids, and the number of hits where it was asked for.
    fn search(&self, ask: &Ask) -> Fallible<(Vec<String>, Option<usize>)> {
        let top = TopDocs::with_limit(10);
        let (found, hits) = if ask.newest {
            self.collect(
                ask,
                top.order_by_fast_field::<i64>("date", Order::Desc),
                |t| t.into_iter().map(|(_, a)| a).collect(),
            )?
        } else {
            self.collect(ask, top.order_by_score(), |t| {
                t.into_iter().map(|(_, a)| a).collect()
            })?
        };
        let mut ids = Vec::with_capacity(found.len());
        for a in found {
            let columns = &self.ids[a.segment_ord as usize];
            let part = |i: usize| columns[i].first(a.doc_id).unwrap_or(0);
            ids.push(join(std::array::from_fn(part)));
        }
        Ok((ids, hits))
    }

    fn show(&self, ask: &Ask) -> Fallible<()> {
        let query = self.query(ask);
        let top = TopDocs::with_limit(10).order_by_score();
        let generator = SnippetGenerator::create(&self.searcher, &*query, self.fields.all)?;
        let mut out = BufWriter::new(std::io::stdout());
        for (_, address) in self.searcher.search(&*query, &top)? {
            let d: TantivyDocument = self.searcher.doc(address)?;
            let stored = |f| d.get_first(f).and_then(|v| v.as_str()).unwrap_or("");
            writeln!(out, "{}", stored(self.fields.title))?;
            let snippet = generator.snippet(stored(self.fields.text));
            writeln!(out, "{}", snippet.to_html())?;
        }
        out.flush()?;
        Ok(())
    }
}

// Measuring.

/// Processor time and largest resident memory in bytes.
fn used() -> (Duration, usize) {
    let mut u: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut u) };
    let time = |t: libc::timeval| Duration::new(t.tv_sec as u64, t.tv_usec as u32 * 1000);
    (
        time(u.ru_utime) + time(u.ru_stime),
        u.ru_maxrss as usize * 1024,
    )
}

/// What this process, all its threads together, has had of the processor.
fn processor_time() -> Duration {
    let mut t: libc::timespec = unsafe { std::mem::zeroed() };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    Duration::new(t.tv_sec as u64, t.tv_nsec as u32)
}

fn median_micros(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_nanos() as f64 / 1e3
}

fn disk_bytes(dir: &Path) -> Fallible<u64> {
    let mut n = 0;
    for e in fs::read_dir(dir)? {
        let e = e?;
        n += if e.file_type()?.is_dir() {
            disk_bytes(&e.path())?
        } else {
            e.metadata()?.len()
        };
    }
    Ok(n)
}

fn build(dir: &str, f: impl FnOnce() -> Fallible<(usize, usize)>) -> Fallible<()> {
    let start = Instant::now();
    let (docs, size) = f()?;
    let wall = start.elapsed().as_secs_f64();
    let (cpu, rss) = used();
    let line = serde_json::json!({
        "docs": docs, "text_mb": size as f64 / 1e6, "wall_s": wall, "cpu_s": cpu.as_secs_f64(),
        "rss_mb": rss as f64 / 1e6, "disk_mb": disk_bytes(Path::new(dir))? as f64 / 1e6,
    });
    println!("{line}");
    Ok(())
}

fn search(peer: &Peer, queries: &[Ask], passes: usize) -> Fallible<()> {
    let mut took = vec![vec![]; queries.len()];
    let mut worked = vec![vec![]; queries.len()];
    let mut hits = vec![None; queries.len()];
    for pass in 0..=passes {
        for (i, q) in queries.iter().enumerate() {
            let (before, start) = (processor_time(), Instant::now());
            let (_, n) = peer.search(q)?;
            let t = start.elapsed();
            if pass > 0 {
                took[i].push(t);
                worked[i].push(processor_time() - before);
            }
            hits[i] = n;
        }
    }
    let mut out = BufWriter::new(std::io::stdout());
    let mut medians = vec![];
    for (i, q) in queries.iter().enumerate() {
        let (median, work) = (median_micros(&mut took[i]), median_micros(&mut worked[i]));
        medians.push(median);
        let hits = hits[i].map_or("-".into(), |n| n.to_string());
        writeln!(out, "{}\t{}\t{hits}\t{median:.1}\t{work:.1}", q.class, q.id)?;
    }
    medians.sort_by(f64::total_cmp);
    let mean = medians.iter().sum::<f64>() / medians.len() as f64;
    let p99 = medians[medians.len() * 99 / 100];
    writeln!(out, "# mean {mean:.1} p99 {p99:.1}")?;
    out.flush()?;
    Ok(())
}

fn check(peer: &Peer, queries: Vec<Ask>) -> Fallible<()> {
    for mut q in queries {
        q.count = true;
        let n = peer.search(&q)?.1.ok_or("not counted")?;
        println!("{}\t{}\t{n}", q.class, q.id);
    }
    Ok(())
}

fn throughput(peer: &Peer, queries: &[Ask], clients: usize, n: usize) -> Fallible<()> {
    for q in queries {
        peer.search(q)?;
    }
    let mut step = 7;
    while step < queries.len() && queries.len() % step == 0 {
        step += 2;
    }
    let before = used().0;
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    std::thread::scope(|s| {
        for _ in 0..clients {
            s.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= n {
                        break;
                    }
                    if let Err(e) = peer.search(&queries[i * step % queries.len()]) {
                        *failed.lock().unwrap() = Some(e);
                        break;
                    }
                }
            });
        }
    });
    if let Some(e) = failed.into_inner()? {
        return Err(e);
    }
    let wall = start.elapsed().as_secs_f64();
    let line = serde_json::json!({
        "searches": n, "clients": clients, "per_s": n as f64 / wall,
        "cpu_s": (used().0 - before).as_secs_f64(),
    });
    println!("{line}");
    Ok(())
}
