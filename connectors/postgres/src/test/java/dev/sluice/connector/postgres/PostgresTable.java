package dev.sluice.connector.postgres;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.rows.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in a real database, written through the driver. */
final class PostgresTable implements SourceTable {
    private final PostgresDatabase database;
    private final TableSpec spec;
    private final String schema;

    PostgresTable(PostgresDatabase database, TableSpec spec) {
        this.database = database;
        this.spec = cut(spec);
        this.schema = spec.namespace() == null ? "public" : cut(spec.namespace());
        String columns = this.spec.schema().fields().stream()
                .map(field -> quote(field.name()) + " " + SqlTexts.columnType(field.type()))
                .collect(Collectors.joining(", "));
        String key = this.spec.primaryKey().isEmpty()
                ? ""
                : this.spec.primaryKey().stream()
                        .map(PostgresTable::quote)
                        .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        database.execute(
                "CREATE SCHEMA IF NOT EXISTS " + quote(schema), "CREATE TABLE " + name() + " (" + columns + key + ")");
    }

    /** The server itself cuts longer names. */
    private static TableSpec cut(TableSpec spec) {
        return new TableSpec(
                spec.namespace(),
                cut(spec.name()),
                new Schema(spec.schema().fields().stream()
                        .map(field -> new Field(cut(field.name()), field.type()))
                        .toList()),
                spec.primaryKey().stream().map(PostgresTable::cut).toList(),
                spec.cursor());
    }

    private static String cut(String name) {
        String cut = name;
        while (cut.getBytes(StandardCharsets.UTF_8).length > 63) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    @Override
    public StreamId id() {
        return StreamId.of(schema, spec.name());
    }

    @Override
    public Schema schema() {
        return spec.schema();
    }

    @Override
    public Edit begin() {
        try {
            Connection connection = database.connect();
            connection.setAutoCommit(false);
            return new SqlEdit(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void drop() {
        database.execute("DROP TABLE " + name());
    }

    private String name() {
        return quote(schema) + "." + quote(spec.name());
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** One transaction. */
    private final class SqlEdit implements Edit {
        private final Connection connection;

        SqlEdit(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void insert(List<Row> rows) {
            if (spec.schema().size() == 0) {
                rows.forEach(row -> run("INSERT INTO " + name() + " DEFAULT VALUES", List.of(), row));
                return;
            }
            String places =
                    spec.schema().fields().stream().map(PostgresTable::place).collect(Collectors.joining(", "));
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO " + name() + " VALUES (" + places + ")")) {
                for (Row row : rows) {
                    bind(statement, 1, spec.schema().fields(), row);
                    statement.addBatch();
                }
                statement.executeBatch();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void update(Row row) {
            String set = spec.schema().fields().stream()
                    .map(field -> quote(field.name()) + " = " + place(field))
                    .collect(Collectors.joining(", "));
            run(
                    "UPDATE " + name() + " SET " + set + " WHERE " + keyIs(),
                    spec.schema().fields(),
                    row);
        }

        @Override
        public void delete(Row row) {
            run("DELETE FROM " + name() + " WHERE " + keyIs(), List.of(), row);
        }

        private void run(String sql, List<Field> fields, Row row) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, 1, fields, row);
                if (sql.contains(" WHERE ")) {
                    bind(statement, fields.size() + 1, keyFields(), row);
                }
                statement.executeUpdate();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private void bind(PreparedStatement statement, int first, List<Field> fields, Row row) throws SQLException {
            int at = first;
            for (Field field : fields) {
                @Nullable
                String text = row.value(spec.schema().indexOf(field.name()).orElseThrow());
                statement.setString(at++, text == null ? null : SqlTexts.input(field.type(), text));
            }
        }

        @Override
        public void commit() {
            try {
                connection.commit();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private List<Field> keyFields() {
        return spec.primaryKey().stream()
                .map(name -> spec.schema().field(spec.schema().indexOf(name).orElseThrow()))
                .toList();
    }

    private String keyIs() {
        return keyFields().stream()
                .map(field -> quote(field.name()) + " = " + place(field))
                .collect(Collectors.joining(" AND "));
    }

    private static String place(Field field) {
        return "?::text::" + SqlTexts.columnType(field.type());
    }
}
