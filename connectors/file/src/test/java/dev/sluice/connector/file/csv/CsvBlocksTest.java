package dev.sluice.connector.file.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CsvBlocksTest {
    private static final Schema THREE = texts(3);

    @Property(tries = 500)
    void readsBackEveryTable(
            @ForAll("tables") List<List<String>> table,
            @ForAll @IntRange(min = 1, max = 9) int batchRows,
            @ForAll("lineEnds") String lineEnd) {
        StringBuilder text = new StringBuilder();
        List<Row> expected = new ArrayList<>();
        for (List<String> record : table) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < record.size(); i++) {
                String value = record.get(i);
                // The letter N stands for null here.
                boolean isNull = value.equals("N");
                values.add(isNull ? null : value);
                text.append(i == 0 ? "" : ",").append(isNull ? "" : quoted(value, i % 2 == 0));
            }
            text.append(lineEnd);
            expected.add(Row.of(values));
        }
        CsvReading.Result result = new CsvReading(texts(3)).batchSize(batchRows).read(text.toString());
        assertThat(result.rows()).isEqualTo(expected);
        assertThat(result.rejects()).isEmpty();
    }

    @Property(tries = 2000)
    void theQuickScanGivesWhatTheCarefulOneGives(@ForAll("awkward") String text) {
        // With an escape character that occurs nowhere, only the careful scan is used.
        CsvDialect careful = CsvDialect.RFC_4180.withQuote('"', '\u0007');
        CsvReading.Result quick = result(new CsvReading(THREE), text);
        CsvReading.Result slow = result(new CsvReading(THREE).dialect(careful), text);
        assertThat(quick.rows()).isEqualTo(slow.rows());
        assertThat(places(quick.rejects())).isEqualTo(places(slow.rejects()));
    }

    @Property(tries = 300)
    void goesOnAfterAnyBatchAsIfNothingHadHappened(
            @ForAll("awkward") String text, @ForAll @IntRange(min = 1, max = 4) int batchRows) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CsvReading reading = new CsvReading(THREE).batchSize(batchRows);
        CsvReading.Result whole = result(reading, text);
        for (Map.Entry<Long, CsvReading.Place> place : whole.places().entrySet()) {
            CsvReading.Place before = place.getValue();
            CsvReading.Result rest = reading.read(bytes, place.getKey(), before.line());
            assertThat(rest.rows())
                    .isEqualTo(whole.rows().subList(before.rows(), whole.rows().size()));
            assertThat(places(rest.rejects()))
                    .isEqualTo(places(whole.rejects()
                            .subList(before.rejects(), whole.rejects().size())));
        }
    }

    @Test
    void tellsNullFromEmptyText() {
        assertThat(rows("a,,\"\"\n,b,\n")).containsExactly(Row.of("a", null, ""), Row.of(null, "b", null));
    }

    @Test
    void takesChosenTextsForNullUnlessTheyAreQuoted() {
        CsvReading.Result result =
                new CsvReading(THREE).nullTexts("NULL", "\\N").read("NULL,\\N,\"NULL\"\nnull,N,NULLS\n");
        assertThat(result.rows()).containsExactly(Row.of(null, null, "NULL"), Row.of("null", "N", "NULLS"));
    }

    @Test
    void readsQuotedLinesDelimitersAndQuotes() {
        assertThat(rows("\"a\nb\",\"c,d\",\"say \"\"hi\"\"\"\r\n\"\"\"\",\"\n\",\"x\r\n\"\r\n"))
                .containsExactly(Row.of("a\nb", "c,d", "say \"hi\""), Row.of("\"", "\n", "x\r\n"));
    }

    @Test
    void takesQuotesInsideOfUnquotedFieldsAsTheyAre() {
        assertThat(rows("5\" disk,a\"b\"c,\"x\"\n\"q\",it's 6\",z\n"))
                .containsExactly(Row.of("5\" disk", "a\"b\"c", "x"), Row.of("q", "it's 6\"", "z"));
    }

    @Test
    void readsALastLineWithoutItsEnd() {
        assertThat(rows("a,b,c\nd,e,f")).containsExactly(Row.of("a", "b", "c"), Row.of("d", "e", "f"));
        assertThat(rows("a,b,\"c\"")).containsExactly(Row.of("a", "b", "c"));
        assertThat(rows("a,b,")).containsExactly(Row.of("a", "b", null));
        assertThat(rows("")).isEmpty();
    }

    @Test
    void leavesOutBlankLinesUnlessThereIsOneColumn() {
        assertThat(rows("\n\na,b,c\n\r\n\nd,e,f\n\n")).containsExactly(Row.of("a", "b", "c"), Row.of("d", "e", "f"));
        assertThat(new CsvReading(texts(1)).read("a\n\n\"\"\nb\n").rows())
                .containsExactly(Row.of("a"), Row.of((String) null), Row.of(""), Row.of("b"));
    }

    @Test
    void rejectsRaggedRecordsWithTheirLineAndBytes() {
        CsvReading.Result result = new CsvReading(THREE).read("a,b,c\n1,2\n\"x\ny\",2,3,4\nd,e,f\n1,2,3,\n");
        assertThat(result.rows()).containsExactly(Row.of("a", "b", "c"), Row.of("d", "e", "f"));
        assertThat(result.rejects())
                .extracting(RejectedRecord::place, RejectedRecord::code, CsvBlocksTest::original)
                .containsExactly(
                        tuple("test.csv:2", "TOO_FEW_FIELDS", "1,2"),
                        tuple("test.csv:3", "TOO_MANY_FIELDS", "\"x\ny\",2,3,4"),
                        tuple("test.csv:6", "TOO_MANY_FIELDS", "1,2,3,"));
    }

    @Test
    void rejectsTextBehindAClosingQuoteUpToTheEndOfItsLine() {
        CsvReading.Result result = new CsvReading(THREE).read("a,b,c\n\"x\"y,2,3\nd,e,f\n");
        assertThat(result.rows()).containsExactly(Row.of("a", "b", "c"), Row.of("d", "e", "f"));
        assertThat(result.rejects()).hasSize(1).allSatisfy(reject -> {
            assertThat(reject.place()).isEqualTo("test.csv:2");
            assertThat(reject.code()).isEqualTo("BAD_QUOTES");
            assertThat(original(reject)).isEqualTo("\"x\"y,2,3");
        });
    }

    @Test
    void failsWhereAQuoteIsNeverClosed() {
        assertThatThrownBy(() -> rows("a,b,c\n1,2,3\n4,\"5,6\n7,8,9\n"))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_CSV_OPEN_QUOTE");
                    assertThat(failure.problem().where()).isEqualTo("test.csv:3");
                });
    }

    @Test
    void failsRatherThanRejectMoreThanItCouldKeep() {
        String good = "1,2,3\n".repeat(20_000);
        assertThatThrownBy(() -> rows("a,\"b,c\n" + good + "x,\"y\",z\n"))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_CSV_OPEN_QUOTE");
                    assertThat(failure.problem().where()).isEqualTo("test.csv:1");
                });
    }

    @Test
    void rejectsRecordsThatAreTooLargeAndGoesOn() {
        String large = "x".repeat(5000);
        CsvReading.Result result = new CsvReading(THREE)
                .maxRecordBytes(2048)
                .read("a,b,c\n1,\"" + large + ",\"\"" + large + "\",3\nd,e,f\n1," + large + "\",2\ng,h,i\n");
        assertThat(result.rows()).containsExactly(Row.of("a", "b", "c"), Row.of("d", "e", "f"), Row.of("g", "h", "i"));
        assertThat(result.rejects())
                .extracting(RejectedRecord::place, RejectedRecord::code)
                .containsExactly(tuple("test.csv:2", "RECORD_TOO_LARGE"), tuple("test.csv:4", "RECORD_TOO_LARGE"));
    }

    @Test
    void failsWhereARecordOfSeveralLinesIsTooLarge() {
        String lines = "1,2,3\n".repeat(1000);
        assertThatThrownBy(() -> new CsvReading(THREE).maxRecordBytes(2048).read("a,b,c\nx,\"" + lines + "\",z\n"))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_CSV_RECORD_SIZE");
                    assertThat(failure.problem().where()).isEqualTo("test.csv:2");
                });
    }

    @Test
    void readsRecordsOfAnySizeUpToTheLimit() {
        String large = "ü".repeat(300_000);
        assertThat(rows("a," + large + ",\"" + large + "\"\nd,e,f\n"))
                .containsExactly(Row.of("a", large, large), Row.of("d", "e", "f"));
    }

    @Test
    void undoesEscapes() {
        CsvDialect backslash = CsvDialect.RFC_4180.withQuote('"', '\\');
        assertThat(new CsvReading(THREE)
                        .dialect(backslash)
                        .read("\"a\\\"b\",c\\,d,\"\\\\\"\n\"x\"\"y\",\\\n,z\n")
                        .rows())
                .containsExactly(Row.of("a\"b", "c,d", "\\"), Row.of("x\"y", "\n", "z"));
    }

    @Test
    void readsOtherDialects() {
        assertThat(new CsvReading(THREE)
                        .dialect(new CsvDialect('\t', '\'', '\'', '\n'))
                        .read("a\t'b\tc'\t'it''s'\n")
                        .rows())
                .containsExactly(Row.of("a", "b\tc", "it's"));
        assertThat(new CsvReading(THREE)
                        .dialect(new CsvDialect(';', '"', '"', '\r'))
                        .read("a;b;c\rd;\"e\rf\";g\r")
                        .rows())
                .containsExactly(Row.of("a", "b", "c"), Row.of("d", "e\rf", "g"));
        assertThat(new CsvReading(THREE)
                        .dialect(new CsvDialect('|', CsvDialect.NONE, CsvDialect.NONE, '\n'))
                        .read("\"a|'b|c\"\n\u0000|\u0000x|\n")
                        .rows())
                .containsExactly(Row.of("\"a", "'b", "c\""), Row.of("\u0000", "\u0000x", null));
    }

    @Test
    void rejectsTextThatIsNoUtf8() {
        byte[] text = "a,b,c\nd,\u00e9,f\ng,h,i\n".getBytes(StandardCharsets.ISO_8859_1);
        CsvReading.Result result = new CsvReading(THREE).read(text, 0, 1);
        assertThat(result.rows()).containsExactly(Row.of("a", "b", "c"), Row.of("g", "h", "i"));
        assertThat(result.rejects()).hasSize(1).allSatisfy(reject -> {
            assertThat(reject.place()).isEqualTo("test.csv:2");
            assertThat(reject.code()).isEqualTo("INVALID_TEXT");
            assertThat(reject.original()).isEqualTo("d,\u00e9,f".getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    @Test
    void rejectsValuesThatDoNotFitAndNeverChangesThem() {
        Schema schema = Schema.of(
                new Field("id", new DataType.IntType(64)),
                new Field("price", new DataType.DecimalType(6, 2)),
                new Field("day", new DataType.DateType()));
        CsvReading.Result result = new CsvReading(schema)
                .read("1,2.50,2026-01-01\n2,2.555,2026-01-01\n007,1.00,2026-01-01\n3, 1.00 ,\"2026-01-02\"\n"
                        + "4,1.00,2026-02-30\n5,99999.00,\n6,,\"\"\nabc,1,2026-01-01\n");
        assertThat(result.rows())
                .containsExactly(
                        Row.of("1", "2.50", "2026-01-01"), Row.of("3", "1.00", "2026-01-02"), Row.of("6", null, null));
        assertThat(result.rejects())
                .extracting(RejectedRecord::place)
                .containsExactly("test.csv:2", "test.csv:3", "test.csv:5", "test.csv:6", "test.csv:8");
        assertThat(result.rejects().getFirst().reason())
                .isEqualTo("column price: the value does not fit its type decimal(6,2)");
    }

    @Test
    void failsWhenMostRecordsCannotBeRead() {
        assertThatThrownBy(() -> rows("a,b\n".repeat(5000)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_FILE_REJECTS"));
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab\",\n\r ü'\\").ofMaxLength(12),
                Arbitraries.just("N"),
                Arbitraries.strings().withCharRange('a', 'z').ofLength(70));
        return value.list().ofSize(3).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n");
    }

    @Provide
    Arbitrary<String> awkward() {
        Arbitrary<String> piece = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("a,b,c\n", "1,\"2\",3\n", "\"x,\ny\",,\"\"\n", "d,\"e\"\"f\",g\r\n")),
                Tuple.of(1, Arbitraries.of("\n", "\r\n", "a,b\n", "a,b,c,d\n", "\"q\"r,1,2\n", "5\",x,y\n", ",,\n")),
                Tuple.of(
                        1,
                        Arbitraries.strings()
                                .withChars("ab,\"\n\r")
                                .ofMaxLength(12)
                                .map(text -> text + "\n")),
                Tuple.of(
                        1,
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofLength(130)
                                .map(text -> text + ",y,z\n")));
        return piece.list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    }

    /** What comes out, or the problem in its place, which both scans have to tell alike. */
    private static CsvReading.Result result(CsvReading reading, String text) {
        try {
            return reading.read(text);
        } catch (ProblemException failure) {
            return new CsvReading.Result(
                    List.of(Row.of(failure.problem().code(), failure.problem().where())), List.of(), Map.of());
        }
    }

    private static List<String> places(List<RejectedRecord> rejects) {
        return rejects.stream()
                .map(reject -> reject.place() + " " + reject.code() + " " + original(reject))
                .toList();
    }

    private static List<Row> rows(String text) {
        return new CsvReading(THREE).read(text).rows();
    }

    private static Schema texts(int columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            fields.add(new Field("c" + i, new DataType.TextType()));
        }
        return new Schema(fields);
    }

    private static String quoted(String value, boolean always) {
        boolean needed = value.isEmpty() || value.chars().anyMatch(c -> ",\"\n\r".indexOf(c) >= 0);
        return needed || always ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static String original(RejectedRecord reject) {
        return new String(reject.original(), StandardCharsets.UTF_8);
    }
}
