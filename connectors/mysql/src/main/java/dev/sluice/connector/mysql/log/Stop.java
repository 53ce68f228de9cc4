package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** Why a stream cannot be read beyond a place of the log. */
enum Stop {
    /** The table was dropped, renamed or made anew, or rows came and went with a part of it. */
    ANEW {
        @Override
        Problem problem(StreamId stream, String what) {
            return Problem.of("E_OTHER_IDENTITY", ProblemKind.INTEGRITY, "the table is another one than before")
                    .at(stream.toString())
                    .because("the log has " + what)
                    .fix(LogProblems.rewind(stream));
        }
    },
    /** Rows were changed by a statement of which the log has only the text. */
    TOLD {
        @Override
        Problem problem(StreamId stream, String what) {
            return untold(
                    stream, "the log has only the text of " + what, "let all sessions write with binlog_format = ROW");
        }
    },
    /** A distributed transaction was committed, and nobody knows what it changed. */
    XA {
        @Override
        Problem problem(StreamId stream, String what) {
            return untold(
                    stream,
                    what,
                    "grant the account XA_RECOVER_ADMIN on MySQL, and keep the log for longer than XA transactions are"
                            + " open");
        }
    },
    /** The event tells less than the row. */
    PARTIAL {
        @Override
        Problem problem(StreamId stream, String what) {
            return untold(
                    stream,
                    what,
                    "SET GLOBAL binlog_row_image = 'FULL' and on MySQL binlog_row_value_options = '', for all"
                            + " sessions");
        }
    },
    /** The server says itself that its log lacks something, or it has events that nobody here knows. */
    BROKEN {
        @Override
        Problem problem(StreamId stream, String what) {
            return untold(stream, what, "look into the error log of the server");
        }
    };

    /** The problem of a stream. */
    abstract Problem problem(StreamId stream, String what);

    private static Problem untold(StreamId stream, String what, String fix) {
        return Problem.of(
                        "E_LOG_UNTOLD",
                        ProblemKind.INTEGRITY,
                        "rows were changed, and the log does not tell which or how")
                .at(stream.toString())
                .because(what)
                .fix(fix + "; then " + LogProblems.rewind(stream));
    }
}
