package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** What is said where a log of PostgreSQL in particular cannot be read, each with what mends it. */
final class PgLogProblems {
    private PgLogProblems() {}

    static Problem identity(StreamId stream, String message, String fix) {
        return Problem.of("E_REPLICA_IDENTITY", ProblemKind.CONFIG, message)
                .at(stream.toString())
                .because("the log would not tell which row was changed or deleted")
                .fix(fix);
    }

    static Problem publication(StreamId stream, String message, String fix) {
        return Problem.of("E_PUBLICATION", ProblemKind.CONFIG, message)
                .at(stream.toString())
                .because("the log tells only what the publication names")
                .fix(fix);
    }

    static Problem unchanged(StreamId stream, String column, String quotedTable) {
        return Problem.of(
                        "E_LOG_UNCHANGED_VALUE",
                        ProblemKind.CONFIG,
                        "the log does not have the value of " + column + " in a row whose other columns were changed")
                .at(stream.toString())
                .because("the server stores large values apart and leaves them out where they stay as they are")
                .fix("ALTER TABLE " + quotedTable + " REPLICA IDENTITY FULL; then " + LogProblems.rewind(stream));
    }
}
