package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import dev.sluice.testkit.rows.Values;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What all groups of the destination contract share. One instance serves one test. */
abstract class DestinationTests {
    static final List<DestinationSyncMode> TABLE_MODES = List.of(
            DestinationSyncMode.APPEND,
            DestinationSyncMode.OVERWRITE,
            DestinationSyncMode.APPEND_DEDUP,
            DestinationSyncMode.OVERWRITE_DEDUP);
    static final Field ID = new Field("id", new DataType.IntType(64));
    static final Field NAME = new Field("name", new DataType.TextType());
    static final Field CURSOR = new Field("cursor", new DataType.IntType(64));
    static final Schema SCHEMA = Schema.of(ID, NAME);
    static final Owner OWNER = new Owner("4f9c1c0e-6c0b-4b39-9a53-0d9c6f1f2a11", "contract", false);
    static final Owner STRANGER = new Owner("b1946ac9-2492-4d23-87ab-5c1de2f0a377", "stranger", false);
    static final Position END = new Position("identity", "{\"at\":1}");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final List<Destination> opened = new CopyOnWriteArrayList<>();
    final TestContext context = new TestContext();

    abstract DestinationFixture fixture();

    final Gaps<DestinationTrait> gaps() {
        return Gaps.of(fixture().lacks(), fixture());
    }

    /** A new destination, closed after the test. */
    final Destination open() {
        Destination destination = fixture().open(context);
        opened.add(destination);
        return destination;
    }

    @AfterEach
    final void closeDestinations() {
        opened.forEach(Destination::close);
    }

    static String freshName() {
        return "contract_" + NUMBERS.incrementAndGet();
    }

    static WriteMode append() {
        return new WriteMode(DestinationSyncMode.APPEND, List.of(), null);
    }

    static WriteMode overwrite() {
        return new WriteMode(DestinationSyncMode.OVERWRITE, List.of(), null);
    }

    static WriteMode dedup(DestinationSyncMode mode, @Nullable Field cursor, Field... key) {
        List<FieldPath> path =
                List.of(key).stream().map(field -> FieldPath.of(field.name())).toList();
        return new WriteMode(mode, path, cursor == null ? null : FieldPath.of(cursor.name()));
    }

    /** A target with a name of its own, for the first run of the first generation. */
    static TargetSpec target(Schema schema, WriteMode mode) {
        return named(new TargetName(null, freshName()), schema, mode);
    }

    static TargetSpec named(TargetName name, Schema schema, WriteMode mode) {
        return new TargetSpec(OWNER, StreamId.of("source", name.name()), name, schema, mode, generation(mode, 1, 1));
    }

    static Generation generation(WriteMode mode, long id, long syncId) {
        return new Generation(id, mode.mode().overwrites() ? id : 0, syncId);
    }

    /** The same target for another generation and run; modes that overwrite replace what older generations left. */
    static TargetSpec run(TargetSpec spec, long generation, long syncId) {
        return spec.withGeneration(generation(spec.mode(), generation, syncId));
    }

    static TargetSpec withSchema(TargetSpec spec, Schema schema) {
        return new TargetSpec(spec.owner(), spec.stream(), spec.name(), schema, spec.mode(), spec.generation());
    }

    static TargetSpec ownedBy(TargetSpec spec, Owner owner) {
        return new TargetSpec(owner, spec.stream(), spec.name(), spec.schema(), spec.mode(), spec.generation());
    }

    /** Rows of {@link #SCHEMA} whose ids count from one number to another, both included. */
    static List<Row> rows(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(id -> Row.of(Integer.toString(id), "name " + id))
                .toList();
    }

    static RecordBatch batch(int first, int last) {
        return BatchMaker.batch(SCHEMA, rows(first, last));
    }

    /** A whole run with one split. */
    final void write(Destination destination, TargetSpec spec, RecordBatch... batches) {
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.split("only", batches).publish(END);
        }
    }

    /** The modes for tables that the destination has. */
    final List<DestinationSyncMode> modes() {
        Set<DestinationSyncMode> offered = open().traits().modes();
        return TABLE_MODES.stream().filter(offered::contains).toList();
    }

    final List<WriteMode> writeModes() {
        return modes().stream().map(mode -> dedup(mode, null, ID)).toList();
    }

    /** The mode of tests in which the mode does not matter. */
    final WriteMode firstMode() {
        return writeModes().getFirst();
    }

    /** Goes on only if the destination has the mode. */
    final void need(WriteMode mode) {
        gaps().need(DestinationTrait.of(mode.mode()));
    }

    /** The rows that a reader sees, as rows of the spec's schema; empty if the place does not exist. */
    final Optional<List<Row>> content(Destination destination, TargetSpec spec) {
        TargetPlan plan = destination.plan(spec);
        return fixture().read(plan).map(content -> {
            List<Row> rows = new ArrayList<>();
            for (Map<String, @Nullable String> stored : content.rows()) {
                rows.add(row(plan, stored));
            }
            return rows;
        });
    }

    static Row row(TargetPlan plan, Map<String, @Nullable String> stored) {
        List<@Nullable String> values = new ArrayList<>();
        for (ColumnPlan column : plan.columns()) {
            assertThat(stored.keySet()).as("the columns that can be read").contains(column.column());
            String text = stored.get(column.column());
            values.add(text == null ? null : canonical(column.field().type(), text));
        }
        return Row.of(values);
    }

    /** A number that is stored as text or in a wider type, in the notation of its field; anything else as it is. */
    private static String canonical(DataType type, String text) {
        try {
            return Values.canonical(type, text);
        } catch (IllegalArgumentException | DateTimeException other) {
            return text;
        }
    }

    /** Demands what a reader has to see; only if the fixture can read back. */
    final void assertContent(String what, Destination destination, TargetSpec spec, List<Row> expected) {
        if (gaps().has(DestinationTrait.READ_BACK)) {
            Rows.assertSame(what, expected, content(destination, spec).orElse(List.of()));
        }
    }

    final Ledger ledger(Destination destination, TargetSpec spec) {
        return destination
                .ledger(spec)
                .orElseThrow(() -> new AssertionError("the ledger does not know " + spec.name()));
    }

    static <T> List<T> concat(List<T> one, List<T> other) {
        List<T> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
