package dev.sluice.connector.duckdb.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.duckdb.DuckDbDestination;
import dev.sluice.connector.duckdb.DuckDbSource;
import dev.sluice.connector.duckdb.TestHost;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the file, and what a reader of it finds. */
final class DatabaseFileTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", new DataType.IntType(64)), new Field("name", new DataType.TextType()));

    @TempDir
    private Path folder;

    private Map<String, Object> config() {
        return Map.of("path", folder.resolve("shop.duckdb").toString());
    }

    private Destination destination() {
        return new DuckDbDestination().open(Config.of(new LinkedHashMap<>(config())), new TestHost());
    }

    private static TargetSpec target(@Nullable String namespace, DestinationSyncMode mode) {
        WriteMode write = new WriteMode(mode, List.of(FieldPath.of("id")), null);
        return new TargetSpec(
                new Owner("c1", "c1", false),
                StreamId.of("s", "orders"),
                new TargetName(namespace, "orders"),
                SCHEMA,
                write,
                new Generation(1, mode.overwrites() ? 1 : 0, 1));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private List<List<@Nullable Object>> rows(String sql) {
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(folder.resolve("shop.duckdb")));
                DuckDbConnection connection = database.connect()) {
            return connection.rows(sql);
        }
    }

    private static void write(Destination destination, TargetSpec spec) {
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.split("only", BatchMaker.of(SCHEMA).row(1, "one").row(2, null).build())
                    .publish(null);
        }
    }

    @Test
    void aPlanMakesNoFile() throws IOException {
        try (Destination destination = destination()) {
            TargetSpec spec = target(null, DestinationSyncMode.APPEND);
            assertThat(destination.plan(spec).action()).isEqualTo(TargetPlan.Action.CREATE);
            assertThat(destination.ledger(spec)).isEmpty();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aCheckLeavesNothingBehind() throws IOException {
        try (Destination destination = destination()) {
            assertThat(destination.check().steps())
                    .extracting(CheckReport.Step::name)
                    .containsExactly("open the file", "write");
        }
        assertThat(files()).isEmpty();
        Path file = folder.resolve("shop.duckdb");
        try (Destination destination = destination()) {
            write(destination, target(null, DestinationSyncMode.APPEND));
        }
        byte[] before = Files.readAllBytes(file);
        try (Destination destination = destination()) {
            assertThat(destination.check().succeeded()).isTrue();
        }
        assertThat(file).hasBinaryContent(before);
        assertThat(files()).containsExactly(file);
    }

    /** DuckDB names the database after the file, and takes the first part of a name for a database or a schema. */
    @Test
    void aSchemaMayBeNamedLikeTheFile() {
        try (Destination destination = destination()) {
            for (DestinationSyncMode mode : List.of(
                    DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE, DestinationSyncMode.APPEND_DEDUP)) {
                write(destination, target("shop", mode));
            }
        }
        assertThat(rows("SELECT id, name FROM shop.shop.orders ORDER BY id"))
                .isEqualTo(List.of(List.of(1L, "one"), Arrays.asList(2L, null)));
        try (Source source = new DuckDbSource().open(Config.of(new LinkedHashMap<>(config())), new TestHost())) {
            assertThat(source.discover(new DiscoverScope.All()).streams())
                    .extracting(stream -> stream.id().toString())
                    .containsExactly("shop.orders");
        }
    }

    @Test
    void aTableThatIsBuiltAsideIsNoStream() {
        try (Destination destination = destination()) {
            write(destination, target(null, DestinationSyncMode.APPEND));
            TargetSpec next = target(null, DestinationSyncMode.OVERWRITE).withGeneration(new Generation(2, 2, 2));
            try (TargetRun run = TargetRun.open(destination, next)) {
                run.commit("half", "1", BatchMaker.of(SCHEMA).row(3, "three").build());
            }
        }
        assertThat(rows("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'main'"))
                .containsExactly(List.of(2L));
        try (Source source = new DuckDbSource().open(Config.of(new LinkedHashMap<>(config())), new TestHost())) {
            assertThat(source.discover(new DiscoverScope.All()).streams())
                    .extracting(stream -> stream.id().toString())
                    .containsExactly("main.orders");
        }
    }

    @Test
    void theColumnsOfAirbyteHaveTypesOfTheirOwn() {
        try (Destination destination = destination()) {
            write(destination, target(null, DestinationSyncMode.APPEND));
        }
        assertThat(rows("SELECT column_name, column_type FROM (DESCRIBE orders) LIMIT 4"))
                .isEqualTo(List.of(
                        List.of("_airbyte_raw_id", "UUID"),
                        List.of("_airbyte_extracted_at", "TIMESTAMP WITH TIME ZONE"),
                        List.of("_airbyte_meta", "JSON"),
                        List.of("_airbyte_generation_id", "BIGINT")));
        assertThat(rows("SELECT _airbyte_meta FROM orders LIMIT 1"))
                .containsExactly(List.of("{\"sync_id\":1,\"changes\":[]}"));
    }

    /** A table of Airbyte's own destination has raw ids as text. */
    @Test
    void aTableThatAirbyteMadeIsContinued() {
        rows("SELECT 1");
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(folder.resolve("shop.duckdb")));
                DuckDbConnection connection = database.connect()) {
            connection.execute("CREATE TABLE orders (_airbyte_raw_id VARCHAR, _airbyte_extracted_at TIMESTAMP,"
                    + " _airbyte_meta JSON, _airbyte_generation_id BIGINT, id BIGINT, name VARCHAR)");
            connection.execute(
                    "INSERT INTO orders VALUES ('a', now(), '{}', 0, 1, 'old'), ('b', now(), '{}', 0, 9, 'x')");
        }
        try (Destination destination = destination()) {
            TargetSpec spec = target(null, DestinationSyncMode.APPEND_DEDUP);
            assertThat(destination.plan(spec).notes()).hasSize(1);
            write(destination, spec);
        }
        assertThat(rows("SELECT count(*), count(DISTINCT id) FROM orders")).containsExactly(List.of(3L, 3L));
    }
}
