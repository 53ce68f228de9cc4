package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.TargetContent;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.fault.ChildJvm;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.rows.BatchMaker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The process of a writer is killed where statements that define tables have ended its transaction, and run again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledWriterTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", new DataType.IntType(64)), new Field("v", new DataType.TextType()));
    private static final long OLD_MICROS = 1_700_000_000_000_000L;
    private static final Position END = new Position("test", "2");
    private static final List<String> CUTS = List.of(
            "between-ledger-and-tables",
            "before-open-commit",
            "after-merge",
            "before-swap",
            "after-swap",
            "before-publish-commit");

    private final MyPlace place = new MyPlace();

    @AfterAll
    void close() {
        place.close();
    }

    /** Writes the second run, and is killed on its way. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Map<String, Object> config = Map.of(
                    "host", arguments[0],
                    "port", arguments[1],
                    "username", arguments[2],
                    "password", arguments[3],
                    "database", arguments[4],
                    "internal_database", arguments[4] + "_internal",
                    "driver_properties", TableFixture.WITHOUT_TLS);
            try (Destination destination = new MySqlDestination().open(Config.of(config), new TestContext())) {
                finish(destination, spec(DestinationSyncMode.valueOf(arguments[5]), arguments[6], 2));
            }
        }
    }

    private static TargetSpec spec(DestinationSyncMode mode, String table, long run) {
        Generation generation = new Generation(run, mode.overwrites() ? run : 0, run);
        return new TargetSpec(
                new Owner("connection", "test", false),
                StreamId.of(table),
                new TargetName(null, table),
                SCHEMA,
                new WriteMode(mode, List.of(FieldPath.of("id")), null),
                generation);
    }

    /** Does what the ledger says is left of the second run. */
    private static void finish(Destination destination, TargetSpec spec) {
        Optional<Ledger> ledger = destination.ledger(spec).filter(known -> known.syncId() == 2);
        if (ledger.isPresent() && ledger.get().published()) {
            return;
        }
        Map<String, SplitProgress> done = ledger.map(Ledger::splits).orElse(Map.of());
        try (TargetRun run = TargetRun.goOn(destination, spec, done)) {
            for (int split = 0; split < 3; split++) {
                if (!done.containsKey("split " + split)) {
                    run.split("split " + split, rows(5 + 5 * split, 9 + 5 * split, "new"));
                }
            }
            run.publish(END);
        }
    }

    private static RecordBatch rows(int first, int last, String value) {
        BatchMaker batch = BatchMaker.of(SCHEMA).extractedAt(value.equals("old") ? OLD_MICROS : OLD_MICROS + 1);
        IntStream.rangeClosed(first, last).forEach(id -> batch.row(id, value));
        return batch.build();
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostOrDoubledWhereverItIsKilled() {
        return Stream.of(
                        DestinationSyncMode.APPEND,
                        DestinationSyncMode.OVERWRITE,
                        DestinationSyncMode.APPEND_DEDUP,
                        DestinationSyncMode.OVERWRITE_DEDUP)
                .flatMap(mode -> CUTS.stream()
                        .filter(cut -> isPassed(mode, cut))
                        .map(cut -> DynamicTest.dynamicTest(mode + " " + cut, () -> killAndGoOn(mode, cut))));
    }

    private static boolean isPassed(DestinationSyncMode mode, String cut) {
        return switch (cut) {
            case "after-merge" -> mode == DestinationSyncMode.APPEND_DEDUP;
            case "before-swap", "after-swap" -> mode.overwrites();
            default -> true;
        };
    }

    private void killAndGoOn(DestinationSyncMode mode, String cut) {
        String table = "killed_" + mode.name().toLowerCase(java.util.Locale.ROOT) + "_" + cut.replace('-', '_');
        MyDatabase database = place.database();
        try (Destination destination = place.open(new TestContext())) {
            TargetSpec first = spec(mode, table, 1);
            try (TargetRun run = TargetRun.open(destination, first)) {
                run.split("old", rows(1, 7, "old")).publish(new Position("test", "1"));
            }
            try (ChildProcess child = ChildJvm.of(Child.class)
                    .cutAt(cut)
                    .arguments(
                            database.host(),
                            Integer.toString(database.port()),
                            database.superuser().user(),
                            database.superuser().password(),
                            database.name(),
                            mode.name(),
                            table)
                    .start()) {
                child.requireKilled();
            }
            if (mode.overwrites()) {
                // I5: the old content or the whole of the new one.
                assertThat(values(destination, first)).isIn(old(), replaced());
            }
            finish(destination, spec(mode, table, 2));
            assertThat(values(destination, first)).isEqualTo(expected(mode));
            assertThat(destination.ledger(first).orElseThrow().position()).isEqualTo(END);
        }
    }

    private List<String> values(Destination destination, TargetSpec spec) {
        TargetContent content = place.read(destination.plan(spec)).orElseThrow();
        return content.rows().stream()
                .map(row -> row.get("id") + " " + row.get("v"))
                .sorted()
                .toList();
    }

    private static List<String> old() {
        return texts(1, 7, "old").sorted().toList();
    }

    private static List<String> replaced() {
        return texts(5, 19, "new").sorted().toList();
    }

    private static Stream<String> texts(int first, int last, String value) {
        return IntStream.rangeClosed(first, last).mapToObj(id -> id + " " + value);
    }

    private static List<String> expected(DestinationSyncMode mode) {
        if (mode.overwrites()) {
            return replaced();
        }
        int lastOld = mode.dedups() ? 4 : 7;
        return Stream.concat(texts(1, lastOld, "old"), texts(5, 19, "new"))
                .sorted()
                .toList();
    }
}
