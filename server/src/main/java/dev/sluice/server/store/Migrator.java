package dev.sluice.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/** Brings the tables of a store to the newest version: all steps or none, and nothing without a backup. */
final class Migrator {
    private final Backend backend;
    private final List<Migration> migrations;
    private final Clock clock;

    Migrator(Backend backend, List<Migration> migrations, Clock clock) {
        this.backend = backend;
        this.migrations = migrations;
        this.clock = clock;
    }

    private record Applied(long number, String name, String digest) {}

    void migrate() throws SQLException {
        try (Connection connection = backend.connect()) {
            backend.reserve(connection);
            try {
                int version = version(connection);
                if (version == migrations.size()) {
                    return;
                }
                if (version > 0) {
                    backend.backUp(connection, version);
                }
                connection.setAutoCommit(false);
                try {
                    apply(connection, version);
                    connection.commit();
                } catch (SQLException | RuntimeException failure) {
                    connection.rollback();
                    throw failure;
                } finally {
                    connection.setAutoCommit(true);
                }
            } finally {
                backend.release(connection);
            }
        }
    }

    /** The version of the tables, after a look whether they are those that this program knows. */
    private int version(Connection connection) throws SQLException {
        List<String> tables = backend.tables(connection);
        if (tables.isEmpty()) {
            return 0;
        }
        if (!tables.contains("store_version")) {
            throw StoreProblems.foreign(backend.place());
        }
        List<Applied> applied = new Transaction(connection, backend.dialect())
                .all(
                        row -> new Applied(row.number("number"), row.text("name"), row.text("digest")),
                        "SELECT number, name, digest FROM store_version ORDER BY number");
        if (applied.size() > migrations.size()) {
            throw StoreProblems.newer(backend.place(), applied.getLast().number(), migrations.size());
        }
        for (int i = 0; i < applied.size(); i++) {
            if (!applied.get(i).digest().equals(migrations.get(i).digest())) {
                throw StoreProblems.altered(backend.place(), applied.get(i).name());
            }
        }
        return applied.size();
    }

    private void apply(Connection connection, int version) throws SQLException {
        Transaction transaction = new Transaction(connection, backend.dialect());
        if (version == 0) {
            execute(connection, backend.dialect().translated("""
                CREATE TABLE store_version (
                    number ${long} PRIMARY KEY,
                    name TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    applied_at ${long} NOT NULL
                ) ${strict}\
                """));
        }
        for (int next = version; next < migrations.size(); next++) {
            Migration migration = migrations.get(next);
            for (String statement : migration.statements(backend.dialect())) {
                execute(connection, statement);
            }
            transaction.change(
                    "INSERT INTO store_version (number, name, digest, applied_at) VALUES (?, ?, ?, ?)",
                    next + 1,
                    migration.name(),
                    migration.digest(),
                    clock.instant());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
