package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML files: which elements are records, what becomes of their parts, and documents that were made to do harm. */
class XmlSourceTest {
    private static final String ORDERS = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- made by a shop -->
        <orders xmlns="http://shop.example/orders" made="2024-01-05">
          <order id="17" paid="true">
            <customer>Ada &amp; Söhne</customer>
            <day>2024-01-02</day>
            <total currency="EUR">12.50</total>
            <line>pen</line>
            <line>ink</line>
          </order>
          <order id="18" paid="false">
            <customer><![CDATA[<Zoe>]]></customer>
            <day>2024-01-03</day>
            <total currency="EUR">1.25</total>
            <line>paper</line>
          </order>
        </orders>
        """;

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> fields(SourceDriver driver) {
        return driver.stream().schema().fields().stream()
                .map(field -> field.name() + " " + field.type().notation())
                .toList();
    }

    @Test
    void attributesAndChildrenAreFieldsWithTheTypesOfTheirTexts() throws IOException {
        try (SourceDriver driver = SourceDriver.of(write("orders.xml", ORDERS))) {
            assertThat(driver.stream().id().name()).isEqualTo("orders");
            assertThat(fields(driver))
                    .containsExactly(
                            "id int64",
                            "paid boolean",
                            "customer string",
                            "day date",
                            "total object",
                            "line array<json>");
            assertThat(driver.rows())
                    .containsExactly(
                            Row.of(
                                    "17",
                                    "true",
                                    "Ada & Söhne",
                                    "2024-01-02",
                                    "{\"currency\":\"EUR\",\"_text\":\"12.50\"}",
                                    "[\"pen\",\"ink\"]"),
                            Row.of(
                                    "18",
                                    "false",
                                    "<Zoe>",
                                    "2024-01-03",
                                    "{\"currency\":\"EUR\",\"_text\":\"1.25\"}",
                                    "[\"paper\"]"));
            assertThat(driver.source.check().steps().toString()).contains("records are /orders/order");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/b <a><b x='1'/><b x='2'/></a>",
                "/a/b <a><c>head</c><b x='1'/><b x='2'/></a>",
                "/a/l/b <a><n>2</n><l><b x='1'/><b x='2'/></l></a>",
                "/a/b <a><b x='1'><c>1</c></b></a>",
                "/a <a><x>1</x><y>2</y></a>",
                "/a <a x='1'/>",
            })
    void theRecordsAreWhatIsThereMoreThanOnce(String expectedAndText) throws IOException {
        int blank = expectedAndText.indexOf(' ');
        Path path = write("a.xml", expectedAndText.substring(blank + 1));
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.source.check().steps().toString())
                    .contains("records are " + expectedAndText.substring(0, blank) + ",");
        }
    }

    @Test
    void theUserMayNameTheRecords() throws IOException {
        Path path = write("a.data", "<a><b><c i='1'>x</c></b><d><c i='2'/></d><c i='3'>y<z/></c></a>");
        try (SourceDriver driver = SourceDriver.of(path, "record_element", "c")) {
            assertThat(driver.rows())
                    .containsExactly(Row.of("1", "x", null), Row.of("2", null, null), Row.of("3", "y", ""));
        }
        try (SourceDriver driver = SourceDriver.of(path, "record_element", "/a/d/c")) {
            assertThat(driver.rows()).containsExactly(Row.of("2"));
        }
        try (SourceDriver driver = SourceDriver.of(path, "record_element", "/x/y")) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_XML_RECORDS");
        }
        Problem problem = SourceDriver.problemOf(() -> SourceDriver.of(path, "record_element", "a//b"));
        assertThat(problem.where()).isEqualTo("record_element");
    }

    @Test
    void whatIsThereOnceEmptyOrNotAtAllIsToldApart() throws IOException {
        Path path = write("a.xml", """
            <a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:o="urn:other">
              <r><n>1</n><t></t></r>
              <r><n xsi:nil="true"/><t>  kept </t></r>
              <r><n></n></r>
              <r n="4"><o:t>x</o:t></r>
              <r/>
            </a>
            """);
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(fields(driver)).containsExactly("n int64", "t string");
            assertThat(driver.rows())
                    .containsExactly(
                            Row.of("1", ""),
                            Row.of(null, "  kept "),
                            Row.of(null, null),
                            Row.of("4", "x"),
                            Row.of(null, null));
        }
    }

    @Test
    void aBadValueIsRejectedWithTheLineOfItsRecord() throws IOException {
        Path path = write(
                "a.xml",
                "<a>\n  <r>\n    <n>1</n>\n  </r>\n\n  <r>\n    <n>two</n>\n  </r>\n  <r><n>3</n></r>\n</a>\n");
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("n", "int64"));
                StreamReading reading = driver.begin()) {
            assertThat(reading.readAll().rows()).containsExactly(Row.of("1"), Row.of("3"));
            RejectedRecord reject = reading.rejects().getFirst();
            assertThat(reject.place()).isEqualTo(path + ":6");
            assertThat(new String(reject.original(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":\"two\"}");
            assertThat(reject.field()).isEqualTo("n");
        }
    }

    @Test
    void aReadGoesOnBehindAnyRecordAlsoInCompressedFiles() throws IOException {
        String text = IntStream.range(0, 2000)
                .mapToObj(i -> "  <r><id>" + i + "</id>\n<name>n&lt;" + i + "</name></r>")
                .collect(Collectors.joining("\n", "<rs>\n", "\n</rs>"));
        List<Row> rows = IntStream.range(0, 2000)
                .mapToObj(i -> Row.of(Integer.toString(i), "n<" + i))
                .toList();
        Path path = folder.resolve("a.xml.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.rows()).isEqualTo(rows);
            assertThat(Resumed.rows(driver, 333)).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE:", "windows-1251"})
    void theEncodingIsWhatTheDocumentSays(String encoding) throws IOException {
        boolean marked = encoding.endsWith(":");
        String name = encoding.replace(":", "");
        String letters = name.equals("windows-1251") ? "Жук" : "Zoë";
        String text = (marked ? "\uFEFF" : "") + "<?xml version='1.0' encoding='" + name + "'?><a><r><n>" + letters
                + "</n></r><r><n>x</n></r></a>";
        Path path = Files.write(folder.resolve("a.xml"), text.getBytes(Charset.forName(name)));
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.rows()).containsExactly(Row.of(letters), Row.of("x"));
        }
    }

    @Test
    void aWrongEncodingIsAProblemAndNotOtherLetters() throws IOException {
        Path path = Files.write(
                folder.resolve("a.xml"),
                "<a><r><n>Zoë</n></r><r><n>x</n></r></a>".getBytes(StandardCharsets.ISO_8859_1));
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_FILE_ENCODING");
        }
        try (SourceDriver driver = SourceDriver.of(path, "encoding", "iso-8859-1")) {
            assertThat(driver.rows()).containsExactly(Row.of("Zoë"), Row.of("x"));
        }
        write("a.xml", "<?xml version='1.0' encoding='klingon'?><a/>");
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(SourceDriver.problemOf(driver::stream).message()).contains("klingon");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><r><n>&x;</n></r></a>",
                "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;\">]><a><r><n>&y;</n></r></a>",
                "<!DOCTYPE a [<!ATTLIST r n CDATA \"made up\">]><a><r/></a>",
                "<!DOCTYPE a SYSTEM \"a.dtd\"><a><r><n>&x;</n></r></a>",
                "<a><r><n>1</n></r><r><n>2</r></a>",
                "<a><r><n>1</n></r>",
                "<a><r><n>1</n></r></a>more",
                "<a><r><n>\u0001</n></r><r><n>some more text so that this is no noise</n></r></a>",
                "<a><r n='1' n='2'/></a>",
                "<?xml version='1.0'?>",
            })
    void whatIsNoDocumentOrRefersElsewhereIsOneClearProblem(String text) throws IOException {
        try (SourceDriver driver = SourceDriver.of(write("a.xml", text))) {
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.code()).isEqualTo("E_XML_MALFORMED");
            assertThat(problem.kind()).isEqualTo(ProblemKind.DATA);
            assertThat(problem.where()).contains("a.xml");
            assertThat(problem.toString()).doesNotContain("root:").doesNotContain("JAXP");
        }
    }

    @Test
    void aDocTypeThatSaysNothingIsPassedOver() throws IOException {
        Path path = write("a.xml", "<!DOCTYPE a SYSTEM \"a.dtd\"><a><r><n>&amp;&#65;</n></r><r/></a>");
        try (SourceDriver driver = SourceDriver.of(path)) {
            assertThat(driver.rows()).containsExactly(Row.of("&A"), Row.of((String) null));
        }
    }

    @Test
    void depthAndSizeHaveLimits() throws IOException {
        Path deep = write("a.xml", "<b>".repeat(5000) + "</b>".repeat(5000));
        try (SourceDriver driver = SourceDriver.of(deep, "record_element", "/b/b")) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_XML_MALFORMED");
        }
        Path large = write("a.xml", "<a><r><n>1</n></r><r><n>" + "x".repeat(8000) + "</n></r></a>");
        try (SourceDriver driver = SourceDriver.of(large, "max_record_bytes", 4096)) {
            assertThat(SourceDriver.problemOf(driver::rows).code()).isEqualTo("E_XML_RECORD_SIZE");
        }
        Path comment = write("a.xml", "<a><!--" + "x".repeat(3 << 20) + "--><r><n>1</n></r><r/></a>");
        try (SourceDriver driver =
                SourceDriver.of(Map.of("path", comment.toString(), "max_record_bytes", 4096, "record_element", "r"))) {
            assertThat(SourceDriver.problemOf(driver::rows).why()).contains("max_record_bytes");
        }
        Path entities = write("a.xml", "<a><r><n>1</n></r><r><n>" + "&amp;".repeat(300_000) + "</n></r></a>");
        try (SourceDriver driver = SourceDriver.of(entities)) {
            assertThat(driver.rows().get(1).text(0)).hasSize(300_000);
        }
    }

    @Test
    void aFileOfAnotherKindOfDocumentDoesNotLookEmpty() throws IOException {
        write("a-1.xml", "<a><r><n>1</n></r><r><n>2</n></r></a>");
        write("a-2.xml", "<b><r><n>3</n></r></b>");
        try (SourceDriver driver = SourceDriver.of(folder.resolve("a-*.xml"))) {
            assertThat(SourceDriver.problemOf(driver::stream).code()).isEqualTo("E_XML_RECORDS");
        }
    }

    @Test
    void keysThatComeLaterAreKept() throws IOException {
        String text = IntStream.range(0, 200)
                .mapToObj(i -> "<r><n>" + i + "</n>" + (i == 150 ? "<late>x</late>" : "") + "</r>")
                .collect(Collectors.joining("\n", "<a>", "</a>"));
        try (SourceDriver driver = SourceDriver.of(write("a.xml", text), "sample_bytes", 1024)) {
            assertThat(fields(driver)).containsExactly("n int64", "_sluice_extra json");
            assertThat(driver.rows().get(150)).isEqualTo(Row.of("150", "{\"late\":\"x\"}"));
        }
    }
}
