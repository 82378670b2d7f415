package peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A line of a corpus. */
final class Article {
  private static final JsonFactory JSON = new JsonFactory();

  String id = "";
  String title = "";
  String text = "";
  String date = "";
  final List<String> topics = new ArrayList<>();

  static Article parse(String line) throws IOException {
    Article a = new Article();
    try (JsonParser p = JSON.createParser(line)) {
      p.nextToken();
      while (p.nextToken() == JsonToken.FIELD_NAME) {
        String name = p.currentName();
        p.nextToken();
        switch (name) {
          case "id" -> a.id = p.getText();
          case "title" -> a.title = p.getText();
          case "text" -> a.text = p.getText();
          case "date" -> a.date = p.getText();
          case "topics" -> {
            while (p.nextToken() != JsonToken.END_ARRAY) {
              a.topics.add(p.getText());
            }
          }
          default -> p.skipChildren();
        }
      }
    }
    return a;
  }

  /** Seconds since 1970, or null. */
  Long seconds() {
    if (date.isEmpty()) {
      return null;
    }
    return date.length() == 10
        ? LocalDate.parse(date).toEpochDay() * 86400
        : Instant.parse(date).atOffset(ZoneOffset.UTC).toEpochSecond();
  }

  /** The size of title and text in UTF-8. */
  long bytes() {
    return bytes(title) + bytes(text);
  }

  private static long bytes(String s) {
    long n = s.length();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c >= 0x80) {
        // Each half of a surrogate pair makes two of its four bytes.
        n += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return n;
  }
}
