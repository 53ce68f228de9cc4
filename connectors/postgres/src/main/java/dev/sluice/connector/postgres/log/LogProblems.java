package dev.sluice.connector.postgres.log;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** What is said where a log cannot be read, each with what mends it. */
final class LogProblems {
    private LogProblems() {}

    static Problem unready(String message, String fix) {
        return Problem.of("E_LOG_UNREADY", ProblemKind.CONFIG, message).fix(fix);
    }

    /** A part of the log that a stream needs is no longer there, so rows could be missing without a sign. */
    static Problem gap(StreamId stream, String why) {
        return Problem.of("E_LOG_GAP", ProblemKind.INTEGRITY, "the log no longer has all that came since the last run")
                .at(stream.toString())
                .because(why)
                .fix(rewind(stream));
    }

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

    static Problem changed(StreamId stream, String message, String fix) {
        return Problem.of("E_LOG_OTHER_SHAPE", ProblemKind.CONFLICT, message)
                .at(stream.toString())
                .fix(fix);
    }

    static Problem truncated(StreamId stream) {
        return Problem.of("E_LOG_TRUNCATED", ProblemKind.INTEGRITY, "the table was emptied by TRUNCATE")
                .at(stream.toString())
                .because("the log does not tell which rows are gone")
                .fix(rewind(stream));
    }

    static Problem unchanged(StreamId stream, String column, String quotedTable) {
        return Problem.of(
                        "E_LOG_UNCHANGED_VALUE",
                        ProblemKind.CONFIG,
                        "the log does not have the value of " + column + " in a row whose other columns were changed")
                .at(stream.toString())
                .because("the server stores large values apart and leaves them out where they stay as they are")
                .fix("ALTER TABLE " + quotedTable + " REPLICA IDENTITY FULL; then " + rewind(stream));
    }

    static Problem unseenDelete(StreamId stream, String field) {
        return Problem.of("E_LOG_UNSEEN_DELETE", ProblemKind.CONFIG, "a row was deleted, and nothing would show it")
                .at(stream.toString())
                .because("rows are appended, and the field " + field + " is not among the selected ones")
                .fix("select the field " + field + ", or keep one row a key with incremental_append_deduped");
    }

    static String rewind(StreamId stream) {
        return "copy the stream from the beginning: `sluice state rewind --stream " + stream + "`";
    }
}
