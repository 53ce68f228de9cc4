package dev.sluice.cdk.log;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ChangeFields;
import java.io.IOException;

/** What is said where a log cannot be read, whichever server writes it; each with what mends it. */
public final class LogProblems {
    private LogProblems() {}

    /** The server does not write the log that is needed, or does not let it be read. */
    public static Problem unready(String message, String fix) {
        return Problem.of("E_LOG_UNREADY", ProblemKind.CONFIG, message).fix(fix);
    }

    /** A part of the log that a stream needs is no longer there, so rows could be missing without a sign. */
    public static Problem gap(StreamId stream, String why) {
        return Problem.of("E_LOG_GAP", ProblemKind.INTEGRITY, "the log no longer has all that came since the last run")
                .at(stream.toString())
                .because(why)
                .fix(rewind(stream));
    }

    /** The columns of the table are not what rows in the log have. */
    public static Problem changed(StreamId stream, String message, String fix) {
        return Problem.of("E_LOG_OTHER_SHAPE", ProblemKind.CONFLICT, message)
                .at(stream.toString())
                .fix(fix);
    }

    /** All rows went, and the log does not say which. */
    public static Problem truncated(StreamId stream) {
        return Problem.of("E_LOG_TRUNCATED", ProblemKind.INTEGRITY, "the table was emptied by TRUNCATE")
                .at(stream.toString())
                .because("the log does not tell which rows are gone")
                .fix(rewind(stream));
    }

    /** A deleted row would look like one that is there. */
    public static Problem unseenDelete(StreamId stream) {
        return Problem.of("E_LOG_UNSEEN_DELETE", ProblemKind.CONFIG, "a row was deleted, and nothing would show it")
                .at(stream.toString())
                .because("rows are appended, and the field " + ChangeFields.DELETED_AT
                        + " is not among the selected ones")
                .fix("select the field " + ChangeFields.DELETED_AT
                        + ", or keep one row a key with incremental_append_deduped");
    }

    /** The files in which the log is put aside fail. */
    public static ProblemException unspooled(IOException failure) {
        return Problem.of("E_LOG_SPOOL", ProblemKind.RESOURCE, "the log could not be put aside, or read from there")
                .because(failure.getMessage())
                .fix("make room in the directory for temporary files")
                .exception(failure);
    }

    /** What makes a stream begin anew. */
    public static String rewind(StreamId stream) {
        return "copy the stream from the beginning: `sluice state rewind --stream " + stream + "`";
    }
}
