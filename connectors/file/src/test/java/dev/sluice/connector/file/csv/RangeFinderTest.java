package dev.sluice.connector.file.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RangeFinderTest {
    private static final Schema TWO =
            Schema.of(new Field("a", new DataType.TextType()), new Field("b", new DataType.TextType()));

    @Property(tries = 500)
    void theRangesTogetherAreTheFile(@ForAll("clean") String text, @ForAll @IntRange(min = 1, max = 300) int size)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<RangeFinder.Range> ranges = find(bytes, CsvDialect.RFC_4180, size).orElseThrow();
        CsvReading.Result whole = new CsvReading(TWO).read(text);
        List<Row> rows = new ArrayList<>();
        long next = 0;
        long line = 1;
        for (RangeFinder.Range range : ranges) {
            assertThat(range.from()).isEqualTo(next);
            assertThat(range.line()).isEqualTo(line);
            byte[] part = Arrays.copyOf(bytes, (int) range.to());
            CsvReading.Result result = new CsvReading(TWO).read(part, range.from(), range.line());
            rows.addAll(result.rows());
            assertThat(range.records()).isGreaterThanOrEqualTo(result.rows().size() - 1);
            next = range.to();
            line += text.substring((int) range.from(), (int) range.to())
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
        }
        assertThat(next).isEqualTo(bytes.length);
        assertThat(rows).isEqualTo(whole.rows());
    }

    @Test
    void dividesLargeFilesEvenly() throws IOException {
        byte[] bytes = "\"a\nb\",c\n".repeat(400_000).getBytes(StandardCharsets.UTF_8);
        List<RangeFinder.Range> ranges =
                find(bytes, CsvDialect.RFC_4180, 500_000).orElseThrow();
        assertThat(ranges).hasSize(7);
        assertThat(ranges.stream().mapToLong(RangeFinder.Range::records).sum()).isEqualTo(400_000);
        assertThat(ranges.get(1).from()).isEqualTo(500_000);
        assertThat(ranges.get(1).line()).isEqualTo(1 + 2 * 500_000 / 8);
    }

    @Test
    void refusesFilesWhoseQuotesAreNotWhereTheyBelong() throws IOException {
        String good = "\"a\",\"b\"\n".repeat(100);
        for (String odd : List.of("5\" disk,x\n", "\"a\"b,c\n", "\"a,b\n", "a,\"b\" \n")) {
            for (String text : List.of(odd + good, good + odd + good, good + odd)) {
                assertThat(find(text.getBytes(StandardCharsets.UTF_8), CsvDialect.RFC_4180, 100))
                        .as(odd)
                        .isEmpty();
            }
        }
    }

    @Test
    void dividesLinesWhateverQuotesTheyHold() throws IOException {
        CsvDialect lines = CsvDialect.RFC_4180.withQuote(CsvDialect.NONE, CsvDialect.NONE);
        byte[] bytes = "{\"a\": \"x\\\"\"}\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        List<RangeFinder.Range> ranges = find(bytes, lines, 1300).orElseThrow();
        assertThat(ranges)
                .hasSize(10)
                .allSatisfy(range -> assertThat(range.from() % 13).isZero());
    }

    @Test
    void stopsWhenNobodyWantsTheAnswer() throws IOException {
        TextWindow window = new TextWindow(new ByteArrayInputStream("a,b\n".getBytes(StandardCharsets.UTF_8)), 0, 64);
        assertThat(new RangeFinder(CsvDialect.RFC_4180, 10, () -> true).find(window, 1))
                .isEmpty();
    }

    private static Optional<List<RangeFinder.Range>> find(byte[] bytes, CsvDialect dialect, long size)
            throws IOException {
        TextWindow window = new TextWindow(new ByteArrayInputStream(bytes), 0, 256);
        return new RangeFinder(dialect, size, () -> false).find(window, 1);
    }

    @Provide
    Arbitrary<String> clean() {
        Arbitrary<String> record = Arbitraries.of(
                "a,b\n",
                "1,\"2\"\n",
                "\"x,\ny\",\"\"\n",
                "\"e\"\"f\",g\r\n",
                "\"h\",\"i\n\n\"\r\n",
                "\n",
                "\"" + "z\n".repeat(40) + "\",\n");
        return record.list().ofMaxSize(60).map(records -> String.join("", records));
    }
}
