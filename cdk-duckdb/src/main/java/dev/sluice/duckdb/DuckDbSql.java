package dev.sluice.duckdb;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** Writes identifiers and texts into SQL for DuckDB, whatever characters they have. The only place that does. */
public final class DuckDbSql {
    private DuckDbSql() {}

    /**
     * An identifier in quotes.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code DATA} if the name is empty or has a NUL character,
     *     which no identifier can have
     */
    public static String identifier(String name) {
        if (name.isEmpty()) {
            throw Problem.of("E_IDENTIFIER", ProblemKind.DATA, "DuckDB has no empty names")
                    .exception();
        }
        requireNoNul(name);
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A text literal in quotes.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code DATA} if the text has a NUL character; such a text
     *     has to be a parameter
     */
    public static String literal(String text) {
        requireNoNul(text);
        return '\'' + text.replace("'", "''") + '\'';
    }

    private static void requireNoNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Problem.of("E_IDENTIFIER", ProblemKind.DATA, "a name or a text in SQL cannot hold a NUL character")
                    .at(text.replace('\0', '\u2400'))
                    .exception();
        }
    }
}
