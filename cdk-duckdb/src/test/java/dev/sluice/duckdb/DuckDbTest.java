package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsMadeAndFoundAgain() {
        Path file = folder.resolve("new one.duckdb");
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection connection = database.connect()) {
            connection.execute("CREATE TABLE t AS SELECT 42 AS n");
            assertThat(database.isReadOnly()).isFalse();
            assertThat(database.stamp()).isEmpty();
        }
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file).forReading());
                DuckDbConnection connection = database.connect()) {
            assertThat(connection.rows("SELECT n FROM t")).containsExactly(List.of(42L));
            assertThat(database.isReadOnly()).isTrue();
            assertThat(database.stamp()).isPresent();
        }
    }

    @Test
    void allWhoOpenAFileShareIt() throws IOException {
        Path file = folder.resolve("shared.duckdb");
        Path link = Files.createSymbolicLink(folder.resolve("link.duckdb"), file);
        try (DuckDb one = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection writer = one.connect()) {
            writer.execute("CREATE TABLE t AS SELECT 1 AS n");
            try (DuckDb two = DuckDb.open(DuckDbOptions.file(link).forReading());
                    DuckDbConnection reader = two.connect()) {
                assertThat(reader.rows("SELECT n FROM t")).containsExactly(List.of(1L));
                assertThat(two.isReadOnly()).isFalse();
            }
            writer.execute("INSERT INTO t VALUES (2)");
        }
    }

    @Test
    void whileThisProcessReadsAFileItDoesNotWriteIt() {
        Path file = made("read.duckdb");
        try (DuckDb reading = DuckDb.open(DuckDbOptions.file(file).forReading())) {
            assertProblem(DuckDbOptions.file(file), "E_DUCKDB_READING", ProblemKind.CONFLICT);
            assertThat(reading.isReadOnly()).isTrue();
        }
        DuckDb.open(DuckDbOptions.file(file)).close();
    }

    @Test
    void anotherProcessThatHasTheFileOpenIsNamed() throws Exception {
        Path file = made("locked.duckdb");
        try (Forked other = Forked.run(Holder.class, "-Xmx64m", file.toString())) {
            assertThat(other.line()).isEqualTo("open");
            Problem problem = assertProblem(DuckDbOptions.file(file), "E_DUCKDB_LOCKED", ProblemKind.CONFLICT);
            assertThat(problem.message()).contains("PID " + other.pid());
            assertThat(problem.where()).isEqualTo(file.toRealPath().toString());
            assertProblem(DuckDbOptions.file(file).forReading(), "E_DUCKDB_LOCKED", ProblemKind.CONFLICT);
        }
        DuckDb.open(DuckDbOptions.file(file)).close();
    }

    @Test
    void processesThatOnlyReadShareAFile() throws Exception {
        Path file = made("shared.duckdb");
        try (Forked other = Forked.run(Holder.class, "-Xmx64m", file.toString(), "reading")) {
            assertThat(other.line()).isEqualTo("open");
            DuckDb.open(DuckDbOptions.file(file).forReading()).close();
            assertProblem(DuckDbOptions.file(file), "E_DUCKDB_LOCKED", ProblemKind.CONFLICT);
        }
    }

    /** Holds a database open until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            DuckDbOptions options = DuckDbOptions.file(Path.of(arguments[0]));
            try (DuckDb database = DuckDb.open(arguments.length > 1 ? options.forReading() : options)) {
                database.connect();
                System.out.println("open");
                while (!Thread.interrupted()) {
                    LockSupport.park();
                }
            }
        }
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.duckdb"), "Dear diary, ".repeat(2_000));
        assertProblem(DuckDbOptions.file(text), "E_DUCKDB_NOT_A_DATABASE", ProblemKind.CONFIG);
        Path tiny = Files.writeString(folder.resolve("tiny.duckdb"), "x");
        assertProblem(DuckDbOptions.file(tiny), "E_DUCKDB_NOT_A_DATABASE", ProblemKind.CONFIG);
        assertProblem(DuckDbOptions.file(folder), "E_DUCKDB_NOT_A_DATABASE", ProblemKind.CONFIG);
        assertThat(text).content().startsWith("Dear diary");
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        Path file = made("damaged.duckdb");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(3 * 4096 + 100);
            content.write(new byte[200_000]);
        }
        assertThatThrownBy(() -> {
                    try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                            DuckDbConnection connection = database.connect()) {
                        connection.rows("SELECT * FROM t");
                    }
                })
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("E_DUCKDB_CORRUPT"));
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        Path file = made("future.duckdb");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            for (int header = 0; header < 3; header++) {
                int versionAt = header == 0 ? 12 : header * 4096 + 8 + 6 * 8;
                content.seek(versionAt);
                content.write(header == 0 ? 123 : 250);
                writeChecksum(content, header * 4096L);
            }
        }
        assertProblem(DuckDbOptions.file(file), "E_DUCKDB_FORMAT", ProblemKind.CONFIG);
    }

    /** As in DuckDB's {@code checksum.cpp}, over all words of a header but the first one, which holds it. */
    private static void writeChecksum(RandomAccessFile content, long header) throws IOException {
        long checksum = 5381;
        content.seek(header + 8);
        for (int word = 1; word < 512; word++) {
            checksum ^= Long.reverseBytes(content.readLong()) * 0xbf58476d1ce4e5b9L;
        }
        content.seek(header);
        content.writeLong(Long.reverseBytes(checksum));
    }

    @Test
    void aMissingFolderOrFileIsTold() {
        Path nowhere = folder.resolve("no").resolve("where.duckdb");
        Problem problem = assertProblem(DuckDbOptions.file(nowhere), "E_DUCKDB_NOT_FOUND", ProblemKind.CONFIG);
        assertThat(problem.fix()).contains(folder.resolve("no").toString());
        Path missing = folder.resolve("missing.duckdb");
        assertProblem(DuckDbOptions.file(missing).forReading(), "E_DUCKDB_NOT_FOUND", ProblemKind.CONFIG);
        assertThat(missing).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsTold() {
        // Nobody, not even root, makes files in /proc.
        assertThatThrownBy(() -> DuckDb.open(DuckDbOptions.file(Path.of("/proc/sluice.duckdb"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isIn("E_DUCKDB_PERMISSION", "E_DUCKDB_NOT_FOUND"));
    }

    @Test
    void aWrongSettingIsTold() {
        Problem memory = assertProblem(
                DuckDbOptions.inMemory().withMemoryLimit("plenty"), "E_DUCKDB_SETTING", ProblemKind.CONFIG);
        assertThat(memory.message()).contains("plenty").contains("memory_limit");
        assertProblem(DuckDbOptions.inMemory().with("no_such_thing", "1"), "E_DUCKDB_SETTING", ProblemKind.CONFIG);
    }

    @Test
    void settingsArrive() {
        DuckDbOptions options = DuckDbOptions.inMemory()
                .withMemoryLimit("123MiB")
                .withThreads(3)
                .withTemporaryFolder(folder.resolve("spill"))
                .with("default_order", "desc");
        try (DuckDb database = DuckDb.open(options);
                DuckDbConnection connection = database.connect()) {
            assertThat(connection.rows("SELECT current_setting('memory_limit'), current_setting('threads'),"
                            + " current_setting('temp_directory'), lower(current_setting('default_order')),"
                            + " current_setting('autoinstall_known_extensions'), current_setting('TimeZone')"))
                    .containsExactly(
                            List.of("123.0 MiB", 3L, folder.resolve("spill").toString(), "desc", false, "UTC"));
        }
    }

    @Test
    void aClosedDatabaseTakesNothingMore() {
        DuckDb database = DuckDb.open(DuckDbOptions.inMemory());
        DuckDbConnection connection = database.connect();
        database.close();
        database.close();
        assertThat(connection.isOpen()).isFalse();
        assertThatThrownBy(() -> connection.execute("SELECT 1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(database::connect).isInstanceOf(IllegalStateException.class);
    }

    private Path made(String name) {
        Path file = folder.resolve(name);
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection connection = database.connect()) {
            connection.execute("CREATE TABLE t AS SELECT i, 'text ' || i AS t FROM range(100000) r(i)");
        }
        return file;
    }

    private static Problem assertProblem(DuckDbOptions options, String code, ProblemKind kind) {
        Problem[] problem = new Problem[1];
        assertThatThrownBy(() -> DuckDb.open(options).close())
                .isInstanceOfSatisfying(ProblemException.class, e -> problem[0] = e.problem());
        assertThat(problem[0].code()).as(problem[0].toString()).isEqualTo(code);
        assertThat(problem[0].kind()).isEqualTo(kind);
        return problem[0];
    }
}
