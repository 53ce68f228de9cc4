package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.postgres.copy.CopyIn;
import dev.sluice.connector.postgres.copy.CopyMisfits;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads tables by COPY in binary form. */
final class PgLoad implements BulkLoad {
    private final PgSession session;
    private final Clock clock;
    private @Nullable CopyIn copy;
    private @Nullable CopyMisfits misfits;

    PgLoad(PgSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public void start(TableName table, List<LoadColumn> columns, RowStamp stamp, WriteContext context) {
        String statement = "COPY " + Quoting.identifier(table.schema()) + "." + Quoting.identifier(table.table())
                + CopyIn.order(columns).stream()
                        .map(column -> Quoting.identifier(column.name()))
                        .collect(Collectors.joining(", ", " (", ")"))
                + " FROM STDIN (FORMAT binary)";
        try {
            copy = new CopyIn(session.wire(), statement, columns, stamp, context, clock.millis());
        } catch (IOException failure) {
            throw session.failed(failure);
        }
    }

    @Override
    public List<ValueChange> misfits(List<LoadColumn.Data> columns, RecordBatch batch) {
        CopyMisfits known = misfits;
        if (known == null) {
            known = new CopyMisfits(columns);
            misfits = known;
        }
        return known.of(batch);
    }

    @Override
    public void write(RecordBatch batch) {
        try {
            Objects.requireNonNull(copy, "the load was not started").write(batch);
        } catch (IOException failure) {
            copy = null;
            throw session.failed(failure);
        }
    }

    @Override
    public long finish() {
        CopyIn finished = Objects.requireNonNull(copy, "the load was not started");
        copy = null;
        try {
            return finished.finish();
        } catch (IOException failure) {
            throw session.failed(failure);
        }
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    /** A COPY that is not finished leaves the wire in the middle of something, so the session goes with it. */
    @Override
    public void close() {
        if (copy != null) {
            copy = null;
            session.cancel();
        }
    }
}
