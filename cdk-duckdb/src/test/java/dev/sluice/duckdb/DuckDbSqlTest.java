package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever a name holds, it stays a name. */
final class DuckDbSqlTest {
    @Property(tries = 100)
    void anyNameAndTextComeBackAsTheyWere(@ForAll String name, @ForAll String text) {
        Assume.that(!name.isEmpty() && isWellFormed(name) && isWellFormed(text));
        try (DuckDb database = DuckDb.open(DuckDbOptions.inMemory());
                DuckDbConnection connection = database.connect()) {
            connection.execute("CREATE TABLE " + DuckDbSql.identifier(name) + " (v VARCHAR)");
            connection.update(
                    "INSERT INTO " + DuckDbSql.identifier(name) + " VALUES (" + DuckDbSql.literal(text) + ")");
            assertThat(connection.rows("SELECT table_name FROM duckdb_tables()"))
                    .containsExactly(List.of(name));
            assertThat(connection.rows("SELECT v FROM " + DuckDbSql.identifier(name)))
                    .containsExactly(List.of(text));
        }
    }

    @Test
    void quotesCannotEndAName() {
        assertThat(DuckDbSql.identifier("a\"; DROP TABLE t; --")).isEqualTo("\"a\"\"; DROP TABLE t; --\"");
        assertThat(DuckDbSql.literal("it's")).isEqualTo("'it''s'");
    }

    @Test
    void namesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> DuckDbSql.identifier("")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> DuckDbSql.identifier("a\u0000b")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> DuckDbSql.literal("a\u0000b")).isInstanceOf(ProblemException.class);
    }

    private static boolean isWellFormed(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
