package dev.sluice.duckdb;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query that runs while they are read. One thread uses it.
 *
 * <p>All of DuckDB's types come: unsigned integers in the next wider type or as decimals, 128-bit integers and bignums as
 * decimals in text form, lists, structs, maps, unions and variants as JSON, intervals, bits and geometries as DuckDB's own
 * text. Columns of one name get {@code _1}, {@code _2} and so on.
 */
public final class BatchReader implements DuckDbConnection.Occupant {
    private final DuckDbConnection connection;
    private final Statement statement;
    private final String place;
    private final List<ResultColumn> columns;
    private final Schema schema;
    private final ReadOptions options;
    private final ColumnBuilder[] builders;
    private final List<ValueChange> changes = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment result = arena.allocate(NativeCall.RESULT);

    private @Nullable Chunk chunk;
    private int rows;
    private boolean closed;

    private BatchReader(
            DuckDbConnection connection,
            Statement statement,
            String place,
            List<ResultColumn> columns,
            ReadOptions options) {
        this.connection = connection;
        this.statement = statement;
        this.place = place;
        this.columns = columns;
        this.schema = schema(columns);
        this.options = options;
        this.builders = new ColumnBuilder[columns.size()];
        int firstRows = Math.min(options.size().rows(), (int) Native.VECTOR_SIZE.call());
        Arrays.setAll(builders, i -> ColumnBuilder.of(columns.get(i).field().type(), firstRows));
    }

    static BatchReader open(
            DuckDbConnection connection,
            long pointer,
            String place,
            String sql,
            ReadOptions options,
            @Nullable Object... parameters) {
        List<ResultColumn> columns;
        try (Statement statement = Statement.prepare(pointer, sql, place)) {
            columns = statement.columns();
            if (columns.stream().anyMatch(ResultColumn::isUnknown)) {
                columns = statement.bind(parameters).columnsWhenRun();
            }
        }
        boolean converts = columns.stream().anyMatch(c -> c.conversion() != ResultColumn.Conversion.NONE);
        Statement statement = Statement.prepare(pointer, converts ? converting(sql, columns) : sql, place);
        boolean opened = false;
        try {
            statement.bind(parameters);
            BatchReader reader = new BatchReader(connection, statement, place, columns, options);
            try {
                statement.executeStreaming(reader.result);
                opened = true;
            } finally {
                if (!opened) {
                    reader.destroyResult();
                }
            }
            return reader;
        } finally {
            if (!opened) {
                statement.close();
            }
        }
    }

    /** The query around the query that gives each column in the form in which it is read. */
    private static String converting(String sql, List<ResultColumn> columns) {
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String expressions = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).expression("c" + i))
                .collect(Collectors.joining(", "));
        // The line break ends a comment at the end of the query.
        return "SELECT " + expressions + " FROM (" + sql + "\n) AS q(" + names + ")";
    }

    static Schema schema(List<ResultColumn> columns) {
        return new Schema(columns.stream().map(ResultColumn::field).toList());
    }

    /** The columns of the batches. */
    public Schema schema() {
        return schema;
    }

    /**
     * The next batch with at least one row, or null at the end.
     *
     * @throws dev.sluice.spi.problem.ProblemException if the query fails, also in the middle
     */
    public @Nullable RecordBatch read() {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
        while (!isFull()) {
            Chunk current = chunk;
            if (current == null || current.isDone()) {
                current = connection.withNative(pointer -> next());
                if (current == null) {
                    break;
                }
            }
            int before = rows;
            int slice = current.sliceEnd(options.size(), rows, bytes());
            rows += current.take(slice, builders, before, options.largeValues(), changes);
            if (current.endedWithLargeValue()) {
                break;
            }
        }
        return rows == 0 ? null : build();
    }

    private boolean isFull() {
        return rows >= options.size().rows()
                || (rows > 0 && bytes() >= options.size().bytes());
    }

    private long bytes() {
        long sum = 0;
        for (ColumnBuilder builder : builders) {
            sum += builder.bytes();
        }
        return sum;
    }

    private RecordBatch build() {
        List<Column> built = new ArrayList<>(builders.length);
        for (ColumnBuilder builder : builders) {
            built.add(builder.build());
        }
        RecordBatch batch = new RecordBatch(
                schema, rows, built, null, changes, options.clock().getAsLong());
        changes.clear();
        rows = 0;
        return batch;
    }

    /** Puts the next chunk in the place of the last one; null at the end. */
    private @Nullable Chunk next() {
        destroyChunk();
        long pointer = Native.FETCH_CHUNK.call(result);
        if (pointer == 0) {
            // DuckDB gives no chunk at the end and after a failure alike.
            Memory.text(Native.RESULT_ERROR.call(result.address())).ifPresent(words -> {
                throw DuckDbProblems.exception(words, place);
            });
            return null;
        }
        chunk = Chunk.of(pointer, columns);
        return chunk;
    }

    private void destroyChunk() {
        Chunk last = chunk;
        if (last != null) {
            chunk = null;
            Memory.destroy(Native.DESTROY_DATA_CHUNK, last.pointer());
        }
    }

    private void destroyResult() {
        Native.DESTROY_RESULT.call(result.address());
        arena.close();
    }

    @Override
    public void stopWaiting() {
        // It waits for DuckDB only, which the interrupt reaches.
    }

    /** Ends the query, also before its end, and frees the connection. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        connection.withNative(pointer -> {
            destroyChunk();
            destroyResult();
            statement.close();
            return true;
        });
        connection.vacate(this);
    }
}
