package dev.sluice.testkit.contract;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Values;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a list of rows. */
final class MemoryReader implements SplitReader {
    private final Schema stored;
    private final Schema schema;
    private final List<Row> rows;
    private final ReadContext context;
    private final Clock clock;
    private final SourceFault fault;
    private final int from;
    private int next;
    private volatile boolean cancelled;

    MemoryReader(StreamRead read, List<Row> rows, int from, ReadContext context, Clock clock, SourceFault fault) {
        this.stored = read.stream().schema();
        this.schema = selected(read, fault);
        this.rows = rows;
        this.from = from;
        this.next = from;
        this.context = context;
        this.clock = clock;
        this.fault = fault;
    }

    private static Schema selected(StreamRead read, SourceFault fault) {
        return switch (fault) {
            case IGNORES_SELECTION -> read.stream().schema();
            case KEEPS_OWN_FIELD_ORDER ->
                new Schema(read.stream().schema().fields().stream()
                        .filter(read.schema().fields()::contains)
                        .toList());
            default -> read.schema();
        };
    }

    @Override
    public @Nullable RecordBatch read() {
        if (cancelled && fault != SourceFault.IGNORES_CANCEL) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the read was cancelled")
                    .exception();
        }
        if (next >= rows.size()) {
            return null;
        }
        BatchSize size = fault == SourceFault.BATCHES_WITHOUT_LIMIT ? BatchSize.DEFAULT : context.batchSize();
        BatchBuilder builder = new BatchBuilder(schema, size);
        if (fault == SourceFault.GIVES_EMPTY_BATCHES && next == from + 7) {
            next++;
            return builder.build(now());
        }
        boolean large = false;
        while (next < rows.size() && !builder.isFull() && !large) {
            Row row = rows.get(next++);
            for (int i = 0; i < schema.size(); i++) {
                large |= append(builder, i, row);
            }
            builder.endRow(row.operation());
        }
        return builder.build(now());
    }

    private long now() {
        Instant now = fault == SourceFault.HAS_ITS_OWN_CLOCK ? Clock.systemUTC().instant() : clock.instant();
        return ChronoUnit.MICROS.between(Instant.EPOCH, now);
    }

    /** Adds a value; true if it is a large one, after whose row the batch is handed on. */
    private boolean append(BatchBuilder builder, int index, Row row) {
        Field field = schema.field(index);
        String text = row.value(stored.indexOf(field.name()).orElseThrow());
        int length = text == null ? 0 : text.length();
        boolean large = length >= ReadContext.LARGE_VALUE;
        if (large && fault != SourceFault.ASKS_NO_PERMISSION && !context.admitLargeValue(length)) {
            if (fault != SourceFault.REFUSED_VALUE_WITHOUT_MARK) {
                builder.noteChange(
                        field.name(), ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
            }
            text = null;
        }
        if (text != null && text.isEmpty() && fault == SourceFault.EMPTY_TEXT_IS_NULL) {
            text = null;
        }
        Values.append(builder.column(index), field.type(), text);
        return large;
    }

    @Override
    public String position() {
        return Integer.toString(next);
    }

    @Override
    public long reportedRows() {
        long read = (long) next - from;
        return fault == SourceFault.COUNT_LIES ? read + 1 : read;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
