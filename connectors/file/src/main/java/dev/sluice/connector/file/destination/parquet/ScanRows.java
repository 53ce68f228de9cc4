package dev.sluice.connector.file.destination.parquet;

import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.connector.file.destination.columns.RowMeta;
import dev.sluice.connector.file.destination.files.Partitions;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.duckdb.DuckDbLimits;
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
import dev.sluice.spi.type.Layout;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows as DuckDB takes them: the columns of the fields, then those of the metadata, then the number of the partition.
 * One thread uses it.
 */
final class ScanRows {
    private static final DataType TEXT = new DataType.TextType();

    private final List<FileColumn> columns;
    private final boolean metadata;
    private final Partitions partitions;
    private final WriteContext context;
    private final RawIds ids;
    private final RowMeta meta;
    private final Schema schema;

    ScanRows(WriteJob job, Partitions partitions, WriteContext context) {
        this.columns = job.rows().columns().columns().stream()
                .filter(FileColumn::isFilled)
                .toList();
        this.metadata = job.rows().columns().metadata();
        this.partitions = partitions;
        this.context = context;
        this.ids = new RawIds(job.clock().millis());
        this.meta = new RowMeta(job.rows().stamp());
        this.schema = schema();
    }

    /** The fields of the batches that DuckDB gets. */
    Schema fields() {
        return schema;
    }

    private Schema schema() {
        List<DataType> types = new ArrayList<>();
        for (FileColumn column : columns) {
            types.add(scanned(column));
        }
        if (metadata) {
            types.add(new DataType.UuidType());
            types.add(new DataType.TimestampType(6, true));
            types.add(TEXT);
        }
        if (!partitions.isSingle()) {
            types.add(new DataType.IntType(32));
        }
        List<Field> fields = new ArrayList<>();
        types.forEach(type -> fields.add(new Field("c" + fields.size(), type)));
        return new Schema(fields);
    }

    /** The type in which the values of a column go to DuckDB. */
    private static DataType scanned(FileColumn column) {
        DataType type = column.type();
        if (type == null || isTextHere(type)) {
            return TEXT;
        }
        boolean asText = column.fileType().equals("VARCHAR") && type.layout() == Layout.BYTES;
        return asText ? TEXT : type;
    }

    /** DuckDB could hold a time with an offset, but not all of them and not as we write them. */
    private static boolean isTextHere(DataType type) {
        return type instanceof DataType.TimeType time && time.zoned();
    }

    /** The batch for DuckDB. What it cannot hold is counted and marked. */
    RecordBatch of(RecordBatch batch) {
        meta.begin(batch);
        List<Column> scanned = new ArrayList<>(schema.size());
        for (FileColumn column : columns) {
            scanned.add(scanned(column, batch.column(column.index())));
        }
        if (metadata) {
            scanned.add(rawIds(batch.rows()));
            scanned.add(extractedAt(batch));
            scanned.add(specialMeta(batch.rows()));
        }
        if (!partitions.isSingle()) {
            IntColumn.Builder numbers = new IntColumn.Builder(batch.rows());
            for (int number : partitions.of(batch)) {
                numbers.append(number);
            }
            scanned.add(numbers.build());
        }
        return RecordBatch.of(schema, batch.rows(), scanned, batch.extractedAt());
    }

    private Column scanned(FileColumn column, Column values) {
        DataType type = column.type();
        if (type == null) {
            return values;
        }
        if (isTextHere(type)) {
            return texts(type, values);
        }
        misfits(column, values, change -> {
            meta.add(change);
            context.changed(change.field(), change.change(), change.reason());
        });
        return values;
    }

    /** The values of a batch that DuckDB cannot hold. */
    List<ValueChange> misfits(RecordBatch batch) {
        List<ValueChange> misfits = new ArrayList<>();
        for (FileColumn column : columns) {
            DataType type = column.type();
            if (type != null && !isTextHere(type)) {
                misfits(column, batch.column(column.index()), misfits::add);
            }
        }
        return misfits;
    }

    private static void misfits(FileColumn column, Column values, Consumer<ValueChange> found) {
        DuckDbLimits.forEachUnfit(
                scanned(column),
                values,
                row -> found.accept(new ValueChange(
                        row,
                        column.field(),
                        ValueChange.Change.NULLED,
                        ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION)));
    }

    private static Column texts(DataType type, Column values) {
        ValueWriter writer = ValueWriter.of(type);
        BytesColumn.Builder texts = new BytesColumn.Builder(values.size());
        ByteSink text = new ByteSink(32);
        for (int row = 0; row < values.size(); row++) {
            if (values.isPresent(row)) {
                text.clear();
                writer.write(values, row, text);
                texts.append(text.bytes(), 0, text.size());
            } else {
                texts.appendNull();
            }
        }
        return texts.build();
    }

    private Column rawIds(int rows) {
        WideColumn.Builder column = new WideColumn.Builder(rows);
        for (int row = 0; row < rows; row++) {
            ids.next();
            column.append(ids.high(), ids.low());
        }
        return column.build();
    }

    private static Column extractedAt(RecordBatch batch) {
        LongColumn.Builder column = new LongColumn.Builder(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            column.append(batch.extractedAt());
        }
        return column.build();
    }

    /** The metadata of rows with changes; null where it is the same for all. */
    private Column specialMeta(int rows) {
        BytesColumn.Builder column = new BytesColumn.Builder(rows);
        for (int row = 0; row < rows; row++) {
            byte[] special = meta.isPlain() ? null : meta.special(row);
            if (special == null) {
                column.appendNull();
            } else {
                column.append(special);
            }
        }
        return column.build();
    }

    /** The place of the first column of the metadata. */
    int firstMeta() {
        return columns.size();
    }

    /** The place of the column with the number of the partition. */
    int partitionColumn() {
        return schema.size() - 1;
    }

    /** The metadata that most rows have. */
    byte[] plainMeta() {
        return meta.plain();
    }
}
