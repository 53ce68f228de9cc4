package dev.sluice.connector.sqlite.session;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what is wrong with a file, sorted by what the user can do. */
final class SqliteProblems {
    private static final int PRIMARY_CODE = 0xff;

    private SqliteProblems() {}

    static SQLiteErrorCode code(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
    }

    static ProblemException of(SQLException failure, String place) {
        String words =
                String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
        return problem(code(failure), words).at(place).because(words).exception(failure);
    }

    private static Problem problem(SQLiteErrorCode code, String words) {
        return switch (code) {
            case SQLITE_NOTADB -> notADatabase();
            case SQLITE_CORRUPT ->
                Problem.of("E_SQLITE_CORRUPT", ProblemKind.INTEGRITY, "the database is damaged")
                        .fix("restore it from a backup, or save what is left with `sqlite3 FILE .recover`");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                Problem.of("E_SQLITE_LOCKED", ProblemKind.CONFLICT, "another program keeps the database locked")
                        .fix("wait until it is done, or raise busy_timeout");
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                Problem.of("E_SQLITE_PERMISSION", ProblemKind.PERMISSION, "the file cannot be opened as it has to be")
                        .fix("give the user who runs Sluice the right to the file and its folder");
            case SQLITE_FULL ->
                Problem.of("E_DISK_FULL", ProblemKind.RESOURCE, "the disk is full")
                        .fix("make room and run it again");
            case SQLITE_IOERR ->
                Problem.of("E_SQLITE_IO", ProblemKind.RESOURCE, "the file or its disk fails")
                        .fix("check the disk");
            case SQLITE_NOMEM ->
                Problem.of("E_SQLITE_MEMORY", ProblemKind.RESOURCE, "SQLite has no memory left")
                        .fix("lower cache_size, or give the process more memory");
            case SQLITE_INTERRUPT -> Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the statement was stopped");
            case SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH ->
                Problem.of("E_VALUE_REFUSED", ProblemKind.DATA, "SQLite refuses a value");
            case SQLITE_SCHEMA -> Problem.of("E_CONCURRENT_CHANGE", ProblemKind.TRANSIENT, "a table was just changed");
            default ->
                words.contains("no such table")
                        ? Problem.of("E_NO_TABLE", ProblemKind.CONFIG, "a table or view is gone")
                                .fix("see what there is with `sluice discover`")
                        : Problem.of("E_SQLITE", ProblemKind.INTERNAL, "SQLite refuses a statement");
        };
    }

    static Problem notADatabase() {
        return Problem.of("E_SQLITE_NOT_A_DATABASE", ProblemKind.CONFIG, "the file is not a SQLite database")
                .fix("check the path; a database that is encrypted has to be decrypted first");
    }
}
