package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap of 512 MB moves any table. */
final class SmallHeapTest {
    @TempDir
    private Path folder;

    @Test
    void aValueOfTwoHundredMegabytesAndManyRowsPass() throws Exception {
        try (Forked mover = Forked.run(Mover.class, "-Xmx512m", folder.toString())) {
            List<String> lines = mover.finish();
            assertThat(lines).containsExactly("300009 rows", "[[300009, 1800301089, true]]", "0 bytes left");
        }
    }

    /** Copies a table with large values from one database to another. */
    static final class Mover {
        private Mover() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            Path source = folder.resolve("source.duckdb");
            ReadOptions options = new ReadOptions(BatchSize.DEFAULT, () -> 0, LargeValues.ALL);
            try (DuckDb from = DuckDb.open(DuckDbOptions.file(source));
                    DuckDb to = DuckDb.open(DuckDbOptions.file(folder.resolve("target.duckdb")));
                    DuckDbConnection reader = from.connect();
                    DuckDbConnection writer = to.connect()) {
                reader.execute("CREATE TABLE t AS SELECT i, CASE WHEN i < 9 THEN repeat(i::VARCHAR, 200000121)"
                        + " ELSE 'x' END AS v FROM range(300009) r(i)");
                writer.execute("SET SESSION preserve_insertion_order = false; CREATE TABLE t (i BIGINT, v VARCHAR)");
                try (BatchReader rows = reader.read("SELECT * FROM t", options);
                        BatchScan scan = writer.load(rows.schema(), r -> "INSERT INTO t SELECT * FROM " + r)) {
                    for (RecordBatch batch = rows.read(); batch != null; batch = rows.read()) {
                        scan.put(batch);
                    }
                    System.out.println(scan.finish() + " rows");
                }
                System.out.println(writer.rows("SELECT count(*), sum(length(v)), bool_and(v[1] = v[-1]) FROM t"));
                System.out.println(NativeBytes.allocated() + " bytes left");
            }
        }
    }
}
