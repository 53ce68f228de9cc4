package dev.sluice.server.store;

import static dev.sluice.server.store.Problems.assertProblem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory. */
class SqliteStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    StoreLocation location() {
        return new StoreLocation.Directory(directory.resolve("data"));
    }

    @Override
    List<String> namesInBackup(int version) throws Exception {
        Path copy = directory.resolve("data/backups/store-version-%03d.db".formatted(version));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            return new Transaction(connection, Dialect.SQLITE).all(row -> row.text("name"), "SELECT name FROM thing");
        }
    }

    @Override
    void makeForeign() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/store.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE of_another (id INTEGER)");
        }
    }

    @Test
    void theDirectoryBelongsToOneStoreAtATime() {
        Store first = Store.open(location(), Clock.systemUTC());
        assertProblem(() -> Store.open(location(), Clock.systemUTC()), "E_CONTROL_LOCKED");
        first.close();
        Store.open(location(), Clock.systemUTC()).close();
    }

    @Test
    void aFileThatIsNoDatabaseIsSaidToBeDamaged() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/store.db"), "this is no database at all, only some text".repeat(50));
        assertProblem(() -> Store.open(location(), Clock.systemUTC()), "E_CONTROL_DAMAGED");
    }
}
