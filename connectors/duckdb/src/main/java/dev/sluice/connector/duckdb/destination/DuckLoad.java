package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.duckdb.BatchScan;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loads tables by one INSERT each, whose rows come as vectors. */
final class DuckLoad implements BulkLoad {
    private final DuckSession session;
    private final SqlDialect dialect;
    private final Clock clock;
    private @Nullable BatchFeed feed;
    private volatile @Nullable BatchScan scan;

    DuckLoad(DuckSession session, SqlDialect dialect, Clock clock) {
        this.session = session;
        this.dialect = dialect;
        this.clock = clock;
    }

    @Override
    public void start(TableName table, List<LoadColumn> columns, RowStamp stamp, WriteContext context) {
        BatchFeed started = new BatchFeed(columns, stamp, context, clock.millis());
        String quoted = dialect.qualified(table);
        scan = session.connection().load(started.schema(), rows -> started.insert(quoted, rows));
        feed = started;
    }

    @Override
    public List<ValueChange> misfits(List<LoadColumn.Data> columns, RecordBatch batch) {
        List<ValueChange> misfits = new ArrayList<>();
        for (LoadColumn.Data column : columns) {
            FieldFeed.of(column).misfits(batch.column(column.index()), misfits::add);
        }
        return misfits;
    }

    @Override
    public void write(RecordBatch batch) {
        Objects.requireNonNull(scan, "the load was not started")
                .put(Objects.requireNonNull(feed).feed(batch));
    }

    @Override
    public long finish() {
        BatchScan finished = Objects.requireNonNull(scan, "the load was not started");
        long rows = finished.finish();
        scan = null;
        return rows;
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        BatchScan left = scan;
        if (left != null) {
            scan = null;
            left.close();
        }
    }
}
