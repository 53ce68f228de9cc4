package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.RandomData;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import dev.sluice.testkit.rows.TypeSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Full reads: every row, every value, every field that was asked for. */
abstract class SourceReadTests extends SourceTests {
    private static final int LARGE = 3 << 20;

    @Test
    final void aFullReadGivesEachRowOnce() {
        KnownStream known = fixture().stream(60);
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        try (StreamReading reading = StreamReading.begin(source, read, BEGINNING)) {
            reading.readAll();
            Rows.assertSame("a full read", known.rows(), reading.rows());
            assertThat(reading.batches()).allSatisfy(batch -> assertOrdinary(read, batch));
        }
    }

    private void assertOrdinary(StreamRead read, RecordBatch batch) {
        assertThat(batch.schema()).isEqualTo(read.schema());
        assertThat(batch.rows())
                .as("the rows of a batch")
                .isPositive()
                .isLessThanOrEqualTo(StreamReading.SMALL_BATCHES.rows());
        assertThat(batch.extractedAt())
                .as("when the batch was extracted, by the clock of the host")
                .isEqualTo(context.clock().micros());
        for (int row = 0; row < batch.rows(); row++) {
            assertThat(batch.operation(row)).as("the operation of a plain read").isEqualTo(Operation.UPSERT);
        }
    }

    @Test
    final void readingAgainGivesTheSame() {
        KnownStream known = fixture().stream(30);
        List<Row> first = readWhole(known.id());
        Rows.assertSame("the second read", first, readWhole(known.id()));
    }

    @Test
    final void selectedFieldsComeInTheOrderThatWasAskedFor() {
        KnownStream known = fixture().stream(20);
        Source source = open();
        CatalogStream stream = discover(source, known.id());
        int fields = known.schema().size();
        // All but one, in reverse.
        List<Integer> places = IntStream.range(0, fields)
                .map(i -> fields - 1 - i)
                .filter(i -> i != fields / 2)
                .boxed()
                .toList();
        Schema selected = new Schema(places.stream().map(stream.schema()::field).toList());
        try (StreamReading reading = StreamReading.begin(source, fullRead(stream, selected), BEGINNING)) {
            List<Row> expected =
                    known.rows().stream().map(row -> row.select(places)).toList();
            Rows.assertSame("the selected fields", expected, reading.readAll().rows());
            assertThat(reading.batches())
                    .allSatisfy(batch -> assertThat(batch.schema()).isEqualTo(selected));
        }
    }

    @Test
    final void anEmptyStreamHasNoRowsAndNoBatches() {
        gaps().need(SourceTrait.TABLES);
        StandardTable table = StandardTable.create(fixture(), 0);
        assertThat(readWhole(table.table().id())).isEmpty();
    }

    @Test
    final void aStreamMayHaveVeryManyFields() throws Exception {
        gaps().need(SourceTrait.TABLES);
        gaps().expect(SourceTrait.WIDE_STREAMS, () -> {
            int fields = fixture().mostFields();
            List<Field> wide = new ArrayList<>(List.of(new Field("id", fixture().keyType())));
            IntStream.range(1, fields)
                    .forEach(i -> wide.add(new Field("a_field_with_a_longer_name_" + i, new DataType.TextType())));
            List<@Nullable String> values =
                    new ArrayList<>(List.of(StandardTable.number(fixture().keyType(), 1)));
            IntStream.range(1, fields).forEach(i -> values.add(i % 10 == 0 ? null : "v" + i));
            SourceTable table = table(new Schema(wide), List.of(Row.of(values)));
            Rows.assertSame("a wide row", List.of(table.expected(Row.of(values))), readWhole(table.id()));
        });
    }

    @Test
    final void aStreamMayHaveNoField() throws Exception {
        gaps().need(SourceTrait.TABLES);
        gaps().expect(SourceTrait.FIELDLESS_STREAMS, () -> {
            TableSpec spec = new TableSpec(null, StandardTable.freshName(), Schema.of(), List.of(), null);
            SourceTable table = filled(spec, List.of(Row.of(), Row.of(), Row.of()));
            Rows.assertSame("rows without fields", List.of(Row.of(), Row.of(), Row.of()), readWhole(table.id()));
        });
    }

    private SourceTable table(Schema schema, List<Row> rows) {
        return filled(new TableSpec(null, StandardTable.freshName(), schema, List.of("id"), null), rows);
    }

    private SourceTable filled(TableSpec spec, List<Row> rows) {
        SourceTable table = fixture().create(spec);
        try (SourceTable.Edit edit = table.begin()) {
            edit.insert(rows);
            edit.commit();
        }
        return table;
    }

    @TestFactory
    final Stream<DynamicTest> valuesOfEachTypeComeOutExactly() {
        gaps().need(SourceTrait.TABLES);
        return TypeSamples.types().stream()
                .filter(type ->
                        TypeSamples.of(type).stream().anyMatch(text -> fixture().stores(type, text)))
                .map(type -> DynamicTest.dynamicTest(type.notation(), () -> readsSamples(type)));
    }

    private void readsSamples(DataType type) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(StandardTable.number(fixture().keyType(), 0), null));
        for (String text : TypeSamples.of(type)) {
            if (fixture().stores(type, text)) {
                rows.add(Row.of(StandardTable.number(fixture().keyType(), rows.size()), text));
            }
        }
        Schema schema = Schema.of(new Field("id", fixture().keyType()), new Field("value", type));
        SourceTable table = table(schema, rows);
        assertThat(table.schema().field(1).type())
                .as("the fixture stores the type")
                .isEqualTo(type);
        assertThat(discover(open(), table.id()).schema()).isEqualTo(schema);
        Rows.assertSame(type.notation(), rows, readWhole(table.id()));
    }

    @TestFactory
    final Stream<DynamicTest> typesOfTheSystemItselfComeOutExactly() {
        return fixture().nativeStreams().stream()
                .map(known -> DynamicTest.dynamicTest(known.id().toString(), () -> {
                    assertThat(discover(open(), known.id()).schema()).isEqualTo(known.schema());
                    Rows.assertSame(known.id().toString(), known.rows(), readWhole(known.id()));
                }));
    }

    @Test
    final void randomRowsComeOutExactly() {
        gaps().need(SourceTrait.TABLES);
        long seed = 20_260_102;
        List<DataType> types = TypeSamples.types().stream()
                .filter(type ->
                        TypeSamples.of(type).stream().allMatch(text -> fixture().stores(type, text)))
                .toList();
        Assumptions.assumeFalse(types.isEmpty(), "no type is stored with all its values");
        RandomData random = new RandomData(seed);
        Schema drawn = random.schema(12, types);
        List<Field> fields = new ArrayList<>(drawn.fields());
        fields.set(0, new Field("id", fixture().keyType()));
        List<Row> rows = random.rows(drawn, 1, 300).stream()
                .map(row -> row.with(0, StandardTable.number(fixture().keyType(), Long.parseLong(row.text(0)))))
                .toList();
        SourceTable table = table(new Schema(fields), rows);
        Rows.assertSame("random rows of seed " + seed, rows, readWhole(table.id()));
    }

    @Test
    final void aLargeValueIsReadWithPermission() throws Exception {
        gaps().need(SourceTrait.TABLES);
        gaps().expect(SourceTrait.LARGE_VALUES, () -> {
            List<Row> rows = largeRows();
            SourceTable table = largeTable(rows);
            TestReadContext host = new TestReadContext(BatchSize.DEFAULT);
            List<RecordBatch> batches = readWith(host, table);
            Rows.assertSame("large values", rows, Rows.of(batches));
            assertThat(host.admissions())
                    .as("the sizes for which the source asked permission")
                    .isNotEmpty()
                    .allSatisfy(bytes -> assertThat(bytes).isGreaterThanOrEqualTo(LARGE));
            assertThat(batches)
                    .as("a batch with a large value is handed on after its row")
                    .hasSizeGreaterThan(1);
        });
    }

    @Test
    final void aValueThatTheHostRefusesIsNullAndMarked() {
        gaps().need(SourceTrait.TABLES, SourceTrait.LARGE_VALUES);
        List<Row> rows = largeRows();
        SourceTable table = largeTable(rows);
        List<RecordBatch> batches = readWith(new TestReadContext(BatchSize.DEFAULT, LARGE - 1), table);
        List<Row> expected = rows.stream()
                .map(row -> row.text(1).length() >= LARGE ? row.with(1, null) : row)
                .toList();
        Rows.assertSame("refused values", expected, Rows.of(batches));
        assertThat(batches.stream().flatMap(batch -> batch.changes().stream()))
                .hasSize(2)
                .allSatisfy(change -> {
                    assertThat(change.field()).isEqualTo("value");
                    assertThat(change.change()).isEqualTo(ValueChange.Change.NULLED);
                    assertThat(change.reason()).isEqualTo(ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
                });
    }

    private List<Row> largeRows() {
        DataType key = fixture().keyType();
        return List.of(
                Row.of(StandardTable.number(key, 1), "small"),
                Row.of(StandardTable.number(key, 2), "x".repeat(LARGE)),
                Row.of(StandardTable.number(key, 3), "y".repeat(LARGE + 1)),
                Row.of(StandardTable.number(key, 4), "small"));
    }

    private SourceTable largeTable(List<Row> rows) {
        return table(
                Schema.of(new Field("id", fixture().keyType()), new Field("value", new DataType.TextType())), rows);
    }

    private List<RecordBatch> readWith(TestReadContext host, SourceTable table) {
        Source source = open();
        StreamRead read = fullRead(discover(source, table.id()));
        List<RecordBatch> batches = new ArrayList<>();
        try (StreamReading planned = StreamReading.begin(source, read, BEGINNING)) {
            for (Split split : planned.plan().splits()) {
                try (SplitReader reader = source.open(read, planned.plan(), split, null, host)) {
                    for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                        batches.add(batch);
                    }
                }
            }
        }
        return batches;
    }

    @Test
    final void recordsThatCannotBeReadAreRejectedOneByOne() {
        SourceFixture.PoisonedStream poisoned = fixture().poisonedStream().orElse(null);
        Assumptions.assumeTrue(poisoned != null, "the system has no records that cannot be read");
        if (poisoned != null) {
            Source source = open();
            StreamRead read = fullRead(discover(source, poisoned.stream().id()));
            try (StreamReading reading = StreamReading.begin(source, read, BEGINNING)) {
                reading.readAll();
                Rows.assertSame(
                        "the rows between the rejected ones", poisoned.stream().rows(), reading.rows());
                assertThat(reading.rejects()).hasSize(poisoned.rejects()).allSatisfy(reject -> {
                    assertThat(reject.place()).isNotBlank();
                    assertThat(reject.code()).isNotBlank();
                    assertThat(reject.reason()).isNotBlank();
                });
                assertThat(reading.rejects()).extracting("place").doesNotHaveDuplicates();
            }
        }
    }

    @Test
    final void aReadThatIsGivenUpHurtsNobody() {
        KnownStream known = fixture().stream(60);
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        StreamReading.begin(source, read, BEGINNING).close();
        try (StreamReading given = StreamReading.begin(source, read, BEGINNING)) {
            for (Split split : given.plan().splits()) {
                TestReadContext host = new TestReadContext(StreamReading.SMALL_BATCHES);
                source.open(read, given.plan(), split, null, host).close();
            }
            given.read(given.splitsLeft().getFirst(), 1);
        }
        try (StreamReading reading = StreamReading.begin(source, read, BEGINNING)) {
            Rows.assertSame("a later read", known.rows(), reading.readAll().rows());
        }
    }

    @Test
    final void readsSideBySideDoNotDisturbEachOther() {
        KnownStream known = fixture().stream(60);
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        List<List<Row>> results = new ArrayList<>();
        Parallel.run(4, index -> {
            try (StreamReading reading = StreamReading.begin(source, read, BEGINNING)) {
                List<Row> rows = reading.readAll().rows();
                synchronized (results) {
                    results.add(rows);
                }
            }
        });
        assertThat(results).hasSize(4);
        results.forEach(rows -> Rows.assertSame("a read beside others", known.rows(), rows));
    }

    @Test
    final void aCancelledReaderEndsSoonWithAProblem() {
        KnownStream known = fixture().stream(5_000);
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        try (StreamReading plan = StreamReading.begin(source, read, BEGINNING);
                SplitReader reader = openLargest(source, read, plan.plan())) {
            assertThat(reader.read()).isNotNull();
            Await.end(Thread.ofPlatform().start(reader::cancel));
            problemOf("a cancelled read", () -> readToTheEnd(reader));
        }
        Rows.assertSame("a read after a cancelled one", known.rows(), readWhole(known.id()));
    }

    @Test
    final void aBlockedReaderCanBeCancelled() {
        KnownStream known = fixture().stream(5_000);
        Source source = open();
        StreamRead read = fullRead(discover(source, known.id()));
        try (StreamReading plan = StreamReading.begin(source, read, BEGINNING);
                SplitReader reader = openLargest(source, read, plan.plan())) {
            assertThat(reader.read()).isNotNull();
            try (SourceFixture.Stall stall = fixture().stall().orElse(null)) {
                Assumptions.assumeTrue(stall != null, "the fixture cannot make the source stall");
                AtomicReference<@Nullable Problem> ended = new AtomicReference<>();
                Thread thread = Thread.ofPlatform()
                        .start(() -> ended.set(problemOf("a blocked read", () -> readToTheEnd(reader))));
                reader.cancel();
                Await.end(thread);
                assertThat(ended.get()).as("how the blocked read ended").isNotNull();
            }
        }
    }

    private static SplitReader openLargest(Source source, StreamRead read, ReadPlan plan) {
        Split largest = plan.splits().stream()
                .max(Comparator.comparingLong(split -> split.estimate().rows()))
                .orElseThrow();
        return source.open(read, plan, largest, null, new TestReadContext(new BatchSize(1, Long.MAX_VALUE)));
    }

    private static void readToTheEnd(SplitReader reader) {
        RecordBatch batch = reader.read();
        while (batch != null) {
            batch = reader.read();
        }
    }
}
