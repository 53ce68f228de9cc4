package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.ChangesByRow;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.destination.WriteContext;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands rows to a prepared statement. Airbyte's columns come last, when the changes of a row are known. */
final class RowFeed {
    /** So many rows go over together, within the memory that a batch takes anyway. */
    private static final int ROWS_AT_ONCE = 500;

    private static final long MICROS_PER_SECOND = 1_000_000L;

    /** Always as long, so that texts are in the order of times. */
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final List<LoadColumn> columns;
    private final @Nullable ValueBinder[] binders;
    private final RowStamp stamp;
    private final WriteContext context;
    private final RawIds rawIds;
    private final String usualMeta;
    private final byte[] rawId = new byte[RawIds.TEXT_LENGTH];
    private long count;

    RowFeed(List<LoadColumn> columns, RowStamp stamp, WriteContext context, long epochMillis) {
        this.columns = columns;
        this.binders = columns.stream()
                .map(column -> column instanceof LoadColumn.Data data ? ValueBinder.of(data) : null)
                .toArray(ValueBinder[]::new);
        this.stamp = stamp;
        this.context = context;
        this.rawIds = new RawIds(epochMillis);
        this.usualMeta = stamp.metaJson(List.of());
    }

    /** The rows so far. */
    long count() {
        return count;
    }

    /** Tells the values of a batch that become null. */
    static void misfits(ValueBinder binder, RecordBatch batch, Consumer<ValueChange> changes) {
        Column column = batch.column(binder.data().index());
        for (int row = 0; row < batch.rows(); row++) {
            if (binder.isMisfit(column, row)) {
                changes.accept(new ValueChange(row, binder.data().field().name(), Change.NULLED, binder.reason()));
            }
        }
    }

    void write(RecordBatch batch, PreparedStatement statement) throws SQLException {
        String extractedAt = moment(batch.extractedAt());
        List<List<ValueChange>> noted = ChangesByRow.of(batch);
        int waiting = 0;
        for (int row = 0; row < batch.rows(); row++) {
            List<ValueChange> changes = noted.isEmpty() ? List.of() : noted.get(row);
            bind(batch, row, extractedAt, changes, statement);
            statement.addBatch();
            if (++waiting == ROWS_AT_ONCE || row == batch.rows() - 1) {
                count += Arrays.stream(statement.executeBatch()).sum();
                waiting = 0;
            }
        }
    }

    private static String moment(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return MOMENT.format(LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC));
    }

    private void bind(
            RecordBatch batch, int row, String extractedAt, List<ValueChange> noted, PreparedStatement statement)
            throws SQLException {
        List<ValueChange> changes = noted;
        for (int i = 0; i < binders.length; i++) {
            ValueBinder binder = binders[i];
            if (binder == null) {
                statement.setObject(i + 1, made(columns.get(i), batch, row, extractedAt, changes));
                continue;
            }
            Column column = batch.column(binder.data().index());
            Object value = binder.value(column, row);
            if (value == null && column.isPresent(row)) {
                String field = binder.data().field().name();
                context.changed(field, Change.NULLED, binder.reason());
                changes = new ArrayList<>(changes);
                changes.add(new ValueChange(row, field, Change.NULLED, binder.reason()));
            }
            statement.setObject(i + 1, value);
        }
    }

    private Object made(LoadColumn column, RecordBatch batch, int row, String extractedAt, List<ValueChange> changes) {
        return switch (column) {
            case LoadColumn.Meta(MetaColumn meta) ->
                switch (meta) {
                    case RAW_ID -> nextRawId();
                    case EXTRACTED_AT -> extractedAt;
                    case META -> changes.isEmpty() ? usualMeta : stamp.metaJson(changes);
                    case GENERATION_ID -> stamp.generationId();
                };
            case LoadColumn.OperationCode ignored -> (int) batch.operation(row).code();
            case LoadColumn.Data data -> throw new IllegalStateException(data.name() + " has a binder");
        };
    }

    private String nextRawId() {
        rawIds.next();
        rawIds.writeText(rawId, 0);
        return new String(rawId, StandardCharsets.ISO_8859_1);
    }
}
