package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.source.ReadContext;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a log into batches, with the same values as a COPY of the table gives. One thread uses it.
 *
 * <p>Most columns come in the form in which COPY sends them. The others, such as arrays that become JSON, wait until the
 * batch is full; then the server is asked for all of them at once.
 */
public final class LogRows {
    private static final int ROWS_BETWEEN_LOOKS = 16;

    private final ReadContext context;
    private final Clock clock;
    private final RowFields fields;
    private final boolean[] plain;
    private final @Nullable ServerCasts casts;
    private final List<Operation> operations = new ArrayList<>();
    private boolean hasLarge;

    /**
     * Makes an empty collection.
     *
     * @param columns one a field of the schema, in order
     * @param context the host
     * @param clock tells when the rows were read
     * @param server a connection to ask for values that are not sent as COPY sends them
     */
    public LogRows(List<LogColumn> columns, ReadContext context, Clock clock, Supplier<PgWire> server) {
        this.context = context;
        this.clock = clock;
        this.fields = new RowFields(columns.stream().map(LogColumn::copied).toList(), context);
        this.plain = new boolean[columns.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = columns.get(i).isPlain();
        }
        boolean allPlain = columns.stream().allMatch(LogColumn::isPlain);
        this.casts = allPlain ? null : new ServerCasts(columns, fields, server);
    }

    /** Adds a null. */
    public void appendNull(int field) {
        if (plain[field]) {
            fields.decoders()[field].appendNull();
        } else {
            casts().add(field, null, false);
        }
    }

    /** Adds a number to a field that the log itself knows, such as a position or a time. */
    public void appendLong(int field, long value) {
        ((LongColumn.Builder) fields.batch().column(field)).append(value);
    }

    /** Adds the value of a column of a tuple, which is not an unchanged one. */
    public void append(int field, LogTuple tuple, int column) throws IOException {
        int size = tuple.length(column);
        hasLarge |= size >= ReadContext.LARGE_VALUE;
        if (tuple.isTooLarge(column)) {
            appendTooLarge(field);
        } else if (tuple.isNull(column)) {
            appendNull(field);
        } else if (!plain[field]) {
            int from = tuple.at(column);
            casts().add(field, Arrays.copyOfRange(tuple.bytes(column), from, from + size), tuple.isText(column));
        } else if (tuple.isText(column) && !(fields.decoders()[field] instanceof FieldDecoder.BytesDecoder)) {
            throw new IOException("the server sent a value of the log as text that it sends in binary form elsewhere");
        } else {
            fields.decode(field, tuple.bytes(column), tuple.at(column), size, operations.size());
        }
    }

    private void appendTooLarge(int field) {
        if (plain[field]) {
            fields.refuse(field, operations.size());
        } else {
            casts().addTooLarge(field);
        }
    }

    private ServerCasts casts() {
        if (casts == null) {
            throw new IllegalStateException("no field needs a cast");
        }
        return casts;
    }

    /** Closes the row. */
    public void endRow(Operation operation) {
        operations.add(operation);
    }

    /** True if there is no row. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** True if the batch should be built now. */
    public boolean isFull() {
        int rows = operations.size();
        if (hasLarge || rows >= context.batchSize().rows()) {
            return true;
        }
        return rows % ROWS_BETWEEN_LOOKS == 0 && bytes() >= context.batchSize().bytes();
    }

    private long bytes() {
        return fields.batch().bytes() + (casts == null ? 0 : casts.waitingBytes());
    }

    /** Makes a batch of the rows. */
    public RecordBatch build() throws IOException {
        if (casts != null) {
            casts.finish(operations.size());
        }
        operations.forEach(fields.batch()::endRow);
        operations.clear();
        hasLarge = false;
        return fields.build(clock);
    }
}
