package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the batches of a stream into batches of a scan, which have a column for each column of the table that differs from
 * row to row. The columns of most fields go over as they are.
 *
 * <p>What all rows of a load have in common does not come with the rows: the generation is a constant of the statement, and
 * so is {@code _airbyte_meta} where no value was changed. One thread uses a feed.
 */
final class BatchFeed {
    private final List<LoadColumn> columns;
    private final List<@Nullable FieldFeed> feeds = new ArrayList<>();
    private final Schema schema;
    private final RowStamp stamp;
    private final WriteContext context;
    private final RawIds rawIds;
    private @Nullable BytesColumn unchanged;

    /**
     * Makes a feed.
     *
     * @param columns the columns of the table to load
     * @param stamp what each row carries
     * @param context where altered values are told
     * @param epochMillis the time for the raw ids, in milliseconds since 1970-01-01T00:00Z
     */
    BatchFeed(List<LoadColumn> columns, RowStamp stamp, WriteContext context, long epochMillis) {
        this.columns = columns.stream().filter(column -> !isConstant(column)).toList();
        this.stamp = stamp;
        this.context = context;
        this.rawIds = new RawIds(epochMillis);
        List<Field> scanned = new ArrayList<>();
        for (LoadColumn column : this.columns) {
            FieldFeed feed = column instanceof LoadColumn.Data data ? FieldFeed.of(data) : null;
            feeds.add(feed);
            scanned.add(new Field(column.name(), feed == null ? typeOf(column) : feed.type()));
        }
        this.schema = new Schema(scanned);
    }

    private static boolean isConstant(LoadColumn column) {
        return column instanceof LoadColumn.Meta(MetaColumn meta) && meta == MetaColumn.GENERATION_ID;
    }

    private static DataType typeOf(LoadColumn column) {
        return switch (column) {
            case LoadColumn.Meta(MetaColumn meta) ->
                switch (meta) {
                    case RAW_ID -> new DataType.UuidType();
                    case EXTRACTED_AT -> new DataType.TimestampType(6, true);
                    case META -> new DataType.JsonType();
                    case GENERATION_ID -> new DataType.IntType(64);
                };
            case LoadColumn.OperationCode ignored -> new DataType.IntType(16);
            case LoadColumn.Data data -> data.type();
        };
    }

    /** The fields of the batches that {@link #feed} makes. */
    Schema schema() {
        return schema;
    }

    /**
     * The statement that takes the rows in.
     *
     * @param quotedTable the table, quoted
     * @param rows the table expression that stands for the rows
     */
    String insert(String quotedTable, String rows) {
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            LoadColumn column = columns.get(i);
            boolean isMeta = column instanceof LoadColumn.Meta(MetaColumn meta) && meta == MetaColumn.META;
            names.append(DuckDbSql.identifier(column.name())).append(", ");
            values.append(isMeta ? "coalesce(c" + i + ", " + constantMeta() + ")" : "c" + i)
                    .append(", ");
        }
        return "INSERT INTO " + quotedTable + " (" + names
                + DuckDbSql.identifier(MetaColumn.GENERATION_ID.column()) + ") SELECT " + values
                + stamp.generationId() + " FROM " + rows;
    }

    private String constantMeta() {
        return DuckDbSql.literal(stamp.metaJson(List.of())) + "::JSON";
    }

    /** The rows of a batch as the scan takes them; tells the host of values that do not arrive as they are. */
    RecordBatch feed(RecordBatch batch) {
        List<ValueChange> changes = new ArrayList<>(batch.changes());
        List<@Nullable Column> fed = new ArrayList<>(columns.size());
        for (FieldFeed feed : feeds) {
            fed.add(
                    feed == null
                            ? null
                            : feed.feed(batch.column(feed.index()), change -> {
                                changes.add(change);
                                context.changed(change.field(), change.change(), change.reason());
                            }));
        }
        List<Column> complete = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Column column = fed.get(i);
            complete.add(column == null ? made(columns.get(i), batch, changes) : column);
        }
        return RecordBatch.of(schema, batch.rows(), complete, batch.extractedAt());
    }

    private Column made(LoadColumn column, RecordBatch batch, List<ValueChange> changes) {
        return switch (column) {
            case LoadColumn.Meta(MetaColumn meta) ->
                switch (meta) {
                    case RAW_ID -> rawIds(batch.rows());
                    case EXTRACTED_AT -> repeated(batch.extractedAt(), batch.rows());
                    case META -> changes.isEmpty() ? unchanged(batch.rows()) : metas(batch.rows(), changes);
                    case GENERATION_ID -> repeated(stamp.generationId(), batch.rows());
                };
            case LoadColumn.OperationCode ignored -> operations(batch);
            case LoadColumn.Data data -> batch.column(data.index());
        };
    }

    private WideColumn rawIds(int rows) {
        WideColumn.Builder ids = new WideColumn.Builder(rows);
        for (int row = 0; row < rows; row++) {
            rawIds.next();
            ids.append(rawIds.high(), rawIds.low());
        }
        return ids.build();
    }

    private static LongColumn repeated(long value, int rows) {
        LongColumn.Builder values = new LongColumn.Builder(rows);
        for (int row = 0; row < rows; row++) {
            values.append(value);
        }
        return values.build();
    }

    private static IntColumn operations(RecordBatch batch) {
        IntColumn.Builder codes = new IntColumn.Builder(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            codes.append(batch.operation(row).code());
        }
        return codes.build();
    }

    /** Nothing but nulls, in whose place the statement puts its constant. */
    private BytesColumn unchanged(int rows) {
        BytesColumn nulls = unchanged;
        if (nulls == null || nulls.size() != rows) {
            nulls = metas(rows, List.of());
            unchanged = nulls;
        }
        return nulls;
    }

    private BytesColumn metas(int rows, List<ValueChange> changes) {
        Map<Integer, List<ValueChange>> byRow = new TreeMap<>();
        changes.forEach(change ->
                byRow.computeIfAbsent(change.row(), none -> new ArrayList<>()).add(change));
        BytesColumn.Builder metas = new BytesColumn.Builder(rows);
        for (int row = 0; row < rows; row++) {
            List<ValueChange> own = byRow.get(row);
            if (own == null) {
                metas.appendNull();
            } else {
                metas.append(stamp.metaJson(own));
            }
        }
        return metas.build();
    }
}
