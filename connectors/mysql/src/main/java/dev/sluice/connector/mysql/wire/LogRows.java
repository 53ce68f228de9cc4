package dev.sluice.connector.mysql.wire;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a log into batches. Values come as the texts that a query would give, so both are decoded alike.
 * One thread uses it.
 *
 * <p>What only the server can turn into its text waits until the batch is full; then the server is asked for all of it.
 */
public final class LogRows {
    /** What is asked for in one statement, well below what any server accepts. */
    private static final int MOST_ASKED_CHARACTERS = 1 << 20;

    private static final int MOST_ASKED_VALUES = 500;
    private static final int ROWS_BETWEEN_LOOKS = 16;

    private final Schema schema;
    private final ReadContext context;
    private final Clock clock;
    private final BatchBuilder batch;
    private final FieldDecoder[] decoders;
    private final @Nullable List<Waiting>[] waiting;
    private final Supplier<MyWire> server;
    private final List<Operation> operations = new ArrayList<>();
    private boolean hasLarge;
    private long waitingBytes;

    /**
     * A field of the rows.
     *
     * @param field the field
     * @param decoding how its texts are read
     * @param asks true if the server may have to be asked for a text
     */
    public record LogField(Field field, Decoding decoding, boolean asks) {}

    /** A value that waits: a text, an expression of the server, or nothing. */
    private static final class Waiting {
        static final Waiting NULL = new Waiting(null, null);
        static final Waiting TOO_LARGE = new Waiting(null, null);

        private final byte @Nullable [] text;
        private final @Nullable String expression;

        Waiting(byte @Nullable [] text, @Nullable String expression) {
            this.text = text;
            this.expression = expression;
        }
    }

    /**
     * Makes an empty collection.
     *
     * @param fields the fields, in order
     * @param context the host
     * @param clock tells when the rows were read
     * @param server a connection on which nothing else goes on
     */
    public LogRows(List<LogField> fields, ReadContext context, Clock clock, Supplier<MyWire> server) {
        this.schema = new Schema(fields.stream().map(LogField::field).toList());
        this.context = context;
        this.clock = clock;
        this.server = server;
        this.batch = new BatchBuilder(schema, context.batchSize());
        this.decoders = new FieldDecoder[fields.size()];
        this.waiting = waiting(fields);
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = fields.get(i).decoding().decoder(schema.field(i).type(), batch.column(i));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable List<Waiting>[] waiting(List<LogField> fields) {
        @Nullable List<Waiting>[] waiting = new List[fields.size()];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = fields.get(i).asks() ? new ArrayList<>() : null;
        }
        return waiting;
    }

    /** True if a value of this size may be held in memory (I6). */
    public static boolean admits(ReadContext context, long size) {
        return size <= BytesColumn.Builder.MAX_BYTES
                && (size < ReadContext.LARGE_VALUE || context.admitLargeValue(size));
    }

    /** Adds a null. */
    public void appendNull(int field) {
        List<Waiting> list = waiting[field];
        if (list == null) {
            decoders[field].appendNull();
        } else {
            list.add(Waiting.NULL);
        }
    }

    /** Adds a number to a field that the log itself knows, such as a time. */
    public void appendLong(int field, long value) {
        ((LongColumn.Builder) batch.column(field)).append(value);
    }

    /** Adds the value that a text stands for. */
    public void append(int field, byte[] bytes, int from, int to) {
        hasLarge |= to - from >= ReadContext.LARGE_VALUE;
        List<Waiting> list = waiting[field];
        if (list == null) {
            decode(field, bytes, from, to, operations.size());
        } else {
            list.add(new Waiting(Arrays.copyOfRange(bytes, from, to), null));
            waitingBytes += to - from;
        }
    }

    /** Adds the value whose text the server gives for an expression; for fields that were said to ask. */
    public void ask(int field, String expression) {
        List<Waiting> list = waiting[field];
        if (list == null) {
            throw new IllegalStateException("the field " + schema.field(field).name() + " asks nobody");
        }
        list.add(new Waiting(null, expression));
        waitingBytes += expression.length();
    }

    /** Adds a null in the place of a value that is too large. */
    public void appendTooLarge(int field) {
        List<Waiting> list = waiting[field];
        if (list == null) {
            refuse(field, operations.size());
        } else {
            list.add(Waiting.TOO_LARGE);
        }
    }

    private void decode(int field, byte[] bytes, int from, int to, int ahead) {
        if (!decoders[field].decode(bytes, from, to)) {
            note(field, ahead, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
        }
    }

    private void refuse(int field, int ahead) {
        decoders[field].appendNull();
        note(field, ahead, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
    }

    private void note(int field, int ahead, ValueChange.Reason reason) {
        batch.noteChange(ahead, schema.field(field).name(), ValueChange.Change.NULLED, reason);
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
        return hasLarge
                || rows >= context.batchSize().rows()
                || (rows % ROWS_BETWEEN_LOOKS == 0
                        && batch.bytes() + waitingBytes >= context.batchSize().bytes());
    }

    /** Makes a batch of the rows. */
    public RecordBatch build() throws IOException {
        for (int i = 0; i < waiting.length; i++) {
            List<Waiting> list = waiting[i];
            if (list != null) {
                finish(i, list);
                list.clear();
            }
        }
        waitingBytes = 0;
        operations.forEach(batch::endRow);
        operations.clear();
        hasLarge = false;
        return batch.build(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    private void finish(int field, List<Waiting> list) throws IOException {
        int row = 0;
        while (row < list.size()) {
            List<String> asked = new ArrayList<>();
            int end = row;
            long characters = 0;
            while (end < list.size() && characters < MOST_ASKED_CHARACTERS && asked.size() < MOST_ASKED_VALUES) {
                String expression = list.get(end++).expression;
                if (expression != null) {
                    asked.add(expression);
                    characters += expression.length();
                }
            }
            List<byte @Nullable []> answers = asked.isEmpty() ? List.of() : answers(server.get(), asked);
            int next = 0;
            for (; row < end; row++) {
                Waiting each = list.get(row);
                byte[] text = each.expression == null ? each.text : answers.get(next++);
                if (text != null) {
                    decode(field, text, 0, text.length, row);
                } else if (each == Waiting.TOO_LARGE) {
                    refuse(field, row);
                } else {
                    decoders[field].appendNull();
                }
            }
        }
    }

    /** The server's texts of expressions. */
    public static List<byte @Nullable []> answers(MyWire wire, List<String> expressions) throws IOException {
        RawRows rows = new RawRows(wire, "SELECT " + String.join(", ", expressions));
        List<byte @Nullable []> answers = new ArrayList<>(expressions.size());
        while (rows.next()) {
            byte[] bytes = rows.bytes();
            int at = rows.from();
            for (int i = 0; i < expressions.size(); i++) {
                int first = bytes[at++] & 0xFF;
                if (first == Lengths.NULL_MARK) {
                    answers.add(null);
                    continue;
                }
                int more = Lengths.bytesBehind(first);
                int size = more > 0 ? (int) Lengths.behind(bytes, at, more) : first;
                at += more;
                answers.add(Arrays.copyOfRange(bytes, at, at + size));
                at += size;
            }
        }
        if (answers.size() != expressions.size()) {
            throw new IOException(
                    "the server answered with " + answers.size() + " values instead of " + expressions.size());
        }
        return answers;
    }
}
