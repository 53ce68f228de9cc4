package dev.sluice.connector.postgres.session;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** Quotes identifiers and texts for statements: the only place of this connector that does. */
public final class Quoting {
    private Quoting() {}

    /**
     * An identifier, whatever its characters.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it is empty or holds a NUL character, which no identifier can
     */
    public static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw Problem.of(
                            "E_BAD_IDENTIFIER",
                            ProblemKind.CONFIG,
                            "PostgreSQL can have no name that is empty or holds a NUL character")
                    .fix("leave the field or stream out, or give it another name")
                    .exception();
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text constant, whatever its characters; correct with any setting of standard_conforming_strings. */
    public static String literal(String text) {
        String escaped = text.replace("'", "''");
        return escaped.indexOf('\\') < 0 ? "'" + escaped + "'" : "E'" + escaped.replace("\\", "\\\\") + "'";
    }
}
