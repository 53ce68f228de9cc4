package dev.sluice.connector.sqlite.session;

import dev.sluice.cdk.sql.SqlNames;

/** Quotes names, whatever characters they have. */
public final class Quoting {
    private Quoting() {}

    /**
     * The identifier of a name.
     *
     * @throws dev.sluice.spi.problem.ProblemException if SQLite can have no such name
     */
    public static String identifier(String name) {
        return '"' + SqlNames.required(name, "SQLite").replace("\"", "\"\"") + '"';
    }
}
