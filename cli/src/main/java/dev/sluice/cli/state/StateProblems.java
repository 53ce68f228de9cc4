package dev.sluice.cli.state;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what is wrong with a state file. */
final class StateProblems {
    private static final int PRIMARY_CODE = 0xff;

    private StateProblems() {}

    static ProblemException of(SQLException cause, Path file) {
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(cause.getErrorCode() & PRIMARY_CODE);
        String why = String.valueOf(cause.getMessage());
        Problem problem = switch (code) {
            case SQLITE_NOTADB, SQLITE_CORRUPT -> damaged();
            case SQLITE_FULL ->
                Problem.of("E_DISK_FULL", ProblemKind.RESOURCE, "the state cannot be saved: the disk is full")
                        .fix("make room; what is committed so far stays, and the next run goes on from there");
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_IOERR, SQLITE_PERM ->
                Problem.of("E_STATE_UNWRITABLE", ProblemKind.RESOURCE, "the state file cannot be written")
                        .fix("make its directory writable, or name another one with --state DIR");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                Problem.of("E_STATE_BUSY", ProblemKind.CONFLICT, "another process holds the state file")
                        .fix("wait until it is done, and try again");
            default -> Problem.of("E_STATE", ProblemKind.INTERNAL, "the state file cannot be used");
        };
        return problem.at(file.toString()).because(why).exception(cause);
    }

    static ProblemException newer(Path file, int version, int known) {
        return Problem.of("E_STATE_NEWER", ProblemKind.CONFIG, "the state file was written by a newer Sluice")
                .at(file.toString())
                .because("it has version " + version + ", and this Sluice knows versions up to " + known)
                .fix("use the newer Sluice, or another state with --state DIR")
                .exception();
    }

    static ProblemException foreign(Path file) {
        return damaged()
                .at(file.toString())
                .because("it is a database of another program")
                .exception();
    }

    private static Problem damaged() {
        return Problem.of("E_STATE_DAMAGED", ProblemKind.INTEGRITY, "the state file is damaged")
                .fix("restore it from a backup; or move it away, and then each stream starts over,"
                        + " and --take-over lets the run have the tables that it wrote before");
    }
}
