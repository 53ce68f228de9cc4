package dev.sluice.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite in a directory that belongs to one process at a time.
 *
 * <p>Write-ahead log with full synchronisation: what was committed survives the loss of power. One connection writes, and
 * a transaction of it has the write lock from its beginning, so that none fails in its middle because another was faster.
 */
final class SqliteBackend implements Backend {
    private static final int PRIMARY_CODE = 0xff;
    private static final int READERS = 4;
    private static final int BACKUPS = 5;

    private final Path directory;
    private final Path file;
    private final DirectoryLock lock;
    private final HikariDataSource writer;
    private final HikariDataSource reader;

    private SqliteBackend(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
        file = directory.resolve("store.db");
        writer = pool("writer", SQLiteConfig.TransactionMode.IMMEDIATE, 1);
        reader = pool("reader", SQLiteConfig.TransactionMode.DEFERRED, READERS);
    }

    static SqliteBackend open(Path directory) {
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            return new SqliteBackend(directory, lock);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private HikariDataSource pool(String name, SQLiteConfig.TransactionMode mode, int size) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.setTransactionMode(mode);
        settings.setBusyTimeout(5_000);
        settings.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store " + name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1); // the first use says what is wrong
        if (mode == SQLiteConfig.TransactionMode.DEFERRED) {
            pool.setConnectionInitSql("PRAGMA query_only = ON");
        }
        return new HikariDataSource(pool);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public Connection connect() throws SQLException {
        return writer.getDataSource().getConnection();
    }

    @Override
    public HikariDataSource writer() {
        return writer;
    }

    @Override
    public HikariDataSource reader() {
        return reader;
    }

    @Override
    public void reserve(Connection connection) {
        // The directory is ours, and so is the one connection that writes.
    }

    @Override
    public void release(Connection connection) {
        // Nothing was taken.
    }

    @Override
    public List<String> tables(Connection connection) throws SQLException {
        return new Transaction(connection, Dialect.SQLITE)
                .all(
                        row -> row.text("name"),
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'");
    }

    @Override
    public void backUp(Connection connection, int version) throws SQLException {
        Path backups = directory.resolve("backups");
        try {
            Files.createDirectories(backups);
            Path copy = backups.resolve("store-version-%03d.db".formatted(version));
            Path unfinished = backups.resolve(copy.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, unfinished.toString());
                vacuum.execute();
            }
            Files.move(unfinished, copy, StandardCopyOption.REPLACE_EXISTING);
            forgetOld(backups);
        } catch (IOException cause) {
            throw StoreProblems.unwritable(backups.toString(), cause);
        }
    }

    private static void forgetOld(Path backups) throws IOException {
        List<Path> copies;
        try (Stream<Path> all = Files.list(backups)) {
            copies = new ArrayList<>(
                    all.filter(path -> path.toString().endsWith(".db")).sorted().toList());
        }
        while (copies.size() > BACKUPS) {
            Files.delete(copies.removeFirst());
        }
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public boolean isPassing(SQLException cause) {
        return false; // who writes has waited for the lock already
    }

    @Override
    public ProblemException problem(SQLException cause) {
        return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode() & PRIMARY_CODE)) {
            case SQLITE_NOTADB, SQLITE_CORRUPT -> StoreProblems.damaged(place(), cause);
            case SQLITE_FULL -> StoreProblems.full(place(), cause);
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_IOERR, SQLITE_PERM ->
                StoreProblems.unwritable(place(), cause);
            case SQLITE_BUSY, SQLITE_LOCKED -> StoreProblems.busy(place(), cause);
            case SQLITE_CONSTRAINT -> StoreProblems.conflicting(place(), cause);
            default -> StoreProblems.other(place(), cause);
        };
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        lock.close();
    }
}
