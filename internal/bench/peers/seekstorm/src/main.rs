//! SeekStorm in the form of a peer; what the commands do and print is described
//! in ../../../harness/doc.go.

use std::collections::HashSet;
use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use seekstorm::commit::Commit;
use seekstorm::highlighter::{Highlight, highlighter};
use seekstorm::index::{
    AccessType, Close, Clustering, DocumentCompression, FileType, FrequentwordType, IndexArc,
    IndexDocument, IndexMetaObject, LexicalSimilarity, NgramSet, StemmerType, StopwordType,
    TokenizerType, create_index, open_index,
};
use seekstorm::search::{
    FacetFilter, QueryFacet, QueryRewriting, QueryType, ResultObject, ResultSort, ResultType,
    Search, SearchMode, SortOrder,
};
use seekstorm::vector::Inference;
use serde::Deserialize;

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Err(e) = run(&args).await {
        eprintln!("seekstorm: {e}");
        std::process::exit(1);
    }
}

async fn run(args: &[String]) -> Fallible<()> {
    let arg = |n: usize| args.get(n).map(String::as_str).unwrap_or("");
    let number = |n: usize, other: usize| arg(n).parse().unwrap_or(other);
    match arg(0) {
        "index" => build(arg(2), index(arg(1), arg(2))).await,
        // A level is as it was committed: there is nothing to merge.
        "merge" => Err("merging to one segment is not offered".into()),
        "search" => search(&Peer::open(arg(1)).await?, &queries(arg(2))?, number(3, 5)).await,
        "check" => check(&Peer::open(arg(1)).await?, queries(arg(2))?).await,
        "cold" => Peer::open(arg(1)).await?.show(&Ask::parse(arg(2))?).await,
        "throughput" => {
            let peer = Peer::open(arg(1)).await?;
            throughput(peer, queries(arg(2))?, number(3, 8), number(4, 1000)).await
        }
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

const SCHEMA: &str = r#"[
    {"field": "all", "field_type": "Text", "store": false, "index_lexical": true},
    {"field": "id", "field_type": "Text", "store": true, "index_lexical": false},
    {"field": "title", "field_type": "Text", "store": true, "index_lexical": false},
    {"field": "text", "field_type": "Text", "store": true, "index_lexical": false},
    {"field": "topic", "field_type": "StringSet16", "store": false, "index_lexical": false, "facet": true},
    {"field": "date", "field_type": "Timestamp", "store": false, "index_lexical": false, "facet": true}
]"#;

/// SeekStorm searches the shards of an index side by side. As the other peers
/// answer a query on one thread, there is one.
const SHARDS: usize = 1;

async fn index(corpus: &str, dir: &str) -> Fallible<(usize, usize)> {
    let meta = IndexMetaObject {
        id: 0,
        name: "peer".into(),
        lexical_similarity: LexicalSimilarity::Bm25f,
        tokenizer: TokenizerType::UnicodeAlphanumeric,
        stemmer: StemmerType::English,
        stop_words: StopwordType::English,
        frequent_words: FrequentwordType::English,
        ngram_indexing: NgramSet::NgramFF as u8,
        document_compression: DocumentCompression::Snappy,
        access_type: AccessType::Mmap,
        spelling_correction: None,
        query_completion: None,
        clustering: Clustering::None,
        inference: Inference::None,
        segment_number_bits: 11,
    };
    let schema = serde_json::from_str(SCHEMA)?;
    let index = create_index(Path::new(dir), meta, &schema, &vec![], true, Some(SHARDS)).await?;
    let (mut docs, mut size) = (0, 0);
    let mut lines = BufReader::with_capacity(1 << 20, fs::File::open(corpus)?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let a: Article = serde_json::from_str(&line)?;
        docs += 1;
        size += a.title.len() + a.text.len();
        let d = serde_json::json!({
            "all": format!("{}\n{}", a.title, a.text), "id": a.id, "title": a.title, "text": a.text,
            "topic": a.topics, "date": unix(&a.date).unwrap_or(0),
        });
        index
            .index_document(serde_json::from_value(d)?, FileType::None)
            .await;
        line.clear();
    }
    index.commit().await;
    index.close().await;
    Ok((docs, size))
}

struct Peer {
    index: IndexArc,
}

impl Peer {
    async fn open(dir: &str) -> Fallible<Peer> {
        Ok(Peer {
            index: open_index(Path::new(dir)).await?,
        })
    }

    async fn find(&self, ask: &Ask) -> ResultObject {
        let mode = match ask.mode {
            Mode::All => QueryType::Intersection,
            Mode::Phrase => QueryType::Phrase,
            Mode::Any | Mode::Prefix => QueryType::Union,
        };
        let result = if ask.count || ask.facet {
            ResultType::TopkCount
        } else {
            ResultType::Topk
        };
        let topics = QueryFacet::StringSet16 {
            field: "topic".into(),
            prefix: String::new(),
            length: 10,
        };
        let facets = if ask.facet { vec![topics] } else { vec![] };
        let filters = ask.topic.iter().map(|t| FacetFilter::StringSet16 {
            field: "topic".into(),
            filter: vec![t.clone()],
        });
        let newest = ResultSort {
            field: "date".into(),
            order: SortOrder::Descending,
            base: Default::default(),
        };
        let sort = if ask.newest { vec![newest] } else { vec![] };
        self.index
            .search(
                ask.words.join(" "),
                None,
                mode,
                SearchMode::Lexical,
                false,
                0,
                10,
                result,
                false,
                vec![],
                facets,
                filters.collect(),
                sort,
                QueryRewriting::SearchOnly,
            )
            .await
    }

    /// Returns ten ids, and the number of hits where it was asked for.
    async fn search(&self, ask: &Ask) -> Fallible<(Vec<String>, Option<usize>)> {
        let found = self.find(ask).await;
        let fields = HashSet::from(["id".to_string()]);
        let index = self.index.read().await;
        let mut ids = vec![];
        for r in &found.results {
            let d = index
                .get_document(r.doc_id, false, &None, &fields, &[])
                .await?;
            ids.push(d["id"].as_str().unwrap_or("").to_string());
        }
        let hits = (ask.count || ask.facet).then_some(found.result_count_total);
        Ok((ids, hits))
    }

    async fn show(&self, ask: &Ask) -> Fallible<()> {
        let found = self.find(ask).await;
        let marks = vec![Highlight {
            field: "text".into(),
            name: String::new(),
            fragment_number: 2,
            fragment_size: 160,
            highlight_markup: true,
            ..Default::default()
        }];
        let marker = Some(highlighter(&self.index, marks, found.query_terms.clone()).await);
        let fields = HashSet::from(["title".to_string(), "text".to_string()]);
        let index = self.index.read().await;
        let mut out = BufWriter::new(std::io::stdout());
        for r in &found.results {
            let d = index
                .get_document(r.doc_id, false, &marker, &fields, &[])
                .await?;
            writeln!(out, "{}", d["title"].as_str().unwrap_or(""))?;
            writeln!(out, "{}", d["text"].as_str().unwrap_or(""))?;
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

async fn build(dir: &str, f: impl Future<Output = Fallible<(usize, usize)>>) -> Fallible<()> {
    let start = Instant::now();
    let (docs, size) = f.await?;
    let wall = start.elapsed().as_secs_f64();
    let (cpu, rss) = used();
    let line = serde_json::json!({
        "docs": docs, "text_mb": size as f64 / 1e6, "wall_s": wall, "cpu_s": cpu.as_secs_f64(),
        "rss_mb": rss as f64 / 1e6, "disk_mb": disk_bytes(Path::new(dir))? as f64 / 1e6,
    });
    println!("{line}");
    Ok(())
}

/// SeekStorm has no search by the beginning of a word.
fn answers(q: &Ask) -> bool {
    q.mode != Mode::Prefix
}

async fn search(peer: &Peer, queries: &[Ask], passes: usize) -> Fallible<()> {
    let queries: Vec<&Ask> = queries.iter().filter(|q| answers(q)).collect();
    let mut took = vec![vec![]; queries.len()];
    let mut worked = vec![vec![]; queries.len()];
    let mut hits = vec![None; queries.len()];
    for pass in 0..=passes {
        for (i, q) in queries.iter().enumerate() {
            let (before, start) = (processor_time(), Instant::now());
            let (_, n) = peer.search(q).await?;
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

async fn check(peer: &Peer, queries: Vec<Ask>) -> Fallible<()> {
    for mut q in queries.into_iter().filter(answers) {
        q.count = true;
        let n = peer.search(&q).await?.1.ok_or("not counted")?;
        println!("{}\t{}\t{n}", q.class, q.id);
    }
    Ok(())
}

async fn throughput(peer: Peer, queries: Vec<Ask>, clients: usize, n: usize) -> Fallible<()> {
    let queries: Vec<Ask> = queries.into_iter().filter(answers).collect();
    for q in &queries {
        peer.search(q).await?;
    }
    let mut step = 7;
    while step < queries.len() && queries.len() % step == 0 {
        step += 2;
    }
    let before = used().0;
    let start = Instant::now();
    let next = Arc::new(AtomicUsize::new(0));
    let (peer, queries) = (Arc::new(peer), Arc::new(queries));
    let mut running = vec![];
    for _ in 0..clients {
        let (peer, queries, next) = (peer.clone(), queries.clone(), next.clone());
        running.push(tokio::spawn(async move {
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                if i >= n {
                    return Ok(());
                }
                if let Err(e) = peer.search(&queries[i * step % queries.len()]).await {
                    return Err(e.to_string());
                }
            }
        }));
    }
    for r in running {
        r.await??;
    }
    let wall = start.elapsed().as_secs_f64();
    let line = serde_json::json!({
        "searches": n, "clients": clients, "per_s": n as f64 / wall,
        "cpu_s": (used().0 - before).as_secs_f64(),
    });
    println!("{line}");
    Ok(())
}
