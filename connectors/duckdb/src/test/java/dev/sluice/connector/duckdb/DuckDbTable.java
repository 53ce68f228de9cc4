package dev.sluice.connector.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.duckdb.BatchScan;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table in a file, written by SQL that makes the values from texts. */
final class DuckDbTable implements SourceTable {
    private final Path file;
    private final TableSpec spec;
    private final String schema;
    private final IntConsumer onInsert;

    /**
     * Makes the table.
     *
     * @param onInsert hears of each insert before it is committed, and how many rows it has
     */
    DuckDbTable(Path file, TableSpec spec, IntConsumer onInsert) {
        this.file = file;
        this.onInsert = onInsert;
        this.spec = spec;
        this.schema = Objects.requireNonNullElse(spec.namespace(), "main");
        String columns = spec.schema().fields().stream()
                .map(field -> DuckDbSql.identifier(field.name()) + " " + DuckDbTexts.columnType(field.type()))
                .collect(Collectors.joining(", "));
        String key = spec.primaryKey().isEmpty()
                ? ""
                : spec.primaryKey().stream()
                        .map(DuckDbSql::identifier)
                        .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        execute("CREATE SCHEMA IF NOT EXISTS " + DuckDbSql.identifier(schema) + "; CREATE TABLE " + name() + " ("
                + columns + key + ")");
    }

    private String name() {
        return DuckDbSql.identifier(schema) + "." + DuckDbSql.identifier(spec.name());
    }

    private void execute(String sql) {
        try (DuckDb database = open();
                DuckDbConnection connection = database.connect()) {
            connection.execute(sql);
        }
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
        DuckDb database = open();
        DuckDbConnection connection = database.connect();
        connection.begin();
        return new Transaction(database, connection);
    }

    /** Opens the file for writing; waits while the source has it open for reading only. */
    private DuckDb open() {
        AtomicReference<@Nullable DuckDb> opened = new AtomicReference<>();
        Await.until("the file can be written", () -> {
            try {
                opened.set(DuckDb.open(DuckDbOptions.file(file)));
                return true;
            } catch (ProblemException failure) {
                assertThat(failure.problem().code()).isEqualTo("E_DUCKDB_READING");
                return false;
            }
        });
        return Objects.requireNonNull(opened.get());
    }

    @Override
    public void drop() {
        execute("DROP TABLE " + name());
    }

    /** One transaction. */
    private final class Transaction implements Edit {
        private final DuckDb database;
        private final DuckDbConnection connection;

        Transaction(DuckDb database, DuckDbConnection connection) {
            this.database = database;
            this.connection = connection;
        }

        @Override
        public void insert(List<Row> rows) {
            List<Field> fields = spec.schema().fields();
            Schema texts = new Schema(fields.stream()
                    .map(field -> new Field(field.name(), new DataType.TextType()))
                    .toList());
            String values = IntStream.range(0, fields.size())
                    .mapToObj(i -> DuckDbTexts.value("c" + i, fields.get(i).type()))
                    .collect(Collectors.joining(", "));
            List<Row> inputs = rows.stream().map(row -> Row.of(inputs(row))).toList();
            try (BatchScan scan = connection.load(
                    texts, source -> "INSERT INTO " + name() + " SELECT " + values + " FROM " + source)) {
                scan.put(BatchMaker.batch(texts, inputs));
                scan.finish();
            }
            onInsert.accept(rows.size());
        }

        private List<@Nullable String> inputs(Row row) {
            List<@Nullable String> inputs = new ArrayList<>();
            for (int i = 0; i < spec.schema().size(); i++) {
                String text = row.value(i);
                inputs.add(
                        text == null
                                ? null
                                : DuckDbTexts.input(spec.schema().field(i).type(), text));
            }
            return inputs;
        }

        @Override
        public void update(Row row) {
            List<Field> fields = spec.schema().fields();
            String set = fields.stream()
                    .filter(field -> !spec.primaryKey().contains(field.name()))
                    .map(field -> DuckDbSql.identifier(field.name()) + " = " + DuckDbTexts.value("?", field.type()))
                    .collect(Collectors.joining(", "));
            List<@Nullable Object> parameters = new ArrayList<>();
            List<@Nullable String> inputs = inputs(row);
            for (int i = 0; i < fields.size(); i++) {
                if (!spec.primaryKey().contains(fields.get(i).name())) {
                    parameters.add(inputs.get(i));
                }
            }
            run("UPDATE " + name() + " SET " + set, parameters, row);
        }

        @Override
        public void delete(Row row) {
            run("DELETE FROM " + name(), new ArrayList<>(), row);
        }

        private void run(String sql, List<@Nullable Object> parameters, Row row) {
            List<String> conditions = new ArrayList<>();
            List<@Nullable String> inputs = inputs(row);
            for (String key : spec.primaryKey()) {
                int at = spec.schema().indexOf(key).orElseThrow();
                conditions.add(DuckDbSql.identifier(key) + " = "
                        + DuckDbTexts.value("?", spec.schema().field(at).type()));
                parameters.add(inputs.get(at));
            }
            connection.update(
                    sql + " WHERE " + String.join(" AND ", conditions), parameters.toArray(new @Nullable Object[0]));
        }

        @Override
        public void commit() {
            connection.commit();
        }

        @Override
        public void close() {
            connection.rollback();
            connection.close();
            database.close();
        }
    }
}
