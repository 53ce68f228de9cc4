package dev.sluice.connector.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.sample.content.Oracle;
import dev.sluice.connector.sample.content.Recipe;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Increments: each goes one version further, and all together lead to what a full read shows. */
class IncrementTest {
    private static final Map<String, Object> CONFIG = Map.of("count", 400, "seed", 11, "updates", 20);
    private static final Recipe RECIPE = new Recipe(11, 400, 20, false);
    private static final ReadStart BEGINNING = new ReadStart.Beginning();

    private static Source open(Map<String, Object> config) {
        return new SampleConnector().open(Config.of(config), new TestContext());
    }

    private static Map<String, Object> with(String option, Object value) {
        Map<String, Object> config = new HashMap<>(CONFIG);
        config.put(option, value);
        return config;
    }

    private static StreamRead read(Source source, String stream, SyncMode mode) {
        CatalogStream found = source.discover(new DiscoverScope.All())
                .find(StreamId.of(stream))
                .orElseThrow();
        return new StreamRead(found, found.schema(), mode, found.cursor().field(), found.primaryKey(), true);
    }

    /** Increments of a stream, each read by a source of its own. */
    private static final class Increments {
        private final Map<String, Object> config;
        private final String stream;
        private @Nullable Position position;

        Increments(Map<String, Object> config, String stream) {
            this.config = config;
            this.stream = stream;
        }

        ReadStart start() {
            return position == null ? BEGINNING : new ReadStart.After(position);
        }

        List<Row> next() {
            try (Source source = open(config);
                    StreamReading reading =
                            StreamReading.begin(source, read(source, stream, SyncMode.INCREMENTAL), start())) {
                position = Objects.requireNonNull(reading.readAll().end());
                return reading.rows();
            }
        }

        Position position() {
            return Objects.requireNonNull(position);
        }
    }

    private static List<Row> applied(List<Row> changes) {
        Map<String, Row> content = new HashMap<>();
        for (Row change : changes) {
            if (change.operation() == Operation.DELETE) {
                content.remove(change.text(0));
            } else {
                content.put(change.text(0), change.as(Operation.UPSERT));
            }
        }
        return List.copyOf(content.values());
    }

    @Test
    void allChangesLeadToTheContentOfTheirVersion() {
        for (String stream : List.of("users", "products", "purchases")) {
            Increments increments = new Increments(with("operations", true), stream);
            List<Row> all = new ArrayList<>(increments.next());
            assertThat(all).extracting(Row::operation).containsOnly(Operation.UPSERT);
            for (int version = 1; version <= 6; version++) {
                List<Row> changes = increments.next();
                assertThat(changes).extracting(Row::operation).doesNotContain(Operation.UPSERT);
                all.addAll(changes);
                Rows.assertSame(
                        stream + " after " + version + " increments",
                        Oracle.content(Oracle.stream(RECIPE, stream), version),
                        applied(all));
            }
            assertThat(all).extracting(Row::operation).contains(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
        }
    }

    @Test
    void aFullReadOfAVersionShowsThatVersion() {
        try (Source source = open(with("version", 4));
                StreamReading reading =
                        StreamReading.begin(source, read(source, "users", SyncMode.FULL_REFRESH), BEGINNING)) {
            Rows.assertSame(
                    "version 4",
                    Oracle.content(Oracle.stream(RECIPE, "users"), 4),
                    reading.readAll().rows());
            assertThat(reading.end()).isNull();
        }
    }

    @Test
    void incrementsMayBeginWithALaterVersion() {
        Increments later = new Increments(with("version", 2), "users");
        Increments all = new Increments(CONFIG, "users");
        later.next();
        all.next();
        all.next();
        all.next();
        assertThat(later.position()).isEqualTo(all.position());
        assertThat(later.next()).isEqualTo(all.next());
    }

    @Test
    void withoutOperationsChangesAreRowsAndDeletesAreNotSeen() {
        Increments told = new Increments(with("operations", true), "users");
        Increments plain = new Increments(CONFIG, "users");
        assertThat(plain.next()).isEqualTo(told.next());
        for (int version = 1; version <= 5; version++) {
            List<Row> changes = told.next();
            List<Row> rows = plain.next();
            assertThat(changes).hasSizeGreaterThan(rows.size());
            assertThat(rows)
                    .isEqualTo(changes.stream()
                            .filter(change -> change.operation() != Operation.DELETE)
                            .map(change -> change.as(Operation.UPSERT))
                            .toList());
        }
    }

    @Test
    void cursorsOfAnIncrementAreGreaterThanThoseBefore() {
        Increments increments = new Increments(CONFIG, "purchases");
        int cursor = Oracle.stream(RECIPE, "purchases")
                .schema()
                .indexOf("updated_at")
                .orElseThrow();
        String highest = "";
        for (int version = 0; version <= 5; version++) {
            String before = highest;
            List<Row> rows = increments.next();
            assertThat(rows).allSatisfy(row -> assertThat(row.text(cursor)).isGreaterThan(before));
            highest = rows.stream()
                    .map(row -> row.text(cursor))
                    .max(String::compareTo)
                    .orElseThrow();
        }
    }

    @Test
    void withoutUpdatesTheSecondRunMovesNothing() {
        Increments increments = new Increments(Map.of("count", 50), "users");
        assertThat(increments.next()).hasSize(50);
        Position position = increments.position();
        assertThat(increments.next()).isEmpty();
        assertThat(increments.position()).isEqualTo(position);
    }

    @Test
    void anIncrementThatWasNotCommittedComesAgain() {
        Increments increments = new Increments(with("operations", true), "users");
        increments.next();
        Position before = increments.position();
        List<Row> first = increments.next();
        increments.position = before;
        assertThat(increments.next()).isEqualTo(first).isNotEmpty();
    }

    @Test
    void anInterruptedIncrementGoesOnAfterEachBatch() {
        Increments increments = new Increments(with("operations", true), "users");
        increments.next();
        ReadStart start = increments.start();
        List<Row> whole = increments.next();
        for (int batches = 0; batches <= whole.size() / StreamReading.SMALL_BATCHES.rows() + 1; batches++) {
            List<Row> rows;
            ReadStart.Resume resume;
            try (Source source = open(increments.config);
                    StreamReading reading =
                            StreamReading.begin(source, read(source, "users", SyncMode.INCREMENTAL), start)) {
                reading.read(reading.splitsLeft().getFirst(), batches);
                rows = new ArrayList<>(reading.rows());
                resume = reading.resume();
            }
            try (Source source = open(increments.config);
                    StreamReading rest =
                            StreamReading.begin(source, read(source, "users", SyncMode.INCREMENTAL), resume)) {
                rows.addAll(rest.readAll().rows());
            }
            Rows.assertSame("interrupted after " + batches + " batches", whole, rows);
        }
    }

    @Test
    void aPositionOfOtherRowsIsRefused() {
        Increments increments = new Increments(CONFIG, "users");
        increments.next();
        for (Map<String, Object> other :
                List.of(with("seed", 12), with("count", 401), with("updates", 21), with("awkward", true))) {
            assertRefused(other, increments.position());
        }
        Position position = increments.position();
        assertRefused(CONFIG, new Position(position.identity(), "{\"version\":-1}"));
        assertRefused(CONFIG, new Position(position.identity(), "{\"version\":\"1\"}"));
        assertRefused(CONFIG, new Position(position.identity(), "1"));
    }

    private static void assertRefused(Map<String, Object> config, Position position) {
        try (Source source = open(config)) {
            StreamRead read = read(source, "users", SyncMode.INCREMENTAL);
            assertThatThrownBy(() -> source.plan(read, new ReadStart.After(position)))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> {
                        assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIG);
                        assertThat(refused.problem().fix()).contains("state rewind");
                    });
        }
    }

    @Test
    void aReadIsNotResumedFromOtherRows() {
        ReadStart.Resume resume;
        try (Source source = open(CONFIG);
                StreamReading reading =
                        StreamReading.begin(source, read(source, "users", SyncMode.FULL_REFRESH), BEGINNING)) {
            reading.read(reading.splitsLeft().getFirst(), 2);
            resume = reading.resume();
        }
        try (Source other = open(with("seed", 12))) {
            StreamRead read = read(other, "users", SyncMode.FULL_REFRESH);
            assertThat(StreamReading.plan(other, read, resume, StreamReading.SMALL_BATCHES))
                    .isEmpty();
        }
    }
}
