package dev.sluice.server.store;

import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An empty store for one test, over either database. */
public final class TestStore implements AutoCloseable {
    /** The time in tests of stores. */
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00.123456Z"), ZoneOffset.UTC);

    private final Store store;
    private final Runnable cleaning;

    private TestStore(Store store, Runnable cleaning) {
        this.store = store;
        this.cleaning = cleaning;
    }

    /** Opens one over a database of this kind. */
    public static TestStore open(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> inDirectory();
            case POSTGRES -> inPostgres();
        };
    }

    /** A database with the tables in it; to copy it is faster than to make them each time. */
    private static final class Furnished {
        static final PostgresDatabase DATABASE = furnished();

        private static PostgresDatabase furnished() {
            PostgresDatabase database = PostgresServer.shared().createDatabase();
            Store.open(PostgresStoreTest.of(database), CLOCK).close();
            return database;
        }
    }

    private static TestStore inPostgres() {
        PostgresDatabase database = PostgresServer.shared().copyOf(Furnished.DATABASE);
        return new TestStore(Store.open(PostgresStoreTest.of(database), CLOCK), database::close);
    }

    private static TestStore inDirectory() {
        try {
            Path directory = Files.createTempDirectory("sluice-store-");
            return new TestStore(Store.open(new StoreLocation.Directory(directory), CLOCK), () -> delete(directory));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path directory) {
        try {
            List<Path> all;
            try (Stream<Path> walked = Files.walk(directory)) {
                all = new ArrayList<>(walked.toList());
            }
            for (Path path : all.reversed()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The store. */
    public Store store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        cleaning.run();
    }
}
