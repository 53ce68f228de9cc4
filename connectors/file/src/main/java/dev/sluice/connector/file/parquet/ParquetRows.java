package dev.sluice.connector.file.parquet;

import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.FileRows;
import dev.sluice.duckdb.BatchReader;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.ReadOptions;
import dev.sluice.duckdb.ScanTypes;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file that follow each other. */
public final class ParquetRows implements FileRows {
    private final DuckDbConnection connection;
    private final BatchReader reader;
    private final Part part;
    private final Shape shape;
    private final int[] places;
    private final boolean numbered;
    private final List<@Nullable ColumnBuilder> constants;
    private long next;

    /**
     * Which rows.
     *
     * @param file the file in messages
     * @param from the number of the first row in the file
     * @param to the number behind the last one
     */
    record Part(Path path, String file, long from, long to) {}

    /**
     * What the rows are to become.
     *
     * @param schema the fields of the batches
     * @param bindings where the values of each field come from, in the order of the schema
     * @param context the host
     * @param clock tells when the rows were emitted
     */
    public record Shape(Schema schema, List<Binding> bindings, ReadContext context, Clock clock) {
        public Shape {
            bindings = List.copyOf(bindings);
        }
    }

    private ParquetRows(
            DuckDbConnection connection, BatchReader reader, Part part, Shape shape, int[] places, boolean numbered) {
        this.connection = connection;
        this.reader = reader;
        this.part = part;
        this.shape = shape;
        this.places = places;
        this.numbered = numbered;
        this.next = part.from;
        this.constants = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            constants.add(
                    places[i] >= 0
                            ? null
                            : ColumnBuilder.of(shape.schema.field(i).type(), 1));
        }
    }

    static ParquetRows open(DuckDbConnection connection, ParquetFacts facts, Part part, Shape shape) {
        List<String> expressions = new ArrayList<>();
        int[] places = new int[shape.bindings.size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < places.length; i++) {
            if (shape.bindings.get(i) instanceof Binding.Cells(int column, boolean _)) {
                places[i] = expressions.size();
                expressions.add(expression(facts.columns().get(column), column, shape.schema.field(i), part.file));
            }
        }
        if (facts.numbered()) {
            expressions.add(Directory.ROW_NUMBER);
        } else if (expressions.isEmpty()) {
            expressions.add("NULL");
        }
        String rows = facts.numbered()
                ? " WHERE " + Directory.ROW_NUMBER + " >= " + part.from + " AND " + Directory.ROW_NUMBER + " < "
                        + part.to
                : " LIMIT " + (part.to - part.from) + " OFFSET " + part.from;
        String sql = "SELECT " + String.join(", ", expressions) + " FROM "
                + Directory.table(part.path, facts.columns().size(), facts.numbered()) + rows;
        ReadOptions options = new ReadOptions(
                shape.context.batchSize(), () -> micros(shape.clock.instant()), shape.context::admitLargeValue);
        return new ParquetRows(connection, connection.read(sql, options), part, shape, places, facts.numbered());
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    /** A column's values in the type of the stream, which other files may have made wider. */
    private static String expression(ParquetFacts.Column column, int place, Field field, String file) {
        DataType own = column.field().type();
        Optional<DataType> common = ParquetTypes.common(own, field.type());
        if (!common.equals(Optional.of(field.type()))) {
            throw Problem.of(
                            "E_FILE_COLUMNS",
                            ProblemKind.DATA,
                            "the column " + field.name() + " of the file is not of the type that the stream has")
                    .at(file)
                    .because("it is " + own.notation() + " in the file and "
                            + field.type().notation() + " in the stream")
                    .fix("discover the stream again, or make the file a stream of its own")
                    .exception();
        }
        String wider = ScanTypes.sqlName(field.type());
        boolean same = wider.equals(ScanTypes.sqlName(column.read()));
        return same ? "c" + place : "CAST(c" + place + " AS " + wider + ")";
    }

    @Override
    public @Nullable RecordBatch read() {
        RecordBatch batch = ParquetProblems.about(part.file, reader::read);
        if (batch == null) {
            requireAll();
            return null;
        }
        if (numbered) {
            requireOrder((LongColumn) batch.column(batch.columns().size() - 1), batch.rows());
        }
        next += batch.rows();
        return assembled(batch);
    }

    /** I7: the rows follow each other without a gap, as their numbers prove. */
    private void requireOrder(LongColumn numbers, int rows) {
        long[] values = numbers.values();
        for (int row = 0; row < rows; row++) {
            if (values[row] != next + row) {
                throw Problem.of("E_ROW_ORDER", ProblemKind.INTEGRITY, "the rows did not come one after another")
                        .at(part.file)
                        .because("row " + values[row] + " came in the place of row " + (next + row))
                        .exception();
            }
        }
    }

    private void requireAll() {
        if (next != part.to) {
            throw ParquetProblems.damaged(
                            part.file,
                            "its directory promises rows up to number " + part.to + ", and they end at " + next)
                    .exception();
        }
    }

    private RecordBatch assembled(RecordBatch batch) {
        List<Column> columns = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            ColumnBuilder builder = constants.get(i);
            columns.add(
                    builder == null ? batch.column(places[i]) : constant(shape.bindings.get(i), builder, batch.rows()));
        }
        return new RecordBatch(shape.schema, batch.rows(), columns, null, renamed(batch), batch.extractedAt());
    }

    private static Column constant(Binding binding, ColumnBuilder builder, int rows) {
        switch (binding) {
            case Binding.SameText(String value) -> {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                for (int row = 0; row < rows; row++) {
                    ((BytesColumn.Builder) builder).append(bytes);
                }
            }
            case Binding.SameMoment(long micros) -> {
                for (int row = 0; row < rows; row++) {
                    ((LongColumn.Builder) builder).append(micros);
                }
            }
            case Binding.Missing _, Binding.Cells _, Binding.Spoken _ -> {
                for (int row = 0; row < rows; row++) {
                    builder.appendNull();
                }
            }
        }
        return builder.build();
    }

    /** Changes are noted under the names of the query. */
    private List<ValueChange> renamed(RecordBatch batch) {
        if (batch.changes().isEmpty()) {
            return List.of();
        }
        List<ValueChange> changes = new ArrayList<>(batch.changes().size());
        for (ValueChange change : batch.changes()) {
            int column = batch.schema().indexOf(change.field()).orElseThrow();
            for (int i = 0; i < places.length; i++) {
                if (places[i] == column) {
                    changes.add(new ValueChange(
                            change.row(), shape.schema.field(i).name(), change.change(), change.reason()));
                }
            }
        }
        return changes;
    }

    @Override
    public long offset() {
        return next;
    }

    @Override
    public long line() {
        return 0;
    }

    @Override
    public long promisedRows() {
        return part.to - part.from;
    }

    @Override
    public void cancel() {
        connection.interrupt();
    }

    @Override
    public void close() {
        reader.close();
        connection.close();
    }
}
