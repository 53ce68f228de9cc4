package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files: exact types, row groups side by side, going on anywhere, and files that are not what they seem. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParquetSourceTest {
    private final ParquetMaker maker = new ParquetMaker();

    @TempDir
    private Path shared = Path.of("");

    /** 20,000 rows in ten row groups. */
    private Path large = Path.of("");

    @BeforeAll
    void writeLargeFile() {
        large = maker.write(
                shared.resolve("large.parquet"),
                "SELECT i AS id, 'name ' || i AS name, i % 7 = 0 AS seventh FROM range(20000) t(i)",
                ", ROW_GROUP_SIZE 2048");
    }

    @AfterAll
    void close() {
        maker.close();
    }

    private static List<Row> largeRows() {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> Row.of(Integer.toString(i), "name " + i, Boolean.toString(i % 7 == 0)))
                .toList();
    }

    @Test
    void columnsHaveTheExactTypesOfTheFile(@TempDir Path folder) {
        Path path = maker.write(folder.resolve("types.parquet"), """
            SELECT true AS b, 1::TINYINT AS i8, 2::SMALLINT AS i16, 3::INTEGER AS i32, 4::BIGINT AS i64,
                200::UTINYINT AS u8, 40000::USMALLINT AS u16, 3000000000::UINTEGER AS u32,
                18446744073709551615::UBIGINT AS u64, 12.50::DECIMAL(9,2) AS small_decimal,
                -0.000000001::DECIMAL(38,9) AS large_decimal, 1.5::FLOAT AS f32, 0.1::DOUBLE AS f64,
                'text' AS t, '\\x00\\xFF'::BLOB AS bin, '0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60'::UUID AS u,
                DATE '2024-02-29' AS d, TIME '12:34:56.789012' AS tm, TIMESTAMP '2024-02-29 12:34:56.789012' AS ts,
                TIMESTAMPTZ '2024-02-29 12:34:56.789012+05:45' AS tz,
                TIMESTAMP_NS '2024-02-29 12:34:56.789012345' AS ns,
                TIMESTAMP_MS '2024-02-29 12:34:56.789' AS ms, '{"a": [1, null]}'::JSON AS j\
            """);
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.stream().schema()).isEqualTo(schemaOfAllTypes());
            assertThat(driver.rows())
                    .containsExactly(Row.of(
                            "true",
                            "1",
                            "2",
                            "3",
                            "4",
                            "200",
                            "40000",
                            "3000000000",
                            "18446744073709551615",
                            "12.50",
                            "-0.000000001",
                            "1.5",
                            "0.1",
                            "text",
                            "00ff",
                            "0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60",
                            "2024-02-29",
                            "12:34:56.789012",
                            "2024-02-29T12:34:56.789012",
                            "2024-02-29T06:49:56.789012Z",
                            "2024-02-29T12:34:56.789012345",
                            "2024-02-29T12:34:56.789",
                            "{\"a\": [1, null]}"));
        }
    }

    private static Schema schemaOfAllTypes() {
        return Schema.of(
                new Field("b", new DataType.BoolType()),
                new Field("i8", new DataType.IntType(8)),
                new Field("i16", new DataType.IntType(16)),
                new Field("i32", new DataType.IntType(32)),
                new Field("i64", new DataType.IntType(64)),
                new Field("u8", new DataType.IntType(16)),
                new Field("u16", new DataType.IntType(32)),
                new Field("u32", new DataType.IntType(64)),
                new Field("u64", new DataType.DecimalType(20, 0)),
                new Field("small_decimal", new DataType.DecimalType(9, 2)),
                new Field("large_decimal", new DataType.DecimalType(38, 9)),
                new Field("f32", new DataType.FloatType(32)),
                new Field("f64", new DataType.FloatType(64)),
                new Field("t", new DataType.TextType()),
                new Field("bin", new DataType.BinaryType()),
                new Field("u", new DataType.UuidType()),
                new Field("d", new DataType.DateType()),
                new Field("tm", new DataType.TimeType(6, false)),
                new Field("ts", new DataType.TimestampType(6, false)),
                new Field("tz", new DataType.TimestampType(6, true)),
                new Field("ns", new DataType.TimestampType(9, false)),
                new Field("ms", new DataType.TimestampType(3, false)),
                new Field("j", new DataType.JsonType()));
    }

    @Test
    void nestedColumnsBecomeJson(@TempDir Path folder) {
        Path path = maker.write(
                folder.resolve("nested.parquet"),
                "SELECT [1, NULL, 3] AS list, {'a': 'x', 'b': [{'c': 1.5}]} AS tree, MAP {'k': 2} AS pairs"
                        + " UNION ALL SELECT NULL, NULL, NULL");
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.stream().schema().fields())
                    .extracting(field -> field.type().notation())
                    .containsExactly("array<int32>", "object<a: string, b: array<object<c: decimal(2,1)>>>", "object");
            assertThat(driver.rows())
                    .containsExactlyInAnyOrder(
                            Row.of("[1,null,3]", "{\"a\":\"x\",\"b\":[{\"c\":1.5}]}", "{\"k\":2}"),
                            Row.of(null, null, null));
        }
    }

    @Test
    void rowGroupsBecomeSplitsThatAreReadSideBySide() {
        try (SourceDriver driver = SourceDriver.withSplits(large, 10_000);
                StreamReading reading = driver.beginInLargeBatches()) {
            assertThat(driver.stream().estimate().rows()).isEqualTo(20_000);
            List<Split> splits = reading.plan().splits();
            assertThat(splits).hasSizeGreaterThan(3);
            assertThat(splits.stream()
                            .mapToLong(split -> split.estimate().rows())
                            .sum())
                    .isEqualTo(20_000);
            Rows.assertSame(
                    "row groups side by side",
                    largeRows(),
                    reading.readAllInParallel(4).rows());
        }
    }

    @Test
    void rowsComeInTheOrderOfTheFileAndAreCounted() {
        try (SourceDriver driver = SourceDriver.of(large);
                StreamReading reading = driver.beginInLargeBatches()) {
            // The reading compares what the reader reports with what came.
            assertThat(reading.readAll().rows()).isEqualTo(largeRows());
        }
    }

    @Test
    void aReadGoesOnAfterAnyBatch() {
        for (int batches : new int[] {1, 2, 150, 293, 700}) {
            ReadStart.Resume resume;
            List<Row> rows;
            try (SourceDriver driver = SourceDriver.withSplits(large, 10_000);
                    StreamReading reading = driver.begin()) {
                reading.read(reading.splitsLeft().get(1), batches);
                rows = new ArrayList<>(reading.rows());
                resume = reading.resume();
            }
            assertThat(rows).isNotEmpty();
            try (SourceDriver driver = SourceDriver.withSplits(large, 10_000);
                    StreamReading rest = StreamReading.begin(driver.source, driver.fullRead(), resume)) {
                rows.addAll(rest.readAll().rows());
            }
            Rows.assertSame("a read interrupted after " + batches + " batches", largeRows(), rows);
        }
    }

    @Test
    void onlyTheChosenColumnsAreReadInTheirOrder() {
        try (SourceDriver driver = SourceDriver.of(large)) {
            CatalogStream stream = driver.stream();
            Schema chosen = Schema.of(stream.schema().field(2), stream.schema().field(0));
            try (StreamReading reading =
                    StreamReading.begin(driver.source, SourceDriver.read(stream, chosen), new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows().get(7)).isEqualTo(Row.of("true", "7"));
            }
            try (StreamReading reading = StreamReading.begin(
                    driver.source, SourceDriver.read(stream, Schema.of()), new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows()).hasSize(20_000).containsOnly(Row.of());
            }
        }
    }

    @Test
    void severalFilesAreOneStream(@TempDir Path folder) throws IOException {
        maker.write(folder.resolve("a.parquet"), "SELECT 1::INTEGER AS id, 2.5::DECIMAL(4,1) AS price");
        maker.write(folder.resolve("b.parquet"), "SELECT 10000000000 AS id, 'new' AS note, 7::BIGINT AS price");
        // Nothing but wildcards and no extension of its own: the first bytes tell.
        Files.copy(folder.resolve("a.parquet"), folder.resolve("c"));
        try (SourceDriver driver =
                SourceDriver.of(Map.of("path", folder.resolve("*").toString(), "file_columns", "false"))) {
            assertThat(driver.stream().schema())
                    .isEqualTo(Schema.of(
                            new Field("id", new DataType.IntType(64)),
                            new Field("price", new DataType.DecimalType(20, 1)),
                            new Field("note", new DataType.TextType())));
            assertThat(driver.rows())
                    .containsExactlyInAnyOrder(
                            Row.of("1", "2.5", null), Row.of("10000000000", "7.0", "new"), Row.of("1", "2.5", null));
        }
    }

    @Test
    void rowsTellTheirFile(@TempDir Path folder) {
        Path a = maker.write(folder.resolve("a.parquet"), "SELECT 1 AS id");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.parquet"))) {
            assertThat(driver.stream().schema().names()).containsExactly("id", FileColumns.MODIFIED, FileColumns.URL);
            assertThat(driver.rows().getFirst().value(2)).isEqualTo(a.toString());
        }
    }

    @Test
    void columnsThatNoTypeHoldsAreRefused(@TempDir Path folder) {
        maker.write(folder.resolve("a.parquet"), "SELECT 1 AS id");
        maker.write(folder.resolve("b.parquet"), "SELECT 'one' AS id");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.parquet"))) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_FILE_COLUMNS");
            assertThat(problem.where()).endsWith("b.parquet");
            assertThat(problem.why()).contains("id", "string", "int32");
        }
    }

    @Test
    void aFileThatCameAfterTheDiscoveryHasToFit(@TempDir Path folder) {
        maker.write(folder.resolve("a.parquet"), "SELECT 1 AS id");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.parquet"))) {
            var read = driver.fullRead();
            maker.write(folder.resolve("b.parquet"), "SELECT 'one' AS id");
            Problem type = SourceDriver.problemOf(() -> readAll(driver, read));
            assertThat(type.code()).isEqualTo("E_FILE_COLUMNS");
            maker.write(folder.resolve("b.parquet"), "SELECT 1 AS id, 2 AS more");
            Problem column = SourceDriver.problemOf(() -> readAll(driver, read));
            assertThat(column.message()).contains("more");
        }
    }

    private static List<Row> readAll(SourceDriver driver, dev.sluice.spi.source.StreamRead read) {
        try (StreamReading reading = StreamReading.begin(driver.source, read, new ReadStart.Beginning())) {
            return reading.readAll().rows();
        }
    }

    @Test
    void anyNameIsRead(@TempDir Path folder) {
        Path path = maker.write(
                folder.resolve("we[i]rd * $ 'name'?.parquet"),
                "SELECT 1 AS \"a \"\"b\"\" 'c'\", 2 AS \"Ä\", 3 AS \"file_row_number\"");
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.stream().schema().names()).containsExactly("a \"b\" 'c'", "Ä", "file_row_number");
            assertThat(driver.rows()).containsExactly(Row.of("1", "2", "3"));
        }
    }

    @Test
    void aFileWithAColumnOfRowNumbersIsReadAndResumedToo(@TempDir Path folder) {
        Path path = maker.write(
                folder.resolve("numbered.parquet"),
                "SELECT 5000 - i AS FILE_ROW_NUMBER FROM range(5000) t(i)",
                ", ROW_GROUP_SIZE 2048");
        List<Row> expected = IntStream.range(0, 5000)
                .mapToObj(i -> Row.of(Integer.toString(5000 - i)))
                .toList();
        try (SourceDriver driver = SourceDriver.withSplits(path, 1000)) {
            ReadStart.Resume resume;
            List<Row> rows;
            try (StreamReading reading = driver.begin()) {
                reading.read(reading.splitsLeft().getFirst(), 3);
                rows = new ArrayList<>(reading.rows());
                resume = reading.resume();
            }
            try (StreamReading rest = StreamReading.begin(driver.source, driver.fullRead(), resume)) {
                rows.addAll(rest.readAll().rows());
            }
            assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void anEmptyFileHasColumnsAndNoRows(@TempDir Path folder) {
        Path path = maker.write(folder.resolve("empty.parquet"), "SELECT 1 AS id WHERE false");
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.stream().schema().names()).containsExactly("id");
            assertThat(driver.rows()).isEmpty();
        }
    }

    @Test
    void hivePathsAddNoColumns(@TempDir Path folder) throws IOException {
        Path partition = Files.createDirectories(folder.resolve("year=2024"));
        maker.write(partition.resolve("a.parquet"), "SELECT 1 AS id");
        try (SourceDriver driver = SourceDriver.of(partition.resolve("a.parquet"))) {
            assertThat(driver.stream().schema().names()).containsExactly("id");
        }
    }

    @Test
    void aFileThatWasNotWrittenToItsEndIsDamaged(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(large);
        for (int length : new int[] {0, 4, 11, 12, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            try (SourceDriver driver = SourceDriver.of(cut)) {
                Problem problem = SourceDriver.problemOf(driver::stream);
                assertThat(problem.code()).as("of " + length + " bytes").isEqualTo("E_FILE_DAMAGED");
                assertThat(problem.kind()).isEqualTo(ProblemKind.DATA);
                assertThat(problem.where()).isEqualTo(cut.toString());
                assertThat(problem.why()).isNotBlank();
            }
        }
    }

    @Test
    void aDamagedDirectoryIsTold(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(large);
        for (int i = bytes.length - 200; i < bytes.length - 8; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Path path = Files.write(folder.resolve("damaged.parquet"), bytes);
        try (SourceDriver driver = SourceDriver.of(path)) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_FILE_DAMAGED");
            assertThat(problem.where()).isEqualTo(path.toString());
        }
    }

    @Test
    void damagedRowsAreToldAndNeverMadeUp(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(large);
        for (int i = 3000; i < 3400; i++) {
            bytes[i] ^= (byte) 0x5A;
        }
        Path path = Files.write(folder.resolve("damaged.parquet"), bytes);
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.stream().schema().names()).containsExactly("id", "name", "seventh");
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.code()).isEqualTo("E_FILE_DAMAGED");
            assertThat(problem.where()).isEqualTo(path.toString());
            assertThat(problem.why()).isNotBlank();
        }
    }

    @Test
    void whatIsNoParquetIsToldSo(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.parquet"), "id,name\n1,Ada\n2,Grace\n");
        try (SourceDriver driver = SourceDriver.of(text)) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_FILE_FORMAT");
        }
        byte[] bytes = Files.readAllBytes(large);
        System.arraycopy("PARE".getBytes(StandardCharsets.US_ASCII), 0, bytes, bytes.length - 4, 4);
        Path encrypted = Files.write(folder.resolve("encrypted.parquet"), bytes);
        try (SourceDriver driver = SourceDriver.of(encrypted)) {
            assertThat(SourceDriver.problemOf(driver::stream).why()).contains("encrypted");
        }
    }

    @Test
    void aDecimalThatCannotBeReadExactlyIsRefused(@TempDir Path folder) throws IOException {
        Path path = maker.write(folder.resolve("wide.parquet"), "SELECT 1::DECIMAL(38,0) AS amount");
        byte[] bytes = Files.readAllBytes(path);
        // The precision of 38 in the directory, twice, becomes one of 50; numbers are doubled there.
        int found = 0;
        for (int i = bytes.length / 4; i < bytes.length - 1; i++) {
            if (bytes[i] == 0x15 && bytes[i + 1] == 2 * 38) {
                bytes[i + 1] = 2 * 50;
                found++;
            }
        }
        assertThat(found).isEqualTo(2);
        Files.write(path, bytes);
        try (SourceDriver driver = SourceDriver.of(path)) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_FILE_FORMAT");
            assertThat(problem.why()).contains("amount", "50");
        }
    }

    @Test
    void aFileThatIsRewrittenBetweenPlanAndReadIsNotRead(@TempDir Path folder) {
        Path path = maker.write(folder.resolve("a.parquet"), "SELECT i AS id FROM range(100) t(i)");
        try (SourceDriver driver = SourceDriver.of(path);
                StreamReading reading = driver.begin()) {
            maker.write(path, "SELECT i AS id FROM range(200) t(i)");
            Problem problem = SourceDriver.problemOf(reading::readAll);
            assertThat(problem.code()).isEqualTo("E_FILE_CHANGED");
            assertThat(reading.rows()).isEmpty();
        }
    }

    @Test
    void aTypeOfItsOwnCannotBeGivenToAColumn(@TempDir Path folder) {
        Path path = maker.write(folder.resolve("a.parquet"), "SELECT 1 AS id");
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "string"))) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_CONFIG");
        }
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "int32"))) {
            assertThat(driver.rows()).containsExactly(Row.of("1"));
        }
    }
}
