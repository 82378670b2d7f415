package peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A query as a file has it; see ../harness/doc.go. */
record Ask(
    String klass,
    String id,
    Mode mode,
    List<String> words,
    boolean count,
    boolean facet,
    boolean newest,
    String topic) {

  enum Mode {
    ANY,
    ALL,
    PHRASE,
    PREFIX
  }

  static Ask parse(String klass, String id, String text) {
    Mode mode = Mode.ANY;
    List<String> words = new ArrayList<>();
    boolean count = false;
    boolean facet = false;
    boolean newest = false;
    String topic = null;
    for (String part : text.trim().split(" +")) {
      if (part.equals("@count")) {
        count = true;
      } else if (part.equals("@facet")) {
        facet = true;
      } else if (part.equals("@newest")) {
        newest = true;
      } else if (part.startsWith("@topic=")) {
        topic = part.substring("@topic=".length());
      } else if (part.startsWith("@")) {
        throw new IllegalArgumentException("unknown " + part);
      } else {
        if (part.startsWith("\"")) {
          mode = Mode.PHRASE;
        } else if (part.startsWith("+")) {
          mode = Mode.ALL;
        } else if (part.endsWith("*")) {
          mode = Mode.PREFIX;
        }
        words.add(part.replaceAll("[\"+*]", ""));
      }
    }
    return new Ask(klass, id, mode, words, count, facet, newest, topic);
  }

  Ask counted() {
    return new Ask(klass, id, mode, words, true, facet, newest, topic);
  }

  static List<Ask> read(String path) throws IOException {
    List<Ask> all = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(path))) {
      if (!line.isEmpty()) {
        String[] parts = line.split("\t", 3);
        all.add(parse(parts[0], parts[1], parts[2]));
      }
    }
    return all;
  }
}
