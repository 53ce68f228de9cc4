package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New and changed files: which ones come with the next increment, whatever their times say. */
class IncrementalFilesTest {
    private static final FileTime NOON = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir
    private Path folder = Path.of("");

    private @Nullable Position position;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path write(String name, String text, FileTime modified) throws IOException {
        Path path = write(name, text);
        Files.setLastModifiedTime(path, modified);
        return path;
    }

    private SourceDriver source() {
        return SourceDriver.of(Map.of("path", folder + "/*.csv", "file_columns", "false"));
    }

    /** The first column of the rows of the next increment, read by a new source. */
    private List<String> next() {
        try (SourceDriver driver = source();
                StreamReading reading = driver.increment(position)) {
            List<String> ids = reading.readAll().rows().stream()
                    .map(row -> row.text(0))
                    .sorted()
                    .toList();
            position = Objects.requireNonNull(reading.end());
            return ids;
        }
    }

    @Test
    void onlyNewFilesCome() throws IOException {
        write("a.csv", "id\n1\n2\n");
        write("b.csv", "id\n3\n");
        assertThat(next()).containsExactly("1", "2", "3");
        assertThat(next()).isEmpty();
        write("c.csv", "id\n4\n");
        assertThat(next()).containsExactly("4");
        assertThat(next()).isEmpty();
    }

    @Test
    void filesOfOneTimeComeOnceEach() throws IOException {
        write("a.csv", "id\n1\n", NOON);
        assertThat(next()).containsExactly("1");
        write("b.csv", "id\n2\n", NOON);
        assertThat(next()).containsExactly("2");
        assertThat(next()).isEmpty();
    }

    @Test
    void aFileThatIsOlderThanTheLastOneComesToo() throws IOException {
        write("b.csv", "id\n1\n", NOON);
        assertThat(next()).containsExactly("1");
        write("a.csv", "id\n2\n", FileTime.fromMillis(NOON.toMillis() - 86_400_000));
        assertThat(next()).containsExactly("2");
    }

    @Test
    void aFileThatWasChangedComesAgainAsAWhole() throws IOException {
        write("a.csv", "id\n1\n", NOON);
        next();
        write("a.csv", "id\n1\n2\n");
        assertThat(next()).containsExactly("1", "2");
        assertThat(next()).isEmpty();
    }

    @Test
    void aFileThatGrewComesAgainAsAWholeAndTheLogSaysSo() throws IOException {
        Path path = write("a.csv", "id\n1\n", NOON);
        next();
        Files.writeString(path, "2\n", StandardOpenOption.APPEND);
        try (SourceDriver driver = source();
                StreamReading reading = driver.increment(position)) {
            assertThat(reading.readAll().rows()).containsExactly(Row.of("1"), Row.of("2"));
            assertThat(driver.context.lines())
                    .anySatisfy(line -> assertThat(line.message()).contains("1 files were changed"));
        }
    }

    @Test
    void aFileThatWasReplacedByOneOfItsSizeAndTimeComesAgain() throws IOException {
        write("a.csv", "id\n1\n", NOON);
        next();
        write("a.csv", "id\n2\n", NOON);
        assertThat(next()).containsExactly("2");
    }

    @Test
    void aFileWhoseRightsChangedDoesNotComeAgain() throws IOException {
        Path path = write("a.csv", "id\n1\n", NOON);
        next();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(next()).isEmpty();
    }

    @Test
    void aFileThatWasAwayForAWhileDoesNotComeAgain() throws IOException {
        write("a.csv", "id\n1\n", NOON);
        Path path = write("b.csv", "id\n2\n", NOON);
        next();
        Files.delete(path);
        assertThat(next()).isEmpty();
        write("b.csv", "id\n2\n", NOON);
        assertThat(next()).isEmpty();
        write("b.csv", "id\n3\n", NOON);
        assertThat(next()).containsExactly("3");
    }

    @Test
    void whatComesDuringAReadComesWithTheNextIncrement() throws IOException {
        write("a.csv", "id\n1\n");
        try (SourceDriver driver = source();
                StreamReading reading = driver.increment(null)) {
            write("b.csv", "id\n2\n");
            assertThat(reading.readAll().rows()).containsExactly(Row.of("1"));
            position = reading.end();
        }
        assertThat(next()).containsExactly("2");
    }

    @Test
    void aPositionOfAnotherPlaceIsRefused() throws IOException {
        write("a.csv", "id\n1\n");
        next();
        Position known = Objects.requireNonNull(position);
        for (Position wrong : List.of(
                new Position("files in /elsewhere", known.value()),
                new Position(known.identity(), "{}"),
                new Position(known.identity(), "{\"files\": {\"a.csv\": [1]}}"),
                new Position(known.identity(), "nonsense"))) {
            try (SourceDriver driver = source()) {
                Problem problem = SourceDriver.problemOf(() -> driver.increment(wrong));
                assertThat(problem.code()).isEqualTo("E_POSITION_FOREIGN");
                assertThat(problem.fix()).contains("rewind");
            }
        }
    }

    @Test
    void theCursorIsTheTimeOfTheFileWhereRowsTellIt() throws IOException {
        write("a.csv", "id\n1\n", NOON);
        try (SourceDriver driver = SourceDriver.of(folder.resolve("*.csv"))) {
            CatalogStream stream = driver.stream();
            assertThat(stream.cursor().sourceDefined()).isTrue();
            assertThat(stream.cursor().field()).isEqualTo(FieldPath.of(FileColumns.MODIFIED));
            assertThat(driver.rows())
                    .containsExactly(Row.of(
                            "1", "2023-11-14T22:13:20Z", folder.resolve("a.csv").toString()));
        }
        try (SourceDriver driver = SourceDriver.of(folder.resolve("a.csv"))) {
            assertThat(driver.stream().supportsIncremental()).isFalse();
        }
        try (SourceDriver driver = SourceDriver.of(folder.resolve("a.csv"), "file_columns", "true")) {
            assertThat(driver.stream().supportsIncremental()).isTrue();
        }
    }

    @Test
    void anInterruptedIncrementDeliversEachRowOnce() throws IOException {
        StringBuilder text = new StringBuilder("id\n");
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            text.append(i).append('\n');
            expected.add(Row.of(Integer.toString(i)));
        }
        write("a.csv", "id\n-1\n", NOON);
        next();
        write("b.csv", text.toString());
        List<Row> rows;
        ReadStart.Resume resume;
        try (SourceDriver driver = source();
                StreamReading reading = driver.increment(position)) {
            reading.read(reading.splitsLeft().getFirst(), 4);
            rows = new ArrayList<>(reading.rows());
            resume = reading.resume();
        }
        try (SourceDriver driver = source();
                StreamReading rest = StreamReading.begin(driver.source, driver.incrementalRead(), resume)) {
            rows.addAll(rest.readAll().rows());
            position = rest.end();
        }
        assertThat(rows).containsExactlyElementsOf(expected);
        assertThat(next()).isEmpty();
    }
}
