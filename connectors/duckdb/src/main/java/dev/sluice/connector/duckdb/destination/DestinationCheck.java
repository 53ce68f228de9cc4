package dev.sluice.connector.duckdb.destination;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Tries whether the destination can be written. In a database that is there, everything is taken back; where there is none
 * yet, a file of another name is made beside it and removed.
 */
final class DestinationCheck {
    private static final String OPEN = "open the file";
    private static final String WRITE = "write";

    private final DestinationSettings settings;
    private final DatabaseFile file;

    DestinationCheck(DestinationSettings settings, DatabaseFile file) {
        this.settings = settings;
        this.file = file;
    }

    CheckReport run() {
        List<Step> steps = new ArrayList<>();
        try {
            Path folder = file.requireFolder();
            if (file.exists()) {
                try (DuckDbConnection connection = file.connect()) {
                    steps.add(Step.ok(OPEN, "DuckDB " + DuckDb.version() + " writes " + file.path()));
                    requireWritable(folder);
                    write(connection);
                }
            } else {
                steps.add(Step.ok(OPEN, file.path() + " is made by the first run"));
                tryBeside(folder);
            }
            steps.add(Step.ok(WRITE, "schema " + settings.schema()));
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? OPEN : WRITE, failure.problem()));
        }
        return new CheckReport(steps);
    }

    /** A transaction that is rolled back writes no log, so the log's place has to be looked at. */
    private void requireWritable(Path folder) {
        if (!Files.isWritable(folder)) {
            throw Problem.of("E_DUCKDB_PERMISSION", ProblemKind.PERMISSION, "this user may not write into the folder")
                    .at(folder.toString())
                    .because("DuckDB keeps its log in a file beside the database")
                    .fix("give the user who runs Sluice the right to the file and its folder")
                    .exception();
        }
    }

    private void tryBeside(Path folder) {
        requireWritable(folder);
        Path probe = folder.resolve(".sluice-check-" + UUID.randomUUID() + ".duckdb");
        DuckDbOptions options = settings.database();
        DuckDbOptions beside = new DuckDbOptions(
                probe, false, options.memoryLimit(), options.threads(), options.temporaryFolder(), options.settings());
        try (DuckDb database = DuckDb.open(beside);
                DuckDbConnection connection = database.connect()) {
            write(connection);
        } finally {
            remove(probe);
            remove(Path.of(probe + ".wal"));
        }
    }

    private void write(DuckDbConnection connection) {
        String table = new Catalog(connection).qualified(settings.schema(), "_sluice_check");
        connection.begin();
        try {
            connection.execute("CREATE SCHEMA IF NOT EXISTS " + DuckDbSql.identifier(settings.schema()));
            connection.execute("CREATE SCHEMA IF NOT EXISTS sluice_internal");
            connection.execute("CREATE TABLE " + table + " (value INTEGER)");
            connection.execute("INSERT INTO " + table + " VALUES (1)");
        } finally {
            connection.rollback();
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw Problem.of("E_DUCKDB_PERMISSION", ProblemKind.PERMISSION, "a file of the check cannot be removed")
                    .at(path.toString())
                    .because(Objects.toString(failure.getMessage(), failure.toString()))
                    .fix("give the user who runs Sluice the right to the folder, and remove the file")
                    .exception(failure);
        }
    }
}
