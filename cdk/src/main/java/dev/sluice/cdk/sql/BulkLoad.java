package dev.sluice.cdk.sql;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.util.List;

/**
 * The fastest way of a database to take rows, within the transaction of its session. One thread uses it.
 *
 * <p>The order of calls is {@link #start}, any number of {@link #write}, {@link #finish}, and again.
 */
public interface BulkLoad extends AutoCloseable {
    /**
     * Begins to load a table.
     *
     * @param table the table, which exists
     * @param columns the columns to fill, all that come with each row
     * @param stamp what each row carries
     * @param context where altered values and refused records are told
     */
    void start(TableName table, List<LoadColumn> columns, RowStamp stamp, WriteContext context);

    /**
     * Tells which values of a batch a load would alter, and loads nothing. May be called whether a load is under way or
     * not, always for the same columns.
     *
     * @param columns the columns of the fields
     */
    List<ValueChange> misfits(List<LoadColumn.Data> columns, RecordBatch batch);

    /** Loads the rows of a batch; when it returns, the batch is no longer needed. */
    void write(RecordBatch batch);

    /**
     * Ends the load.
     *
     * @return the rows that were loaded, as the database counted them (I7)
     */
    long finish();

    /** Makes a blocked call of another thread end soon. */
    void cancel();

    /** Breaks off a load that is not finished, and lets go of buffers. The session's transaction has to be rolled back. */
    @Override
    void close();
}
