package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text whose columns have a place of their own in each line: columns, blanks, types, bad lines, going on in the middle. */
class FixedWidthTest {
    private static final String LINES = "00017Ada       2024-01-02  1.50\n"
            + "00018Zoe       2024-01-03 12.25\n"
            + "00019          2024-01-04      \n";

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Map<String, String> columns(String... namesAndPlaces) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndPlaces.length; i += 2) {
            columns.put(namesAndPlaces[i], namesAndPlaces[i + 1]);
        }
        return columns;
    }

    private static final Map<String, String> FOUR = columns("id", "5", "name", "10", "day", "11", "price", "5");

    private static SourceDriver driver(Path path, Map<String, String> columns, Object... more) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("path", path.toString());
        config.put("fixed_columns", columns);
        for (int i = 0; i < more.length; i += 2) {
            config.put((String) more[i], more[i + 1]);
        }
        return SourceDriver.of(config);
    }

    @Test
    void columnsAndTheirTypesAreThoseOfTheLines() throws IOException {
        try (SourceDriver driver = driver(write("a.txt", LINES), FOUR)) {
            assertThat(driver.stream().schema().fields())
                    .extracting(field -> field.name() + " " + field.type().notation())
                    .containsExactly("id string", "name string", "day date", "price decimal(18,2)");
            assertThat(driver.rows())
                    .containsExactly(
                            Row.of("00017", "Ada", "2024-01-02", "1.50"),
                            Row.of("00018", "Zoe", "2024-01-03", "12.25"),
                            Row.of("00019", null, "2024-01-04", null));
            assertThat(driver.source.check().steps().toString()).contains("columns of fixed width");
        }
    }

    @Test
    void placesMayBeGivenByTheirEndsAndOverlap() throws IOException {
        Map<String, String> places = columns("day", "16-25", "year", "16+4", "id", "1-5");
        try (SourceDriver driver = driver(write("a.dat", LINES), places, "types", Map.of("id", "int32"))) {
            assertThat(driver.rows())
                    .as("what stands behind the last column that was named is no longer a line of this kind")
                    .containsExactly(Row.of("2024-01-04", "2024", "19"));
        }
        Map<String, String> all = columns("day", "16-25", "year", "16+4", "id", "1-5", "rest", "26-32");
        try (SourceDriver driver = driver(write("a.dat", LINES), all, "types", Map.of("id", "int32"))) {
            assertThat(driver.rows().getFirst()).isEqualTo(Row.of("2024-01-02", "2024", "17", "1.50"));
        }
    }

    @Test
    void shortAndLongLinesAreRejectedWithTheirPlace() throws IOException {
        Path path = write("a.txt", "1 Ada  x\n2 Bob\n3 Eve  y more\n4 Fay  z   \n\n5 Gil  \n6");
        Map<String, String> columns = columns("id", "2", "name", "5", "mark", "2");
        try (SourceDriver driver = driver(path, columns);
                StreamReading reading = driver.begin()) {
            assertThat(reading.readAll().rows()).containsExactly(Row.of("1", "Ada", "x"), Row.of("4", "Fay", "z"));
            assertThat(reading.rejects())
                    .extracting(
                            RejectedRecord::place,
                            RejectedRecord::code,
                            reject -> new String(reject.original(), StandardCharsets.UTF_8))
                    .containsExactly(
                            tuple(path + ":2", "LINE_TOO_SHORT", "2 Bob"),
                            tuple(path + ":3", "LINE_TOO_LONG", "3 Eve  y more"),
                            tuple(path + ":6", "LINE_TOO_SHORT", "5 Gil  "),
                            tuple(path + ":7", "LINE_TOO_SHORT", "6"));
            TestReadContext context = new TestReadContext(BatchSize.DEFAULT);
            try (SourceDriver padding = driver(path, columns, "short_lines", "pad")) {
                assertThat(Rows.of(List.of(Objects.requireNonNull(padding.source.reread(
                                padding.fullRead(), reading.rejects().getFirst(), context)))))
                        .as("a rejected line is read again by the settings of now")
                        .containsExactly(Row.of("2", "Bob", null));
            }
        }
        try (SourceDriver driver = driver(path, columns, "short_lines", "pad")) {
            assertThat(driver.rows())
                    .contains(Row.of("2", "Bob", null), Row.of("5", "Gil", null), Row.of("6", null, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"both: a|b", "left: a |b  ", "right:  a|b", "none:  a |b  "})
    void blanksAreLeftOutAsTheUserWants(String ruleAndCells) throws IOException {
        String rule = ruleAndCells.substring(0, ruleAndCells.indexOf(':'));
        String[] cells = ruleAndCells.substring(rule.length() + 2).split("\\|");
        try (SourceDriver driver =
                driver(write("a.txt", " a b  \n      \n"), columns("x", "3", "y", "3"), "trim", rule)) {
            List<Row> rows = driver.rows();
            assertThat(rows).as("a line of blanks is a row without values").hasSize(2);
            assertThat(rows.get(1)).isEqualTo(Row.of(null, null));
            assertThat(rows.getFirst()).isEqualTo(Row.of(cells[0], cells[1]));
        }
    }

    @Test
    void placesCountCharactersInEveryEncoding() throws IOException {
        String text = "Zoë  1\nJosé 2\n日本語  3\n";
        Map<String, String> columns = columns("name", "5", "id", "1");
        List<Row> rows = List.of(Row.of("Zoë", "1"), Row.of("José", "2"), Row.of("日本語", "3"));
        try (SourceDriver driver = driver(write("a.txt", text), columns)) {
            assertThat(driver.rows()).isEqualTo(rows);
        }
        Path latin =
                Files.writeString(folder.resolve("latin.txt"), text.substring(0, 14), Charset.forName("windows-1252"));
        try (SourceDriver driver = driver(latin, columns, "encoding", "windows-1252")) {
            assertThat(driver.rows()).isEqualTo(rows.subList(0, 2));
        }
        Path wide = Files.writeString(folder.resolve("wide.txt"), '\uFEFF' + text, StandardCharsets.UTF_16LE);
        try (SourceDriver driver = driver(wide, columns)) {
            assertThat(driver.rows()).isEqualTo(rows);
        }
        try (SourceDriver driver = driver(latin, columns)) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_FILE_ENCODING");
        }
    }

    @Test
    void headersSkippedLinesAndOtherEndsOfLinesAreAsInCsv() throws IOException {
        Path path = write("a.fwf", "made by a program\r\nID NAME\r\n1  Ada\r\n2  -\r\n");
        try (SourceDriver driver = driver(
                path,
                columns("id", "3", "name", "4"),
                "skip_lines",
                1,
                "header",
                "true",
                "null_values",
                List.of("-"))) {
            assertThat(driver.rows()).containsExactly(Row.of("1", "Ada"), Row.of("2", null));
        }
        try (SourceDriver driver = driver(write("b.txt", "1Ada\r2Bob\r"), columns("id", "1", "name", "3"))) {
            assertThat(driver.rows()).containsExactly(Row.of("1", "Ada"), Row.of("2", "Bob"));
        }
    }

    @Test
    void aLargeFileIsDividedAndEachPartGoesOnAnywhere() throws IOException {
        int many = 3000;
        Path path = write(
                "large.txt",
                IntStream.range(0, many)
                        .mapToObj(i -> String.format("%-6d%-12s%n", i, "name " + i))
                        .collect(Collectors.joining()));
        Map<String, Object> config = Map.of("path", path.toString(), "fixed_columns", columns("id", "6", "name", "12"));
        List<Row> rows = IntStream.range(0, many)
                .mapToObj(i -> Row.of(Integer.toString(i), "name " + i))
                .toList();
        try (SourceDriver driver = SourceDriver.of(config, 8 << 10)) {
            try (PlannedRead planned =
                    ((PlanResult.Planned) driver.source.plan(driver.fullRead(), new ReadStart.Beginning())).read()) {
                assertThat(planned.plan().splits()).hasSizeGreaterThan(3);
            }
            try (StreamReading reading = driver.begin()) {
                assertThat(reading.readAll().rows()).containsExactlyInAnyOrderElementsOf(rows);
            }
        }
        Path zipped = folder.resolve("large.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(path, out);
        }
        try (SourceDriver driver = driver(zipped, columns("id", "6", "name", "12"))) {
            assertThat(driver.rows()).isEqualTo(rows);
            assertThat(Resumed.rows(driver, 700)).isEqualTo(rows);
        }
    }

    @Test
    void aLineThatIsTooLongIsRejectedAlone() throws IOException {
        Path path = write("a.txt", "1Ada\n2" + "x".repeat(5000) + "\n3Eve\n");
        try (SourceDriver driver = driver(path, columns("id", "1", "name", "3"), "max_record_bytes", 1024);
                StreamReading reading = driver.begin()) {
            assertThat(reading.readAll().rows()).containsExactly(Row.of("1", "Ada"), Row.of("3", "Eve"));
            assertThat(reading.rejects())
                    .extracting(RejectedRecord::code, RejectedRecord::place)
                    .containsExactly(tuple("RECORD_TOO_LARGE", path + ":2"));
        }
    }

    @Test
    void aFileOfWhichHardlyALineFitsIsRefused() throws IOException {
        Path path = write("a.txt", "1\n".repeat(30));
        try (SourceDriver driver = driver(path, columns("id", "4", "name", "3"))) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_CSV_COLUMNS");
            assertThat(problem.fix()).contains("fixed_columns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "x", "5-3", "0-4", "0+4", "3+0", "99999999", "-3", "1-2-3"})
    void aPlaceThatCannotBeIsRefused(String place) {
        Problem problem = SourceDriver.problemOf(() -> driver(folder.resolve("a.txt"), columns("id", place)));
        assertThat(problem.code()).isEqualTo("E_CONFIG");
        assertThat(problem.where()).isEqualTo("fixed_columns.id");
    }

    @Test
    void columnsHaveToBeNamed() throws IOException {
        Path path = write("a.fwf", LINES);
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(SourceDriver.problemOf(driver::stream).fix()).contains("fixed_columns");
        }
        Problem problem = SourceDriver.problemOf(() -> SourceDriver.of(path, "format", "fixed"));
        assertThat(problem.where()).isEqualTo("fixed_columns");
    }
}
