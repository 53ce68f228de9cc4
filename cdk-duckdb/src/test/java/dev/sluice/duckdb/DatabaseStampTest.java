package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseStampTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void make() {
        file = folder.resolve("a.duckdb");
        change("CREATE TABLE t AS SELECT 1 AS n");
    }

    @Test
    void aFileThatNobodyChangedKeepsItsStamp() throws IOException {
        DatabaseStamp before = stamp();
        DuckDb.open(DuckDbOptions.file(file).forReading()).close();
        DuckDb.open(DuckDbOptions.file(file)).close();
        assertThat(stamp()).isEqualTo(before);
        assertThat(before.identifier()).hasSize(32);
        assertThat(before.iteration()).isPositive();
    }

    @Test
    void eachChangeShowsAlsoWithoutACheckpoint() throws IOException {
        DatabaseStamp before = stamp();
        change("INSERT INTO t VALUES (2)");
        DatabaseStamp after = stamp();
        assertThat(after).isNotEqualTo(before);
        assertThat(after.identifier()).isEqualTo(before.identifier());

        change("PRAGMA disable_checkpoint_on_shutdown; INSERT INTO t VALUES (3)");
        DatabaseStamp logged = stamp();
        assertThat(logged.logBytes()).isPositive();
        change("PRAGMA disable_checkpoint_on_shutdown; INSERT INTO t VALUES (4)");
        assertThat(stamp().logBytes()).isGreaterThan(logged.logBytes());
    }

    @Test
    void anotherDatabaseHasAnotherIdentifier() throws IOException {
        DatabaseStamp before = stamp();
        Files.delete(file);
        make();
        assertThat(stamp().identifier()).isNotEqualTo(before.identifier());
    }

    @Test
    void aCopyIsTheSameDatabase() throws IOException {
        Path copy = Files.copy(file, folder.resolve("b.duckdb"));
        assertThat(DatabaseStamp.read(copy)).contains(stamp());
    }

    @Test
    void nothingHasNoStamp() throws IOException {
        assertThat(DatabaseStamp.read(folder.resolve("none"))).isEmpty();
        assertThat(DatabaseStamp.read(Files.createFile(folder.resolve("empty"))))
                .isEmpty();
    }

    private DatabaseStamp stamp() throws IOException {
        return DatabaseStamp.read(file).orElseThrow();
    }

    private void change(String sql) {
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection connection = database.connect()) {
            connection.execute(sql);
        }
    }
}
