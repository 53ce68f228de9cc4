package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.activation.Sending.Wish;
import dev.sluice.lowcode.ledger.LedgerFile;
import dev.sluice.lowcode.ledger.Print;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are sent to a system over HTTP, whatever it answers. */
class DeclarativeDestinationTest {
    private static final Wish UPSERT = Wish.upsert("contacts", "email", "email", "name", "size");
    private static final Wish INSERT = Wish.insert("contacts", "email", "name", "size");

    @TempDir
    Path memory;

    private final ObjectStore store = new ObjectStore();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Sending host;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Destination destination;

    @BeforeEach
    void open() {
        host = new Sending(memory);
        destination = host.open(ObjectStore.DEFINITION, store.config());
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
    }

    private static List<List<@Nullable Object>> people(int count, String name) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        IntStream.rangeClosed(1, count).forEach(n -> rows.add(row(n + "@x.org", name + n, n)));
        return rows;
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value);
        }
        return row;
    }

    @Test
    void whatIsSentOnceIsNotSentAgainUntilItChanges() {
        Committable first = host.run(destination, UPSERT, 1, people(10, "A"));
        assertThat(first.rows()).isEqualTo(10);
        assertThat(store.contacts()).hasSize(10);
        assertThat(store.requests()).as("four records a request").isEqualTo(3);

        Committable second = host.run(destination, UPSERT, 2, people(10, "A"));
        assertThat(second.rows()).isEqualTo(10);
        assertThat(second.unchanged()).isEqualTo(10);
        assertThat(store.requests()).as("nothing was sent").isEqualTo(3);

        List<List<@Nullable Object>> rows = people(10, "A");
        rows.set(4, row("5@x.org", "Other", 5));
        Committable third = host.run(destination, UPSERT, 3, rows);
        assertThat(third.unchanged()).isEqualTo(9);
        assertThat(store.requests()).isEqualTo(4);
        assertThat(store.contact("5@x.org")).isEqualTo("{\"email\":\"5@x.org\",\"name\":\"Other\",\"size\":5}");
    }

    @Test
    void everythingIsSentAgainWhereNobodyWantsItRemembered() {
        Map<String, Object> config = new HashMap<>(store.config());
        config.put("detect_changes", false);
        try (Destination all = host.open(ObjectStore.DEFINITION, config)) {
            host.run(all, UPSERT, 1, people(4, "A"));
            assertThat(host.run(all, UPSERT, 2, people(4, "A")).unchanged()).isZero();
        }
        assertThat(store.requests()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsRefusedIsHalvedUntilTheBadRecordStandsAlone() {
        List<List<@Nullable Object>> rows = people(12, "A");
        rows.set(2, row("3@x.org", "bad", 3));
        rows.set(9, row("10@x.org", "bad", 10));
        Committable done = host.run(destination, UPSERT, 1, rows);

        assertThat(done.rows()).isEqualTo(10);
        assertThat(done.rejected()).isEqualTo(2);
        assertThat(store.contacts()).hasSize(10).doesNotContainKeys("3@x.org", "10@x.org");
        assertThat(host.rejects())
                .containsExactly(
                        "REFUSED: HTTP 422: a name is not allowed", "REFUSED: HTTP 422: a name is not allowed");
        assertThat(new String(host.rejected().getFirst().original(), StandardCharsets.UTF_8))
                .isEqualTo("{\"email\":\"3@x.org\",\"name\":\"bad\",\"size\":3}");

        rows.set(2, row("3@x.org", "good", 3));
        Committable second = host.run(destination, UPSERT, 2, rows);
        assertThat(second.unchanged())
                .as("what was refused never counts as seen")
                .isEqualTo(10);
        assertThat(second.rejected()).isEqualTo(1);
        assertThat(store.contacts()).containsKey("3@x.org");
    }

    @Test
    void aListOfResultsTellsOfEachRecordAndWhichToSendAgain() {
        Wish wish = Wish.upsert("indexed", "email", "email", "name");
        store.lockNext(3);
        Committable done = host.run(
                destination,
                wish,
                1,
                List.of(row("1@x.org", "A"), row("2@x.org", "bad"), row("3@x.org", "C"), row("4@x.org", "D")));
        assertThat(done.rows()).isEqualTo(3);
        assertThat(host.rejects()).containsExactly("BAD_NAME: a name is not allowed");
        assertThat(host.rejected().getFirst().field()).isEqualTo("name");
        assertThat(store.contacts()).containsOnlyKeys("1@x.org", "3@x.org", "4@x.org");
        assertThat(host.pauses()).as("those in use are waited for").isNotEmpty();
        assertThat(store.asked().getLast().body())
                .as("the record that was taken is not sent twice")
                .doesNotContain("4@x.org");
    }

    @Test
    void aListOfErrorsNamesTheRecordsAlsoWhenAllAreRefused() {
        Wish wish = Wish.upsert("named", "email", "email", "name");
        host.run(destination, wish, 1, List.of(row("1@x.org", "A"), row("2@x.org", "bad"), row("3@x.org", "C")));
        host.run(destination, wish, 2, List.of(row("5@x.org", "bad"), row("6@x.org", "bad")));
        assertThat(store.contacts()).containsOnlyKeys("1@x.org", "3@x.org");
        assertThat(host.rejects()).hasSize(3).allMatch(why -> why.equals("REFUSED: a name is not allowed"));
        assertThat(store.requests())
                .as("nothing is halved where the answer names the records")
                .isEqualTo(2);
    }

    @Test
    void limitsAreWaitedForAndCountNoRecordTwice() {
        store.refuseNext(429, Map.of("Retry-After", "7"));
        store.refuseNext(503, Map.of());
        host.run(destination, INSERT, 1, people(2, "A"));
        assertThat(store.inserted()).hasSize(2);
        assertThat(host.pauses()).contains(Duration.ofSeconds(7));
        assertThat(host.rejects()).isEmpty();
    }

    @Test
    void whatMayHaveArrivedIsInDoubtAndNotSentAgain() {
        store.spoilNext(500);
        Committable done = host.run(destination, INSERT, 1, people(2, "A"));
        assertThat(store.inserted()).as("it had arrived").hasSize(2);
        assertThat(done.rejected()).isEqualTo(2);
        assertThat(host.rejects())
                .hasSize(2)
                .allMatch(
                        why -> why.startsWith("IN_DOUBT: it was sent, and nobody knows whether it arrived: HTTP 500"));
    }

    @Test
    void anObjectThatIsFoundByItsKeyMayBeSentTwice() {
        store.spoilNext(500);
        Committable done = host.run(destination, UPSERT, 1, people(2, "A"));
        assertThat(done.rejected()).isZero();
        assertThat(store.requests()).isEqualTo(2);
    }

    @Test
    void aSystemThatKnowsRequestsAgainGetsThemAgain() {
        store.spoilNext(500);
        host.run(destination, Wish.insert("events", "email", "name"), 1, List.of(row("1", "A"), row("2", "B")));
        assertThat(store.requests()).isEqualTo(2);
        assertThat(store.inserted()).hasSize(2);
        assertThat(store.asked().stream()
                        .map(asked -> asked.headers().get("Idempotency-Key"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aRunThatBrokeOffSendsOnlyTheRestInWhateverOrderItComes() {
        TargetSpec spec = Sending.spec(destination, INSERT, 1);
        try (Target target = destination.open(spec);
                Writer writer = target.writer(host)) {
            writer.write(Sending.batch(spec.schema(), people(6, "A")));
        }
        assertThat(store.inserted()).hasSize(6);

        List<List<@Nullable Object>> rest = people(9, "A").reversed();
        try (Target target = destination.open(spec)) {
            // A commit in between covers only what was met by then.
            host.write(target, spec, rest.subList(0, 5));
        }
        Committable done = host.run(destination, INSERT, 1, rest.subList(5, 9));
        assertThat(done.rows()).isEqualTo(4);
        assertThat(store.inserted()).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void aReadThatWasGivenUpIsNotInsertedOnceMore() {
        TargetSpec spec = Sending.spec(destination, INSERT, 1);
        try (Target target = destination.open(spec);
                Writer writer = target.writer(host)) {
            writer.write(Sending.batch(spec.schema(), people(2, "A")));
        }
        assertThatThrownBy(() -> host.run(destination, INSERT, 2, people(2, "A")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("has inserted objects");
        assertThat(store.inserted()).hasSize(2);
    }

    @Test
    void aRequestThatWasOnItsWayIsInDoubtWhereTheSystemDoesNotKnowIt() throws IOException {
        interrupted(INSERT, "");
        Committable done = host.run(destination, INSERT, 1, people(3, "A"));
        assertThat(store.inserted()).as("only what is not in doubt").hasSize(1);
        assertThat(done.rejected()).isEqualTo(2);
        assertThat(host.rejects()).allMatch(why -> why.startsWith("IN_DOUBT: it was sent at 2026-01-02T03:04:05Z"));
        assertThat(host.log()).anyMatch(line -> line.startsWith("2 records are in doubt"));
    }

    @Test
    void aRequestThatWasOnItsWayIsMadeAgainWhereTheSystemKnowsIt() throws IOException {
        Wish events = Wish.insert("events", "email", "name", "size");
        interrupted(events, "key-of-then");
        Committable done = host.run(destination, events, 1, people(3, "A"));
        assertThat(done.rows()).isEqualTo(3);
        assertThat(store.inserted()).hasSize(3);
        assertThat(store.asked().stream().map(asked -> asked.headers().get("Idempotency-Key")))
                .contains("key-of-then");
    }

    /** What is left of a run that was killed between writing down a request of two records and its answer. */
    private void interrupted(Wish wish, String key) throws IOException {
        TargetSpec spec = Sending.spec(destination, wish, 1);
        destination.open(spec).close();
        Path file;
        try (var files = Files.list(memory)) {
            file = files.filter(each -> each.toString().endsWith(".ledger"))
                    .findFirst()
                    .orElseThrow();
        }
        Print print = new Print();
        List<Object> records = new ArrayList<>();
        List<Long> prints = new ArrayList<>();
        RecordValues values = new RecordValues(Sending.batch(spec.schema(), people(2, "A")), Set.of(), "");
        for (int row = 0; row < 2; row++) {
            records.add(values.record(row));
            prints.add(print.of(DestinationSyncMode.APPEND + JsonValues.write(values.record(row))));
        }
        try (LedgerFile ledger = LedgerFile.open(file, host.clock())) {
            ledger.intend(prints, records, key);
        }
    }

    @Test
    void valuesStayWhatTheyAreInBodiesAndPaths() {
        host.run(destination, UPSERT, 1, List.of(row("a b/ü?@x.org", "007", 7)));
        assertThat(store.contact("a b/ü?@x.org")).contains("\"name\":\"007\"", "\"size\":7");
        host.run(destination, UPSERT.by(DestinationSyncMode.UPDATE), 2, List.of(row("a b/ü?@x.org", null, 8)));
        assertThat(store.contact("a b/ü?@x.org")).as("a null clears").isEqualTo("{\"name\":null,\"size\":8}");
        host.run(
                destination,
                UPSERT.by(DestinationSyncMode.UPDATE).keeping("name"),
                3,
                List.of(row("a b/ü?@x.org", null, 9)));
        assertThat(store.contact("a b/ü?@x.org"))
                .as("a null that keeps is left out")
                .isEqualTo("{\"size\":9}");

        host.run(destination, UPSERT.by(DestinationSyncMode.UPDATE), 4, List.of(row("none@x.org", "A", 1)));
        assertThat(host.rejects()).containsExactly("NOT_FOUND: HTTP 404: status 404");
        Wish deletes = new Wish("contacts", DestinationSyncMode.DELETE, List.of("email"), List.of("email"), Set.of());
        host.run(destination, deletes, 5, List.of(row("a b/ü?@x.org")));
        assertThat(store.contacts()).isEmpty();
    }

    @Test
    void ofSeveralRowsWithOneKeyTheLastCounts() {
        Committable done = host.run(
                destination,
                UPSERT,
                1,
                List.of(row("1@x.org", "A", 1), row("2@x.org", "B", 2), row("1@x.org", "C", 3)));
        assertThat(done.rows()).isEqualTo(3);
        assertThat(store.contact("1@x.org")).contains("\"C\"");
    }

    @Test
    void whereTheLastOfThemIsRefusedTheOneBeforeItCounts() {
        Committable done = host.run(
                destination,
                UPSERT,
                1,
                List.of(
                        row("1@x.org", "A", 1),
                        row("1@x.org", "B", 2),
                        row("2@x.org", "C", 3),
                        row("1@x.org", "bad", 4)));
        assertThat(done.rows()).isEqualTo(3);
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(store.contact("1@x.org")).contains("\"B\"");
        assertThat(host.run(destination, UPSERT, 2, List.of(row("1@x.org", "B", 2)))
                        .unchanged())
                .isEqualTo(1);
    }

    @Test
    void anotherRunOfTheSameObjectsIsRefused() {
        TargetSpec spec = Sending.spec(destination, UPSERT, 1);
        try (Target _ = destination.open(spec)) {
            assertThatThrownBy(() -> destination.open(spec))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("another run is sending");
        }
        destination.open(spec).close();
    }

    @Test
    void aRefusedLoginEndsTheRunAndRejectsNothing() {
        try (Destination stranger =
                host.open(ObjectStore.DEFINITION, Map.of("url", store.config().get("url"), "token", "wrong"))) {
            assertThat(stranger.check().succeeded()).isFalse();
            assertThatThrownBy(() -> host.run(stranger, UPSERT, 1, people(2, "A")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo("E_AUTH_REFUSED"));
        }
        assertThat(host.rejects()).isEmpty();
        assertThat(destination.check().succeeded()).isTrue();
    }
}
