package dev.sluice.connector.sqlite.destination;

import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the destination can be written, and takes everything back. Makes no file where there is none. */
final class DestinationCheck {
    private final SqliteFile file;
    private final boolean wal;

    DestinationCheck(SqliteFile file, boolean wal) {
        this.file = file;
        this.wal = wal;
    }

    CheckReport run() {
        List<Step> steps = new ArrayList<>();
        try {
            Path folder = file.requireFolder();
            if (!Files.isWritable(folder)) {
                throw Problem.of("E_SQLITE_PERMISSION", ProblemKind.PERMISSION, "nobody like this user may write here")
                        .at(folder.toString())
                        .because("SQLite keeps its journal in a file beside the database")
                        .fix("give the user who runs Sluice the right to the folder")
                        .exception();
            }
            boolean there = file.exists();
            steps.add(Step.ok("find the file", there ? null : file.path() + " is made by the first run"));
            if (there) {
                write();
            }
            steps.add(Step.ok("write", wal ? "with a write-ahead log" : null));
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? "find the file" : "write", failure.problem()));
        }
        return new CheckReport(steps);
    }

    private void write() {
        try (WritingSession session = new WritingSession(file, false)) {
            session.begin();
            session.execute("CREATE TABLE main._sluice_check (value INTEGER)");
            session.rollback();
        }
    }
}
