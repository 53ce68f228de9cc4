package dev.sluice.testkit.sql;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in a real database, written through its driver. The subclass says how the database spells things. */
public abstract class JdbcTable implements SourceTable {
    private final SqlDatabase database;
    private final TableSpec spec;
    private final String namespace;

    /**
     * Prepares a table, which {@link #create} makes.
     *
     * @param database where it stands
     * @param spec what it is like, with names that the database can have
     * @param namespace the schema or database that it stands in
     */
    protected JdbcTable(SqlDatabase database, TableSpec spec, String namespace) {
        this.database = database;
        this.spec = spec;
        this.namespace = namespace;
    }

    /** The same table with names that a database makes of those that it cannot have. */
    protected static TableSpec renamed(TableSpec spec, UnaryOperator<String> name) {
        List<Field> fields = spec.schema().fields().stream()
                .map(field -> new Field(name.apply(field.name()), field.type()))
                .toList();
        return new TableSpec(
                spec.namespace(),
                name.apply(spec.name()),
                new Schema(fields),
                spec.primaryKey().stream().map(name).toList(),
                spec.cursor());
    }

    /** Quotes an identifier. */
    protected abstract String quote(String name);

    /** The column type that discovery shows as exactly this type. */
    protected abstract String columnType(DataType type);

    /** What stands in a statement for a value of a field, with a question mark for its text. */
    protected abstract String place(Field field);

    /** The text that the server reads as a value. */
    protected abstract String input(DataType type, String text);

    /** The statement that inserts a row without values. */
    protected String insertNothing() {
        return "INSERT INTO " + name() + " DEFAULT VALUES";
    }

    /** Makes the table. */
    protected final void create() {
        String columns = spec.schema().fields().stream()
                .map(field -> quote(field.name()) + " " + columnType(field.type()))
                .collect(Collectors.joining(", "));
        String key = spec.primaryKey().isEmpty()
                ? ""
                : spec.primaryKey().stream().map(this::quote).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        database.execute(
                "CREATE SCHEMA IF NOT EXISTS " + quote(namespace),
                "CREATE TABLE " + name() + " (" + columns + key + ")");
    }

    /** The quoted name of the table. */
    protected final String name() {
        return quote(namespace) + "." + quote(spec.name());
    }

    @Override
    public final StreamId id() {
        return StreamId.of(namespace, spec.name());
    }

    @Override
    public final Schema schema() {
        return spec.schema();
    }

    @Override
    public final Edit begin() {
        try {
            Connection connection = database.connect();
            connection.setAutoCommit(false);
            return new SqlEdit(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public final void drop() {
        database.execute("DROP TABLE " + name());
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
                rows.forEach(row -> run(insertNothing(), List.of(), row));
                return;
            }
            String places =
                    spec.schema().fields().stream().map(JdbcTable.this::place).collect(Collectors.joining(", "));
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
                statement.setString(at++, text == null ? null : input(field.type(), text));
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
}
