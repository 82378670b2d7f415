// Xapian in the form of a peer; what the commands do and print is described in
// ../../harness/doc.go. Built with Xapian 1.4.22, Debian's libxapian-dev.

#include <sys/resource.h>
#include <xapian.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace fs = std::filesystem;
using std::string;
using std::vector;

namespace {

// Articles.

struct Article {
  string id, title, text, date;
  vector<string> topics;
};

// Line reads the flat JSON objects that a corpus is made of: their values are
// strings and lists of strings.
class Line {
 public:
  explicit Line(const string& s) : s_(s) {}

  Article article() {
    Article a;
    expect('{');
    while (peek() != '}') {
      string name = text();
      expect(':');
      if (peek() == '[') {
        vector<string> all = list();
        if (name == "topics") a.topics = std::move(all);
      } else {
        string value = text();
        if (name == "id") a.id = std::move(value);
        else if (name == "title") a.title = std::move(value);
        else if (name == "text") a.text = std::move(value);
        else if (name == "date") a.date = std::move(value);
      }
      if (peek() == ',') ++at_;
    }
    return a;
  }

 private:
  char peek() {
    while (at_ < s_.size() && (s_[at_] == ' ' || s_[at_] == '\t')) ++at_;
    return at_ < s_.size() ? s_[at_] : 0;
  }

  void expect(char c) {
    if (peek() != c) throw std::runtime_error(string("no ") + c + " in a line of the corpus");
    ++at_;
  }

  vector<string> list() {
    vector<string> all;
    expect('[');
    while (peek() != ']') {
      all.push_back(text());
      if (peek() == ',') ++at_;
    }
    ++at_;
    return all;
  }

  unsigned hex() {
    unsigned v = std::stoul(s_.substr(at_, 4), nullptr, 16);
    at_ += 4;
    return v;
  }

  string text() {
    expect('"');
    string out;
    while (at_ < s_.size() && s_[at_] != '"') {
      char c = s_[at_++];
      if (c != '\\') {
        out += c;
        continue;
      }
      switch (c = s_[at_++]) {
        case 'n': out += '\n'; break;
        case 't': out += '\t'; break;
        case 'r': out += '\r'; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'u': {
          unsigned u = hex();
          if (u >= 0xd800 && u < 0xdc00 && s_.compare(at_, 2, "\\u") == 0) {
            at_ += 2;
            u = 0x10000 + ((u - 0xd800) << 10) + (hex() - 0xdc00);
          }
          Xapian::Unicode::append_utf8(out, u);
          break;
        }
        default: out += c;
      }
    }
    expect('"');
    return out;
  }

  const string& s_;
  size_t at_ = 0;
};

// Seconds since 1970 of 2006-01-02 or 2006-01-02T15:04:05Z.
bool unix_time(const string& date, double& at) {
  std::tm t = {};
  int n = sscanf(date.c_str(), "%d-%d-%dT%d:%d:%d", &t.tm_year, &t.tm_mon, &t.tm_mday, &t.tm_hour,
                 &t.tm_min, &t.tm_sec);
  if (n < 3) return false;
  t.tm_year -= 1900;
  t.tm_mon -= 1;
  at = static_cast<double>(timegm(&t));
  return true;
}

// Queries.

enum class Mode { any, all, phrase, prefix };

struct Ask {
  string klass, id, topic;
  Mode mode = Mode::any;
  vector<string> words;
  bool count = false, facet = false, newest = false;
};

Ask parse(const string& text) {
  Ask a;
  std::istringstream parts(text);
  for (string p; parts >> p;) {
    if (p == "@count") a.count = true;
    else if (p == "@facet") a.facet = true;
    else if (p == "@newest") a.newest = true;
    else if (p.rfind("@topic=", 0) == 0) a.topic = p.substr(7);
    else if (p[0] == '@') throw std::runtime_error("unknown " + p);
    else {
      if (p[0] == '"') a.mode = Mode::phrase;
      else if (p[0] == '+') a.mode = Mode::all;
      else if (p.back() == '*') a.mode = Mode::prefix;
      p.erase(std::remove_if(p.begin(), p.end(), [](char c) { return c == '"' || c == '+' || c == '*'; }), p.end());
      a.words.push_back(p);
    }
  }
  return a;
}

vector<Ask> read_queries(const string& path) {
  vector<Ask> all;
  std::ifstream in(path);
  for (string line; std::getline(in, line);) {
    size_t one = line.find('\t');
    size_t two = one == string::npos ? one : line.find('\t', one + 1);
    if (two == string::npos) continue;
    Ask a = parse(line.substr(two + 1));
    a.klass = line.substr(0, one);
    a.id = line.substr(one + 1, two - one - 1);
    all.push_back(a);
  }
  return all;
}

// The index. What a search needs of an article stands in slots, which are read
// without its text.
enum Slot : Xapian::valueno { kDate = 0, kTopics = 1, kID = 2 };
constexpr char kTopic[] = "XT", kUnique[] = "Q";
constexpr char kBetween = '\x1f';
constexpr int kPerCommit = 50000;

// The stop words of Lucene's English analyzer.
const char* const kStops[] = {"a",    "an",  "and",   "are",  "as",    "at",   "be",    "but",  "by",   "for", "if",
                              "in",   "into", "is",   "it",   "no",    "not",  "of",    "on",   "or",   "such", "that",
                              "the",  "their", "then", "there", "these", "they", "this", "to",  "was",  "will", "with"};

void index(const string& corpus, const string& dir, long& docs, double& size) {
  Xapian::WritableDatabase db(dir, Xapian::DB_CREATE);
  Xapian::SimpleStopper stopper(std::begin(kStops), std::end(kStops));
  Xapian::TermGenerator words;
  words.set_stemmer(Xapian::Stem("english"));
  words.set_stopper(&stopper);
  words.set_stopper_strategy(Xapian::TermGenerator::STOP_ALL);
  words.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
  std::ifstream in(corpus);
  for (string line; std::getline(in, line);) {
    Article a = Line(line).article();
    Xapian::Document d;
    words.set_document(d);
    words.index_text(a.title + "\n" + a.text);
    d.set_data(a.title + "\n" + a.text);
    d.add_value(kID, a.id);
    d.add_boolean_term(kUnique + a.id);
    string topics;
    for (const string& t : a.topics) {
      d.add_boolean_term(kTopic + t);
      if (!topics.empty()) topics += kBetween;
      topics += t;
    }
    d.add_value(kTopics, topics);
    double at;
    if (unix_time(a.date, at)) d.add_value(kDate, Xapian::sortable_serialise(at));
    db.add_document(d);
    size += a.title.size() + a.text.size();
    if (++docs % kPerCommit == 0) db.commit();
  }
  db.commit();
}

void merge(const string& dir) {
  string compact = dir + ".compact";
  fs::remove_all(compact);
  Xapian::Database(dir).compact(compact);
  fs::remove_all(dir);
  fs::rename(compact, dir);
}

// TopicCounts counts the topics of all hits.
struct TopicCounts : Xapian::MatchSpy {
  std::unordered_map<string, int> counts;

  void operator()(const Xapian::Document& d, double) override {
    const string all = d.get_value(kTopics);
    for (size_t at = 0; at < all.size();) {
      size_t end = std::min(all.find(kBetween, at), all.size());
      ++counts[all.substr(at, end - at)];
      at = end + 1;
    }
  }
};

class Peer {
 public:
  explicit Peer(const string& dir) : db_(dir) {}

  Xapian::Query query(const Ask& a) {
    Xapian::Query q;
    if (a.mode == Mode::prefix) {
      q = Xapian::Query(Xapian::Query::OP_WILDCARD, a.words[0], 0, Xapian::Query::WILDCARD_LIMIT_ERROR, Xapian::Query::OP_OR);
    } else {
      vector<string> terms;
      for (const string& w : a.words) terms.push_back(stem_(w));
      auto op = a.mode == Mode::phrase ? Xapian::Query::OP_PHRASE
                : a.mode == Mode::all  ? Xapian::Query::OP_AND
                                       : Xapian::Query::OP_OR;
      q = Xapian::Query(op, terms.begin(), terms.end());
    }
    if (a.topic.empty()) return q;
    return Xapian::Query(Xapian::Query::OP_FILTER, q, Xapian::Query(kTopic + a.topic));
  }

  // find returns the ten best, or newest.
  Xapian::MSet find(const Ask& a) {
    Xapian::Enquire enquire(db_);
    enquire.set_query(query(a));
    if (a.newest) enquire.set_sort_by_value(kDate, true);
    TopicCounts spy;
    if (a.facet) enquire.add_matchspy(&spy);
    bool exact = a.count || a.facet;
    return enquire.get_mset(0, 10, exact ? db_.get_doccount() : 0);
  }

  // search returns the number of hits, or -1; ids are read as a caller would.
  long search(const Ask& a) {
    Xapian::MSet m = find(a);
    vector<string> ids;
    for (auto i = m.begin(); i != m.end(); ++i) ids.push_back(i.get_document().get_value(kID));
    return a.count || a.facet ? static_cast<long>(m.get_matches_estimated()) : -1;
  }

  void show(const Ask& a) {
    Xapian::MSet m = find(a);
    for (auto i = m.begin(); i != m.end(); ++i) {
      string data = i.get_document().get_data();
      size_t end = data.find('\n');
      std::cout << data.substr(0, end) << '\n' << m.snippet(data.substr(end + 1), 300, stem_) << '\n';
    }
  }

 private:
  Xapian::Database db_;
  Xapian::Stem stem_{"english"};
};

// Measuring.

using Clock = std::chrono::steady_clock;

double since(Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); }

double cpu() {
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  auto s = [](timeval t) { return t.tv_sec + t.tv_usec / 1e6; };
  return s(u.ru_utime) + s(u.ru_stime);
}

// What this process has had of the processor, in finer steps than cpu.
double processor_time() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

double median(vector<double> v) {
  std::sort(v.begin(), v.end());
  return v[v.size() / 2];
}

template <typename F>
void build(const string& dir, F f) {
  auto start = Clock::now();
  long docs = 0;
  double size = 0;
  f(docs, size);
  double wall = since(start), disk = 0;
  for (const auto& e : fs::recursive_directory_iterator(dir))
    if (e.is_regular_file()) disk += e.file_size();
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  printf("{\"docs\":%ld,\"text_mb\":%f,\"wall_s\":%f,\"cpu_s\":%f,\"rss_mb\":%f,\"disk_mb\":%f}\n", docs, size / 1e6,
         wall, cpu(), u.ru_maxrss * 1024 / 1e6, disk / 1e6);
}

void search(const string& dir, const vector<Ask>& queries, int passes) {
  Peer peer(dir);
  vector<vector<double>> took(queries.size()), worked(queries.size());
  vector<long> hits(queries.size());
  for (int pass = 0; pass <= passes; ++pass) {
    for (size_t i = 0; i < queries.size(); ++i) {
      double before = processor_time();
      auto start = Clock::now();
      hits[i] = peer.search(queries[i]);
      double wall = since(start);
      if (pass == 0) continue;
      took[i].push_back(wall * 1e6);
      worked[i].push_back((processor_time() - before) * 1e6);
    }
  }
  vector<double> medians;
  double sum = 0;
  for (size_t i = 0; i < queries.size(); ++i) {
    double m = median(took[i]);
    medians.push_back(m);
    sum += m;
    string n = hits[i] < 0 ? "-" : std::to_string(hits[i]);
    printf("%s\t%s\t%s\t%.1f\t%.1f\n", queries[i].klass.c_str(), queries[i].id.c_str(), n.c_str(), m, median(worked[i]));
  }
  std::sort(medians.begin(), medians.end());
  printf("# mean %.1f p99 %.1f\n", sum / medians.size(), medians[medians.size() * 99 / 100]);
}

void check(const string& dir, vector<Ask> queries) {
  Peer peer(dir);
  for (Ask& q : queries) {
    q.count = true;
    printf("%s\t%s\t%ld\n", q.klass.c_str(), q.id.c_str(), peer.search(q));
  }
}

// A database is one thread's in Xapian, so that each client opens its own.
void throughput(const string& dir, const vector<Ask>& queries, int clients, long n) {
  Peer warm(dir);
  for (const Ask& q : queries) warm.search(q);
  size_t step = 7;
  while (step < queries.size() && queries.size() % step == 0) step += 2;
  double before = cpu();
  auto start = Clock::now();
  std::atomic<long> next{0};
  vector<std::thread> running;
  for (int c = 0; c < clients; ++c)
    running.emplace_back([&] {
      Peer peer(dir);
      for (long i = next++; i < n; i = next++) peer.search(queries[i * step % queries.size()]);
    });
  for (auto& t : running) t.join();
  double wall = since(start);
  printf("{\"searches\":%ld,\"clients\":%d,\"per_s\":%f,\"cpu_s\":%f}\n", n, clients, n / wall, cpu() - before);
}

int run(const vector<string>& args) {
  auto arg = [&](size_t n) { return n < args.size() ? args[n] : string(); };
  auto number = [&](size_t n, int other) { return n < args.size() ? std::stoi(args[n]) : other; };
  const string command = arg(0);
  if (command == "index") {
    build(arg(2), [&](long& docs, double& size) { index(arg(1), arg(2), docs, size); });
  } else if (command == "merge") {
    build(arg(1), [&](long&, double&) { merge(arg(1)); });
  } else if (command == "search") {
    search(arg(1), read_queries(arg(2)), number(3, 5));
  } else if (command == "check") {
    check(arg(1), read_queries(arg(2)));
  } else if (command == "cold") {
    Peer(arg(1)).show(parse(arg(2)));
  } else if (command == "throughput") {
    throughput(arg(1), read_queries(arg(2)), number(3, 8), number(4, 1000));
  } else {
    throw std::runtime_error("commands: index merge search check cold throughput");
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(vector<string>(argv + 1, argv + argc));
  } catch (const Xapian::Error& e) {
    std::cerr << "xapian: error: " << e.get_description() << '\n';
  } catch (const std::exception& e) {
    std::cerr << "xapian: error: " << e.what() << '\n';
  }
  return 1;
}
