package dev.sluice.connector.sqlite;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** A table of a file, written through the driver. */
final class SqliteTable implements SourceTable {
    private final SqliteDatabase database;
    private final TableSpec spec;
    private final ReentrantLock writing;

    SqliteTable(SqliteDatabase database, TableSpec spec, ReentrantLock writing) {
        if (spec.namespace() != null || spec.schema().size() == 0) {
            throw new AssertionError("a table of SQLite stands in no namespace and has a column");
        }
        this.database = database;
        this.spec = spec;
        this.writing = writing;
        String columns = spec.schema().fields().stream()
                .map(field -> SqliteDatabase.quote(field.name()) + " " + SqliteTexts.columnType(field.type()))
                .collect(Collectors.joining(", "));
        String key = spec.primaryKey().isEmpty()
                ? ""
                : ", PRIMARY KEY ("
                        + spec.primaryKey().stream().map(SqliteDatabase::quote).collect(Collectors.joining(", ")) + ")";
        executeInTurn("CREATE TABLE " + name() + " (" + columns + key + ")");
    }

    private void executeInTurn(String sql) {
        writing.lock();
        try {
            database.execute(sql);
        } finally {
            writing.unlock();
        }
    }

    private String name() {
        return SqliteDatabase.quote(spec.name());
    }

    @Override
    public StreamId id() {
        return StreamId.of(null, spec.name());
    }

    @Override
    public Schema schema() {
        return spec.schema();
    }

    @Override
    public Edit begin() {
        if (writing.isHeldByCurrentThread()) {
            throw new AssertionError("a second writer would wait for the first one for ever");
        }
        writing.lock();
        try {
            Connection connection = database.connect();
            connection.createStatement().executeUpdate("BEGIN IMMEDIATE");
            return new Transaction(connection);
        } catch (SQLException failure) {
            writing.unlock();
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void drop() {
        executeInTurn("DROP TABLE " + name());
    }

    /** One transaction. */
    private final class Transaction implements Edit {
        private final Connection connection;

        Transaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void insert(List<Row> rows) {
            String places = spec.schema().fields().stream().map(field -> "?").collect(Collectors.joining(", "));
            rows.forEach(new Statements(
                    "INSERT INTO " + name() + " VALUES (" + places + ")",
                    spec.schema().fields())::run);
        }

        @Override
        public void update(Row row) {
            String set = spec.schema().fields().stream()
                    .map(field -> SqliteDatabase.quote(field.name()) + " = ?")
                    .collect(Collectors.joining(", "));
            List<Field> fields = new ArrayList<>(spec.schema().fields());
            fields.addAll(keyFields());
            new Statements("UPDATE " + name() + " SET " + set + keyIs(), fields).run(row);
        }

        @Override
        public void delete(Row row) {
            new Statements("DELETE FROM " + name() + keyIs(), keyFields()).run(row);
        }

        private String keyIs() {
            return keyFields().stream()
                    .map(field -> SqliteDatabase.quote(field.name()) + " = ?")
                    .collect(Collectors.joining(" AND ", " WHERE ", ""));
        }

        private List<Field> keyFields() {
            return spec.primaryKey().stream()
                    .map(key -> spec.schema().field(spec.schema().indexOf(key).orElseThrow()))
                    .toList();
        }

        /** A statement with a question mark for each of some fields. */
        private final class Statements {
            private final PreparedStatement statement;
            private final List<Field> fields;

            Statements(String sql, List<Field> fields) {
                this.fields = fields;
                try {
                    this.statement = connection.prepareStatement(sql);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            }

            void run(Row row) {
                try {
                    for (int i = 0; i < fields.size(); i++) {
                        Field field = fields.get(i);
                        String text =
                                row.value(spec.schema().indexOf(field.name()).orElseThrow());
                        statement.setObject(i + 1, text == null ? null : SqliteTexts.stored(field.type(), text));
                    }
                    statement.executeUpdate();
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            }
        }

        @Override
        public void commit() {
            try {
                connection.createStatement().executeUpdate("COMMIT");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() {
            try {
                connection.close(); // takes back what is not committed
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            } finally {
                writing.unlock();
            }
        }
    }
}
