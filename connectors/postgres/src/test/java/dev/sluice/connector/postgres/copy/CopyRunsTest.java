package dev.sluice.connector.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.host.TestWriteContext.Changed;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.RandomData;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that are encoded and decoded in runs come back as they were, wherever runs, buffers and batches end. */
final class CopyRunsTest {
    private static final List<CopyStream.End> ALL_FORMS = List.of(
            end(new DataType.IntType(64), CopyFormat.INT8, "bigint"),
            end(new DataType.BoolType(), CopyFormat.BOOL, "boolean"),
            end(new DataType.IntType(16), CopyFormat.INT2, "smallint"),
            end(new DataType.IntType(32), CopyFormat.INT4, "integer"),
            end(new DataType.FloatType(32), CopyFormat.FLOAT4, "real"),
            end(new DataType.FloatType(64), CopyFormat.FLOAT8, "double precision"),
            end(new DecimalType(12, 2), CopyFormat.NUMERIC, "numeric(12,2)"),
            end(new DecimalType(38, 9), CopyFormat.NUMERIC, "numeric(38,9)"),
            end(DecimalType.unconstrained(), CopyFormat.NUMERIC, "numeric"),
            end(new DataType.BinaryType(), CopyFormat.BYTEA, "bytea"),
            end(new DataType.JsonType(), CopyFormat.JSONB, "jsonb"),
            end(new DataType.UuidType(), CopyFormat.UUID, "uuid"),
            end(new DataType.DateType(), CopyFormat.DATE, "date"),
            end(new DataType.TimeType(6, false), CopyFormat.TIME, "time without time zone"),
            end(new DataType.TimeType(6, true), CopyFormat.TIMETZ, "time with time zone"),
            end(new DataType.TimestampType(6, true), CopyFormat.TIMESTAMPTZ, "timestamp with time zone"));

    private static final CopyStream.End ID = ALL_FORMS.getFirst();
    private static final CopyStream.End TEXT = end(new DataType.TextType(), CopyFormat.TEXT, "text");
    private static final CopyStream.End JSON = end(new DataType.JsonType(), CopyFormat.JSONB, "jsonb");

    private final TestWriteContext written = new TestWriteContext();

    @Test
    void valuesOfAllFormsComeBack() throws IOException {
        for (long seed = 1; seed <= 6; seed++) {
            List<CopyStream.End> ends = named(ALL_FORMS);
            List<Row> rows = new RandomData(seed).rows(schema(ends), 1, 700);
            List<RecordBatch> batches = List.of(
                    BatchMaker.batch(schema(ends), rows.subList(0, 1)),
                    BatchMaker.batch(schema(ends), rows.subList(1, 300)),
                    BatchMaker.batch(schema(ends), rows.subList(300, 700)));
            TestWriteContext context = new TestWriteContext();
            List<List<byte @Nullable []>> sent = CopyStream.write(ends, context, batches);
            List<RecordBatch> read = CopyStream.read(ends, host(300), withoutMeta(sent));
            assertThat(read).allSatisfy(batch -> assertThat(batch.rows()).isLessThanOrEqualTo(300));
            // What the server cannot hold was reported; every other value is the same, row for row.
            assertThat(differences(rows, Rows.of(read)))
                    .as("values that differ with seed %d", seed)
                    .isEqualTo(context.changes().size());
        }
    }

    private static int differences(List<Row> expected, List<Row> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        int differences = 0;
        for (int row = 0; row < expected.size(); row++) {
            for (int i = 0; i < expected.get(row).values().size(); i++) {
                if (!Objects.equals(expected.get(row).value(i), actual.get(row).value(i))) {
                    differences++;
                }
            }
        }
        return differences;
    }

    @Test
    void textsOfAllSizesComeBackInAnyMixture() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID, TEXT, JSON, TEXT));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String small = "text " + i;
            String large = "x".repeat(i % 20 == 7 ? 300_000 + i : i % 5 * 20_000);
            rows.add(Row.of(Integer.toString(i), small, "{\"a\":\"" + large + "\"}", i % 3 == 0 ? null : large));
        }
        Rows.assertSame("mixed sizes", rows, throughTheWire(ends, rows));
        assertThat(written.changes()).isEmpty();
    }

    @Test
    void rowsOfAsManyColumnsAsTheServerTakesComeBack() throws IOException {
        List<CopyStream.End> ends = named(IntStream.range(0, 1_590)
                .mapToObj(i -> i == 0 || i % 3 > 0 ? ID : TEXT)
                .toList());
        List<Row> rows = new RandomData(3).rows(schema(ends), 1, 15);
        List<Row> clean = rows.stream().map(CopyRunsTest::withoutNul).toList();
        Rows.assertSame("1,590 columns", clean, throughTheWire(ends, clean));
    }

    @Test
    void onlyTheRowsWithAlteredValuesSaySo() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID, TEXT, ALL_FORMS.get(12), JSON));
        BatchMaker batch = BatchMaker.of(schema(ends));
        for (int i = 0; i < 600; i++) {
            String text = i == 299 ? "with\0nul" : "plain";
            batch.row(i, text, i == 513 ? "+5880000-01-01" : "2026-01-02", i == 299 ? "{\"a\":\"\\u0000b\"}" : "{}");
            if (i == 7) {
                batch.change("field_3", Change.NULLED, Reason.SOURCE_SERIALIZATION_ERROR);
            }
        }
        List<List<byte @Nullable []>> sent = CopyStream.write(ends, written, List.of(batch.build()));
        String plain = CopyStream.STAMP.metaJson(List.of());
        for (int i = 0; i < sent.size(); i++) {
            String meta = metaOf(sent.get(i));
            switch (i) {
                case 7 -> assertThat(meta).contains("field_3", "SOURCE_SERIALIZATION_ERROR");
                case 299 -> assertThat(meta).contains("field_1", "field_3").doesNotContain("field_2");
                case 513 -> assertThat(meta).contains("field_2", "NULLED");
                default -> assertThat(meta).isEqualTo(plain);
            }
        }
        assertThat(sent.get(299).get(1)).isEqualTo("withnul".getBytes(StandardCharsets.UTF_8));
        assertThat(sent.get(513).get(2)).isNull();
        assertThat(written.changes())
                .containsExactlyInAnyOrder(
                        new Changed("field_1", Change.TRUNCATED, Reason.DESTINATION_SERIALIZATION_ERROR),
                        new Changed("field_2", Change.NULLED, Reason.DESTINATION_FIELD_SIZE_LIMITATION),
                        new Changed("field_3", Change.TRUNCATED, Reason.DESTINATION_SERIALIZATION_ERROR));
    }

    @Test
    void rowsOfALogCarryTheirOperation() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID, TEXT));
        BatchMaker batch = BatchMaker.of(schema(ends));
        for (int i = 0; i < 300; i++) {
            // One altered value, so that rows are also written one by one; and one row that does not fit into the
            // buffer.
            batch.row(operation(i), i, i == 280 ? "with\0nul" : "plain");
        }
        RecordBatch large = BatchMaker.of(schema(ends))
                .row(operation(300), 300, "x".repeat(400_000))
                .build();
        List<List<byte @Nullable []>> sent =
                CopyStream.write(ends, List.of(new LoadColumn.OperationCode()), written, List.of(batch.build(), large));
        assertThat(sent).hasSize(301);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i)).hasSize(3 + CopyStream.META_COLUMNS);
            assertThat(sent.get(i).get(2)).containsExactly(0, operation(i).code());
            assertThat(metaOf(sent.get(i))).contains("\"sync_id\":42");
        }
    }

    private static Operation operation(int row) {
        return row % 3 == 0 ? Operation.DELETE : Operation.UPSERT;
    }

    @Test
    void alteredValuesOfLargeRowsAreReportedOnce() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID, TEXT, JSON));
        String large = "x".repeat(400_000);
        RecordBatch batch = BatchMaker.of(schema(ends))
                .row(1, large + "\0", "{}")
                .row(2, "small", "[".repeat(6_000) + "]".repeat(6_000))
                .build();
        List<List<byte @Nullable []>> sent = CopyStream.write(ends, written, List.of(batch));
        assertThat(sent.getFirst().get(1)).isEqualTo(large.getBytes(StandardCharsets.UTF_8));
        assertThat(sent.get(1).get(2)).isNull();
        assertThat(metaOf(sent.getFirst())).contains("field_1");
        assertThat(metaOf(sent.get(1))).contains("field_2");
        assertThat(written.changes()).hasSize(2);
    }

    @Test
    void numbersWithMoreDigitsThanTheServerKeepsBecomeNull() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID, ALL_FORMS.get(8)));
        RecordBatch batch = BatchMaker.of(schema(ends))
                .row(1, "9".repeat(131_072))
                .row(2, "9".repeat(131_073))
                .row(3, "0." + "1".repeat(16_384))
                .row(4, "1.5")
                .build();
        List<List<byte @Nullable []>> sent = CopyStream.write(ends, written, List.of(batch));
        assertThat(sent.get(0).get(1)).isNotNull();
        assertThat(sent.get(1).get(1)).isNull();
        assertThat(sent.get(2).get(1)).isNull();
        assertThat(sent.get(3).get(1)).isNotNull();
        assertThat(written.changes()).hasSize(2);
    }

    @Test
    void everyRowHasARawIdOfItsOwnInOrder() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID));
        List<Row> rows = IntStream.range(0, 5_000)
                .mapToObj(i -> Row.of(Integer.toString(i)))
                .toList();
        List<RecordBatch> batches = List.of(BatchMaker.batch(schema(ends), rows));
        String before = "";
        for (List<byte @Nullable []> row : CopyStream.write(ends, written, batches)) {
            String id = new String(Objects.requireNonNull(row.get(1)), StandardCharsets.US_ASCII);
            assertThat(UUID.fromString(id).version()).isEqualTo(7);
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    @Test
    void rowsThatContradictThemselvesAreNotRead() {
        List<CopyStream.End> ends = named(List.of(ID, TEXT));
        byte[] number = {0, 0, 0, 0, 0, 0, 0, 1};
        byte[] text = "text".getBytes(StandardCharsets.US_ASCII);
        List<byte @Nullable []> good = List.of(number, text);
        assertThatThrownBy(() -> CopyStream.read(ends, host(10), List.of(good, good, List.of(number))))
                .isInstanceOf(IOException.class)
                .hasMessage("a row has 1 fields instead of 2");
        assertThatThrownBy(() -> CopyStream.read(ends, host(10), List.of(good, List.of(number, text, text))))
                .isInstanceOf(IOException.class)
                .hasMessage("a row has 3 fields instead of 2");
    }

    @Test
    void batchesEndWhereTheHostWantsThem() throws IOException {
        List<CopyStream.End> ends = named(List.of(ID, TEXT));
        List<Row> rows = IntStream.range(0, 1_000)
                .mapToObj(i -> Row.of(Integer.toString(i), "some text"))
                .toList();
        List<List<byte @Nullable []>> sent =
                withoutMeta(CopyStream.write(ends, written, List.of(BatchMaker.batch(schema(ends), rows))));
        assertThat(CopyStream.read(ends, host(7), sent))
                .allSatisfy(batch -> assertThat(batch.rows()).isBetween(1, 7))
                .hasSize(143);
        TestReadContext small = new TestReadContext(new BatchSize(1_000_000, 4_000));
        List<RecordBatch> read = CopyStream.read(ends, small, sent);
        assertThat(read).hasSizeGreaterThan(2);
        Rows.assertSame("small batches", rows, Rows.of(read));
    }

    private List<Row> throughTheWire(List<CopyStream.End> ends, List<Row> rows) throws IOException {
        List<List<byte @Nullable []>> sent =
                CopyStream.write(ends, written, List.of(BatchMaker.batch(schema(ends), rows)));
        return Rows.of(CopyStream.read(ends, host(1_000), withoutMeta(sent)));
    }

    private static TestReadContext host(int rows) {
        return new TestReadContext(new BatchSize(rows, 64L << 20));
    }

    private static CopyStream.End end(DataType type, CopyFormat format, String columnType) {
        return new CopyStream.End(new CopyColumn(new Field("unnamed", type), format), columnType);
    }

    /** The same columns as fields {@code id}, {@code field_1}, {@code field_2} and so on. */
    private static List<CopyStream.End> named(List<CopyStream.End> ends) {
        return IntStream.range(0, ends.size())
                .mapToObj(i -> {
                    CopyColumn column = ends.get(i).column();
                    Field field = new Field(
                            i == 0 ? "id" : "field_" + i, column.field().type());
                    return new CopyStream.End(
                            new CopyColumn(field, column.format()), ends.get(i).columnType());
                })
                .toList();
    }

    private static Schema schema(List<CopyStream.End> ends) {
        return new Schema(ends.stream().map(end -> end.column().field()).toList());
    }

    private static List<List<byte @Nullable []>> withoutMeta(List<List<byte @Nullable []>> rows) {
        List<List<byte @Nullable []>> without = new ArrayList<>();
        rows.forEach(row -> without.add(row.subList(0, row.size() - CopyStream.META_COLUMNS)));
        return without;
    }

    /** The JSON of {@code _airbyte_meta}, without the version of its form. */
    private static String metaOf(List<byte @Nullable []> row) {
        byte[] meta = Objects.requireNonNull(row.get(row.size() - 2));
        return new String(meta, 1, meta.length - 1, StandardCharsets.UTF_8);
    }

    private static Row withoutNul(Row row) {
        List<@Nullable String> values = new ArrayList<>();
        for (String value : row.values()) {
            values.add(value == null ? null : value.replace("\0", ""));
        }
        return Row.of(values);
    }
}
