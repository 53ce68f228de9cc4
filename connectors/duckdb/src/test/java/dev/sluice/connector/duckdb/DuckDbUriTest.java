package dev.sluice.connector.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DuckDbUriTest {
    @Test
    void addressesWithTheSchemeAreOurs() {
        assertThat(path("duckdb:///data/shop.db")).isEqualTo("/data/shop.db");
        assertThat(path("duckdb:////data/shop.db")).isEqualTo("/data/shop.db");
        assertThat(path("duckdb:////shop.db")).isEqualTo("/shop.db");
        assertThat(path("duckdb:///shop.db")).isEqualTo("shop.db");
        assertThat(path("duckdb:shop.db")).isEqualTo("shop.db");
        assertThat(path("duckdb:../a/shop")).isEqualTo("../a/shop");
        assertThat(path("duckdb:/abs/shop")).isEqualTo("/abs/shop");
        assertThat(path("duckdb://shop.db")).isEqualTo("shop.db");
        assertThat(path("DuckDB:with%20blank%2B+.duckdb")).isEqualTo("with blank++.duckdb");
    }

    @Test
    void barePathsAreOursByTheirEnding() {
        assertThat(path("shop.duckdb")).isEqualTo("shop.duckdb");
        assertThat(path("/a/b c/Shop.DDB")).isEqualTo("/a/b c/Shop.DDB");
        for (String other : List.of("shop.db", "shop.csv", "postgres://h/x.duckdb", "https://h/x.duckdb", "duckdb")) {
            assertThat(new DuckDbSource().fromUri(other)).as(other).isEmpty();
        }
    }

    @Test
    void optionsFollowAQuestionMark() {
        assertThat(new DuckDbSource().fromUri("duckdb:a.db?schema=raw&threads=4&memory_limit=1GB"))
                .map(Config::values)
                .contains(Map.of("path", "a.db", "schemas", List.of("raw"), "threads", "4", "memory_limit", "1GB"));
    }

    @Test
    void addressesThatCannotBeAreTold() {
        for (String bad : List.of("duckdb:", "duckdb://", "duckdb:///", "duckdb:a.db?password=x", "duckdb:a%zz")) {
            assertThatThrownBy(() -> new DuckDbSource().fromUri(bad))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("E_BAD_ADDRESS"));
        }
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertRefused("/project/:memory:", "E_DUCKDB_IN_MEMORY");
        assertRefused(":memory:", "E_DUCKDB_IN_MEMORY");
        assertRefused("md:shop", "E_DUCKDB_REMOTE");
        assertRefused("a\u0000b", "E_CONFIG");
    }

    private static void assertRefused(String path, String code) {
        assertThatThrownBy(() -> new DuckDbSource().open(Config.of(Map.of("path", path)), new TestHost()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static Object path(String uri) {
        return new DuckDbSource().fromUri(uri).orElseThrow().values().get("path") + "";
    }
}
