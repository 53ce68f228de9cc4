package dev.sluice.connector.file.source;

import static dev.sluice.testkit.file.WorkbookMaker.number;
import static dev.sluice.testkit.file.WorkbookMaker.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.connector.file.input.TestServer;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.file.WorkbookMaker;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks: those that another program wrote, what cells may hold, and archives that are broken or were made to do harm. */
class ExcelSourceTest {
    @TempDir
    private Path folder = Path.of("");

    /** A workbook that openpyxl 3.1.5 wrote. */
    private Path foreign(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream input = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            Files.copy(input, file);
        }
        return file;
    }

    private Path write(WorkbookMaker workbook) throws IOException {
        return workbook.write(folder.resolve("a.xlsx"));
    }

    private static List<String> fields(SourceDriver driver) {
        return driver.stream().schema().fields().stream()
                .map(field -> field.name() + " " + field.type().notation())
                .toList();
    }

    @Test
    void aWorkbookOfAnotherProgramHasItsTypesAndValues() throws IOException {
        try (SourceDriver driver = SourceDriver.of(foreign("openpyxl.xlsx"))) {
            assertThat(fields(driver))
                    .containsExactly(
                            "id int64",
                            "customer string",
                            "day date",
                            "placed timestamp(6)",
                            "paid boolean",
                            "total float64",
                            "share float64",
                            "note string",
                            "at string");
            List<Row> rows = driver.rows();
            assertThat(rows)
                    .containsExactly(
                            Row.of(
                                    "17",
                                    "Ada & Söhne",
                                    "2024-01-02",
                                    "2024-01-02T10:15:30",
                                    "true",
                                    "12.5",
                                    "0.125",
                                    "line 1\nline 2",
                                    "10:15:00"),
                            Row.of(
                                    "18",
                                    "<Zoe> \"Z\"",
                                    "1999-12-31",
                                    "1999-12-31T23:59:59.5",
                                    "false",
                                    "1200.0",
                                    "1.0",
                                    null,
                                    "23:59:59"),
                            Row.of(
                                    "19",
                                    "00017",
                                    "9999-12-31",
                                    "2024-02-29T00:00:00",
                                    null,
                                    "-0.1",
                                    null,
                                    "007",
                                    null));
        }
    }

    @Test
    void daysMayBeCountedFrom1904() throws IOException {
        try (SourceDriver driver = SourceDriver.of(foreign("mac1904.xlsx"))) {
            assertThat(driver.rows())
                    .containsExactly(
                            Row.of("1904-01-02", "2024-01-02T10:15:30"), Row.of("2024-02-29", "1980-01-01T00:00:00"));
        }
    }

    @Test
    void sheetsAreNamedOrCounted() throws IOException {
        Path path = foreign("openpyxl.xlsx");
        Map<String, String> streams = Map.of("secrets", path.toString(), "regions", path.toString());
        Map<String, Object> config = Map.of("streams", streams, "sheets", Map.of("secrets", "2", "regions", "merged"));
        try (SourceDriver driver = SourceDriver.of(config)) {
            assertThat(driver.catalog().streams())
                    .extracting(stream -> stream.schema().names().toString())
                    .containsExactlyInAnyOrder("[secret]", "[Report of 2024]");
        }
        try (SourceDriver driver =
                SourceDriver.of(Map.of("path", path.toString(), "sheet", "Merged", "skip_lines", 1))) {
            assertThat(driver.rows())
                    .as("the value of merged cells stands in the first of them")
                    .containsExactly(Row.of("north", "1", "0.5"), Row.of(null, "2", "0.25"));
        }
        try (SourceDriver driver = SourceDriver.of(path, "sheet", "Missing")) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.code()).isEqualTo("E_EXCEL_SHEET");
            assertThat(problem.why()).contains("Orders, Hidden, Merged");
        }
    }

    @Test
    void cellsMayBeWrittenInManyWays() throws IOException {
        WorkbookMaker workbook = WorkbookMaker.of("""
            <row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='inlineStr'><is><t>c</t></is></c></row>
            <row><c><v>1.0</v></c><c t='str'><f>A1</f><v>a_x000A_b</v></c><c s='0'><v>45293.5</v></c></row>
            <row r='5'><c r='B5' t='s'><v>2</v></c><c r='C5' t='d'><v>2024-01-03T01:02:03</v></c></row>
            <row r='6'><c r='A6'><v>1E3</v></c><c r='B6' t='str'><v></v></c><c r='C6' s='0'/></row>
            <row r='9' spans='1:3'/>
            """)
                .texts(
                        "<t>a</t>",
                        "<r><t>b</t></r><r><rPr><b/></rPr><t xml:space='preserve'> b</t></r><rPh><t>spoken</t></rPh>",
                        "<t>_x005F_x0041_ \uD83D\uDE00</t>")
                .formats("[$-409]yyyy\\-mm\\-dd&quot;T&quot;hh:mm");
        try (SourceDriver driver = SourceDriver.of(write(workbook))) {
            assertThat(fields(driver)).containsExactly("a int64", "b b string", "c timestamp(6)");
            assertThat(driver.rows())
                    .containsExactly(
                            Row.of("1", "a\nb", "2024-01-02T12:00:00"),
                            Row.of(null, "_x0041_ \uD83D\uDE00", "2024-01-03T01:02:03"),
                            Row.of("1000", "", null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "General 1.5",
                "0.00E+00 1.5",
                "#,##0.00\\ [$€-407] 1.5",
                "[Red]0.0%;[Blue]-0.0% 1.5",
                "&quot;day&quot;\\ 0 1.5",
                "yyyy-mm-dd 1900-01-01",
                "mmm 1900-01-01",
                "d/m/yy;@ 1900-01-01",
                "[$-F400]h:mm:ss\\ AM/PM 12:00:00",
                "mm:ss.0 12:00:00",
                "m/d/yy\\ h:mm 1900-01-01T12:00:00",
                "[h]:mm:ss 36:00:00",
                "[mm]:ss 36:00:00",
            })
    void formatsTellWhatNumbersStandFor(String formatAndText) throws IOException {
        int blank = formatAndText.lastIndexOf(' ');
        WorkbookMaker workbook = WorkbookMaker.of(
                        "<row r='1'>" + text("A1", "x") + "</row><row r='2'><c r='A2' s='0'>" + "<v>1.5</v></c></row>")
                .formats(formatAndText.substring(0, blank));
        try (SourceDriver driver = SourceDriver.of(write(workbook), "types", Map.of("x", "string"))) {
            assertThat(driver.rows()).containsExactly(Row.of(formatAndText.substring(blank + 1)));
        }
    }

    @Test
    void rowsWithoutNamesAreNumberedColumns() throws IOException {
        Path path = write(WorkbookMaker.of("<row r='2'>" + number("B2", "1") + "</row><row r='3'>" + number("A3", "2")
                + number("B3", "3") + "</row>"));
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(fields(driver)).containsExactly("column_1 int64", "column_2 int64");
            assertThat(driver.rows()).containsExactly(Row.of(null, "1"), Row.of("2", "3"));
        }
        Path one = WorkbookMaker.of(
                        "<row r='1'>" + text("A1", "title") + "</row><row r='3'>" + number("A3", "7") + "</row>")
                .write(folder.resolve("one.xlsx"));
        try (SourceDriver driver =
                SourceDriver.of(Map.of("path", one.toString(), "skip_lines", 2, "header", "false"))) {
            assertThat(driver.rows()).as("rows that are left out are none").containsExactly(Row.of("7"));
        }
        try (SourceDriver driver = SourceDriver.of(path, "header", "true")) {
            assertThat(fields(driver)).containsExactly("column_1 int64", "1 int64");
        }
    }

    @Test
    void badRowsAreRejectedWithTheirNumberAndErrorsAreNullWithAMark() throws IOException {
        Path path = write(WorkbookMaker.of("<row r='1'>" + text("A1", "id") + text("B1", "name") + "</row><row r='2'>"
                + number("A2", "1") + text("B2", "x&#10;y") + "</row><row r='7'>" + text("A7", "two")
                + "</row><row r='8'>"
                + number("A8", "3") + text("B8", "z") + number("C8", "9")
                + "</row><row r='9'><c r='A9' t='e'><v>#DIV/0!</v>"
                + "</c>" + text("B9", "#N/A") + "</row>"));
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "int64"));
                StreamReading reading = driver.begin()) {
            assertThat(reading.readAll().rows()).containsExactly(Row.of("1", "x\ny"), Row.of(null, "#N/A"));
            assertThat(reading.rejects())
                    .extracting(RejectedRecord::place, RejectedRecord::code)
                    .containsExactly(tuple(path + ":7", "VALUE_DOES_NOT_FIT"), tuple(path + ":8", "TOO_MANY_FIELDS"));
            assertThat(new String(reading.rejects().getFirst().original(), StandardCharsets.UTF_8))
                    .isEqualTo("\"two\",");
            assertThat(changes(driver)).containsExactly("1 id NULLED SOURCE_SERIALIZATION_ERROR");
        }
    }

    private static List<String> changes(SourceDriver driver) {
        StreamRead read = driver.fullRead();
        TestReadContext context = new TestReadContext(BatchSize.DEFAULT);
        try (PlannedRead planned = ((PlanResult.Planned) driver.source.plan(read, new ReadStart.Beginning())).read();
                SplitReader reader = driver.source.open(
                        read, planned.plan(), planned.plan().splits().getFirst(), null, context)) {
            RecordBatch batch = Objects.requireNonNull(reader.read());
            assertThat(Rows.of(batch)).hasSize(2);
            return batch.changes().stream()
                    .map((ValueChange change) ->
                            change.row() + " " + change.field() + " " + change.change() + " " + change.reason())
                    .toList();
        }
    }

    @Test
    void textsMayMeanNoValue() throws IOException {
        Path path = write(WorkbookMaker.of("<row r='1'>" + text("A1", "n") + "</row><row r='2'>" + text("A2", "n/a")
                + "</row><row r='3'>" + number("A3", "3") + "</row>"));
        try (SourceDriver driver = SourceDriver.of(path, "null_values", List.of("n/a"))) {
            assertThat(fields(driver)).containsExactly("n int64");
            assertThat(driver.rows())
                    .as("in a sheet of one column, an empty cell among others is a row without a value")
                    .containsExactly(Row.of((String) null), Row.of("3"));
        }
    }

    @Test
    void aReadGoesOnInTheMiddleAlsoOfWorkbooksElsewhere() throws IOException {
        Path path = write(WorkbookMaker.of("<row r='1'>" + text("A1", "id") + text("B1", "name") + "</row>"
                + IntStream.range(0, 2000)
                        .mapToObj(i -> "<row r='" + (i + 2) + "'>" + number("A" + (i + 2), Integer.toString(i))
                                + text("B" + (i + 2), "name " + i) + "</row>")
                        .collect(Collectors.joining())));
        List<Row> rows = IntStream.range(0, 2000)
                .mapToObj(i -> Row.of(Integer.toString(i), "name " + i))
                .toList();
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(Resumed.rows(driver, 400)).isEqualTo(rows);
        }
        try (TestServer server = new TestServer(Files.readAllBytes(path));
                SourceDriver driver = SourceDriver.of(Map.of("path", server.address("/a.xlsx")))) {
            assertThat(driver.rows()).isEqualTo(rows);
        }
    }

    @Test
    void aSmallArchiveThatBecomesVeryLargeIsRefusedSoon() throws IOException {
        String rows = "<row>" + text("A1", "id") + "</row><row>" + number("A2", "1") + "</row>";
        Path bomb = write(WorkbookMaker.of(rows).blownUpBy(129));
        try (SourceDriver driver = SourceDriver.of(bomb)) {
            Problem problem = SourceDriver.problemOf(driver::stream);
            assertThat(problem.kind()).isEqualTo(ProblemKind.DATA);
            assertThat(problem.toString()).contains("which no ordinary workbook does");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r='3'/><row r='2'/>",
                "<row r='0'/>",
                "<row r='x'/>",
                "<row r='1048577'/>",
                "<row><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
                "<row><c r='XFE1'><v>1</v></c></row>",
                "<row><c r='1'><v>1</v></c></row>",
                "<row><c t='s'><v>7</v></c></row>",
                "<row><c t='s'><v>-1</v></c></row>",
                "<row><c><v>one</v></c></row>",
                "<row><c><v>1",
            })
    void aSheetThatCannotBeIsOneClearProblem(String rows) throws IOException {
        try (SourceDriver driver = SourceDriver.of(write(WorkbookMaker.of(rows)))) {
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.kind()).isEqualTo(ProblemKind.DATA);
            assertThat(problem.code()).isIn("E_FILE_DAMAGED", "E_XML_MALFORMED");
            assertThat(problem.where()).contains("a.xlsx");
        }
    }

    @Test
    void entitiesAndLargeRowsAreRefused() throws IOException {
        WorkbookMaker workbook = WorkbookMaker.of("<row><c><v>1</v></c></row>");
        Path path = write(workbook.part(
                "xl/workbook.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><workbook>&e;</workbook>"));
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(SourceDriver.problemOf(driver::rows).code()).isEqualTo("E_XML_MALFORMED");
        }
        write(WorkbookMaker.of("<row>" + text("A1", "x".repeat(5000)) + "</row>"));
        try (SourceDriver driver = SourceDriver.of(path, "max_record_bytes", 4096)) {
            assertThat(SourceDriver.problemOf(driver::rows).why()).contains("4096");
        }
    }

    @Test
    void aBrokenArchiveIsOneClearProblem() throws IOException {
        byte[] whole = Files.readAllBytes(write(WorkbookMaker.of("<row>" + text("A1", "x".repeat(500)) + "</row>")));
        Path path = folder.resolve("b.xlsx");
        for (int length : new int[] {1, 30, whole.length / 2, whole.length - 10}) {
            Files.write(path, Arrays.copyOf(whole, length));
            try (SourceDriver driver = SourceDriver.of(path)) {
                assertThat(SourceDriver.problemOf(driver::rows).code())
                        .as(length + " bytes")
                        .isEqualTo("E_FILE_DAMAGED");
            }
        }
        Files.writeString(path, "id,name\n1,Ada\n");
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(SourceDriver.problemOf(driver::rows).code()).isEqualTo("E_FILE_DAMAGED");
        }
    }

    @Test
    void oldProtectedAndBinaryWorkbooksAreRefusedByName() throws IOException {
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        for (String name : List.of("a.xlsx", "a.xls")) {
            Path path = Files.write(folder.resolve(name), Arrays.copyOf(old, 600));
            try (SourceDriver driver = SourceDriver.of(path)) {
                Problem problem = SourceDriver.problemOf(driver::rows);
                assertThat(problem.code()).isEqualTo("E_FILE_FORMAT");
                assertThat(problem.toString()).contains(".xlsx");
            }
        }
        Path binary = WorkbookMaker.of("")
                .part(
                        "_rels/.rels",
                        "<Relationships><Relationship Id='a' Type='/officeDocument' Target='xl/workbook.bin'/>"
                                + "</Relationships>")
                .write(folder.resolve("a.xlsb"));
        try (SourceDriver driver = SourceDriver.of(binary)) {
            assertThat(SourceDriver.problemOf(driver::rows).fix()).contains(".xlsx");
        }
    }

    @Test
    void anEmptySheetHasNoColumns() throws IOException {
        try (SourceDriver driver = SourceDriver.of(write(WorkbookMaker.of("<row r='3'/>")))) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_FILE_EMPTY");
        }
    }
}
