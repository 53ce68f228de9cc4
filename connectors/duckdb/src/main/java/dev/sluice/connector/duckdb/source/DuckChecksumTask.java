package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.sql.ChecksumQuery;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.Checksums;
import org.jspecify.annotations.Nullable;

/**
 * Has DuckDB count and sum rows in one statement, which sees one moment.
 *
 * @param snapshot the file, which is open until this is closed
 * @param connection a connection to it
 * @param query the query
 */
record DuckChecksumTask(Snapshot snapshot, DuckDbConnection connection, ChecksumQuery query) implements ChecksumTask {
    @Override
    public @Nullable Checksums run() {
        return query.read(connection.rows(query.sql()).stream().map(SqlRow::new).toList());
    }

    @Override
    public void cancel() {
        connection.interrupt();
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
