package peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Lucene in the form of a peer; what the commands do and print is described in
 * ../harness/doc.go. A third argument "reorder" of merge asks for BP.
 */
public final class Main {
  /** Processor time and passes, at the least, until the compiler has settled. */
  private static final double WARM_SECONDS = 10;

  private static final int WARM_PASSES = 20;

  private static final PrintWriter OUT = new PrintWriter(System.out);

  private Main() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "index" -> build(args[2], () -> Builder.index(args[1], args[2], number(args, 3, 1)));
      case "merge" ->
          build(
              args[1],
              () -> {
                Builder.merge(args[1], args.length > 2 && args[2].equals("reorder"));
                return new long[2];
              });
      case "search" -> search(args[1], Ask.read(args[2]), number(args, 3, 5));
      case "check" -> check(args[1], Ask.read(args[2]));
      case "cold" -> {
        try (Engine e = new Engine(args[1])) {
          e.show(OUT, Ask.parse("", "", args[2]));
        }
      }
      case "throughput" ->
          throughput(args[1], Ask.read(args[2]), number(args, 3, 8), number(args, 4, 1000));
      default ->
          throw new IllegalArgumentException("commands: index merge search check cold throughput");
    }
    OUT.flush();
  }

  private static int number(String[] args, int n, int other) {
    return args.length > n ? Integer.parseInt(args[n]) : other;
  }

  private interface Build {
    long[] run() throws Exception;
  }

  private static double cpu() {
    OperatingSystemMXBean os =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return os.getProcessCpuTime() / 1e9;
  }

  /** The largest resident memory in bytes, as Linux tells it. */
  private static double peak() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  private static void build(String dir, Build f) throws Exception {
    long start = System.nanoTime();
    long[] done = f.run();
    double wall = (System.nanoTime() - start) / 1e9;
    long disk = 0;
    try (Stream<Path> files = Files.walk(Path.of(dir))) {
      for (Path p : files.filter(Files::isRegularFile).toList()) {
        disk += Files.size(p);
      }
    }
    OUT.printf(
        Locale.ROOT,
        "{\"docs\":%d,\"text_mb\":%f,\"wall_s\":%f,\"cpu_s\":%f,\"rss_mb\":%f,\"disk_mb\":%f}%n",
        done[0], done[1] / 1e6, wall, cpu(), peak() / 1e6, disk / 1e6);
  }

  private static void search(String dir, List<Ask> queries, int passes) throws Exception {
    long[][] took = new long[queries.size()][passes];
    long[][] worked = new long[queries.size()][passes];
    // Of this thread alone: the compiler's would not be there for long.
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    String[] hits = new String[queries.size()];
    try (Engine e = new Engine(dir)) {
      double start = cpu();
      for (int n = 0; n < WARM_PASSES || cpu() - start < WARM_SECONDS; n++) {
        for (Ask q : queries) {
          e.search(q);
        }
      }
      for (int pass = 0; pass < passes; pass++) {
        for (int i = 0; i < hits.length; i++) {
          long before = clock.getCurrentThreadCpuTime();
          long from = System.nanoTime();
          Engine.Result r = e.search(queries.get(i));
          took[i][pass] = System.nanoTime() - from;
          worked[i][pass] = clock.getCurrentThreadCpuTime() - before;
          hits[i] = r.hits();
        }
      }
    }
    double[] medians = new double[hits.length];
    for (int i = 0; i < hits.length; i++) {
      Arrays.sort(took[i]);
      Arrays.sort(worked[i]);
      medians[i] = took[i][passes / 2] / 1e3;
      double work = worked[i][passes / 2] / 1e3;
      Ask q = queries.get(i);
      OUT.printf(
          Locale.ROOT, "%s\t%s\t%s\t%.1f\t%.1f%n", q.klass(), q.id(), hits[i], medians[i], work);
    }
    double mean = Arrays.stream(medians).average().orElse(0);
    Arrays.sort(medians);
    OUT.printf(
        Locale.ROOT, "# mean %.1f p99 %.1f%n", mean, medians[medians.length * 99 / 100]);
  }

  private static void check(String dir, List<Ask> queries) throws Exception {
    try (Engine e = new Engine(dir)) {
      for (Ask q : queries) {
        OUT.printf("%s\t%s\t%s%n", q.klass(), q.id(), e.search(q.counted()).hits());
      }
    }
  }

  private static void throughput(String dir, List<Ask> queries, int clients, int n)
      throws Exception {
    int step = 7;
    while (step < queries.size() && queries.size() % step == 0) {
      step += 2;
    }
    int stride = step;
    try (Engine e = new Engine(dir);
        ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      double begin = cpu();
      while (cpu() - begin < WARM_SECONDS) {
        for (Ask q : queries) {
          e.search(q);
        }
      }
      double before = cpu();
      long start = System.nanoTime();
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        running.add(
            pool.submit(
                () -> {
                  for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                    e.search(queries.get((int) ((long) i * stride % queries.size())));
                  }
                  return null;
                }));
      }
      for (Future<?> f : running) {
        f.get();
      }
      double wall = (System.nanoTime() - start) / 1e9;
      OUT.printf(
          Locale.ROOT,
          "{\"searches\":%d,\"clients\":%d,\"per_s\":%f,\"cpu_s\":%f}%n",
          n, clients, n / wall, cpu() - before);
    }
  }
}
