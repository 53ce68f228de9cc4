package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.store.Exchange;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreServer;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.Position;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a store are read as those of a disk are. */
abstract class StoreSourceContract {
    private static final long SPLIT_BYTES = 64 << 10;

    private final StoreServer server;
    private final String bucket;
    private final ObjectStore store;

    @TempDir
    private Path folder = Path.of("");

    StoreSourceContract(StoreServer server) {
        this.server = server;
        this.bucket = server.newBucket();
        this.store = server.store(bucket);
    }

    @AfterEach
    void close() {
        store.close();
    }

    final void write(String key, String text) {
        String before = store.head(key).map(object -> object.version()).orElse("");
        assertThat(Exchange.put(store, key, text.getBytes(StandardCharsets.UTF_8), before))
                .isPresent();
    }

    private SourceDriver source(String path) {
        return SourceDriver.withSplits(options(path), SPLIT_BYTES);
    }

    final Map<String, Object> options(String path) {
        Map<String, Object> options = new HashMap<>();
        server.options(server.address(bucket) + path)
                .forEach((name, value) -> options.put(name, Objects.requireNonNull(value)));
        return options;
    }

    static String table(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> row + ",the value of row " + row + "\n")
                .collect(Collectors.joining("", "id,value\n", ""));
    }

    @Test
    void aPatternMatchesKeysAndLeavesOutWhatIsHidden() {
        write("in/a.csv", "id\n1\n");
        write("in/sub/b.csv", "id\n2\n");
        write("in/.sluice/c.csv", "id\n3\n");
        write("in/notes.txt", "none");
        write("inner/d.csv", "id\n4\n");
        try (SourceDriver driver = source("in/**/*.csv")) {
            assertThat(driver.rows()).extracting(row -> row.value(0)).containsExactlyInAnyOrder("1", "2");
            assertThat(driver.source.check().steps())
                    .allSatisfy(step -> assertThat(step.problem()).isNull());
        }
        try (SourceDriver driver = source("in/absent.csv")) {
            assertThat(SourceDriver.problemOf(driver::catalog).code()).isEqualTo("E_FILE_NOT_FOUND");
        }
    }

    @Test
    void aLargeFileIsReadInParts() {
        write("large.csv", table(20_000));
        try (SourceDriver driver = source("large.csv");
                StreamReading reading = driver.beginInLargeBatches()) {
            assertThat(reading.plan().splits()).hasSizeGreaterThan(2);
            assertThat(reading.readAll().rows()).hasSize(20_000).contains(Row.of("19999", "the value of row 19999"));
        }
    }

    @Test
    void aFileThatChangesDuringTheReadIsAProblem() {
        write("a.csv", table(10));
        try (SourceDriver driver = source("a.csv");
                StreamReading reading = driver.begin()) {
            write("a.csv", table(11));
            var problem = SourceDriver.problemOf(reading::readAll);
            assertThat(problem.code()).isEqualTo("E_FILE_CHANGED");
            assertThat(problem.kind()).isEqualTo(ProblemKind.TRANSIENT);
        }
    }

    @Test
    void onlyNewAndChangedFilesComeAgain() {
        write("in/a.csv", "id\n1\n");
        Position first = next(null, "1");
        write("in/b.csv", "id\n2\n");
        Position second = next(first, "2");
        write("in/a.csv", "id\n1\n9\n");
        Position third = next(second, "1", "9");
        next(third);
        assertThat(third.identity()).isEqualTo("files in " + server.address(bucket) + "in");
    }

    private Position next(@Nullable Position after, String... ids) {
        try (SourceDriver driver = source("in/*.csv");
                StreamReading reading = driver.increment(after)) {
            assertThat(reading.readAll().rows().stream()
                            .map(row -> row.text(0))
                            .sorted()
                            .toList())
                    .isEqualTo(List.of(ids));
            return Objects.requireNonNull(reading.end());
        }
    }

    @Test
    void parquetIsRead() throws IOException {
        Path file = folder.resolve("a.parquet");
        try (ParquetMaker maker = new ParquetMaker()) {
            maker.write(file, "SELECT range AS id FROM range(1000)");
        }
        store.upload("in/a.parquet", file);
        assertThat(Files.size(file)).isPositive();
        try (SourceDriver driver = source("in/*.parquet")) {
            assertThat(driver.rows()).hasSize(1000);
        }
    }

    @Test
    void theSecretStaysASecret() {
        Map<String, Object> options = options("a.csv");
        String secret = String.valueOf(options.get(server.secretOption()));
        assertThat(secret).hasSizeGreaterThan(5);
        assertThat(SourceOptions.read(Config.of(options)).toString()).doesNotContain(secret);
    }
}
