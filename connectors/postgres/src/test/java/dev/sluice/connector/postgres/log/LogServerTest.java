package dev.sluice.connector.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hinders the reading of a server's log is said with what mends it; places in the log are read as they are written. */
final class LogServerTest {
    private static List<String> problems(int timeline, long version, String walLevel, String encoding) {
        return new LogServer("7", timeline, 5, version, walLevel, encoding, 3)
                .problems("here").stream().map(Problem::toString).toList();
    }

    @Test
    void eachThingThatLacksIsNamedWithItsRemedy() {
        assertThat(problems(1, 180_000, "logical", "UTF8")).isEmpty();
        assertThat(problems(0, 130_000, "replica", "SQL_ASCII"))
                .hasSize(4)
                .anyMatch(text -> text.contains("PostgreSQL 14"))
                .anyMatch(text -> text.contains("standby"))
                .anyMatch(text -> text.contains("ALTER SYSTEM SET wal_level = 'logical'"))
                .anyMatch(text -> text.contains("SQL_ASCII"));
    }

    @Test
    void anotherTimelineIsAnotherIdentity() {
        LogTable table = new LogTable(9, "public", "t", List.of());
        LogServer before = new LogServer("7", 1, 5, 180_000, "logical", "UTF8", 3);
        LogServer promoted = new LogServer("7", 2, 5, 180_000, "logical", "UTF8", 3);
        assertThat(before.identity(table)).isNotEqualTo(promoted.identity(table)); // I4
    }

    @Test
    void placesAreReadAsTheyAreWritten() {
        for (String text : List.of("0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF")) {
            assertThat(Lsn.text(Lsn.parse(text))).isEqualTo(text);
        }
        LogPlace place = LogPlace.parse("16/B374D848:12");
        assertThat(place.text()).isEqualTo("16/B374D848:12");
        assertThat(new LogPlace(place.committedAt(), 13).isAfter(place)).isTrue();
        assertThat(new LogPlace(place.committedAt() - 1, 99).isAfter(place)).isFalse();
        assertThat(place.isAfter(place)).isFalse();
    }
}
