#!/bin/sh
# Guess: a date in a feed that ROME doesn't know is null, and one that it knows is right.
# At worst it is off by a zone.
#
# What happens: what begins with digits is tried as a year, of any length, and what is
# left over counts on. "20260105", ISO's basic form, is the first day of the year
# 20,260,105, and a time in seconds since 1970 that of the year 13,941,452: sorted by
# date, such items are the newest for ever. Six digits behind the second, as Python and
# PostgreSQL write them, are thousandths, so that 10:00:00.123456 is two minutes past
# ten. The thirteenth month is that of the next year, and 0000-00-00 is a day before
# Christ. Of forms that people write ROME knows few: "Sept", "05.01.2026" or a weekday
# in German are null.
#
# com.rometools:rome 2.1.0, 1 December 2026.
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
    <dependency><groupId>com.rometools</groupId><artifactId>rome</artifactId><version>2.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >log 2>&1 || { cat log; exit 1; }
ls lib | grep '^rome-[0-9]'
cat >Finding.java <<'JAVA'
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;

public class Finding {
  public static void main(String[] args) throws Exception {
    String[][] dates = {
      {"Mon, 05 Jan 2026 10:00:00 GMT", "2026-01-05T10:00:00Z"},
      {"20260105", "+20260105-01-01T00:00:00Z"},
      {"1767603600", "+13941452-03-28T04:42:25.152Z"},
      {"2026-01-05T10:00:00.123456Z", "2026-01-05T10:02:03.456Z"},
      {"2026-13-45", "2027-02-14T00:00:00Z"},
      {"0000-00-00T00:00:00Z", "-0001-11-28T00:00:00Z"},
      {"Sat, 05 Sept 2026 10:00:00 GMT", "null"},
      {"05.01.2026", "null"},
      {"Mo, 05 Jan 2026 10:00:00 +0100", "null"},
    };
    boolean changed = false;
    for (String[] d : dates) {
      String feed = "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Harbour Review</title><link>http://example.org</link>"
          + "<description>Feed</description><item><title>Ferries</title><dc:date>" + d[0] + "</dc:date></item></channel></rss>";
      var date = new SyndFeedInput().build(new StringReader(feed)).getEntries().get(0).getPublishedDate();
      String got = date == null ? "null" : date.toInstant().toString();
      System.out.println(d[0] + ": " + got);
      changed |= !got.equals(d[1]);
    }
    if (changed) {
      System.out.println("CHANGED: dates are read otherwise");
      System.exit(1);
    }
    System.out.println("as found: 20260105 is a year");
  }
}
JAVA
java -Duser.timezone=UTC -Dfile.encoding=UTF-8 -cp 'lib/*' Finding.java 2>>log || { cat log; exit 1; }
