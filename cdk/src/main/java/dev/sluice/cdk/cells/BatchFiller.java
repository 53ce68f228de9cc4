package dev.sluice.cdk.cells;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes batches of the records of one file, and rejects those that cannot become rows. One thread uses it. */
public final class BatchFiller implements FileRows {
    /** How much of a rejected record is kept. */
    public static final int KEPT_BYTES = 64 << 10;

    private static final int REJECTS_BEFORE_JUDGEMENT = 1000;

    private final BlockSource source;
    private final CellBlock block;
    private final Schema schema;
    private final BatchBuilder builder;
    private final List<ColumnLoader> loaders = new ArrayList<>();
    private final List<Runnable> constants = new ArrayList<>();
    private final ReadContext context;
    private final Place place;

    private int nextRow;
    private long goodRows;
    private long rejectedRows;

    /**
     * Where the records come from, for messages and stamps.
     *
     * @param file the file in words, unique in its stream
     * @param origin what has to be known in order to read one of its records alone
     * @param clock tells when the rows were emitted
     */
    public record Place(String file, String origin, Clock clock) {}

    /**
     * Prepares to read a file.
     *
     * @param source the records; closed with the filler
     * @param columns the cells of a record
     * @param schema the fields of the batches
     * @param bindings where the values of each field come from, in the order of the schema
     */
    public BatchFiller(
            BlockSource source, int columns, Schema schema, List<Binding> bindings, ReadContext context, Place place) {
        this.source = source;
        this.block = new CellBlock(columns, context.annotates());
        this.schema = schema;
        this.context = context;
        this.place = place;
        builder = new BatchBuilder(schema, context.batchSize());
        for (int i = 0; i < schema.size(); i++) {
            bind(bindings.get(i), schema.field(i).type(), builder.column(i));
        }
    }

    private void bind(Binding binding, DataType type, ColumnBuilder column) {
        switch (binding) {
            case Binding.Cells(int cell, boolean lenient) -> loaders.add(Loaders.of(type, cell, column, lenient));
            case Binding.Spoken(int cell) -> loaders.add(SpokenLoaders.of(type, cell, column));
            case Binding.SameText _, Binding.SameMoment _, Binding.Missing _ -> constants.add(binding.constant(column));
        }
    }

    @Override
    public @Nullable RecordBatch read() throws IOException {
        while (true) {
            if (nextRow == block.rows()) {
                boolean more = nextBlock();
                if ((!more || block.rows() == 0) && !builder.isEmpty()) {
                    return build();
                }
                if (!more) {
                    return null;
                }
                continue;
            }
            if (appendRows() && !builder.isEmpty()) {
                return build();
            }
        }
    }

    /** Where the records begin that were neither returned nor rejected, in the decoded text of the file. */
    @Override
    public long offset() {
        return source.offset(block, nextRow);
    }

    @Override
    public long line() {
        return source.line(block, nextRow);
    }

    /** Text does not say how much of it there is. */
    @Override
    public long promisedRows() {
        return -1;
    }

    @Override
    public void cancel() throws IOException {
        source.close();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean nextBlock() throws IOException {
        nextRow = 0;
        if (!source.next(block)) {
            return false;
        }
        for (ColumnLoader loader : loaders) {
            loader.parse(block);
        }
        return true;
    }

    /** Moves rows of the block into the batch; true if the batch should be handed on. */
    private boolean appendRows() {
        int end = Math.min(block.rows(), nextRow + context.batchSize().rows() - builder.rows());
        if (isLarge(nextRow)) {
            appendLargeRow();
            return true;
        }
        int stop = nextRow + 1;
        while (stop < end && !isLarge(stop)) {
            stop++;
        }
        for (ColumnLoader loader : loaders) {
            loader.append(block, nextRow, stop);
        }
        for (int row = nextRow; row < stop; row++) {
            closeRow(row);
        }
        nextRow = stop;
        return builder.rows() >= context.batchSize().rows()
                || builder.bytes() >= context.batchSize().bytes();
    }

    private boolean isLarge(int row) {
        return block.rowStart(row + 1) - block.rowStart(row) >= ReadContext.LARGE_VALUE;
    }

    /** I6: each large value of the row asks for its memory, and the batch is handed on after it. */
    private void appendLargeRow() {
        int row = nextRow;
        boolean flawed = block.flawOf(row) != null;
        for (ColumnLoader loader : loaders) {
            int cell = row * block.columns() + loader.column();
            int length = block.to()[cell] - block.from()[cell];
            if (!flawed && length >= ReadContext.LARGE_VALUE && !context.admitLargeValue(length)) {
                loader.appendNull();
                builder.noteChange(
                        nameOf(loader), ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
            } else {
                loader.append(block, row, row + 1);
            }
        }
        closeRow(row);
        nextRow = row + 1;
    }

    private void closeRow(int row) {
        Flaw flaw = block.flawOf(row);
        if (flaw != null) {
            reject(row, flaw);
            return;
        }
        for (Runnable constant : constants) {
            constant.run();
        }
        block.nulled(row).forEach(column -> note(column, ValueChange.Change.NULLED));
        block.rounded(row).forEach(column -> note(column, ValueChange.Change.TRUNCATED));
        builder.endRow();
        goodRows++;
    }

    private void note(int column, ValueChange.Change change) {
        for (ColumnLoader loader : loaders) {
            if (loader.column() == column) {
                builder.noteChange(nameOf(loader), change, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
            }
        }
    }

    private void reject(int row, Flaw flaw) {
        int start = block.rowStart(row);
        int end = block.rowEnd(row);
        while (end > start && (block.data()[end - 1] == '\n' || block.data()[end - 1] == '\r')) {
            end--;
        }
        byte[] original = Arrays.copyOfRange(block.data(), start, Math.min(end, start + KEPT_BYTES));
        String where = place.file() + ":" + source.place(block, row);
        context.reject(new RejectedRecord(where, flaw.name(), reason(row, flaw), original)
                .cutFrom(end - start)
                .inField(fieldOf(row))
                .from(place.origin()));
        rejectedRows++;
        if (rejectedRows >= REJECTS_BEFORE_JUDGEMENT && rejectedRows > goodRows) {
            throw Problem.of("E_FILE_REJECTS", ProblemKind.DATA, "most records of the file cannot be read")
                    .at(where)
                    .because(rejectedRows + " of the first " + (rejectedRows + goodRows) + " records were rejected; "
                            + "the last one because " + reason(row, flaw))
                    .fix("check the options of the format, and give `types` for columns whose type was found wrong")
                    .exception();
        }
    }

    private String reason(int row, Flaw flaw) {
        int column = block.flawColumn(row);
        for (int i = 0; i < loaders.size() && column >= 0; i++) {
            if (loaders.get(i).column() == column) {
                Field field = schema.field(fieldOf(loaders.get(i)));
                String type =
                        flaw == Flaw.VALUE_DOES_NOT_FIT ? " " + field.type().notation() : "";
                return "column " + field.name() + ": " + flaw.sentence() + type;
            }
        }
        return flaw.sentence();
    }

    private @Nullable String fieldOf(int row) {
        int column = block.flawColumn(row);
        return column < 0
                ? null
                : loaders.stream()
                        .filter(loader -> loader.column() == column)
                        .findFirst()
                        .map(this::nameOf)
                        .orElse(null);
    }

    private String nameOf(ColumnLoader loader) {
        return schema.field(fieldOf(loader)).name();
    }

    private int fieldOf(ColumnLoader loader) {
        int field = 0;
        while (builder.column(field) != loader.builder()) {
            field++;
        }
        return field;
    }

    private RecordBatch build() {
        Instant now = place.clock().instant();
        return builder.build(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
    }
}
