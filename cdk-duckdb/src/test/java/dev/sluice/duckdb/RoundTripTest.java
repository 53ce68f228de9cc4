package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What goes into DuckDB through a load comes back as it was, whatever its type and wherever a batch ends. */
final class RoundTripTest {
    private static final int[] SIZES = {1, 2, 63, 64, 65, 2047, 2048, 2049, 4096, 5000};

    @Property(tries = 12)
    void everyTypeComesBack(@ForAll long seed, @ForAll("sizes") @Size(min = 1, max = 4) List<Integer> sizes) {
        Schema schema = RandomColumns.schema(RandomColumns.ALL_TYPES);
        RandomColumns random = new RandomColumns(seed);
        List<RecordBatch> batches = new ArrayList<>();
        int rows = 0;
        for (int size : sizes) {
            batches.add(random.batch(schema, rows, size));
            rows += size;
        }

        try (DuckDb database = DuckDb.open(DuckDbOptions.inMemory());
                DuckDbConnection connection = database.connect()) {
            connection.execute("SET SESSION preserve_insertion_order = false");
            connection.execute("CREATE TABLE t (" + columns(schema) + ")");
            assertThat(load(connection, schema, batches)).isEqualTo(rows);
            List<List<@Nullable String>> expected =
                    batches.stream().flatMap(b -> texts(b, true).stream()).toList();
            assertThat(read(connection, "SELECT * FROM t ORDER BY \"row\"")).isEqualTo(expected);
        }
        assertThat(NativeBytes.allocated()).isZero();
        assertThat(ScanFunction.entered()).isZero();
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.of(Arrays.stream(SIZES).boxed().toList())
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 20)
    void batchesOfAnySizeComeOutOfAResult(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3000) int batchRows,
            @ForAll @IntRange(min = 1, max = 100_000) int batchBytes) {
        List<DataType> types = List.of(new DataType.TextType(), new DataType.IntType(32), new DataType.BinaryType());
        Schema schema = RandomColumns.schema(types);
        RecordBatch batch = new RandomColumns(seed).batch(schema, 0, 5000);

        try (DuckDb database = DuckDb.open(DuckDbOptions.inMemory());
                DuckDbConnection connection = database.connect()) {
            connection.execute("CREATE TABLE t (" + columns(schema) + ")");
            load(connection, schema, List.of(batch));
            ReadOptions options = new ReadOptions(new BatchSize(batchRows, batchBytes), () -> 7, LargeValues.ALL);
            List<List<@Nullable String>> all = new ArrayList<>();
            try (BatchReader reader = connection.read("SELECT * FROM t ORDER BY \"row\"", options)) {
                for (RecordBatch part = reader.read(); part != null; part = reader.read()) {
                    assertThat(part.rows()).isBetween(1, batchRows);
                    assertThat(part.extractedAt()).isEqualTo(7);
                    all.addAll(texts(part, false));
                }
            }
            assertThat(all).isEqualTo(texts(batch, false));
        }
    }

    static String columns(Schema schema) {
        return schema.fields().stream()
                .map(f -> DuckDbSql.identifier(f.name()) + " " + ScanTypes.sqlName(f.type()))
                .collect(Collectors.joining(", "));
    }

    static long load(DuckDbConnection connection, Schema schema, List<RecordBatch> batches) {
        try (BatchScan scan = connection.load(schema, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
            batches.forEach(scan::put);
            return scan.finish();
        }
    }

    static List<List<@Nullable String>> read(DuckDbConnection connection, String sql) {
        List<List<@Nullable String>> all = new ArrayList<>();
        ReadOptions options = new ReadOptions(BatchSize.DEFAULT, () -> 0, LargeValues.ALL);
        try (BatchReader reader = connection.read(sql, options)) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                all.addAll(texts(batch, false));
            }
        }
        return all;
    }

    /** The values of a batch as text, those that DuckDB cannot hold as null if asked for. */
    static List<List<@Nullable String>> texts(RecordBatch batch, boolean onlyFitting) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<Set<Integer>> unfit = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            Set<Integer> places = new HashSet<>();
            if (onlyFitting) {
                DuckDbLimits.forEachUnfit(batch.schema().field(i).type(), batch.column(i), places::add);
            }
            unfit.add(places);
        }
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < batch.schema().size(); i++) {
                Field field = batch.schema().field(i);
                values.add(
                        unfit.get(i).contains(row)
                                ? null
                                : ValueText.of(field.type(), batch.column(i), row)
                                        .orElse(null));
            }
            rows.add(values);
        }
        return rows;
    }
}
