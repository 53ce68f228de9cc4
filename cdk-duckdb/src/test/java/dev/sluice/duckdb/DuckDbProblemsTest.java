package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import org.junit.jupiter.api.Test;

/** The errors are those that DuckDB 2.0 prints. */
final class DuckDbProblemsTest {
    @Test
    void aLockTellsWhoHoldsIt() {
        Problem problem = DuckDbProblems.problem(
                "IO Error: Could not set lock on file \"/data/shop.duckdb\": Conflicting lock is held in"
                        + " /usr/bin/python3.12 (PID 812) by user ann. However, you would be able to open this database"
                        + " in read-only mode. See also https://duckdb.org/docs/current/connect/concurrency",
                "/data/shop.duckdb");
        assertThat(problem.code()).isEqualTo("E_DUCKDB_LOCKED");
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFLICT);
        assertThat(problem.message()).isEqualTo("the database is open in /usr/bin/python3.12 (PID 812) by user ann");
        assertThat(problem.where()).isEqualTo("/data/shop.duckdb");
    }

    @Test
    void whatTheUserCanDoDecidesTheKind() {
        assertSorted(
                "IO Error: Cannot open file \"/x/a.db\": Permission denied",
                "E_DUCKDB_PERMISSION",
                ProblemKind.PERMISSION);
        assertSorted(
                "IO Error: Cannot open file \"/x/a.db\": No such file or directory",
                "E_DUCKDB_NOT_FOUND",
                ProblemKind.CONFIG);
        assertSorted(
                "IO Error: Could not write file \"/x/a.db\": No space left on device",
                "E_DUCKDB_DISK_FULL",
                ProblemKind.RESOURCE);
        assertSorted(
                "Out of Memory Error: failed to offload data block of size 256.0 KiB (1.0 MiB/1.0 MiB used). This"
                        + " limit was set by the 'max_temp_directory_size' setting.",
                "E_DUCKDB_DISK_FULL",
                ProblemKind.RESOURCE);
        assertSorted("Out of Memory Error: could not allocate block", "E_DUCKDB_MEMORY", ProblemKind.RESOURCE);
        assertSorted(
                "IO Error: Trying to read a database file with version number 99, but we can only read versions"
                        + " between 64 and 69.",
                "E_DUCKDB_FORMAT",
                ProblemKind.CONFIG);
        assertSorted("Invalid Input Error: Storage Version '12' is not found!", "E_DUCKDB_FORMAT", ProblemKind.CONFIG);
        assertSorted(
                "IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at"
                        + " location 4096",
                "E_DUCKDB_CORRUPT",
                ProblemKind.DATA);
        assertSorted("TransactionContext Error: Conflict on update!", "E_DUCKDB_CONFLICT", ProblemKind.TRANSIENT);
        assertSorted(
                "Constraint Error: Duplicate key \"id: 1\" violates primary key constraint.",
                "E_DUCKDB_CONSTRAINT",
                ProblemKind.DATA);
        assertSorted("Conversion Error: Could not convert string 'x' to INT32", "E_DUCKDB_VALUE", ProblemKind.DATA);
        assertSorted("Catalog Error: Table with name t does not exist!", "E_DUCKDB_STATEMENT", ProblemKind.CONFIG);
        assertSorted(
                "Invalid Input Error: Cannot execute statement of type \"INSERT\" on database \"a\" which is attached"
                        + " in read-only mode!",
                "E_DUCKDB_READ_ONLY",
                ProblemKind.CONFIG);
        assertSorted("INTERRUPT Error: Interrupted!", "E_CANCELLED", ProblemKind.CANCELLED);
        assertSorted("Something new", "E_DUCKDB", ProblemKind.INTERNAL);
    }

    @Test
    void wordsAreCutAndStackTracesLeftOut() {
        Problem traced = DuckDbProblems.problem("INTERNAL Error: it broke\n\nStack Trace:\n\n/tmp/lib.so(+0x1)", null);
        assertThat(traced.why()).isEqualTo("INTERNAL Error: it broke");
        Problem endless = DuckDbProblems.problem("Conversion Error: " + "x".repeat(100_000), null);
        assertThat(endless.why()).hasSizeLessThan(2_000).endsWith("...");
    }

    private static void assertSorted(String error, String code, ProblemKind kind) {
        Problem problem = DuckDbProblems.problem(error, null);
        assertThat(problem.code()).as(error).isEqualTo(code);
        assertThat(problem.kind()).as(error).isEqualTo(kind);
        assertThat(problem.why()).isEqualTo(error);
    }
}
