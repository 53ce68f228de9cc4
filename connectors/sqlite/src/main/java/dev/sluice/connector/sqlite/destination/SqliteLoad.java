package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.sqlite.session.FileSession;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads rows through one prepared statement into a temporary table, from which they move to their own in one step. Rows that
 * are to be merged stay there.
 *
 * <p>While rows come, nothing but the temporary table is in a transaction, so that nobody waits. The transaction of the rows
 * and their marker begins when all are there (I2).
 */
final class SqliteLoad implements BulkLoad {
    private static final TableName OWN = new TableName(SqliteDialect.TEMPORARY, "_sluice_load");

    private final WritingSession session;
    private final SqlDialect dialect;
    private final Clock clock;
    private @Nullable Loading loading;

    SqliteLoad(WritingSession session, SqlDialect dialect, Clock clock) {
        this.session = session;
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * A load under way.
     *
     * @param into the table that gets the rows first
     * @param target the table that they are for
     * @param names the columns, quoted
     * @param statement takes a row
     * @param rows makes the rows
     * @param alone true if the temporary table has a transaction for itself
     */
    private record Loading(
            TableName into, TableName target, String names, PreparedStatement statement, RowFeed rows, boolean alone) {
        boolean isMoved() {
            return !into.equals(target);
        }
    }

    @Override
    public void start(TableName table, List<LoadColumn> columns, RowStamp stamp, WriteContext context) {
        FileSession connection = session.connection();
        List<LoadColumn> ordered = LoadColumn.metaLast(columns);
        String names =
                ordered.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
        boolean moved = !table.schema().equals(SqliteDialect.TEMPORARY);
        TableName into = moved ? OWN : table;
        if (moved) {
            connection.execute(SqliteDialect.DROP_TEMPORARY + dialect.quote(OWN.table()));
            connection.execute("CREATE TABLE " + dialect.qualified(OWN) + " (" + declarations(ordered) + ")");
        }
        boolean alone = !session.hasBegun();
        if (alone) {
            connection.begin();
        }
        String places = ordered.stream().map(column -> "?").collect(Collectors.joining(", "));
        PreparedStatement statement = connection.prepare(
                "INSERT INTO " + dialect.qualified(into) + " (" + names + ") VALUES (" + places + ")");
        RowFeed rows = new RowFeed(ordered, stamp, context, clock.millis());
        loading = new Loading(into, table, names, statement, rows, alone);
    }

    /** The types of the table that the rows are for, so that values are stored there already as they will be. */
    private String declarations(List<LoadColumn> columns) {
        return columns.stream()
                .map(column -> dialect.quote(column.name()) + " " + type(column))
                .collect(Collectors.joining(", "));
    }

    private String type(LoadColumn column) {
        return switch (column) {
            case LoadColumn.Meta meta -> dialect.metaType(meta.meta());
            case LoadColumn.Data data -> data.columnType();
            case LoadColumn.OperationCode ignored -> ColumnTypes.WHOLE;
        };
    }

    @Override
    public List<ValueChange> misfits(List<LoadColumn.Data> columns, RecordBatch batch) {
        List<ValueChange> misfits = new ArrayList<>();
        for (LoadColumn.Data data : columns) {
            RowFeed.misfits(ValueBinder.of(data), batch, misfits::add);
        }
        return misfits;
    }

    @Override
    public void write(RecordBatch batch) {
        Loading under = current();
        try {
            under.rows().write(batch, under.statement());
        } catch (SQLException failure) {
            throw session.connection().failed(failure);
        }
    }

    @Override
    public long finish() {
        Loading done = current();
        loading = null;
        closeStatement(done);
        FileSession connection = session.connection();
        if (done.alone()) {
            connection.commit();
        }
        if (!done.isMoved()) {
            return done.rows().count();
        }
        String from = dialect.qualified(done.into());
        long moved = session.update("INSERT INTO " + dialect.qualified(done.target()) + " (" + done.names()
                + ") SELECT " + done.names() + " FROM " + from + " ORDER BY rowid");
        connection.execute(
                SqliteDialect.DROP_TEMPORARY + dialect.quote(done.into().table()));
        return moved; // I7: as the database counted them
    }

    private Loading current() {
        return Objects.requireNonNull(loading, "the load was not started");
    }

    private void closeStatement(Loading done) {
        try {
            done.statement().close();
        } catch (SQLException failure) {
            throw session.connection().failed(failure);
        }
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        Loading left = loading;
        if (left != null) {
            loading = null;
            closeStatement(left);
            if (left.alone()) {
                session.connection().rollback();
            }
        }
    }
}
