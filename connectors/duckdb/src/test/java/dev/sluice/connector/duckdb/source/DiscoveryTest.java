package dev.sluice.connector.duckdb.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscoveryTest {
    @TempDir
    private Path folder;

    @Test
    void tablesAndViewsOfAllSchemasAreFoundWithExactTypes() {
        try (SourceFixture fixture = new SourceFixture(folder.resolve("a.duckdb"), Map.of())) {
            fixture.sql("""
                CREATE SCHEMA raw;
                CREATE SCHEMA raw.nested;
                CREATE TABLE orders (id BIGINT PRIMARY KEY, amount DECIMAL(12,2), tags VARCHAR[], moment TIMESTAMPTZ);
                CREATE TABLE raw."Odd ""name\""" ("a b" INT);
                CREATE TABLE raw.nested.deep (x UUID);
                CREATE VIEW big AS SELECT * FROM orders WHERE amount > 100;
                CREATE TEMP TABLE gone (x INT);
                CREATE SCHEMA sluice_internal;
                CREATE TABLE sluice_internal.targets (x INT);
                INSERT INTO orders VALUES (1, 2, NULL, NULL);
                """);
            Catalog catalog = fixture.source.discover(new DiscoverScope.All());
            assertThat(catalog.streams())
                    .extracting(CatalogStream::id)
                    .containsExactlyInAnyOrder(
                            StreamId.of("main", "orders"),
                            StreamId.of("main", "big"),
                            StreamId.of("raw", "Odd \"name\""),
                            StreamId.of("raw.nested", "deep"));
            CatalogStream orders = fixture.stream("main", "orders");
            assertThat(orders.schema().fields())
                    .containsExactly(
                            new Field("id", new DataType.IntType(64)),
                            new Field("amount", new DataType.DecimalType(12, 2)),
                            new Field("tags", new DataType.ArrayType(new DataType.TextType())),
                            new Field("moment", new DataType.TimestampType(6, true)));
            assertThat(orders.primaryKey()).containsExactly(FieldPath.of("id"));
            assertThat(orders.resumable()).isTrue();
            assertThat(orders.estimate().rows()).isEqualTo(1);
            assertThat(orders.supportsIncremental()).isTrue();
            CatalogStream view = fixture.stream("main", "big");
            assertThat(view.resumable()).isFalse();
            assertThat(view.primaryKey()).isEmpty();
        }
    }

    @Test
    void keysAreThoseThatHoldForEachRow() {
        try (SourceFixture fixture = new SourceFixture(folder.resolve("a.duckdb"), Map.of())) {
            fixture.sql("""
                CREATE TABLE two (b INT, a INT, PRIMARY KEY (b, a));
                CREATE TABLE never_null (k INT NOT NULL UNIQUE, v INT);
                CREATE TABLE maybe_null (k INT UNIQUE);
                CREATE TABLE only_flags (f BOOLEAN, l INT[]);
                """);
            assertThat(fixture.stream("main", "two").primaryKey())
                    .containsExactly(FieldPath.of("b"), FieldPath.of("a"));
            assertThat(fixture.stream("main", "never_null").primaryKey()).containsExactly(FieldPath.of("k"));
            assertThat(fixture.stream("main", "maybe_null").primaryKey()).isEmpty();
            assertThat(fixture.stream("main", "only_flags").supportsIncremental())
                    .isFalse();
        }
    }

    @Test
    void onlyTheSchemasAndStreamsThatAreAskedForAreLookedAt() {
        try (SourceFixture fixture = new SourceFixture(folder.resolve("a.duckdb"), Map.of("schemas", List.of("raw")))) {
            fixture.sql("CREATE TABLE a (x INT); CREATE SCHEMA raw; CREATE TABLE raw.b (x INT); CREATE TABLE raw.c (x"
                    + " INT)");
            assertThat(fixture.source.discover(new DiscoverScope.All()).streams())
                    .extracting(CatalogStream::id)
                    .containsExactlyInAnyOrder(StreamId.of("raw", "b"), StreamId.of("raw", "c"));
            assertThat(fixture.source
                            .discover(new DiscoverScope.Only(Set.of(StreamId.of("raw", "b"), StreamId.of("raw", "z"))))
                            .streams())
                    .extracting(CatalogStream::id)
                    .containsExactly(StreamId.of("raw", "b"));
            assertThat(fixture.source.discover(new DiscoverScope.Only(Set.of())).streams())
                    .isEmpty();
        }
    }

    @Test
    void aViewThatCannotBeReadIsLeftOutAndTold() {
        try (SourceFixture fixture = new SourceFixture(folder.resolve("a.duckdb"), Map.of())) {
            fixture.sql("CREATE TABLE t (x INT); CREATE VIEW v AS SELECT x FROM t; ALTER TABLE t RENAME TO u");
            assertThat(fixture.source.discover(new DiscoverScope.All()).streams())
                    .extracting(CatalogStream::id)
                    .containsExactly(StreamId.of("main", "u"));
            assertThat(fixture.host.lines()).anyMatch(line -> line.startsWith("WARNING left out the view main.v"));
        }
    }

    @Test
    void aCheckTellsWhatItFound() {
        Path file = folder.resolve("a.duckdb");
        try (SourceFixture fixture = new SourceFixture(file, Map.of())) {
            CheckReport missing = fixture.source.check();
            assertThat(missing.firstProblem().orElseThrow().code()).isEqualTo("E_DUCKDB_NOT_FOUND");
            assertThat(file).doesNotExist();
            fixture.sql("SELECT 1");
            assertThat(fixture.source.check().firstProblem().orElseThrow().code())
                    .isEqualTo("E_NOTHING_READABLE");
            fixture.sql("CREATE TABLE t (x INT)");
            CheckReport good = fixture.source.check();
            assertThat(good.succeeded()).isTrue();
            assertThat(good.steps())
                    .extracting(CheckReport.Step::name)
                    .containsExactly("open the file", "read the catalog");
        }
    }
}
