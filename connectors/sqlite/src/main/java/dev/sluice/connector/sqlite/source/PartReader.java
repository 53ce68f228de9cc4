package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.cursor.RowDigest;
import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a split through the driver. */
final class PartReader implements SplitReader {
    private static final int MOST_OF_A_REJECT = 1 << 16;
    private static final int DIGITS_SHOWN = 200;

    private final Snapshot snapshot;
    private final Relation relation;
    private final Task task;
    private final RowQuery query;
    private final ReadContext context;
    private final Clock clock;
    private final BatchBuilder builder;
    private final ValueDecoder[] decoders;
    private final @Nullable Object[] values;
    private final @Nullable Reason[] misfits;
    private final SeenRows.@Nullable Filter seen;
    private final RowDigest digest = new RowDigest();
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private @Nullable String position;
    private volatile boolean cancelled;
    private boolean ended;
    private long rowNumber;

    /**
     * Which rows to read.
     *
     * @param condition the rows
     * @param inOrder true if they come in the order of the relation, so that a read can go on after one
     * @param seen the rows that are left out; null if none are
     * @param milliseconds what whole numbers count where they are times
     */
    record Task(
            Condition condition, boolean inOrder, @Nullable SeenRows seen, boolean milliseconds) {}

    PartReader(Snapshot snapshot, Relation relation, Schema schema, Task task, ReadContext context, Clock clock) {
        this.snapshot = snapshot;
        this.relation = relation;
        this.task = task;
        this.query = new RowQuery(relation, schema, task.inOrder(), snapshot.encoding());
        this.context = context;
        this.clock = clock;
        this.builder = new BatchBuilder(schema, context.batchSize());
        this.decoders = schema.fields().stream()
                .map(field -> ValueDecoder.of(field.type(), task.milliseconds()))
                .toArray(ValueDecoder[]::new);
        this.values = new Object[decoders.length];
        this.misfits = new Reason[decoders.length];
        this.seen = task.seen() == null ? null : task.seen().filter();
    }

    @Override
    public @Nullable RecordBatch read() {
        try {
            while (!ended) {
                fill();
                if (!builder.isEmpty()) {
                    RecordBatch batch =
                            unseen(builder.build(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant())));
                    if (batch.rows() > 0) {
                        return batch;
                    }
                }
            }
            return null;
        } catch (SQLException failure) {
            throw snapshot.session().failed(failure);
        }
    }

    /** Adds rows until a batch is full or there are no more. */
    private void fill() throws SQLException {
        ResultSet from = opened();
        boolean large = false;
        while (!builder.isFull() && !large) {
            requireNotCancelled();
            if (!from.next()) {
                ended = true;
                return;
            }
            rowNumber++;
            large = addRow(from);
            if (task.inOrder()) {
                position = Stored.texts(query.place(from));
            }
        }
    }

    private void requireNotCancelled() {
        if (cancelled) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the read was stopped")
                    .at(relation.stream().toString())
                    .exception();
        }
    }

    private ResultSet opened() throws SQLException {
        ResultSet opened = rows;
        if (opened == null) {
            requireNotCancelled();
            PreparedStatement prepared = snapshot.session().prepare(query.sql(task.condition()));
            statement = prepared;
            Object[] arguments = task.condition().arguments();
            for (int i = 0; i < arguments.length; i++) {
                prepared.setObject(i + 1, arguments[i]);
            }
            opened = prepared.executeQuery();
            rows = opened;
        }
        return opened;
    }

    /** Adds a row, or rejects it; true if it has a large value. */
    private boolean addRow(ResultSet from) throws SQLException {
        long @Nullable [] lengths = query.lengths(from);
        boolean large = false;
        int misfit = -1;
        for (int i = 0; i < values.length; i++) {
            long bytes = lengths == null ? 0 : lengths[i];
            misfits[i] = null;
            values[i] = null;
            if (bytes >= ReadContext.LARGE_VALUE && !context.admitLargeValue(bytes)) {
                misfits[i] = Reason.SOURCE_FIELD_SIZE_LIMITATION;
                large = true;
                continue;
            }
            large |= bytes >= ReadContext.LARGE_VALUE;
            Object stored = query.value(from, i);
            if (stored != null) {
                values[i] = RowQuery.BROKEN_TEXT.equals(stored) ? null : decoders[i].decode(stored);
                if (values[i] == null) {
                    misfits[i] = Reason.SOURCE_SERIALIZATION_ERROR;
                    misfit = misfit < 0 ? i : misfit;
                }
            }
        }
        if (misfit >= 0 && !context.annotates()) {
            reject(from, misfit);
        } else {
            append();
        }
        return large;
    }

    private void append() {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                builder.column(i).appendNull();
            } else {
                ValueDecoder.append(value, builder.column(i));
            }
            Reason misfit = misfits[i];
            if (misfit != null) {
                builder.noteChange(query.schema().field(i).name(), Change.NULLED, misfit);
            }
        }
        builder.endRow();
    }

    private void reject(ResultSet from, int misfit) throws SQLException {
        String field = query.schema().field(misfit).name();
        Object stored = query.value(from, misfit);
        String shown = RowQuery.BROKEN_TEXT.equals(stored) ? "a text that is not Unicode" : shown(stored);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            // A value that the host does not admit is not shown either.
            boolean fetched = misfits[i] != Reason.SOURCE_FIELD_SIZE_LIMITATION;
            row.put(query.schema().field(i).name(), fetched ? shown(query.value(from, i)) : null);
        }
        byte[] original = Json.write(row).getBytes(StandardCharsets.UTF_8);
        String where = task.inOrder() ? Stored.texts(query.place(from)) : "row " + rowNumber;
        context.reject(new RejectedRecord(
                        relation.stream() + " " + where,
                        "NOT_OF_THE_TYPE",
                        "the column " + field + " is read as "
                                + query.schema().field(misfit).type().notation() + " and holds " + shown,
                        Arrays.copyOf(original, Math.min(original.length, MOST_OF_A_REJECT)))
                .inField(field));
    }

    private static @Nullable String shown(@Nullable Object stored) {
        if (stored == null) {
            return null;
        }
        if (RowQuery.BROKEN_TEXT.equals(stored)) {
            return "(not Unicode)";
        }
        String text = stored instanceof byte[] bytes ? bytes.length + " bytes" : stored.toString();
        return text.length() > DIGITS_SHOWN ? text.substring(0, DIGITS_SHOWN) + "…" : text;
    }

    private RecordBatch unseen(RecordBatch batch) {
        SeenRows.Filter known = seen;
        if (known == null) {
            return batch;
        }
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (!known.takesOut(digest.of(batch, row, batch.columns().size()))) {
                kept[count++] = row;
            }
        }
        return count == batch.rows() ? batch : RowSelection.of(batch, Arrays.copyOf(kept, count));
    }

    @Override
    public @Nullable String position() {
        // Rows that were left out once may be rows to deliver the next time, so such a split is read as a whole.
        return seen == null ? position : null;
    }

    /** I7: counted by SQLite in the same snapshot by a statement of its own. A view may count otherwise each time. */
    @Override
    public long reportedRows() {
        if (!ended || !relation.isTable()) {
            return NOT_REPORTED;
        }
        long counted = snapshot.session()
                .query(
                        "SELECT count(*) FROM " + relation.from() + " WHERE "
                                + task.condition().sql(),
                        task.condition().arguments())
                .getFirst()
                .whole(0);
        return counted - (seen == null ? 0 : seen.matches());
    }

    @Override
    public void cancel() {
        cancelled = true;
        snapshot.session().interrupt();
    }

    @Override
    public void close() {
        ended = true;
        PreparedStatement left = statement;
        statement = null;
        if (left != null) {
            try {
                left.close(); // and its rows with it
            } catch (SQLException failure) {
                throw snapshot.session().failed(failure);
            }
        }
    }
}
