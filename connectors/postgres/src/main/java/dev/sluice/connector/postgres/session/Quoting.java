package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.sql.SqlNames;

/** Quotes identifiers and texts for statements: the only place of this connector that does. */
public final class Quoting {
    private Quoting() {}

    /**
     * An identifier, whatever its characters.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it is empty or holds a NUL character, which no identifier can
     */
    public static String identifier(String name) {
        return '"' + SqlNames.required(name, "PostgreSQL").replace("\"", "\"\"") + '"';
    }

    /** A text constant, whatever its characters; correct with any setting of standard_conforming_strings. */
    public static String literal(String text) {
        String escaped = text.replace("'", "''");
        return escaped.indexOf('\\') < 0 ? "'" + escaped + "'" : "E'" + escaped.replace("\\", "\\\\") + "'";
    }
}
