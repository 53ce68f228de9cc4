package dev.sluice.duckdb;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sorts DuckDB's errors by what a user can do about them. Its own words are kept as the cause. */
final class DuckDbProblems {
    /** An error can quote a whole statement or a value of any size. */
    private static final int MAX_WORDS = 1500;

    private static final Pattern LOCK_HOLDER = Pattern.compile("Conflicting lock is held in (.*?)(?:\\. |$)");

    /** What an error says, and what it is then. The first rule that fits counts. */
    private static final List<Rule> RULES = List.of(
            rule(
                    "INTERRUPT Error",
                    new Problem("E_CANCELLED", ProblemKind.CANCELLED, "the statement was stopped", null, null, null)),
            rule(
                    "options were not recognized|unrecognized configuration parameter",
                    new Problem(
                            "E_DUCKDB_SETTING",
                            ProblemKind.CONFIG,
                            "DuckDB has no such setting",
                            null,
                            null,
                            "take a name from duckdb_settings()")),
            rule(
                    "Could not set lock on file",
                    new Problem(
                            "E_DUCKDB_LOCKED",
                            ProblemKind.CONFLICT,
                            "another process has the database open",
                            null,
                            null,
                            "close the database there; several processes can share it only if all of them only read")),
            rule(
                    "not a valid DuckDB database file",
                    new Problem(
                            "E_DUCKDB_NOT_A_DATABASE",
                            ProblemKind.CONFIG,
                            "the file is not a DuckDB database",
                            null,
                            null,
                            "give the path of a DuckDB file")),
            rule(
                    "database file with version number|(Storage|Serialization) Version .* not found|newer version of"
                            + " DuckDB",
                    new Problem(
                            "E_DUCKDB_FORMAT",
                            ProblemKind.CONFIG,
                            "the database was written by a DuckDB whose format this one does not read",
                            null,
                            null,
                            "export it with the program that wrote it (EXPORT DATABASE) and import it again")),
            rule(
                    "No space left on device|max_temp_directory_size|not enough space on the disk",
                    new Problem(
                            "E_DUCKDB_DISK_FULL",
                            ProblemKind.RESOURCE,
                            "the disk is full",
                            null,
                            null,
                            "make room where the database and its temporary files lie, then run it again")),
            rule(
                    "Out of Memory Error|OutOfMemory|bad_alloc",
                    new Problem(
                            "E_DUCKDB_MEMORY",
                            ProblemKind.RESOURCE,
                            "DuckDB needs more memory than it may take",
                            null,
                            null,
                            "raise memory_limit, or lower threads")),
            rule(
                    "Permission denied|Read-only file system|Permission Error|Access is denied",
                    new Problem(
                            "E_DUCKDB_PERMISSION",
                            ProblemKind.PERMISSION,
                            "this user may not do that with the file",
                            null,
                            null,
                            "give the user who runs Sluice the right to the file and its folder")),
            rule(
                    "attached in read-only mode|read-only mode!",
                    new Problem(
                            "E_DUCKDB_READ_ONLY",
                            ProblemKind.CONFIG,
                            "the database is open for reading only",
                            null,
                            null,
                            null)),
            rule(
                    "[Cc]orrupt|does not match stored checksum|Serialization Error|Data Corruption",
                    new Problem(
                            "E_DUCKDB_CORRUPT",
                            ProblemKind.DATA,
                            "the database file is damaged",
                            null,
                            null,
                            "restore it from a backup")),
            rule(
                    "No such file or directory|database does not exist|cannot find the (file|path)",
                    new Problem(
                            "E_DUCKDB_NOT_FOUND",
                            ProblemKind.CONFIG,
                            "there is no such file or folder",
                            null,
                            null,
                            "check the path")),
            rule(
                    "Missing Extension|Extension .* not found|extension .*not (loaded|installed)|Autoload",
                    new Problem(
                            "E_DUCKDB_EXTENSION",
                            ProblemKind.CONFIG,
                            "an extension of DuckDB is missing",
                            null,
                            null,
                            "install it with the DuckDB command line (INSTALL name); Sluice loads none from the"
                                    + " network")),
            rule(
                    "Conflict on|Transaction conflict|write-write conflict|Conflicting transactions?",
                    new Problem(
                            "E_DUCKDB_CONFLICT",
                            ProblemKind.TRANSIENT,
                            "another transaction changed the same rows or tables",
                            null,
                            null,
                            null)),
            rule(
                    "^Constraint Error",
                    new Problem(
                            "E_DUCKDB_CONSTRAINT",
                            ProblemKind.DATA,
                            "a row breaks a constraint of the table",
                            null,
                            null,
                            "drop the constraint, or leave out such rows at the source")),
            rule(
                    "^(Conversion|Out of Range|Mismatch Type|Invalid Type) Error",
                    new Problem(
                            "E_DUCKDB_VALUE",
                            ProblemKind.DATA,
                            "a value does not fit where it has to go",
                            null,
                            null,
                            null)),
            rule(
                    "^(Catalog|Binder|Parser|Syntax) Error",
                    new Problem(
                            "E_DUCKDB_STATEMENT",
                            ProblemKind.CONFIG,
                            "DuckDB does not accept the statement",
                            null,
                            null,
                            null)));

    private record Rule(Pattern words, Problem problem) {}

    private DuckDbProblems() {}

    private static Rule rule(String words, Problem problem) {
        return new Rule(Pattern.compile(words), problem);
    }

    /**
     * The problem behind an error.
     *
     * @param error DuckDB's words
     * @param where the file, or null if the statement was not about one
     */
    static ProblemException exception(String error, @Nullable String where) {
        return problem(error, where).exception();
    }

    static Problem problem(String error, @Nullable String where) {
        String words = cut(error);
        for (Rule rule : RULES) {
            if (rule.words.matcher(error).find()) {
                return told(rule.problem, error).at(where).because(words);
            }
        }
        return Problem.of("E_DUCKDB", ProblemKind.INTERNAL, "DuckDB reports an error")
                .at(where)
                .because(words);
    }

    private static String cut(String error) {
        int trace = error.indexOf("\n\nStack Trace:");
        String words = (trace < 0 ? error : error.substring(0, trace)).strip();
        return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "..." : words;
    }

    private static Problem told(Problem problem, String error) {
        Matcher holder = LOCK_HOLDER.matcher(error);
        if (!problem.code().equals("E_DUCKDB_LOCKED") || !holder.find()) {
            return problem;
        }
        return new Problem(
                problem.code(),
                problem.kind(),
                "the database is open in " + holder.group(1),
                null,
                null,
                problem.fix());
    }
}
