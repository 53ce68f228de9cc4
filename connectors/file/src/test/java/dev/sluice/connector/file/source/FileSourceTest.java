package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.input.TestServer;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole reads of files: what is discovered, rejected, resumed, and refused because it changed. */
class FileSourceTest {
    private static final int MANY = 500;

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String manyLines() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> i + ",name " + i)
                .collect(Collectors.joining("\n", "id,name\n", "\n"));
    }

    private static List<Row> manyRows() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> Row.of(Integer.toString(i), "name " + i))
                .toList();
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @Test
    void eachPathIsAStream() throws IOException {
        write("people.csv", "id,name\n1,Ada\n");
        write("log-1.jsonl", "{\"at\": \"2024-01-02\", \"level\": 3}\n");
        write("log-2.jsonl", "{\"at\": \"2024-01-03\", \"level\": 4}\n");
        Map<String, String> streams = Map.of("people", folder + "/people.csv", "log", folder + "/log-*.jsonl");
        try (SourceDriver driver = SourceDriver.of(Map.of("streams", streams))) {
            assertThat(driver.catalog().streams())
                    .extracting(
                            stream -> stream.id().name() + " " + stream.schema().names())
                    .containsExactlyInAnyOrder(
                            "people [id, name]",
                            "log [at, level, " + FileColumns.MODIFIED + ", " + FileColumns.URL + "]");
            assertThat(driver.source.check().succeeded()).isTrue();
        }
    }

    @Test
    void aBrokenStreamDoesNotHideTheOthers() throws IOException {
        write("people.csv", "id,name\n1,Ada\n");
        write("rest.csv", "PK\u0003\u0004rest of it");
        Map<String, String> streams =
                Map.of("people", folder + "/people.csv", "gone", folder + "/gone.csv", "rest", folder + "/rest.csv");
        try (SourceDriver driver = SourceDriver.of(Map.of("streams", streams))) {
            Catalog catalog = driver.catalog();
            assertThat(catalog.streams())
                    .extracting(stream -> stream.id().name())
                    .containsExactly("people");
            assertThat(catalog.unreadable())
                    .extracting(stream ->
                            stream.id().name() + " " + stream.problem().code())
                    .containsExactlyInAnyOrder("gone E_FILE_NOT_FOUND", "rest E_FILE_FORMAT");
            assertThat(driver.source
                            .discover(new DiscoverScope.Only(Set.of(StreamId.of("people"))))
                            .unreadable())
                    .isEmpty();
            CatalogStream people = catalog.streams().getFirst();
            assertThat(readAll(driver, SourceDriver.read(people, people.schema())))
                    .containsExactly(Row.of("1", "Ada"));
        }
    }

    @Test
    void aBadLineIsRejectedWithFileLineAndReason() throws IOException {
        Path path = write("a.csv", "id,name\n1,Ada\ntwo,Bob\n3,\"multi\nline\"\n4\n5,Eve,more\n6,Fay\n");
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "int64"));
                StreamReading reading = driver.begin()) {
            assertThat(reading.readAll().rows())
                    .containsExactly(Row.of("1", "Ada"), Row.of("3", "multi\nline"), Row.of("6", "Fay"));
            assertThat(reading.rejects())
                    .extracting(RejectedRecord::place)
                    .containsExactly(path + ":3", path + ":6", path + ":7");
            RejectedRecord first = reading.rejects().getFirst();
            assertThat(first.reason()).contains("column id", "int64");
            assertThat(new String(first.original(), StandardCharsets.UTF_8)).isEqualTo("two,Bob");
            assertThat(reading.rejects())
                    .allSatisfy(reject -> assertThat(reject.reason()).isNotBlank());
        }
    }

    @Test
    void aFileThatIsMostlyRejectedEndsTheRead() throws IOException {
        Path path = write(
                "a.csv",
                "id\n1\n" + IntStream.range(0, 1500).mapToObj(i -> "x" + i).collect(Collectors.joining("\n")));
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "int64"))) {
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.code()).isEqualTo("E_FILE_REJECTS");
            assertThat(problem.where()).startsWith(path + ":");
        }
    }

    @Test
    void aMisspeltTypeIsTold() throws IOException {
        Path path = write("a.csv", "zip,name\n1,Ada\n");
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("zipp", "string"))) {
            Problem problem = SourceDriver.problemOf(driver::catalog);
            assertThat(problem.code()).isEqualTo("E_CONFIG");
            assertThat(problem.fix()).contains("zip");
        }
    }

    @Test
    void keysThatTheConfigurationNamesAreColumnsAlsoIfNoRecordHasThem() throws IOException {
        Path path = write("a.jsonl", "{\"id\": 1}\n");
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("a.rare", "date"))) {
            assertThat(driver.stream().schema().names()).containsExactly("id", "rare");
            assertThat(driver.rows()).containsExactly(Row.of("1", null));
        }
    }

    @Test
    void aColumnThatTheSampleDidNotShowIsNotLostInSilence() throws IOException {
        write("a.csv", "id\n1\n");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.csv"))) {
            StreamRead read = driver.fullRead();
            write("b.csv", "id,more\n2,x\n");
            Problem problem = SourceDriver.problemOf(() -> readAll(driver, read));
            assertThat(problem.code()).isEqualTo("E_FILE_COLUMNS");
            assertThat(problem.message()).contains("more");
            assertThat(problem.where()).endsWith("b.csv");
        }
    }

    private static List<Row> readAll(SourceDriver driver, StreamRead read) {
        try (StreamReading reading = StreamReading.begin(driver.source, read, new ReadStart.Beginning())) {
            return reading.readAll().rows();
        }
    }

    @Test
    void aFullReadOfAPatternWithoutFilesIsAProblemAndNotEmpty() throws IOException {
        Path path = write("a.csv", "id\n1\n");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.csv"))) {
            StreamRead full = driver.fullRead();
            StreamRead incremental = driver.incrementalRead();
            Files.delete(path);
            assertThat(SourceDriver.problemOf(() -> readAll(driver, full)).code())
                    .isEqualTo("E_FILE_NOT_FOUND");
            assertThat(readAll(driver, incremental)).isEmpty();
        }
    }

    /** Each way in which a file's text is stored. */
    private Map<String, byte[]> stored() throws IOException {
        String json = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"id\": " + i + ", \"name\": \"name " + i + "\"}")
                .collect(Collectors.joining(",\n", "[", "]"));
        byte[] csv = manyLines().getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "plain.csv", csv,
                "packed.csv.gz", gzip(csv),
                "wide.csv", ("\uFEFF" + manyLines()).getBytes(StandardCharsets.UTF_16LE),
                "array.json", json.getBytes(StandardCharsets.UTF_8),
                "lines.jsonl",
                        json.substring(1, json.length() - 1).replace("},", "}").getBytes(StandardCharsets.UTF_8),
                "packed.jsonl.gz",
                        gzip(json.substring(1, json.length() - 1)
                                .replace("},", "}")
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aReadGoesOnInTheMiddleOfAFile() throws IOException {
        for (Map.Entry<String, byte[]> file : stored().entrySet()) {
            Path path = Files.write(folder.resolve(file.getKey()), file.getValue());
            for (int batches : new int[] {1, 30, 71, 72}) {
                ReadStart.Resume resume;
                List<Row> rows;
                try (SourceDriver driver = SourceDriver.of(path);
                        StreamReading reading = driver.begin()) {
                    reading.read(reading.splitsLeft().getFirst(), batches);
                    rows = new ArrayList<>(reading.rows());
                    resume = reading.resume();
                }
                assertThat(rows).as(file.getKey()).isNotEmpty();
                try (SourceDriver driver = SourceDriver.of(path);
                        StreamReading rest = StreamReading.begin(driver.source, driver.fullRead(), resume)) {
                    rows.addAll(rest.readAll().rows());
                }
                assertThat(rows).as(file.getKey() + " after " + batches).isEqualTo(manyRows());
            }
        }
    }

    @Test
    void aReadFromTheWebGoesOnWithARange() {
        byte[] csv = manyLines().getBytes(StandardCharsets.UTF_8);
        try (TestServer server = new TestServer(csv)) {
            Map<String, Object> config = Map.of("path", server.address("/a.csv"));
            for (int batches : new int[] {1, 30, 72}) {
                ReadStart.Resume resume;
                List<Row> rows;
                try (SourceDriver driver = SourceDriver.of(config);
                        StreamReading reading = driver.begin()) {
                    reading.read(reading.splitsLeft().getFirst(), batches);
                    rows = new ArrayList<>(reading.rows());
                    resume = reading.resume();
                }
                try (SourceDriver driver = SourceDriver.of(config);
                        StreamReading rest = StreamReading.begin(driver.source, driver.fullRead(), resume)) {
                    rows.addAll(rest.readAll().rows());
                }
                assertThat(rows).as("after " + batches).isEqualTo(manyRows());
            }
            assertThat(server.asked())
                    .anySatisfy(asked -> assertThat(asked.range()).isNotEmpty());
        }
    }

    @Test
    void aServerThatTellsNoVersionsIsReadFromTheBeginningAgain() {
        byte[] csv = manyLines().getBytes(StandardCharsets.UTF_8);
        try (TestServer server = new TestServer(csv).versions(null, null);
                SourceDriver driver =
                        SourceDriver.of(Map.of("path", server.address("/a.csv"), "file_columns", "true"));
                StreamReading reading = driver.begin()) {
            assertThat(driver.stream().resumable()).isFalse();
            assertThat(driver.stream().supportsIncremental()).isFalse();
            reading.read(reading.splitsLeft().getFirst(), 3);
            assertThat(reading.rows()).as("rows behind a safe point").isEmpty();
            try (StreamReading rest = StreamReading.begin(driver.source, driver.fullRead(), reading.resume())) {
                assertThat(rest.readAll().rows()).hasSize(MANY);
                assertThat(rest.rows().getFirst())
                        .as("the time of a file that nobody knows is none")
                        .isEqualTo(Row.of("0", "name 0", null, server.address("/a.csv")));
            }
        }
    }

    @Test
    void compressedAndParquetFilesComeFromTheWebToo() throws IOException {
        try (TestServer server = new TestServer(gzip(manyLines().getBytes(StandardCharsets.UTF_8)));
                SourceDriver driver = SourceDriver.of(Map.of("path", server.address("/a.csv.gz")))) {
            assertThat(driver.rows()).isEqualTo(manyRows());
        }
        Path path = folder.resolve("a.parquet");
        try (ParquetMaker maker = new ParquetMaker()) {
            maker.write(path, "SELECT i AS id, 'name ' || i AS name FROM range(" + MANY + ") t(i)");
        }
        try (TestServer server = new TestServer(Files.readAllBytes(path)).breakingAfter(2000);
                SourceDriver driver = SourceDriver.of(Map.of("path", server.address("/download?id=7")))) {
            assertThat(driver.rows()).isEqualTo(manyRows());
            server.replace(new byte[] {1, 2, 3}, "\"v2\"");
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.toString()).doesNotContain("id=7");
        }
    }

    @Test
    void parquetFromTheWebLeavesNothingBehind() throws IOException {
        Path path = folder.resolve("a.parquet");
        try (ParquetMaker maker = new ParquetMaker()) {
            maker.write(path, "SELECT 1 AS id");
        }
        List<Path> before = copies();
        try (TestServer server = new TestServer(Files.readAllBytes(path));
                SourceDriver driver = SourceDriver.of(Map.of("path", server.address("/a.parquet")))) {
            assertThat(driver.rows()).containsExactly(Row.of("1"));
            assertThat(server.asked().stream().filter(asked -> asked.range().isEmpty()))
                    .as("the file is fetched once, beside the looks at its beginning")
                    .hasSizeLessThan(12);
            assertThat(copies()).hasSize(before.size() + 1);
        }
        assertThat(copies()).containsExactlyElementsOf(before);
    }

    private static List<Path> copies() throws IOException {
        String ours = ".*/sluice-" + ProcessHandle.current().pid() + "-.*\\.copy";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().matches(ours)).sorted().toList();
        }
    }

    @Test
    void aFileThatIsWrittenToWhileItIsReadIsNeverMixed() throws IOException {
        for (String name : List.of("a.csv", "a.csv.gz")) {
            byte[] text = manyLines().getBytes(StandardCharsets.UTF_8);
            Path path = Files.write(folder.resolve(name), name.endsWith("gz") ? gzip(text) : text);
            try (SourceDriver driver = SourceDriver.of(path)) {
                StreamRead read = driver.fullRead();
                PlanResult planned = driver.source.plan(read, new ReadStart.Beginning());
                assertThat(planned).isInstanceOf(PlanResult.Planned.class);
                var plan = ((PlanResult.Planned) planned).read().plan();
                Split split = plan.splits().getFirst();
                TestReadContext host = new TestReadContext(new BatchSize(7, 1 << 20));
                try (SplitReader reader = driver.source.open(read, plan, split, null, host)) {
                    assertThat(Rows.of(Objects.requireNonNull(reader.read())))
                            .isEqualTo(manyRows().subList(0, 7));
                    Files.write(path, new byte[] {'x'});
                    Problem problem = SourceDriver.problemOf(reader::read);
                    assertThat(problem.code()).isEqualTo("E_FILE_CHANGED");
                    assertThat(problem.kind()).isEqualTo(ProblemKind.TRANSIENT);
                }
                assertThat(driver.source.plan(read, new ReadStart.Resume(plan, null, Map.of())))
                        .isInstanceOf(PlanResult.CannotResume.class);
            }
        }
    }

    @Test
    void aDamagedCompressedFileIsTold() throws IOException {
        byte[] packed = gzip(manyLines().getBytes(StandardCharsets.UTF_8));
        packed[packed.length - 5] ^= 1;
        Path path = Files.write(folder.resolve("a.csv.gz"), packed);
        try (SourceDriver driver = SourceDriver.of(path)) {
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.code()).isEqualTo("E_FILE_DAMAGED");
            assertThat(problem.where()).isEqualTo(path.toString());
        }
    }

    @Test
    void anEncodingThatIsNotUtf8HasToBeGiven() throws IOException {
        Path path = folder.resolve("a.csv");
        Files.write(path, "id,name\n1,Grüße\n2,Müller\n3,Größe\n".getBytes(StandardCharsets.ISO_8859_1));
        try (SourceDriver driver = SourceDriver.of(path)) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_FILE_ENCODING");
            assertThat(problem.fix()).contains("windows-1252");
        }
        try (SourceDriver driver = SourceDriver.of(path, "encoding", "windows-1252")) {
            assertThat(driver.rows())
                    .containsExactly(Row.of("1", "Grüße"), Row.of("2", "Müller"), Row.of("3", "Größe"));
        }
    }

    @Test
    void whatIsNoTextIsToldByItsKind() throws IOException {
        Path zip =
                Files.write(folder.resolve("a.csv"), "PK\u0003\u0004rest of it".getBytes(StandardCharsets.ISO_8859_1));
        try (SourceDriver driver = SourceDriver.of(zip)) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_FILE_FORMAT");
            assertThat(problem.why()).contains("zip");
        }
    }

    @Test
    void filesOfDifferentKindsAreNoStream() throws IOException {
        write("a.csv", "id\n1\n");
        write("b.json", "[{\"id\": 2}]");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*"))) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_FILE_FORMAT");
        }
    }

    @Test
    void aLargeFileIsDividedAtItsLines() throws IOException {
        Path path = write("a.csv", manyLines());
        try (SourceDriver driver = SourceDriver.withSplits(path, 2000);
                StreamReading reading = driver.beginInLargeBatches()) {
            assertThat(reading.plan().splits()).hasSizeGreaterThan(2);
            Rows.assertSame("ranges", manyRows(), reading.readAllInParallel(3).rows());
        }
    }

    @Test
    void manySmallFilesShareASplit() throws IOException {
        for (int i = 0; i < 30; i++) {
            write(i + ".csv", "id\n" + i + "\n");
        }
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.csv"));
                StreamReading reading = driver.begin()) {
            assertThat(reading.plan().splits()).hasSize(1);
            assertThat(reading.readAll().rows()).hasSize(30);
        }
    }

    @Test
    void aStreamThatDoesNotExistIsTold() throws IOException {
        Path path = write("a.csv", "id\n1\n");
        try (SourceDriver driver = SourceDriver.of(path)) {
            CatalogStream stream = driver.stream();
            CatalogStream other = new CatalogStream(
                    StreamId.of("other"),
                    stream.schema(),
                    stream.syncModes(),
                    stream.cursor(),
                    List.of(),
                    true,
                    stream.estimate());
            StreamRead read = SourceDriver.read(other, other.schema());
            Problem problem = SourceDriver.problemOf(() -> driver.source.plan(read, new ReadStart.Beginning()));
            assertThat(problem.code()).isEqualTo("E_STREAM_NOT_FOUND");
        }
    }
}
